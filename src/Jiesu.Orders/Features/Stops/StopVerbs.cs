using Jiesu.Catalog.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Actions;
using Jiesu.Platform;

namespace Jiesu.Orders.Features.Stops;

/// <summary>
/// 暂停 (T18): the clock stands still where the policy of the order allows a pause; the city's clock never does, unless the setting says so. Otherwise the
/// pause is written down and the clock runs on (hotline guide 2.4, 2.6).
/// </summary>
internal sealed class PauseOrder() : OrderVerb(OrderAction.Pause)
{
    public override Result<Done> Do(Attempt attempt, OrderStep step)
    {
        var mayStop = attempt.Limits.Pausable && (attempt.Order.OriginType == OriginType.Local || attempt.Policy.Settings.PausesCityClock);
        return attempt.Asked.Until <= attempt.At ? OrderErrors.UntilPast() : attempt.Order.Pause(step, mayStop, attempt.Deed);
    }
}

/// <summary>恢复 (T18): by a person, or by the job when the time of the pause is over.</summary>
internal sealed class ResumeOrder() : OrderVerb(OrderAction.Resume)
{
    public override Result<Done> Do(Attempt attempt, OrderStep step) => GoOn.From(attempt, step, IntervalKind.Pause);
}

/// <summary>销账、挂账复核 (T20): with a new day it stays on hold until then, without one it is handled again.</summary>
internal sealed class ReleaseOrder() : OrderVerb(OrderAction.Release)
{
    public override Result<OrderStep> Choose(Attempt attempt, IReadOnlyList<OrderStep> open) =>
        open.Single(s => (s.Outcome == OrderOutcome.Continue) == attempt.Asked.Until is not null);

    public override Result<Done> Do(Attempt attempt, OrderStep step) =>
        step.Outcome != OrderOutcome.Continue ? GoOn.From(attempt, step, IntervalKind.Hold)
        : attempt.Asked.Until <= attempt.At ? OrderErrors.UntilPast()
        : attempt.Order.ReviewHold(step, attempt.Deed);
}

/// <summary>市级驳回 (T25).</summary>
internal sealed class RejectByCity() : OrderVerb(OrderAction.CityReject)
{
    public override Result<Done> Do(Attempt attempt, OrderStep step) => attempt.Order.RejectByCity(step, attempt.Deed);
}

/// <summary>How a clock that stood still goes on.</summary>
internal static class GoOn
{
    public static Result<Done> From(Attempt attempt, OrderStep step, IntervalKind kind)
    {
        var (order, calendar) = (attempt.Order, attempt.Policy.Calendar);
        var limit = order.LiveLead?.Limit ?? order.Limit ?? attempt.Limits.HandleLimit;
        if (order.ClockStoppedAt is not { } stopped || order.StoppedDueAt is not { } promised)
        {
            return order.Resume(step, null, a => a.DueAt, attempt.Deed);
        }

        var interval = new ClockInterval(kind, stopped, attempt.At);
        return order.Resume(
            step, calendar.Move(promised, interval, limit).At, a => a.DueAt is { } due ? calendar.Move(due, interval, a.Limit ?? limit).At : null, attempt.Deed);
    }
}
