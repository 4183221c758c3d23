using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Actions;
using Jiesu.Platform;

namespace Jiesu.Orders.Features.Applications;

/// <summary>
/// 退单申请 (T09): the lead asks to give the order back. Not after the return limit of the policy has passed since signing, and not after the
/// policy's number of dispatches: then the district has designated the unit (hotline guide 2.5).
/// </summary>
internal sealed class ReturnOrder() : OrderVerb(OrderAction.UnitReturn)
{
    public override Error? Bars(Standing standing, OrderStep step)
    {
        var (order, limits) = (standing.Order, standing.Policy.LimitsFor(standing.Order));
        return LeadOf(standing) is null ? OrderErrors.NotLead(order.State)
            : order.Dispatches >= limits.MaxDispatches ? OrderErrors.Designated(order.State)
            : null;
    }

    public override Result<Done> Do(Attempt attempt, OrderStep step)
    {
        var limit = attempt.Limits.ReturnLimit;
        return LeadOf(attempt)!.SignedAt is { } signed && attempt.At > attempt.Policy.Calendar.Add(signed, limit).At
            ? OrderErrors.ReturnTooLate(attempt.Order.State, limit.Words)
            : attempt.Order.Apply(step, ApplicationKind.Return, attempt.Deed);
    }

    private static Assignment? LeadOf(Standing standing) =>
        standing.Order.LiveLead is { } lead && lead.UnitId == standing.Actor.UnitId ? lead : null;
}

/// <summary>退回市级申请 (T05): the Centre says that the city sent the order to the wrong district.</summary>
internal sealed class ReturnUp() : TwoPersonVerb(OrderAction.ReturnUp)
{
    protected override ApplicationKind KindOf(OrderStep step) => ApplicationKind.ReturnUp;
}

/// <summary>退单审批 (T05, T09): decides whichever return stands. Approved, the order is the Centre's again; refused, it stays where it is.</summary>
internal sealed class DecideReturn() : TwoPersonVerb(OrderAction.DecideReturn)
{
    protected override ApplicationKind KindOf(OrderStep step) =>
        step.Closes == OrderOverlay.ReturnApplied ? ApplicationKind.Return : ApplicationKind.ReturnUp;
}
