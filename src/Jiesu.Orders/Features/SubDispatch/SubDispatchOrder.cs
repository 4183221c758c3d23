using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Actions;
using Jiesu.Platform;

namespace Jiesu.Orders.Features.SubDispatch;

/// <summary>
/// 下派 (T11): a unit hands its work down to offices and communities below it. A child is due inside the unit's own remaining time, less the buffer of the
/// policy (hotline guide 2.6, step 5); a limit that goes beyond the unit's own deadline is refused, one that only eats the buffer is cut to it.
/// </summary>
internal sealed class SubDispatchOrder() : OrderVerb(OrderAction.SubDispatch)
{
    public override Error? Bars(Standing standing, OrderStep step) => HeldShare.Bars(standing);

    public override Result<Done> Do(Attempt attempt, OrderStep step)
    {
        var units = attempt.FindUnits();
        if (units.Error is { } unknown)
        {
            return unknown;
        }

        var (own, targets) = (attempt.Share!, units.Value.Select(u => u.Id).ToArray());
        foreach (var (i, target) in targets.Index())
        {
            var field = i == 0 ? Carry.Lead : Carry.CoUnits;
            if (target == attempt.Actor.UnitId || !attempt.Policy.IsWithin(target, attempt.Actor.UnitId))
            {
                return OrderErrors.UnitNotBelow(field);
            }

            if (attempt.Order.LiveShareOf(target) is not null)
            {
                return OrderErrors.UnitHasShare(field);
            }
        }

        var due = DueWithin(attempt, own);
        return due.Error is { } tooLong ? tooLong
            : attempt.Order.SubDispatch(step, own, new(targets[0], targets[1..], null, attempt.SignDue), due.Value, attempt.Deed);
    }

    private static Result<DateTimeOffset?> DueWithin(Attempt attempt, Assignment own)
    {
        if (own.DueAt is not { } due)
        {
            return (DateTimeOffset?)null;
        }

        var asked = attempt.Limit is { } limit ? attempt.Policy.Calendar.Add(attempt.At, limit).At : due;
        if (asked > due && due > attempt.At)
        {
            return OrderErrors.LimitTooLong();
        }

        var policy = attempt.Limits;
        var inner = own.Limit is { } ownLimit
            ? attempt.Policy.Calendar.StreetDue(own.AssignedAt, due, ownLimit, policy.StreetBufferHours, policy.StreetBufferPercent)
            : due;
        DateTimeOffset? least = inner <= attempt.At ? due : inner;
        return asked < least ? asked : least;
    }
}
