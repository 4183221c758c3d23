using Jiesu.Catalog.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Actions;
using Jiesu.Platform;

namespace Jiesu.Orders.Features.Dispatch;

/// <summary>重办 (T27): a new round for the same lead, unless another is named; the limit is a share of the first one by policy (half, at least 24 h).</summary>
internal sealed class ReworkOrder() : OrderVerb(OrderAction.Rework)
{
    public override Result<Done> Do(Attempt attempt, OrderStep step)
    {
        var units = attempt.FindUnits(otherwise: attempt.Order.UnitId);
        if (units.Error is { } unknown)
        {
            return unknown;
        }

        // What the city has rejected goes on with its original deadline, unless a limit is given (hotline guide 2.3, T25).
        var clock = attempt.Order.DueAt is not null && attempt.Limit is null ? null : attempt.Starts(Round.LimitOf(attempt));
        return attempt.Order.BeginRework(step, new(units.Value[0].Id, [.. units.Value.Skip(1).Select(u => u.Id)], clock, attempt.SignDue), attempt.Deed);
    }
}

/// <summary>重新打开 (T37): a new round, in the hands of the last lead at once; the limit as for a rework. What was never dispatched has no lead to go to.</summary>
internal sealed class ReopenOrder() : OrderVerb(OrderAction.Reopen)
{
    public override Error? Bars(Standing standing, OrderStep step) =>
        standing.Order.Dispatches == 0 ? OrderErrors.NeverDispatched(standing.Order.State) : null;

    public override Result<Done> Do(Attempt attempt, OrderStep step) =>
        attempt.Order.Reopen(step, new(attempt.Order.UnitId, [], attempt.Starts(Round.LimitOf(attempt)), null), attempt.Deed);
}

/// <summary>轮次.</summary>
internal static class Round
{
    /// <summary>The limit asked for, else the policy's share of the first one.</summary>
    public static TimeLimit LimitOf(Attempt attempt) =>
        attempt.Limit ?? Deadline.ForRework(attempt.Order.Limit ?? attempt.Limits.HandleLimit, attempt.Limits, attempt.At, attempt.Policy.Calendar);
}
