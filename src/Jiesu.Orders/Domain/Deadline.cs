using Jiesu.Catalog.Contracts;
using Jiesu.Platform;

namespace Jiesu.Orders.Domain;

/// <summary>
/// 办理期限: a function of history and calendar, nothing else (hotline guide 2.6, REL-28, REL-33). A dispatch starts it, the approval of the final
/// review stops it, a return leaves it running; what remained carries over to the next unit and may be shortened, never prolonged (T10).
/// </summary>
internal sealed record Deadline(DateTimeOffset? DueAt, DateTimeOffset? StartedAt, TimeLimit? Limit, IReadOnlyList<string> Explanation)
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

    /// <summary>Computed again from the history, whatever stands in the order.</summary>
    public static Deadline From(IEnumerable<OrderEvent> history, WorkingCalendar calendar) =>
        history.OrderBy(e => e.Seq).Aggregate(None, (running, e) => running.After(e, calendar));

    private Deadline After(OrderEvent e, WorkingCalendar calendar)
    {
        if (e.Clock == ClockEffect.Stops)
        {
            return None with { Explanation = [.. Explanation, $"{e.Action.Name()}后停止计时。"] };
        }

        if (StepDetails.Read(e.Details).Clock is not { } terms)
        {
            return this;
        }

        var added = calendar.Add(terms.Start, terms.Limit);
        return !terms.IsCarried ? new(added.At, terms.Start, terms.Limit, [$"{e.Action.Name()}起计时。", .. added.Explanation])
            : added.At < DueAt ? this with { DueAt = added.At, Limit = terms.Limit, Explanation = [.. Explanation, $"{e.Action.Name()}时缩短时限。", .. added.Explanation] }
            : this with { Explanation = [.. Explanation, $"{e.Action.Name()}沿用剩余时间，不顺延。"] };
    }
}
