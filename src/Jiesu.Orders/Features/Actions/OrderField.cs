using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;

namespace Jiesu.Orders.Features.Actions;

/// <summary>操作字段: how a field that a step carries is named, shown and found in a request.</summary>
/// <param name="Type">unit, units, limit, text, class, choice, boolean, attachments, order, instant, place, line (short text) or point: what a form needs to know.</param>
/// <param name="IsIn">Whether the request brings it; blank text and empty lists are nothing.</param>
internal sealed record OrderField(string Name, string Label, string Type, Func<ActionRequest, bool> IsIn)
{
    public static IReadOnlyList<OrderField> All { get; } =
    [
        new(Carry.Lead, "主办单位", "unit", r => Says(r.Lead)),
        new(Carry.CoUnits, "协办单位", "units", r => r.CoUnits is { Count: > 0 }),
        new(Carry.Limit, "办理时限", "limit", r => r.Limit is not null),
        new(Carry.ClassL3, "问题分类", "class", r => Says(r.ClassL3)),
        new(Carry.Decision, "审批结论", "choice", r => Says(r.Decision)),
        new(Carry.Contacted, "是否联系", "boolean", r => r.Contacted is not null),
        new(Carry.Solved, "是否解决", "boolean", r => r.Solved is not null),
        new(Carry.Satisfied, "是否满意", "choice", r => Says(r.Satisfied)),
        new(Carry.ReasonCode, "原因代码", "choice", r => Says(r.ReasonCode)),
        new(Carry.Reason, "原因", "text", r => Says(r.Reason)),
        new(Carry.Basis, "依据", "text", r => Says(r.Basis)),
        new(Carry.ProposedUnit, "建议承办单位", "unit", r => Says(r.ProposedUnit)),
        new(Carry.Result, "办理结果", "text", r => Says(r.Result)),
        new(Carry.Opinion, "审核意见", "text", r => Says(r.Opinion)),
        new(Carry.MasterOrderId, "主单", "order", r => Says(r.MasterOrderId)),
        new(Carry.Until, "截至", "instant", r => r.Until is not null),
        new(Carry.Level, "督办级别", "choice", r => Says(r.Level)),
        new(Carry.RequestType, "诉求类型", "choice", r => Says(r.RequestType)),
        new(Carry.Urgency, "紧急程度", "choice", r => Says(r.Urgency)),
        new(Carry.Town, "街道（镇）", "place", r => Says(r.Town)),
        new(Carry.Community, "社区（村）", "place", r => Says(r.Community)),
        new(Carry.Address, "地址", "line", r => Says(r.Address)),
        new(Carry.PointName, "点位", "line", r => Says(r.PointName)),
        new(Carry.LonLat, "坐标", "point", r => r.LonLat is not null),
        new(Carry.Attachments, "附件", "attachments", r => r.Attachments is { Count: > 0 }),
        new(Carry.Note, "说明", "text", r => Says(r.Note)),
    ];

    public static OrderField Of(string name) => All.Single(f => f.Name == name);

    private static bool Says(string? text) => !string.IsNullOrWhiteSpace(text);
}
