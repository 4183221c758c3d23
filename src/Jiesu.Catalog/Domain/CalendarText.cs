using System.Globalization;
using Jiesu.Catalog.Contracts;

namespace Jiesu.Catalog.Domain;

/// <summary>放假安排 as it is typed: one day or period a line, the name of the feast behind it.</summary>
internal static class CalendarText
{
    /// <summary>Days off with their names; null when a line cannot be read or a day lies outside the year.</summary>
    public static IReadOnlyList<(DateOnly Day, string Name)>? DaysOf(string text, int year)
    {
        var days = new List<(DateOnly, string)>();
        foreach (var line in text.Split(['\n', ';', '；'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = line.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            var ends = parts[0].Split('~', 2);
            if (Day(ends[0]) is not { } first || Day(ends[^1]) is not { } last || last < first || first.Year != year || last.Year != year)
            {
                return null;
            }

            days.AddRange(Enumerable.Range(0, last.DayNumber - first.DayNumber + 1).Select(i => (first.AddDays(i), parts.ElementAtOrDefault(1) ?? "")));
        }

        return days;
    }

    public static IReadOnlyList<(DateOnly Day, string Name)> Holidays(this CalendarYearRow row) => Stored(row, row.Holidays);

    public static IReadOnlyList<(DateOnly Day, string Name)> Swaps(this CalendarYearRow row) => Stored(row, row.SwapDays);

    /// <summary>All years and all working hours as one calendar; the hours of <paramref name="today"/> stand where no others do.</summary>
    /// <param name="known">When each year was written down first.</param>
    public static WorkingCalendar CalendarOf(
        IReadOnlyList<CalendarYearRow> years, IReadOnlyList<WorkingHoursRow> hours, DateOnly today, IReadOnlyDictionary<int, DateTimeOffset>? known = null)
    {
        var weeks = hours.Where(h => !h.IsVoid).OrderBy(h => h.ValidFrom).Select(h => new WorkingWeek(h.ValidFrom, h.ValidUntil, WeekOf(h))).ToArray();
        var now = weeks.LastOrDefault(w => w.From <= today) ?? weeks.FirstOrDefault();
        return new(
            now?.Spans ?? Standard,
            years.SelectMany(y => y.Holidays()).Select(d => d.Day).ToHashSet(),
            years.SelectMany(y => y.Swaps()).Select(d => d.Day).ToHashSet()) { Weeks = weeks, KnownSince = known ?? new Dictionary<int, DateTimeOffset>() };
    }

    public static IReadOnlyDictionary<DayOfWeek, IReadOnlyList<WorkingSpan>> WeekOf(WorkingHoursRow row) =>
        row.Days.ToDictionary(d => d.Key, d => WeekText.SpansOf(d.Value) ?? throw new InvalidOperationException($"Stored working hours are none: {d.Value}"));

    /// <summary>09:00–18:00, Monday to Friday: what holds before anything was written down (hotline.md 2.6).</summary>
    private static Dictionary<DayOfWeek, IReadOnlyList<WorkingSpan>> Standard { get; } =
        WeekText.Days.Take(5).ToDictionary(d => d.Day, IReadOnlyList<WorkingSpan> (_) => [new(TimeSpan.FromHours(9), TimeSpan.FromHours(18))]);

    private static IReadOnlyList<(DateOnly Day, string Name)> Stored(CalendarYearRow row, string text) =>
        DaysOf(text, int.Parse(row.Code, CultureInfo.InvariantCulture)) ?? throw new InvalidOperationException($"The stored calendar of {row.Code} cannot be read.");

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
