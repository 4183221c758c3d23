using Jiesu.Platform;

namespace Jiesu.Orders.Domain;

/// <summary>暂停、挂账: intervals in which the clock stands still.</summary>
internal sealed partial class WorkOrder
{
    /// <summary>暂停 (T18): under a policy that allows no pause it is written down and the clock runs on.</summary>
    public Result<Done> Pause(OrderStep step, bool stopsClock, Deed deed) =>
        Move(step, deed with { Details = deed.Details with { StopsClock = stopsClock } }, () => StopUntil = deed.Details.Until);

    /// <summary>恢复、销账 (T18, T20): what stood still goes on; every share in work has the same time more.</summary>
    /// <param name="due">The deadline from now on; null where the clock did not stand still.</param>
    /// <param name="move">Where a deadline of a share lies from now on.</param>
    public Result<Done> Resume(OrderStep step, DateTimeOffset? due, Func<Assignment, DateTimeOffset?> move, Deed deed) =>
        Move(step, deed with { Details = deed.Details with { DueAt = due } }, () =>
        {
            StopUntil = null;
            if (due is not null)
            {
                foreach (var share in Live.Where(a => a.State != AssignmentState.Replied))
                {
                    share.DueAt = share.Role == AssignmentRole.Lead ? due : move(share);
                }
            }
        });

    /// <summary>挂账复核 (T20): it stays on hold until another day.</summary>
    public Result<Done> ReviewHold(OrderStep step, Deed deed) => Move(step, deed, () => StopUntil = deed.Details.Until);

    /// <summary>重算期限: the clock runs or stands still as before; shares that had the order's deadline have the new one.</summary>
    /// <param name="due">From now on, or from where it goes on after a stop.</param>
    public Result<Done> Recalculate(OrderStep step, DateTimeOffset due, Deed deed)
    {
        var (promised, until) = (DueAt ?? StoppedDueAt, StopUntil);
        return promised is null ? OrderErrors.NotNow(State) : Move(step, deed with { Details = deed.Details with { DueAt = due, Until = null } }, () =>
        {
            StopUntil = until;
            Live.Where(a => a.State != AssignmentState.Replied && a.DueAt == promised).ToList().ForEach(a => a.DueAt = due);
        });
    }

    /// <summary>市级驳回 (T25): the reply was not good enough for the city; the original deadline counts again.</summary>
    public Result<Done> RejectByCity(OrderStep step, Deed deed) =>
        Move(step, deed with { Details = deed.Details with { DueAt = StoppedDueAt } }, () => (Reworks, WasLate) = (Reworks + 1, null));
}
