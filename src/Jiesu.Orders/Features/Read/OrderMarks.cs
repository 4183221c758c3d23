using Jiesu.Orders.Domain;

namespace Jiesu.Orders.Features.Read;

/// <summary>标记: how pages show a state and what stands beside it.</summary>
internal static class OrderMarks
{
    private static readonly Dictionary<string, string> Words = new()
    {
        [nameof(OrderOverlay.ReturnApplied)] = "退单申请中",
        [nameof(OrderOverlay.ExtensionApplied)] = "延期申请中",
        [nameof(OrderOverlay.HoldApplied)] = "挂账申请中",
        [nameof(OrderOverlay.ExclusionApplied)] = "剔除申请中",
        [nameof(OrderOverlay.Appealed)] = "申诉中",
        [nameof(OrderOverlay.Urged)] = "已催办",
        [nameof(OrderOverlay.Supervised)] = "督办",
        [nameof(OrderOverlay.RefuseApplied)] = "不予受理审批中",
        [nameof(OrderOverlay.CancelApplied)] = "撤单申请中",
        [nameof(OrderOverlay.Paused)] = "已暂停",
        [nameof(OrderOverlay.Whistled)] = "吹哨中",
        [nameof(OrderOverlay.Escalated)] = "提级办理",
        [nameof(OrderOverlay.Instructed)] = "领导批示",
        [nameof(OrderOverlay.Merged)] = "已合并",
        [nameof(OrderOverlay.AddHandlerApplied)] = "加派申请中",
        [nameof(OrderOverlay.ObjectionApplied)] = "异议审批中",
    };

    /// <summary>Kind of the badge that bears the state.</summary>
    public static string KindOf(OrderState state) => state switch
    {
        OrderState.Received or OrderState.PendingDispatch or OrderState.PendingSign => "info",
        OrderState.Rework => "urgent",
        OrderState.Closed or OrderState.Archived => "ok",
        _ => "quiet",
    };

    public static IReadOnlyList<string> Of(OrderView o)
    {
        IEnumerable<string> marks = o.Overlays.Select(x => Words[x]);
        marks = o.IsSecret ? marks.Append("保密") : marks;
        marks = o.Excluded ? marks.Append("剔除") : marks;
        return [.. o.WasLate == true ? marks.Append("超期办结") : marks];
    }
}
