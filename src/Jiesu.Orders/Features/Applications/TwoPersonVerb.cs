using Jiesu.Catalog.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Actions;
using Jiesu.Platform;

namespace Jiesu.Orders.Features.Applications;

/// <summary>
/// 申请与审批: one person applies, one to three others decide in turn, the applying unit may take it back. Which row is which, the table says: what takes a
/// decision decides.
/// </summary>
internal abstract class TwoPersonVerb(params IReadOnlyList<OrderAction> actions) : OrderVerb(actions)
{
    public sealed override Error? Bars(Standing standing, OrderStep step)
    {
        if (!step.Takes(Carry.Decision))
        {
            return BarsApplying(standing, step);
        }

        if (standing.Order.OpenApplication(KindOf(standing, step)) is not { } open)
        {
            return OrderErrors.NotNow(standing.Order.State);
        }

        if (step.Outcome == OrderOutcome.Withdrawn)
        {
            return open.AppliedBy == standing.Actor.PersonId || open.AppliedByUnit == standing.Actor.UnitId ? null : OrderErrors.NotApplicant();
        }

        return open.AppliedBy == standing.Actor.PersonId || open.DecidedBy == standing.Actor.PersonId ? OrderErrors.SamePerson()
            : !open.IsFor(standing.Actor.Role) ? OrderErrors.NotYourLevel()
            : step.IsForward() == open.IsAtLastLevel && step.IsApproval() ? OrderErrors.NotNow(standing.Order.State)
            : null;
    }

    public override Result<OrderStep> Choose(Attempt attempt, IReadOnlyList<OrderStep> open) =>
        attempt.Asked.Decision == Carry.Withdraw ? open.FirstOrDefault(s => s.Outcome == OrderOutcome.Withdrawn) is { } row ? row : OrderErrors.NotNow(attempt.Order.State)
        : base.Choose(attempt, open);

    public override Result<Done> Do(Attempt attempt, OrderStep step)
    {
        var kind = KindOf(attempt, step);
        if (!step.Takes(Carry.Decision))
        {
            return RefusesApplying(attempt) is { } refusal ? refusal : attempt.Order.Apply(step, kind, attempt.Policy.Catalogue.Approvals(kind.ToString()).Write(), attempt.Deed);
        }

        if (step.Outcome == OrderOutcome.Withdrawn)
        {
            return attempt.Order.Withdraw(step, kind, attempt.Deed);
        }

        if (step.IsForward())
        {
            return attempt.Order.Forward(step, kind, attempt.Deed);
        }

        var charge = step.IsApproval() ? ChargeOf(attempt, attempt.Order.OpenApplication(kind)!) : new Charge(default, [], null, null);
        return charge.Error is { } unknown ? unknown : attempt.Order.Decide(step, kind, charge.Value with { Centre = attempt.Policy.Units.Centre.Id }, attempt.Deed);
    }

    protected abstract ApplicationKind KindOf(Standing standing, OrderStep step);

    /// <summary>Why this person may not apply now, whatever the words.</summary>
    protected virtual Error? BarsApplying(Standing standing, OrderStep step) => null;

    /// <summary>Why this may not be applied for.</summary>
    protected virtual Error? RefusesApplying(Attempt attempt) => null;

    /// <summary>Who becomes accountable or helps, where granting says so.</summary>
    protected virtual Result<Charge> ChargeOf(Attempt attempt, Application asked) => new Charge(default, [], null, null);
}

/// <summary>不予受理 (T04).</summary>
internal sealed class RefuseOrder() : TwoPersonVerb(OrderAction.Refuse)
{
    protected override ApplicationKind KindOf(Standing standing, OrderStep step) => ApplicationKind.Refuse;
}

/// <summary>撤单 (T34): withdrawn by the caller.</summary>
internal sealed class CancelOrder() : TwoPersonVerb(OrderAction.Cancel)
{
    protected override ApplicationKind KindOf(Standing standing, OrderStep step) => ApplicationKind.Cancel;
}

/// <summary>剔除 (T28): leaves the denominators; history and state stay.</summary>
internal sealed class ExcludeOrder() : TwoPersonVerb(OrderAction.Exclusion)
{
    protected override ApplicationKind KindOf(Standing standing, OrderStep step) => ApplicationKind.Exclusion;

    protected override Error? BarsApplying(Standing standing, OrderStep step) =>
        standing.Order.IsExcluded ? OrderErrors.AlreadyExcluded(standing.Order.State)
        : standing.IsOfLead ? null : OrderErrors.NotLead(standing.Order.State);
}

/// <summary>延期 (T17): by the lead, as often as the policy allows, early enough, and for no longer than the limit was (hotline guide 2.5).</summary>
internal sealed class ExtendOrder() : TwoPersonVerb(OrderAction.Extend)
{
    protected override ApplicationKind KindOf(Standing standing, OrderStep step) => ApplicationKind.Extension;

    protected override Error? BarsApplying(Standing standing, OrderStep step)
    {
        var (order, limits) = (standing.Order, standing.Policy.LimitsFor(standing.Order));
        return Leads.Bars(standing)
            ?? (!limits.Extendable ? OrderErrors.NotExtendable(order.State) : order.Extensions >= limits.MaxExtensions ? OrderErrors.ExtendedOften(order.State, limits.MaxExtensions) : null);
    }

    protected override Error? RefusesApplying(Attempt attempt)
    {
        var (order, hours) = (attempt.Order, attempt.Policy.Settings.ExtensionHoursBefore);
        if ((order.DueAt ?? order.StoppedDueAt) is not { } due || attempt.Asked.Until is not { } until)
        {
            return OrderErrors.NotNow(order.State);
        }

        var latest = attempt.Policy.Calendar.Add(due, order.LiveLead?.Limit ?? order.Limit ?? attempt.Limits.HandleLimit).At;
        return order.DueAt is not null && attempt.At > due.AddHours(-hours) ? OrderErrors.ExtendTooLate(order.State, hours)
            : until <= due ? OrderErrors.UntilTooEarly()
            : until > latest ? OrderErrors.UntilTooLate()
            : null;
    }
}

/// <summary>挂账 (T19): the lead asks to put the order on the long-term ledger; a day to look at it again is part of it.</summary>
internal sealed class HoldOrder() : TwoPersonVerb(OrderAction.Hold)
{
    protected override ApplicationKind KindOf(Standing standing, OrderStep step) => ApplicationKind.Hold;

    protected override Error? BarsApplying(Standing standing, OrderStep step) => Leads.Bars(standing);

    protected override Error? RefusesApplying(Attempt attempt) => attempt.Asked.Until <= attempt.At ? OrderErrors.UntilPast() : null;
}

/// <summary>考核申诉 (T29): the unit that was scored says which answer was heard wrong, within the window of the setting.</summary>
internal sealed class AppealScore() : TwoPersonVerb(OrderAction.Appeal)
{
    protected override ApplicationKind KindOf(Standing standing, OrderStep step) => ApplicationKind.Appeal;

    protected override Error? BarsApplying(Standing standing, OrderStep step) =>
        !standing.Order.HasValidCallback ? OrderErrors.NothingScored(standing.Order.State)
        : standing.IsOfLead ? null : OrderErrors.NotLead(standing.Order.State);

    protected override Error? RefusesApplying(Attempt attempt)
    {
        var days = attempt.Policy.Settings.AppealWorkingDays;
        return attempt.Order.ClosedAt is { } closed && attempt.At > attempt.Policy.Calendar.Add(closed, TimeLimit.Of(days, "work_day")!.Value).At ? OrderErrors.AppealTooLate(attempt.Order.State, days) : null;
    }
}

/// <summary>主办: the acting unit holds the lead share.</summary>
internal static class Leads
{
    public static Error? Bars(Standing standing) => standing.Share is { Role: AssignmentRole.Lead } ? null : OrderErrors.NotLead(standing.Order.State);
}
