using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Jiesu.Catalog.Contracts;
using Jiesu.Identity.Contracts;
using Jiesu.Platform;

namespace Jiesu.Orders.Contracts;

/// <summary>操作内容: what an action carries; names, types and ranges of contract.md. Which of them an action takes stands in the life-cycle table.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public record ActionRequest : IRequest
{
    /// <summary>主办单位代码.</summary>
    public string? Lead { get; init; }

    /// <summary>协办单位代码.</summary>
    [MaxLength(20, ErrorMessage = "协办单位最多 20 个。")]
    public IReadOnlyList<string>? CoUnits { get; init; }

    /// <summary>办理时限; the policy's own where absent.</summary>
    public LimitRequest? Limit { get; init; }

    /// <summary>说明.</summary>
    [MaxLength(2000, ErrorMessage = "最多 2000 字。")]
    public string? Note { get; init; }

    /// <summary>问题分类代码或名称.</summary>
    public string? ClassL3 { get; init; }

    /// <summary>审批结论: approve or reject; withdraw by the unit that applied.</summary>
    [AllowedValues(null, "approve", "reject", "withdraw", ErrorMessage = "审批结论须是 approve（同意）、reject（驳回）或 withdraw（撤回申请）。")]
    public string? Decision { get; init; }

    /// <summary>审核意见.</summary>
    [MaxLength(2000, ErrorMessage = "最多 2000 字。")]
    public string? Opinion { get; init; }

    /// <summary>办理结果 or answer text.</summary>
    [MaxLength(4000, ErrorMessage = "办理结果最多 4000 字。")]
    public string? Result { get; init; }

    /// <summary>是否联系.</summary>
    public bool? Contacted { get; init; }

    /// <summary>是否解决; a partly solved matter is false with a reason code.</summary>
    public bool? Solved { get; init; }

    /// <summary>是否满意: 满意, 基本满意, 不满意.</summary>
    [AllowedValues(null, "满意", "基本满意", "不满意", ErrorMessage = "满意度须是 满意、基本满意 或 不满意。")]
    public string? Satisfied { get; init; }

    /// <summary>原因.</summary>
    [MaxLength(2000, ErrorMessage = "最多 2000 字。")]
    public string? Reason { get; init; }

    /// <summary>原因代码: RTN-01 …</summary>
    public string? ReasonCode { get; init; }

    /// <summary>建议承办单位代码.</summary>
    public string? ProposedUnit { get; init; }

    /// <summary>依据.</summary>
    [MaxLength(1000, ErrorMessage = "依据最多 1000 字。")]
    public string? Basis { get; init; }

    /// <summary>附件标识 of files already added to the order.</summary>
    [MaxLength(50, ErrorMessage = "附件最多 50 个。")]
    public IReadOnlyList<string>? Attachments { get; init; }

    /// <summary>主单标识.</summary>
    public string? MasterOrderId { get; init; }

    /// <summary>截至, an instant: of an extension the new deadline, of a hold the day of its review, of a whistle the time to arrive by.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>督办级别: 一般, 重点, 挂牌.</summary>
    [AllowedValues(null, "一般", "重点", "挂牌", ErrorMessage = "督办级别须是 一般、重点 或 挂牌。")]
    public string? Level { get; init; }

    /// <summary>诉求类型: code or name of the dictionary.</summary>
    public string? RequestType { get; init; }

    /// <summary>紧急程度: code or name of the dictionary.</summary>
    public string? Urgency { get; init; }

    /// <summary>区划代码或名称.</summary>
    public string? Town { get; init; }
    public string? Community { get; init; }

    [MaxLength(300, ErrorMessage = "地址最多 300 字。")]
    public string? Address { get; init; }

    [MaxLength(100, ErrorMessage = "点位最多 100 字。")]
    public string? PointName { get; init; }
    public LonLat? LonLat { get; init; }

    /// <summary>表单答案 by name: text, number, true or false, list of texts. The form of the day says what may stand here; once it is sent, the whole form is checked.</summary>
    [JsonConverter(typeof(PlainAnswers))]
    public IReadOnlyDictionary<string, JsonElement>? Form { get; init; }
}

/// <summary>时限内容: value 1–720 and urgent_hour, work_hour, work_day or natural_day.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record LimitRequest : IRequest, IValidatableObject
{
    public int? Value { get; init; }
    public string? Unit { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        TimeLimit.Of(Value, Unit) is null ? [new("办理时限须是 1 到 720 的整数，并选择单位。", [TimeLimit.Of(1, Unit) is null ? nameof(Unit) : nameof(Value)])] : [];
}

/// <summary>操作后的工单: where it stands now.</summary>
public sealed record OrderStanding(OrderId Id, string CaseNo, string State, int Version, Guid UnitId);

/// <summary>工单操作: the one guard for everybody: pages, API, imports, jobs and the rooms above.</summary>
public interface IOrderActions
{
    /// <param name="action">Name of contract.md: <c>accept</c>, <c>dispatch</c> …</param>
    /// <param name="seen">The version that the actor saw.</param>
    Task<Result<OrderStanding>> ActAsync(OrderId id, string action, ActionRequest request, int? seen, Actor actor, CancellationToken ct);
}

/// <summary>新工单: names and ranges of contract.md; title, content and channel suffice. A member with another name is refused.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NewOrder : IRequest
{
    public string? Title { get; init; }
    public string? Content { get; init; }
    public string? Channel { get; init; }

    /// <summary>工单编号: the city's number, dedupe key.</summary>
    public string? OrderNo { get; init; }
    public string? RequestType { get; init; }
    public string? Address { get; init; }
    public string? PointName { get; init; }

    /// <summary>区划代码或名称.</summary>
    public string? Town { get; init; }
    public string? Community { get; init; }
    public LonLat? LonLat { get; init; }
    public DateTimeOffset? CallTime { get; init; }
    public string? ClassL3 { get; init; }
    public string? Urgency { get; init; }
    public string? CallerName { get; init; }
    public string? CallerPhone { get; init; }
    public bool? IsSecret { get; init; }
    public bool? NeedReply { get; init; }

    /// <summary>0 local, 1 forwarded, 2 city-direct.</summary>
    public int? OriginType { get; init; }

    /// <summary>登记表单答案 by name; once it is sent, the whole form is checked.</summary>
    [JsonConverter(typeof(PlainAnswers))]
    public IReadOnlyDictionary<string, JsonElement>? Form { get; init; }
}

/// <summary>坐标: degrees; longitude −180–180, latitude −90–90.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record LonLat(double? Lon, double? Lat) : IRequest;

/// <summary>登记: how orders come in, whoever brings them.</summary>
public interface IIntake
{
    /// <summary>One order with caller, first event and outbox rows in one transaction. A known orderNo gives the order that has it.</summary>
    Task<Result<Receipt>> ReceiveAsync(NewOrder order, Actor actor, CancellationToken ct);

    /// <summary>
    /// Many orders in one transaction, a result for each in the same order; a bad one does not spoil the others. What the caller has changed in the session
    /// is saved with them, so an import can keep its place. Not inside <see cref="JiesuDb.WriteAsync"/>: numbers are taken in transactions of their own.
    /// </summary>
    Task<IReadOnlyList<Result<Receipt>>> ReceiveManyAsync(IReadOnlyList<IncomingOrder> orders, Actor actor, CancellationToken ct);
}

/// <summary>待登记工单: a new order as an import brings it.</summary>
/// <param name="ExtraText">附加文本: columns that nobody mapped, as JSON.</param>
/// <param name="IsFromFile">The text was written elsewhere and is kept whole, however long a cell may be.</param>
public sealed record IncomingOrder(NewOrder Order, string? ExtraText = null, bool IsFromFile = false);

/// <summary>登记回执.</summary>
/// <param name="IsDuplicate">The order was there already, found by its orderNo.</param>
public sealed record Receipt(OrderId Id, string CaseNo, int Version, bool IsDuplicate);

/// <summary>工单摘要: what rooms above may show of an order.</summary>
/// <param name="Deadline">UTC.</param>
public sealed record OrderSummary(
    OrderId Id, string CaseNo, string Title, string Content, string State, int Version, Guid UnitId, string? ClassCode, string? TownCode, string? Address,
    bool IsSecret, DateTimeOffset ReceivedAt, DateTimeOffset? Deadline, DateTimeOffset? ClosedAt, string? ReplyText)
{
    /// <summary>诉求人, masked; null when nothing is known.</summary>
    public MaskedCaller? Caller { get; init; }
}

/// <summary>工单查询: read access for rooms above, always through the asker's data scope.</summary>
public interface IOrderQueries
{
    /// <summary>Those of the ids that the asker may see.</summary>
    Task<IReadOnlyList<OrderSummary>> FindAsync(IReadOnlyCollection<OrderId> ids, Actor actor, CancellationToken ct);
}
