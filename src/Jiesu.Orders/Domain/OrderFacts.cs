using Jiesu.Identity.Contracts;

namespace Jiesu.Orders.Domain;

/// <summary>登记内容: what came in, after every field was found good; codes instead of names, texts without control characters.</summary>
internal sealed record OrderFacts
{
    public required string Title { get; init; }
    public required string Content { get; init; }
    public required string Channel { get; init; }
    public string? OrderNo { get; init; }
    public required OriginType OriginType { get; init; }
    public string? RequestType { get; init; }
    public string? Urgency { get; init; }
    public string? Address { get; init; }
    public string? PointName { get; init; }
    public string? TownCode { get; init; }
    public string? CommunityCode { get; init; }
    public double? Lon { get; init; }
    public double? Lat { get; init; }
    public string? ClassCode { get; init; }

    /// <summary>来电时间; null when it is the moment of receipt.</summary>
    public DateTimeOffset? CallTime { get; init; }

    /// <summary>诉求人; null when nothing was told.</summary>
    public CallerDraft? Caller { get; init; }
    public required bool IsSecret { get; init; }
    public required bool NeedReply { get; init; }

    /// <summary>附加文本: columns of an import that nobody mapped, as JSON.</summary>
    public string? ExtraText { get; init; }
}

/// <summary>工单编号组: the names of an order, all given before the save.</summary>
/// <param name="No">Time-ordered number, for sorting.</param>
/// <param name="CaseNo">案件编号.</param>
internal readonly record struct OrderNumber(long No, string CaseNo);
