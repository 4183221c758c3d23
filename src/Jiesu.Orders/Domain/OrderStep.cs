global using OrderStep = Jiesu.Platform.Step<Jiesu.Orders.Domain.OrderState, Jiesu.Orders.Domain.OrderAction, Jiesu.Orders.Domain.OrderOutcome, Jiesu.Orders.Domain.OrderOverlay>;

namespace Jiesu.Orders.Domain;

/// <summary>What may be asked of a row of the table.</summary>
internal static class OrderSteps
{
    /// <summary>同意, of whatever kind; false for 驳回, null where nothing is decided.</summary>
    public static bool? Verdict(this OrderStep step) => step.Outcome switch
    {
        OrderOutcome.Approve or OrderOutcome.ApproveUp or OrderOutcome.ApproveShare or OrderOutcome.ApproveLocal or OrderOutcome.ApproveCity or OrderOutcome.Transfer
            or OrderOutcome.Forward or OrderOutcome.ForwardUp or OrderOutcome.ForwardShare or OrderOutcome.Complete => true,
        OrderOutcome.Reject or OrderOutcome.RejectUp or OrderOutcome.RejectShare => false,
        null or OrderOutcome.Withdrawn or OrderOutcome.Joint or OrderOutcome.Share or OrderOutcome.Again or OrderOutcome.Below or OrderOutcome.Continue or OrderOutcome.Absorb
            or OrderOutcome.FalseClose or OrderOutcome.Content or OrderOutcome.Discontent or OrderOutcome.Exhausted or OrderOutcome.NotReached or OrderOutcome.GivenUp => null,
    };

    public static bool IsApproval(this OrderStep step) => step.Verdict() == true;

    /// <summary>逐级审批: granted so far, and another has to decide.</summary>
    public static bool IsForward(this OrderStep step) => step.Outcome is OrderOutcome.Forward or OrderOutcome.ForwardUp or OrderOutcome.ForwardShare;

    /// <summary>名称: as the timeline and the buttons show it.</summary>
    public static string Name(this OrderStep step) => step.Outcome switch
    {
        OrderOutcome.Joint => "联合派发",
        OrderOutcome.Transfer => "转办",
        OrderOutcome.Absorb => "并入",
        OrderOutcome.Continue => "挂账复核",
        _ => step.Action.Name(),
    };

    public static bool Takes(this OrderStep step, string field) => (step.Must ?? []).Contains(field) || (step.May ?? []).Contains(field);
}
