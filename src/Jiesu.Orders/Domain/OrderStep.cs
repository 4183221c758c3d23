global using OrderStep = Jiesu.Platform.Step<Jiesu.Orders.Domain.OrderState, Jiesu.Orders.Domain.OrderAction, Jiesu.Orders.Domain.OrderOutcome, Jiesu.Orders.Domain.OrderOverlay>;

namespace Jiesu.Orders.Domain;

/// <summary>What may be asked of a row of the table.</summary>
internal static class OrderSteps
{
    /// <summary>同意, of whatever kind; false for 驳回, null where nothing is decided.</summary>
    public static bool? Verdict(this OrderStep step) => step.Outcome switch
    {
        OrderOutcome.Approve or OrderOutcome.ApproveUp or OrderOutcome.ApproveLocal or OrderOutcome.ApproveCity => true,
        OrderOutcome.Reject or OrderOutcome.RejectUp => false,
        null or OrderOutcome.Joint or OrderOutcome.Share or OrderOutcome.Again or OrderOutcome.Content or OrderOutcome.Discontent or OrderOutcome.Exhausted
            or OrderOutcome.NotReached or OrderOutcome.GivenUp => null,
    };

    public static bool IsApproval(this OrderStep step) => step.Verdict() == true;

    /// <summary>名称: as the timeline and the buttons show it.</summary>
    public static string Name(this OrderStep step) => step.Outcome == OrderOutcome.Joint ? "联合派发" : step.Action.Name();

    public static bool Takes(this OrderStep step, string field) => (step.Must ?? []).Contains(field) || (step.May ?? []).Contains(field);
}
