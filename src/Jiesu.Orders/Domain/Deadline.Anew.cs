using Jiesu.Catalog.Contracts;
using Jiesu.Platform;

namespace Jiesu.Orders.Domain;

/// <summary>重算: the deadline as the calendar gives it that is known today (REL-31).</summary>
internal sealed partial record Deadline
{
    /// <summary>Years whose notice came after the promise; nothing is told anew without one.</summary>
    private IReadOnlyList<int> Fallback { get; init; } = [];

    /// <summary>
    /// Told again from the history, but where a promise ran through a year whose notice was not known then, by the notice. What a person granted by date (an extension) stays.
    /// Null when no promise that still counts rests on a year without notice.
    /// </summary>
    /// <returns>The deadline from now on, or the one that goes on after a stop; and the years.</returns>
    public static (DateTimeOffset DueAt, IReadOnlyList<int> Years)? Anew(IEnumerable<OrderEvent> history, WorkingCalendar calendar)
    {
        var now = history.OrderBy(e => e.Seq).Aggregate(None, (running, e) => running.Anew(e, StepDetails.Read(e.Details), calendar));
        return now.Fallback.Count > 0 && (now.DueAt ?? now.Promised) is { } due ? (due, now.Fallback) : null;
    }

    private Deadline Anew(OrderEvent e, StepDetails details, WorkingCalendar calendar) =>
        e.Clock == ClockEffect.Stops ? None with { Limit = Limit, Promised = DueAt ?? Promised }
        : details.StopsClock == true ? this with { DueAt = null, StoppedAt = StoppedAt ?? e.At, Promised = DueAt ?? Promised }
        : details.Clock is { } terms ? BeginsAnew(e, terms, calendar)
        : details.DueAt is not { } told ? this
        : e.Clock == ClockEffect.Resumes ? GoesOnAnew(e, told, calendar)
        : StoppedAt is null ? this with { DueAt = told }
        : this with { Promised = told };

    private Deadline BeginsAnew(OrderEvent e, ClockTerms terms, WorkingCalendar calendar)
    {
        var (due, years) = Known(e, terms.Limit, terms.Start, terms.DueAt, () => calendar.Add(terms.Start, terms.Limit).At, calendar);
        return !terms.IsCarried ? new Deadline(due, terms.Start, terms.Limit, []) { Fallback = years }
            : due < DueAt ? this with { DueAt = due, Limit = terms.Limit, Fallback = years }
            : this;
    }

    /// <summary>After a stop the deadline moves on from the one that is right now.</summary>
    private Deadline GoesOnAnew(OrderEvent e, DateTimeOffset told, WorkingCalendar calendar)
    {
        var going = this with { DueAt = told, StartedAt = StartedAt ?? e.At, StoppedAt = null, Promised = null };
        if (StoppedAt is not { } stopped || Promised is not { } promised || Limit is not { } limit)
        {
            return going;
        }

        var interval = new ClockInterval(e.FromState == OrderState.OnHold ? IntervalKind.Hold : IntervalKind.Pause, stopped, e.At);
        var (due, years) = Known(e, limit, stopped, told, () => calendar.Move(promised, interval, limit).At, calendar);
        return years.Count > 0 ? going with { DueAt = due, Fallback = [.. Fallback.Union(years)] }
            : Fallback.Count > 0 ? going with { DueAt = calendar.Move(promised, interval, limit).At }
            : going;
    }

    /// <summary>What was told, or what should have been, with the years that were not known when it was.</summary>
    private static (DateTimeOffset Due, IReadOnlyList<int> Years) Known(
        OrderEvent e, TimeLimit limit, DateTimeOffset from, DateTimeOffset told, Func<DateTimeOffset> compute, WorkingCalendar calendar)
    {
        if (!limit.UsesCalendar)
        {
            return (told, []);
        }

        var right = compute();
        var (first, last) = (from.ToBeijing().Year, (told > right ? told : right).ToBeijing().Year);
        int[] years = [.. Enumerable.Range(first, last - first + 1).Where(y => calendar.KnownSince.TryGetValue(y, out var since) && since > e.At)];
        return years.Length > 0 ? (right, years) : (told, years);
    }
}
