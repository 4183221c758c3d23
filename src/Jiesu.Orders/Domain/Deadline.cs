using Jiesu.Catalog.Contracts;
using Jiesu.Platform;

namespace Jiesu.Orders.Domain;

/// <summary>
/// 办理期限: a function of history and calendar, nothing else (hotline guide 2.6, REL-28, REL-33). A dispatch starts it, the approval of the final
/// review stops it, a return leaves it running; what remained carries over to the next unit and may be shortened, never prolonged (T10).
/// </summary>
internal sealed partial record Deadline(DateTimeOffset? DueAt, DateTimeOffset? StartedAt, TimeLimit? Limit, IReadOnlyList<string> Explanation)
{
    private static readonly Deadline None = new(null, null, null, []);

    /// <summary>The deadline of a limit; not after <paramref name="running"/>, where the remaining time carries over.</summary>
    public static DateTimeOffset Of(TimeLimit limit, DateTimeOffset start, WorkingCalendar calendar, DateTimeOffset? running = null)
    {
        var due = calendar.Add(start, limit).At;
        return running < due ? running.Value : due;
    }

    /// <summary>重办时限: a share of the first limit, at least so many hours (T27).</summary>
    public static TimeLimit ForRework(TimeLimit first, TimeLimitPolicy policy, DateTimeOffset start, WorkingCalendar calendar)
    {
        var hours = first.Unit == LimitUnit.NaturalDay ? first.Value * 24 : first.Value;
        var (whole, unit) = first.Unit == LimitUnit.NaturalDay && hours <= TimeLimit.Longest ? (hours, "urgent_hour") : (first.Value, first.Wire);
        var part = TimeLimit.Of(Math.Max(1, ((whole * policy.ReworkPercent) + 99) / 100), unit) ?? first;
        var least = TimeLimit.Of(policy.ReworkMinimumHours, "urgent_hour") ?? part;
        return calendar.Add(start, part).At < calendar.Add(start, least).At ? least : part;
    }

    /// <summary>停表以来: the clock stands still since then; null while it runs.</summary>
    private DateTimeOffset? StoppedAt { get; init; }

    /// <summary>What was promised when it stopped.</summary>
    private DateTimeOffset? Promised { get; init; }

    /// <summary>
    /// Told again from the history, whatever stands in the order. What was promised is what each step wrote down; the calendar only explains it, so that
    /// a calendar of today changes no deadline of yesterday (hotline guide 11).
    /// </summary>
    public static Deadline From(IEnumerable<OrderEvent> history, WorkingCalendar calendar) =>
        history.OrderBy(e => e.Seq).Aggregate(None, (running, e) => running.After(e, StepDetails.Read(e.Details), calendar));

    private Deadline After(OrderEvent e, StepDetails details, WorkingCalendar calendar) =>
        e.Clock == ClockEffect.Stops ? None with { Limit = Limit, Promised = DueAt ?? Promised, Explanation = [.. Explanation, $"{e.Action.Name()}后停止计时。"] }
        : details.StopsClock == true ? this with { DueAt = null, StoppedAt = StoppedAt ?? e.At, Promised = DueAt ?? Promised, Explanation = [.. Explanation, $"{e.Action.Name()}，停止计时。"] }
        : details.StopsClock == false ? this with { Explanation = [.. Explanation, $"{e.Action.Name()}：时限政策不允许停表，继续计时。"] }
        : details.Clock is { } terms ? Begins(e, terms, calendar)
        : details.DueAt is { } due ? Goes(e, due, calendar)
        : this;

    private Deadline Begins(OrderEvent e, ClockTerms terms, WorkingCalendar calendar)
    {
        var added = calendar.Add(terms.Start, terms.Limit);
        IReadOnlyList<string> changed = added.At == terms.DueAt || (terms.IsCarried && terms.DueAt < added.At) ? [] : [$"工作日历后来有变，仍以当时告知的 {WorkingCalendar.Told(terms.DueAt)} 为准。"];
        return !terms.IsCarried ? new(terms.DueAt, terms.Start, terms.Limit, [$"{e.Action.Name()}起计时。", .. added.Explanation, .. changed])
            : terms.DueAt < DueAt ? this with { DueAt = terms.DueAt, Limit = terms.Limit, Explanation = [.. Explanation, $"{e.Action.Name()}时缩短时限。", .. added.Explanation, .. changed] }
            : this with { Explanation = [.. Explanation, $"{e.Action.Name()}沿用剩余时间，不顺延。"] };
    }

    /// <summary>The clock goes on after it stood still, or has more time.</summary>
    private Deadline Goes(OrderEvent e, DateTimeOffset due, WorkingCalendar calendar)
    {
        var until = WorkingCalendar.Told(due);
        if (e.Clock == ClockEffect.Resumes)
        {
            var words = StoppedAt is { } stopped && Promised is { } old && Limit is { } limit
                ? calendar.Move(old, new(e.FromState == OrderState.OnHold ? IntervalKind.Hold : IntervalKind.Pause, stopped, e.At), limit).Explanation
                : [$"{e.Action.Name()}后恢复原截止时间 {until}。"];
            return this with { DueAt = due, StartedAt = StartedAt ?? e.At, StoppedAt = null, Promised = null, Explanation = [.. Explanation, .. words] };
        }

        if (e.Action == OrderAction.Recalculate)
        {
            return (StoppedAt is null ? this with { DueAt = due } : this with { Promised = due }) with { Explanation = [.. Explanation, e.Note ?? $"放假安排录入后重算，截止时间改为 {until}。"] };
        }

        return StoppedAt is null
            ? this with { DueAt = due, Explanation = [.. Explanation, $"{e.Action.Name()}经批准，截止时间改为 {until}。"] }
            : this with { Promised = due, Explanation = [.. Explanation, $"停表期间{e.Action.Name()}经批准，恢复后截止时间自 {until} 起顺延。"] };
    }
}
