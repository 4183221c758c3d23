using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Actions;
using Jiesu.Platform;

namespace Jiesu.Orders.Features.Applications;

/// <summary>
/// 退单申请 (T09): the lead asks to give the order back. Not after the return limit of the policy has passed since signing, and not after the policy's number
/// of dispatches: then the district has designated the unit (hotline guide 2.5). A helper may ask to give back its own share: the order does not move.
/// </summary>
internal sealed class ReturnOrder() : TwoPersonVerb(OrderAction.UnitReturn)
{
    public override Result<OrderStep> Choose(Attempt attempt, IReadOnlyList<OrderStep> open) => attempt.Asked.Decision is null ? open[0] : base.Choose(attempt, open);

    /// <summary>What a unit takes back is the return that it applied for.</summary>
    protected override ApplicationKind KindOf(Standing standing, OrderStep step) =>
        step.Outcome == OrderOutcome.Share || (step.Outcome == OrderOutcome.Withdrawn && standing.Order.OpenApplication(ApplicationKind.Return)?.AppliedByUnit != standing.Actor.UnitId)
            ? ApplicationKind.ShareReturn
            : ApplicationKind.Return;

    protected override Error? BarsApplying(Standing standing, OrderStep step)
    {
        var (order, limits) = (standing.Order, standing.Policy.LimitsFor(standing.Order));
        if (step.Outcome == OrderOutcome.Share)
        {
            return standing.Share switch
            {
                null => OrderErrors.NotLead(order.State),
                { Role: AssignmentRole.Lead } => OrderErrors.NotNow(order.State),
                { State: AssignmentState.Replied } share => OrderErrors.ShareNotNow(order.State, share.State),
                _ => null,
            };
        }

        return standing.Share is not { Role: AssignmentRole.Lead } ? OrderErrors.NotLead(order.State)
            : order.Dispatches >= limits.MaxDispatches ? OrderErrors.Designated(order.State)
            : null;
    }

    protected override Error? RefusesApplying(Attempt attempt)
    {
        var limit = attempt.Limits.ReturnLimit;
        return attempt.Share!.SignedAt is { } signed && attempt.At > attempt.Policy.Calendar.Add(signed, limit).At ? OrderErrors.ReturnTooLate(attempt.Order.State, limit.Words) : null;
    }
}

/// <summary>异议 (T10): a unit that may give nothing back any more, because the district has designated it, objects once with evidence; the district decides.</summary>
internal sealed class ObjectToDispatch() : TwoPersonVerb(OrderAction.Objection)
{
    protected override ApplicationKind KindOf(Standing standing, OrderStep step) => ApplicationKind.Objection;

    protected override Error? BarsApplying(Standing standing, OrderStep step) => Leads.Bars(standing)
        ?? (standing.Order.Dispatches < standing.Policy.LimitsFor(standing.Order).MaxDispatches ? OrderErrors.NotDesignated(standing.Order.State) : null);
}

/// <summary>退回市级申请 (T05): the Centre says that the city sent the order to the wrong district.</summary>
internal sealed class ReturnUp() : TwoPersonVerb(OrderAction.ReturnUp)
{
    protected override ApplicationKind KindOf(Standing standing, OrderStep step) => ApplicationKind.ReturnUp;
}

/// <summary>
/// 退单审批 (T05, T09): decides whichever return stands. Approved, the order is the Centre's again, or with a lead named the other unit's at once (转办);
/// refused, it stays where it is. Where the lead and a helper both ask, the lead's is decided first.
/// </summary>
internal sealed class DecideReturn() : TwoPersonVerb(OrderAction.DecideReturn)
{
    public override Result<OrderStep> Choose(Attempt attempt, IReadOnlyList<OrderStep> open)
    {
        var first = open.GroupBy(s => KindOf(attempt, s)).OrderBy(g => g.Key).First().ToArray();
        return attempt.Asked is { Decision: "approve", Lead.Length: > 0 } && first.FirstOrDefault(s => s.Outcome == OrderOutcome.Transfer) is { } transfer
            ? transfer
            : base.Choose(attempt, [.. first.Where(s => s.Outcome != OrderOutcome.Transfer)]);
    }

    protected override ApplicationKind KindOf(Standing standing, OrderStep step) => (step.Closes ?? step.Needs) switch
    {
        OrderOverlay.ReturnApplied => ApplicationKind.Return,
        OrderOverlay.ShareReturnApplied => ApplicationKind.ShareReturn,
        _ => ApplicationKind.ReturnUp,
    };

    protected override Result<Charge> ChargeOf(Attempt attempt, Application asked)
    {
        if (attempt.Asked.Lead is not { Length: > 0 })
        {
            return new Charge(default, [], null, null);
        }

        var units = attempt.FindUnits();
        return units.Error is { } unknown ? unknown : new Charge(units.Value[0].Id, [.. units.Value.Skip(1).Select(u => u.Id)], null, attempt.SignDue);
    }
}
