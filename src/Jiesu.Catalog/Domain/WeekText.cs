using System.Globalization;
using Jiesu.Catalog.Contracts;

namespace Jiesu.Catalog.Domain;

/// <summary>工作时段 as people and programs write them: <c>09:00-18:00</c>, 24:00 allowed, <c>22:00-06:00</c> over midnight.</summary>
internal static class WeekText
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    public static IReadOnlyList<(DayOfWeek Day, string Wire, string Name)> Days { get; } =
    [
        (DayOfWeek.Monday, "mon", "周一"),
        (DayOfWeek.Tuesday, "tue", "周二"),
        (DayOfWeek.Wednesday, "wed", "周三"),
        (DayOfWeek.Thursday, "thu", "周四"),
        (DayOfWeek.Friday, "fri", "周五"),
        (DayOfWeek.Saturday, "sat", "周六"),
        (DayOfWeek.Sunday, "sun", "周日"),
    ];

    /// <summary>Spans separated by blanks or 、; null for what cannot be read.</summary>
    public static IReadOnlyList<WorkingSpan>? SpansOf(string text)
    {
        var spans = text.Split([' ', '、', ',', '，', '\t'], StringSplitOptions.RemoveEmptyEntries)
            .Select(s => s.Split(['-', '–', '~'], 2) is [var from, var until] ? Span(from.Trim(), until.Trim()) : null).ToArray();
        return spans.Any(s => s is null) ? null : [.. spans.Select(s => s!.Value)];
    }

    /// <summary>Null when a time cannot be read or the span is empty.</summary>
    public static WorkingSpan? Span(string? from, string? until) =>
        Time(from) is { } a && a < Day && Time(until) is { } b && a != b ? new(a, b > a ? b : b + Day) : null;

    /// <summary>What is wrong with a week, by the day's name on the wire; empty when it can be used.</summary>
    public static IReadOnlyDictionary<string, string> Problems(IReadOnlyDictionary<DayOfWeek, IReadOnlyList<WorkingSpan>> week)
    {
        var problems = new Dictionary<string, string>();
        foreach (var (i, (day, wire, name)) in Days.Index())
        {
            var spans = week.GetValueOrDefault(day, []).OrderBy(s => s.From).ToArray();
            var before = week.GetValueOrDefault(Days[(i + 6) % 7].Day, []).Select(s => s.Until - Day).DefaultIfEmpty(TimeSpan.Zero).Max();
            if (spans.Zip(spans.Skip(1)).Any(p => p.Second.From < p.First.Until) || (spans.Length > 0 && spans[0].From < before))
            {
                problems[wire] = $"{name}的工作时段有重叠。";
            }
        }

        return problems;
    }

    private static TimeSpan? Time(string? text) => text == "24:00" ? Day
        : TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time.ToTimeSpan() : null;
}
