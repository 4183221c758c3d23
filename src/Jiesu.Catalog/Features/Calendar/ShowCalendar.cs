using System.Globalization;
using Jiesu.Catalog.Contracts;
using Jiesu.Catalog.Domain;
using Jiesu.Catalog.Features.ClockPreview;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Catalog.Features.Calendar;

/// <summary>工作日历: a year with its days off and make-up days, the working hours, and a 试算 of limits.</summary>
public static class ShowCalendar
{
    private static readonly string[] Weekdays = ["日", "一", "二", "三", "四", "五", "六"];

    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/catalog/calendar", ShowAsync).RequireAuthorization(Permissions.Read);
        pages.MapPost("/catalog/calendar/preview", PreviewAsync).RequireAuthorization(Permissions.Read);
    }

    private static async Task<IResult> ShowAsync(string? year, HttpContext http, Actor actor, Pages pages, CancellationToken ct) =>
        Page.Show<CalendarPage, PreviewForm>(http, await pages.ViewAsync(year, new Form(), null, actor, ct));

    private static async Task<IResult> PreviewAsync(
        [FromForm] Form form, HttpContext http, Actor actor, Pages pages, PreviewClock.Handler handler, CancellationToken ct)
    {
        var result = await handler.HandleAsync(form.ToRequest(), ct);
        var answer = result.IsSuccess ? new Answer(Show.DateTime(result.Value.Due), result.Value.StepAt is { } step ? Show.DateTime(step) : null, result.Value.Explanation) : null;
        return Page.Show<CalendarPage, PreviewForm>(http, await pages.ViewAsync(form.Year, form, answer, actor, ct), result.Error);
    }

    /// <summary>What the page shows.</summary>
    public sealed record View(
        int Year, IReadOnlyList<int> Years, string? Notice, bool MayEdit, IReadOnlyList<Month> Months, IReadOnlyList<(string Day, string Spans)> Hours, Form Form, Answer? Answer);

    /// <summary>月历, weeks from Monday.</summary>
    public sealed record Month(int Number, IReadOnlyList<IReadOnlyList<Day?>> Weeks);

    /// <summary>某日.</summary>
    /// <param name="Kind">work, rest, holiday, swap.</param>
    public sealed record Day(int Number, string Kind, string Words);

    /// <summary>试算结果.</summary>
    public sealed record Answer(string Due, string? StepAt, IReadOnlyList<string> Explanation);

    /// <summary>试算内容, letter by letter.</summary>
    public sealed record Form
    {
        public string? Year { get; init; }
        public string? Start { get; init; }
        public LimitForm? Limit { get; init; } = new() { Value = "5", Unit = "work_day" };
        public LimitForm? StepBefore { get; init; } = new();
        public string? PauseFrom { get; init; }
        public string? PauseTo { get; init; }

        internal PreviewClock.Request ToRequest() => new()
        {
            Start = Start,
            Limit = Limit?.ToRequest() ?? new(),
            StepBefore = string.IsNullOrWhiteSpace(StepBefore?.Value) ? null : StepBefore.ToRequest(),
            Intervals = string.IsNullOrEmpty(PauseFrom) && string.IsNullOrEmpty(PauseTo) ? null : [new() { Kind = "pause", From = PauseFrom, To = PauseTo }],
        };
    }

    public sealed record LimitForm
    {
        public string? Value { get; init; }
        public string? Unit { get; init; } = "natural_day";

        internal PreviewClock.LimitRequest ToRequest() => new() { Value = int.TryParse(Value, CultureInfo.InvariantCulture, out var number) ? number : null, Unit = Unit };
    }

    /// <summary>Puts the view together.</summary>
    internal sealed class Pages(JiesuDb db, CatalogueCache cache, TimeProvider clock)
    {
        public async Task<View> ViewAsync(string? year, Form form, Answer? answer, Actor actor, CancellationToken ct)
        {
            var today = clock.Today();
            var shown = int.TryParse(year, CultureInfo.InvariantCulture, out var asked) && asked is >= 2000 and <= 2099 ? asked : today.Year;
            var calendar = (await cache.CopyAsync(ct)).Calendar;
            var notices = await db.Set<CalendarYearRow>().AsNoTracking().Where(y => y.ValidUntil == null || y.ValidUntil > today).ToListAsync(ct);
            var row = notices.Where(y => !y.IsVoid && y.HoldsOn(today)).FirstOrDefault(y => y.Code == shown.ToString(CultureInfo.InvariantCulture));
            var names = row is null ? [] : row.Holidays().GroupBy(d => d.Day).ToDictionary(g => g.Key, g => g.First().Name);
            int[] years = [.. notices.Select(y => int.Parse(y.Code, CultureInfo.InvariantCulture)).Append(today.Year).Append(shown).Distinct().Order()];
            return new(
                shown, years, row?.Notice, actor.Can(Permissions.Edit), [.. Enumerable.Range(1, 12).Select(m => MonthOf(shown, m, calendar, names))],
                [.. WeekText.Days.Select(d => (d.Name, SpansOf(calendar, d.Day)))],
                form with { Year = shown.ToString(CultureInfo.InvariantCulture), Start = form.Start ?? clock.GetUtcNow().ToBeijing().ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture) },
                answer);
        }

        private static Month MonthOf(int year, int month, WorkingCalendar calendar, Dictionary<DateOnly, string> names)
        {
            var first = new DateOnly(year, month, 1);
            var before = ((int)first.DayOfWeek + 6) % 7;
            var days = Enumerable.Repeat<Day?>(null, before)
                .Concat(Enumerable.Range(0, DateTime.DaysInMonth(year, month)).Select(i => DayOf(first.AddDays(i), calendar, names)));
            return new(month, [.. days.Chunk(7).Select(IReadOnlyList<Day?> (w) => [.. w, .. Enumerable.Repeat<Day?>(null, 7 - w.Length)])]);
        }

        private static Day DayOf(DateOnly day, WorkingCalendar calendar, Dictionary<DateOnly, string> names)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{day.Month} 月 {day.Day} 日 周{Weekdays[(int)day.DayOfWeek]}");
            return calendar.Holidays.Contains(day) ? new(day.Day, "holiday", $"{name} {names.GetValueOrDefault(day, "")}放假")
                : calendar.SwapDays.Contains(day) ? new(day.Day, "swap", $"{name} 调休上班")
                : calendar.IsWorkingDay(day) ? new(day.Day, "work", $"{name} 工作日")
                : new(day.Day, "rest", $"{name} 休息日");
        }

        private static string SpansOf(WorkingCalendar calendar, DayOfWeek day)
        {
            var spans = calendar.Week.GetValueOrDefault(day, []);
            return spans.Count == 0 ? "休息" : string.Join("、", spans.Select(s => $"{Clock(s.From)}–{(s.Until > TimeSpan.FromHours(24) ? "次日 " + Clock(s.Until - TimeSpan.FromHours(24)) : Clock(s.Until))}"));
        }

        private static string Clock(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours:00}:{time.Minutes:00}");
    }
}
