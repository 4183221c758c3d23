using System.Globalization;
using Jiesu.Platform;

namespace Jiesu.Catalog.Contracts;

/// <summary>停表或延期的种类. A pause or a hold stops the clock; an extension gives its length in addition.</summary>
public enum IntervalKind { Pause, Hold, Extension }

/// <summary>时段(暂停、挂账、延期): half-open.</summary>
public readonly record struct ClockInterval(IntervalKind Kind, DateTimeOffset From, DateTimeOffset Until);

/// <summary>到期时间 with the steps that led to it, in Chinese, one a line.</summary>
public sealed record DueTime(DateTimeOffset At, IReadOnlyList<string> Explanation);

/// <summary>The clock algorithm of the domain guide (hotline.md 2.6, REL-31 to REL-33).</summary>
public sealed partial class WorkingCalendar
{
    private const int DaysTold = 10;
    private static readonly string[] Weekdays = ["周日", "周一", "周二", "周三", "周四", "周五", "周六"];

    /// <summary>到期: the limit from <paramref name="start"/>, moved on by what the intervals take out or give.</summary>
    public DueTime Add(DateTimeOffset start, TimeLimit limit, IReadOnlyList<ClockInterval>? intervals = null)
    {
        var steps = new List<string> { $"起算 {Told(start)}，时限 {limit.Words}。" };
        var due = limit.Unit switch
        {
            LimitUnit.Minute => start.AddMinutes(limit.Value),
            LimitUnit.UrgentHour => start.AddHours(limit.Value),
            LimitUnit.NaturalDay => start.AddDays(limit.Value),
            LimitUnit.WorkHour => AddWorkingTime(start, TimeSpan.FromHours(limit.Value)),
            LimitUnit.WorkDay => AddWorkingDays(start, limit.Value, steps),
        };
        steps.Add(limit.UsesCalendar ? $"只计工作时间，到期 {Told(due)}。" : $"连续计时，休息日不扣除、不顺延，到期 {Told(due)}。");
        foreach (var stop in Stops(intervals ?? [], start))
        {
            due = Shift(due, stop, limit, steps);
        }

        if (limit.UsesCalendar)
        {
            steps.AddRange(MissingNotices(start, due));
        }

        return new(due.ToUniversalTime(), steps);
    }

    /// <summary>顺延: a deadline that was promised, moved on by what one interval takes out or gives.</summary>
    public DueTime Move(DateTimeOffset due, ClockInterval interval, TimeLimit limit)
    {
        var steps = new List<string>();
        var moved = Shift(due, interval, limit, steps);
        return new(moved.ToUniversalTime(), steps);
    }

    /// <summary>时间 as explanations show it: Beijing, with the day of the week.</summary>
    public static string Told(DateTimeOffset instant)
    {
        var local = instant.ToBeijing();
        return string.Create(CultureInfo.InvariantCulture, $"{local:yyyy-MM-dd HH:mm}（{Weekdays[(int)local.DayOfWeek]}）");
    }

    /// <summary>
    /// 内部时限: so much before <paramref name="due"/>. Working days keep the time of day and never lie later than the end of that day's hours.
    /// </summary>
    public DueTime Subtract(DateTimeOffset due, TimeLimit limit)
    {
        var step = limit.Unit switch
        {
            LimitUnit.Minute => due.AddMinutes(-limit.Value),
            LimitUnit.UrgentHour => due.AddHours(-limit.Value),
            LimitUnit.NaturalDay => due.AddDays(-limit.Value),
            LimitUnit.WorkHour => SubtractWorkingTime(due, TimeSpan.FromHours(limit.Value)),
            LimitUnit.WorkDay => SubtractWorkingDays(due, limit.Value),
        };
        return new(step.ToUniversalTime(), [$"提前 {limit.Words}，内部时限 {Told(step)}。", .. limit.UsesCalendar ? MissingNotices(step, due) : []]);
    }

    /// <summary>
    /// 街镇倒计时: the inner deadline of a street under the district's. Day limits keep a buffer of hours (whole working days for working-day
    /// limits), hour limits a share of the limit; never before the start (hotline.md 2.6 step 5).
    /// </summary>
    public DateTimeOffset StreetDue(DateTimeOffset start, DateTimeOffset due, TimeLimit limit, int bufferHours, int bufferPercent)
    {
        var inner = limit.Unit switch
        {
            LimitUnit.Minute => due - TimeSpan.FromMinutes(limit.Value * bufferPercent / 100.0),
            LimitUnit.UrgentHour => due - TimeSpan.FromHours(limit.Value * bufferPercent / 100.0),
            LimitUnit.WorkHour => SubtractWorkingTime(due, TimeSpan.FromHours(limit.Value * bufferPercent / 100.0)),
            LimitUnit.NaturalDay => due.AddHours(-bufferHours),
            LimitUnit.WorkDay => bufferHours <= 0 ? due : SubtractWorkingDays(due, (bufferHours + 23) / 24),
        };
        return (inner < start ? start : inner).ToUniversalTime();
    }

    private static string Told(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd}（{Weekdays[(int)day.DayOfWeek]}）");

    /// <summary>Stops that overlap count once, and none counts before the clock starts; extensions come last, each by itself.</summary>
    private static IEnumerable<ClockInterval> Stops(IReadOnlyList<ClockInterval> intervals, DateTimeOffset start)
    {
        var reached = start;
        foreach (var stop in intervals.Where(i => i.Kind != IntervalKind.Extension).OrderBy(i => i.From).ThenBy(i => i.Until))
        {
            var from = stop.From > reached ? stop.From : reached;
            if (from < stop.Until)
            {
                yield return stop with { From = from };
                reached = stop.Until;
            }
        }

        foreach (var extension in intervals.Where(i => i.Kind == IntervalKind.Extension && i.From < i.Until).OrderBy(i => i.From))
        {
            yield return extension;
        }
    }

    private DateTimeOffset AddWorkingDays(DateTimeOffset start, int days, List<string> steps)
    {
        var day = DayOf(start);
        if (!IsWorkingDay(day) || start > EndOf(day))
        {
            day = NextWorkingDay(day);
            steps.Add($"起算时已下班或逢休息日，视同 {Told(day)}收到。");
        }

        steps.Add($"{Told(day)}为第 0 日，自下一个工作日起计。");
        for (var i = 1; i <= days; i++)
        {
            day = NextWorkingDay(day);
            if (i <= DaysTold || i == days)
            {
                steps.Add($"第 {i} 个工作日：{Told(day)}{(SwapDays.Contains(day) ? "，调休上班" : "")}。");
            }
        }

        return EndOf(day);
    }

    private DateTimeOffset SubtractWorkingDays(DateTimeOffset due, int days)
    {
        var day = DayOf(due);
        var sameTime = due - day.StartOfDay();
        for (var left = days; left > 0; left = IsWorkingDay(day) ? left - 1 : left)
        {
            day = day.AddDays(-1);
        }

        var (kept, end) = (day.StartOfDay() + sameTime, EndOf(day));
        return kept < end ? kept : end;
    }

    private DateOnly NextWorkingDay(DateOnly day)
    {
        do
        {
            day = day.AddDays(1);
        }
        while (!IsWorkingDay(day));
        return day;
    }

    private DateTimeOffset Shift(DateTimeOffset due, ClockInterval interval, TimeLimit limit, List<string> steps)
    {
        var name = interval.Kind switch { IntervalKind.Pause => "暂停", IntervalKind.Hold => "挂账", IntervalKind.Extension => "延期" };
        var period = $"{name} {Told(interval.From)} 至 {Told(interval.Until)}";
        if (interval.Kind != IntervalKind.Extension && interval.From >= due)
        {
            steps.Add($"{period}：开始时已到期，不再顺延。");
            return due;
        }

        var counted = limit.UsesCalendar ? WorkingTimeBetween(interval.From, interval.Until) : interval.Until - interval.From;
        var moved = limit.UsesCalendar ? AddWorkingTime(due, counted) : due + counted;
        steps.Add($"{period}：顺延{(limit.UsesCalendar ? "工作时间" : "")} {(int)counted.TotalHours} 小时 {counted.Minutes} 分，到期 {Told(moved)}。");
        return moved;
    }

    private IEnumerable<string> MissingNotices(DateTimeOffset from, DateTimeOffset until)
    {
        var (first, last) = (DayOf(from).Year, DayOf(until).Year);
        var missing = Enumerable.Range(first, last - first + 1).Where(y => !HasNotice(y)).ToArray();
        if (missing.Length > 0)
        {
            var years = missing.Length == 1 ? $"{missing[0]} 年" : $"{missing[0]} 至 {missing[^1]} 年";
            yield return $"注意：{years}尚无放假安排通知，按周一至周五推算；通知录入后须重新计算。";
        }
    }
}
