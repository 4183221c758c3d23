namespace Jiesu.Catalog.Contracts;

/// <summary>工作日历(某一时刻的全部日历数据): gives the calendar as data, for pure computation.</summary>
public interface IWorkingCalendars
{
    ValueTask<WorkingCalendar> GetAsync(CancellationToken ct);
}

/// <summary>工作时段 of one day, Beijing time; <see cref="Until"/> may be 24:00 (<c>TimeSpan.FromHours(24)</c>), and a span over midnight is two spans.</summary>
public readonly record struct WorkingSpan(TimeSpan From, TimeSpan Until);

/// <summary>
/// 工作日历: working hours by weekday, public holidays and swap working days (调休). Pure: the same arguments give the same instant.
/// A year without a notice falls back to Monday to Friday and says so (REL-31).
/// </summary>
public sealed class WorkingCalendar(IReadOnlyDictionary<DayOfWeek, IReadOnlyList<WorkingSpan>> week, IReadOnlySet<DateOnly> holidays, IReadOnlySet<DateOnly> swapDays)
{
    public IReadOnlyDictionary<DayOfWeek, IReadOnlyList<WorkingSpan>> Week { get; } = week;
    public IReadOnlySet<DateOnly> Holidays { get; } = holidays;
    public IReadOnlySet<DateOnly> SwapDays { get; } = swapDays;
}
