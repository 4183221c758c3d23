using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Actions;
using Jiesu.Orders.Features.Applications;
using Jiesu.Platform;

namespace Jiesu.Orders.Features.Joint;

/// <summary>加派 (T12): a unit asks for helpers and the dispatcher agrees; for units below itself it needs nobody's leave. A helper has a clock of its own.</summary>
internal sealed class AddHandlers() : TwoPersonVerb(OrderAction.AddHandler)
{
    public override Result<OrderStep> Choose(Attempt attempt, IReadOnlyList<OrderStep> open)
    {
        if (attempt.Asked.Decision is not null || open.FirstOrDefault(s => s.Outcome == OrderOutcome.Below) is not { } below)
        {
            return base.Choose(attempt, open);
        }

        var units = Helpers(attempt);
        return units.Error is { } unknown ? unknown
            : units.Value.All(u => attempt.Policy.IsWithin(u, attempt.Actor.UnitId)) ? below
            : open.FirstOrDefault(s => s.Outcome is null) is { } applying ? applying
            : OrderErrors.NotNow(attempt.Order.State);
    }

    public override Result<Done> Do(Attempt attempt, OrderStep step)
    {
        if (step.Takes(Carry.Decision))
        {
            return base.Do(attempt, step);
        }

        var (units, due) = (Helpers(attempt), DueWithin(attempt));
        if ((units.Error ?? due.Error) is { } refusal)
        {
            return refusal;
        }

        if (step.Outcome == OrderOutcome.Below)
        {
            return attempt.Order.AddHandlers(step, new(attempt.Order.UnitId, units.Value, null, attempt.SignDue) { HelpersDueAt = due.Value }, attempt.Deed);
        }

        var details = attempt.Deed.Details with { CoUnits = units.Value, Until = due.Value };
        return base.Do(attempt with { Deed = attempt.Deed with { Details = details } }, step);
    }

    protected override ApplicationKind KindOf(Standing standing, OrderStep step) => ApplicationKind.AddHandler;

    protected override Error? BarsApplying(Standing standing, OrderStep step) => Leads.Bars(standing);

    protected override Result<Charge> ChargeOf(Attempt attempt, Application asked)
    {
        var details = StepDetails.Read(asked.Details);
        return new Charge(attempt.Order.UnitId, details.CoUnits ?? [], null, attempt.SignDue) { HelpersDueAt = details.Until };
    }

    private static Result<IReadOnlyList<Guid>> Helpers(Attempt attempt)
    {
        var units = attempt.FindUnits(otherwise: attempt.Order.UnitId);
        if (units.Error is { } unknown)
        {
            return unknown;
        }

        Guid[] helpers = [.. units.Value.Select(u => u.Id).Where(u => u != attempt.Order.UnitId)];
        return helpers.Length == 0 || helpers.Any(u => attempt.Order.LiveShareOf(u) is not null) ? OrderErrors.UnitHasShare(Carry.CoUnits) : helpers;
    }

    /// <summary>A helper's limit lies inside the order's own.</summary>
    private static Result<DateTimeOffset?> DueWithin(Attempt attempt)
    {
        if (attempt.Limit is not { } limit)
        {
            return (DateTimeOffset?)null;
        }

        var due = attempt.Policy.Calendar.Add(attempt.At, limit).At;
        return due > (attempt.Order.DueAt ?? attempt.Order.StoppedDueAt) ? OrderErrors.LimitTooLong() : (DateTimeOffset?)due;
    }
}

/// <summary>见面 (T14): by whoever handles the order, and by the leader of its unit.</summary>
internal sealed class MeetCaller() : OrderVerb(OrderAction.Meet)
{
    public override Error? Bars(Standing standing, OrderStep step) => standing.IsOfLead ? null : HeldShare.Bars(standing);

    public override Result<Done> Do(Attempt attempt, OrderStep step) => attempt.Order.Meet(step, attempt.Deed);
}

/// <summary>吹哨 (T15): the unit that leads calls departments to the place.</summary>
internal sealed class BlowWhistle() : OrderVerb(OrderAction.Whistle)
{
    public override Error? Bars(Standing standing, OrderStep step) => Leads.Bars(standing);

    public override Result<Done> Do(Attempt attempt, OrderStep step)
    {
        var units = attempt.FindUnits(otherwise: attempt.Order.UnitId);
        if (units.Error is { } unknown)
        {
            return unknown;
        }

        Guid[] called = [.. units.Value.Select(u => u.Id).Where(u => u != attempt.Order.UnitId)];
        return attempt.Asked.Until is not { } arriveBy || arriveBy <= attempt.At ? OrderErrors.UntilPast()
            : called.Length == 0 || called.Any(u => attempt.Order.OpenWhistleOf(u) is not null) ? OrderErrors.AlreadyWhistled(Carry.CoUnits)
            : attempt.Order.BlowWhistle(step, called, arriveBy.ToUniversalTime(), attempt.Deed);
    }
}

/// <summary>报到 (T16): by the department that was called.</summary>
internal sealed class ReportIn() : OrderVerb(OrderAction.ReportIn)
{
    public override Error? Bars(Standing standing, OrderStep step) =>
        standing.Order.OpenWhistleOf(standing.Actor.UnitId) is null ? OrderErrors.NotWhistled(standing.Order.State)
        : standing.Order.IsLastReport(standing.Actor.UnitId) == (step.Outcome == OrderOutcome.Complete) ? null
        : OrderErrors.NotNow(standing.Order.State);

    public override Result<Done> Do(Attempt attempt, OrderStep step) => attempt.Order.ReportIn(step, attempt.Deed);
}

/// <summary>
/// 单位调整 (T10): the share of a unit that was dissolved goes to the one that took over its work, or to the unit named; the clock runs on. Nobody may take
/// an order from a unit that is still there in this way.
/// </summary>
internal sealed class ReassignShare() : OrderVerb(OrderAction.Reassign)
{
    public override Error? Bars(Standing standing, OrderStep step) => Orphan(standing) is null ? OrderErrors.UnitStillThere(standing.Order.State) : null;

    public override Result<Done> Do(Attempt attempt, OrderStep step)
    {
        var (orphan, units) = (Orphan(attempt)!, attempt.Policy.Units);
        if (attempt.Asked.Lead is { Length: > 0 } code)
        {
            return units.Find(code) is { IsClosed: false } named ? attempt.Order.Reassign(step, orphan, named.Id, attempt.Deed) : OrderErrors.UnknownUnit(Carry.Lead);
        }

        return attempt.Order.Reassign(step, orphan, units.HeirOf(orphan.UnitId), attempt.Deed);
    }

    private static Assignment? Orphan(Standing standing) =>
        standing.Order.Live.OrderBy(a => a.Role).FirstOrDefault(a => standing.Policy.Units.Find(a.UnitId) is not { IsClosed: false });
}
