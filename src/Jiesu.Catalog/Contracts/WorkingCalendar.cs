using Jiesu.Platform;

namespace Jiesu.Catalog.Contracts;

/// <summary>工作日历(某一时刻的全部日历数据): gives the calendar as data, for pure computation.</summary>
public interface IWorkingCalendars
{
    ValueTask<WorkingCalendar> GetAsync(CancellationToken ct);
}

/// <summary>
/// 工作时段 of one day, Beijing time, counted from that day's midnight; <see cref="Until"/> may be 24:00 (<c>TimeSpan.FromHours(24)</c>).
/// A span over midnight belongs to the day on which it begins: 22:00 to 30:00 is the night shift until 6.
/// </summary>
public readonly record struct WorkingSpan(TimeSpan From, TimeSpan Until);

/// <summary>标准工作时间 with the days for which it holds, half-open; no end while it holds.</summary>
public sealed record WorkingWeek(DateOnly From, DateOnly? Until, IReadOnlyDictionary<DayOfWeek, IReadOnlyList<WorkingSpan>> Spans);

/// <summary>
/// 工作日历: working hours by weekday, public holidays and swap working days (调休). Pure: the same arguments give the same instant.
/// A year without a notice falls back to the ordinary week, Monday to Friday, and says so (REL-31).
/// </summary>
public sealed partial class WorkingCalendar(IReadOnlyDictionary<DayOfWeek, IReadOnlyList<WorkingSpan>> week, IReadOnlySet<DateOnly> holidays, IReadOnlySet<DateOnly> swapDays)
{
    private static readonly DayOfWeek[] MondayFirst =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday];

    private readonly HashSet<int> _noticed = [.. holidays.Concat(swapDays).Select(d => d.Year)];

    public IReadOnlyDictionary<DayOfWeek, IReadOnlyList<WorkingSpan>> Week { get; } = week;
    public IReadOnlySet<DateOnly> Holidays { get; } = holidays;
    public IReadOnlySet<DateOnly> SwapDays { get; } = swapDays;

    /// <summary>Working hours that hold, held or will hold on certain days; <see cref="Week"/> stands for all other days.</summary>
    public IReadOnlyList<WorkingWeek> Weeks { get; init; } = [];

    /// <summary>通知录入时间, by year, UTC: a deadline that was promised before rests on Monday to Friday, where it runs through that year.</summary>
    public IReadOnlyDictionary<int, DateTimeOffset> KnownSince { get; init; } = new Dictionary<int, DateTimeOffset>();

    /// <summary>The same holidays and swap days with other working hours.</summary>
    public WorkingCalendar With(IReadOnlyDictionary<DayOfWeek, IReadOnlyList<WorkingSpan>> otherWeek) => new(otherWeek, Holidays, SwapDays) { KnownSince = KnownSince };

    /// <summary>Whether the holiday notice of the year is loaded.</summary>
    public bool HasNotice(int year) => _noticed.Contains(year);

    public bool IsWorkingDay(DateOnly day) => SpansOf(day).Count > 0;

    /// <summary>Working spans that begin on this day. A swap day without hours of its own works those of an ordinary day.</summary>
    public IReadOnlyList<WorkingSpan> SpansOf(DateOnly day)
    {
        if (Holidays.Contains(day))
        {
            return [];
        }

        var spans = Weeks.LastOrDefault(w => w.From <= day && (w.Until is not { } until || day < until))?.Spans ?? Week;
        var own = spans.GetValueOrDefault(day.DayOfWeek, []);
        return own.Count == 0 && SwapDays.Contains(day) ? Ordinary(spans) : own;
    }

    /// <summary>下班时刻: the end of the last span that begins on a working day.</summary>
    public DateTimeOffset EndOf(DateOnly day) => day.StartOfDay() + SpansOf(day).Max(s => s.Until);

    /// <summary>The instant at which so much working time has passed; the end of a span rather than the beginning of the next.</summary>
    public DateTimeOffset AddWorkingTime(DateTimeOffset start, TimeSpan work)
    {
        if (work <= TimeSpan.Zero)
        {
            return start;
        }

        var (position, left) = (start, work);
        foreach (var (from, until) in ShiftsFrom(DayOf(start).AddDays(-1)))
        {
            var begin = from > position ? from : position;
            if (begin >= until)
            {
                continue;
            }

            if (left <= until - begin)
            {
                return begin + left;
            }

            (position, left) = (until, left - (until - begin));
        }

        throw new InvalidOperationException("The calendar ends before the limit does.");
    }

    /// <summary>The latest instant from which so much working time remains until <paramref name="end"/>.</summary>
    public DateTimeOffset SubtractWorkingTime(DateTimeOffset end, TimeSpan work)
    {
        if (work <= TimeSpan.Zero)
        {
            return end;
        }

        var (position, left) = (end, work);
        foreach (var (from, until) in ShiftsBackFrom(DayOf(end)))
        {
            var stop = until < position ? until : position;
            if (stop <= from)
            {
                continue;
            }

            if (left <= stop - from)
            {
                return stop - left;
            }

            (position, left) = (from, left - (stop - from));
        }

        throw new InvalidOperationException("The calendar begins after the limit does.");
    }

    /// <summary>工作时间: how much of the period lies inside working spans; zero when it is empty.</summary>
    public TimeSpan WorkingTimeBetween(DateTimeOffset from, DateTimeOffset until)
    {
        var (position, sum) = (from, TimeSpan.Zero);
        foreach (var shift in ShiftsFrom(DayOf(from).AddDays(-1)).TakeWhile(s => s.From < until))
        {
            var begin = shift.From > position ? shift.From : position;
            var end = shift.Until < until ? shift.Until : until;
            if (begin < end)
            {
                (position, sum) = (end, sum + (end - begin));
            }
        }

        return sum;
    }

    private static DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(instant.ToBeijing().DateTime);

    private static IReadOnlyList<WorkingSpan> Ordinary(IReadOnlyDictionary<DayOfWeek, IReadOnlyList<WorkingSpan>> spans) =>
        MondayFirst.Select(d => spans.GetValueOrDefault(d, [])).FirstOrDefault(s => s.Count > 0) ?? [];

    private IEnumerable<(DateTimeOffset From, DateTimeOffset Until)> ShiftsFrom(DateOnly first)
    {
        for (var day = first; day < DateOnly.MaxValue; day = day.AddDays(1))
        {
            foreach (var shift in ShiftsOf(day))
            {
                yield return shift;
            }
        }
    }

    private IEnumerable<(DateTimeOffset From, DateTimeOffset Until)> ShiftsBackFrom(DateOnly last)
    {
        for (var day = last; day > DateOnly.MinValue; day = day.AddDays(-1))
        {
            foreach (var shift in ShiftsOf(day).Reverse())
            {
                yield return shift;
            }
        }
    }

    private IEnumerable<(DateTimeOffset From, DateTimeOffset Until)> ShiftsOf(DateOnly day)
    {
        var spans = SpansOf(day);
        if (spans.Count == 0)
        {
            return [];
        }

        var midnight = day.StartOfDay();
        return spans.OrderBy(s => s.From).Select(s => (midnight + s.From, midnight + s.Until));
    }
}
