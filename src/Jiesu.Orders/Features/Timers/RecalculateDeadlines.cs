using Jiesu.Catalog.Contracts;
using Jiesu.Identity.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Actions;
using Jiesu.Platform;
using Jiesu.Platform.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.Timers;

/// <summary>重算期限: what the house found, and nobody else may say; the deadline it brings is the one that counts from now on.</summary>
internal sealed class RecalculateDeadline() : OrderVerb(OrderAction.Recalculate)
{
    public override Error? Bars(Standing standing, OrderStep step) => standing.Actor.PersonId == Guid.Empty ? null : OrderErrors.NotPermitted();

    public override Result<Done> Do(Attempt attempt, OrderStep step) => attempt.Order.Recalculate(step, attempt.Asked.Until!.Value, attempt.Deed);
}

/// <summary>
/// 放假安排录入后的重算 (REL-31): deadlines of open orders that were promised while a year they run through had no notice, and so by Monday to Friday, are computed again by the
/// notice; each is a step of the order's history that says so. What was answered or finished by then stays as it was promised.
/// </summary>
internal sealed class RecalculateDeadlines(JiesuDb db, IWorkingCalendars calendars, IUnitDirectory units, HouseDeeds deeds, RecalculateDeadlines.Mark mark) : IJob
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(10);
    private const int Batch = 200;

    /// <summary>Both databases keep less than the clock gives.</summary>
    private static readonly TimeSpan Nothing = TimeSpan.FromMilliseconds(1);

    /// <summary>本次日历: which calendar every open order agrees with; a calendar that was changed is another object, and so is that of the next day.</summary>
    internal sealed class Mark
    {
        public WorkingCalendar? Calendar { get; set; }
    }

    public async Task RunAsync(CancellationToken ct)
    {
        var calendar = await calendars.GetAsync(ct);
        if (calendar.KnownSince.Count == 0 || ReferenceEquals(calendar, mark.Calendar))
        {
            return;
        }

        if (await RecalculateAsync(calendar, ct) == 0)
        {
            mark.Calendar = calendar;
        }
    }

    /// <summary>How many were wrong; a refusal leaves the order to the next run.</summary>
    private async Task<int> RecalculateAsync(WorkingCalendar calendar, CancellationToken ct)
    {
        var house = await SystemActor.OfAsync(units, ct, Permissions.Recalculate);
        var (wrong, after) = (0, 0L);
        while (await NextAsync(after, calendar.KnownSince.Values.Max(), ct) is { Count: > 0 } orders)
        {
            foreach (var order in orders)
            {
                var promised = order.DueAt ?? order.StoppedDueAt;
                if (Deadline.Anew(order.History, calendar) is not { } anew || promised is null || (anew.DueAt - promised.Value).Duration() < Nothing)
                {
                    continue;
                }

                wrong++;
                var note = $"{string.Join("、", anew.Years)} 年放假安排录入后重算：截止时间由 {WorkingCalendar.Told(promised.Value)} 改为 {WorkingCalendar.Told(anew.DueAt)}。";
                await deeds.DoAsync([(order.Id, order.Version)], OrderAction.Recalculate, new ActionRequest { Until = anew.DueAt, Note = note }, house, ct);
            }

            after = orders[^1].No;
        }

        return wrong;
    }

    /// <summary>Open orders with a clock that began before the notice was known, by the number that sorts; a merged one has its master's deadline.</summary>
    private Task<List<WorkOrder>> NextAsync(long after, DateTimeOffset known, CancellationToken ct) => db.Set<WorkOrder>().AsNoTracking()
        .Where(x => x.No > after && OrderLifeCycle.Timed.Contains(x.State) && x.ClockStartedAt < known && ((int)x.Overlays & (int)OrderOverlay.Merged) == 0)
        .OrderBy(x => x.No).Take(Batch).Include(x => x.History).AsSplitQuery().ToListAsync(ct);
}
