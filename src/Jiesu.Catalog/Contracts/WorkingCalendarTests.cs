using System.Globalization;
using CsCheck;
using Jiesu.Catalog.Domain;
using Jiesu.Catalog.Seeds;
using Jiesu.Platform;

namespace Jiesu.Catalog.Contracts;

public sealed class WorkingCalendarTests
{
    private static readonly WorkingCalendar Calendar =
        CalendarText.CalendarOf([.. SeedRows.CalendarYears().Select(y => y.Row)], [.. SeedRows.WorkingHours()], new(2026, 1, 1));

    private static readonly string[] Units = ["urgent_hour", "work_hour", "work_day", "natural_day"];

    private static readonly Gen<DateTimeOffset> Instants =
        Gen.Int[0, 700 * 24 * 60].Select(m => new DateOnly(2025, 1, 2).StartOfDay().AddMinutes(m));

    //          dispatched          limit           due                 why
    [Theory]
    [InlineData("2026-04-29 17:20", "7 natural_day", "2026-05-06 17:20", "calendar days run through the holiday")]
    [InlineData("2026-04-29 17:20", "5 work_day", "2026-05-09 18:00", "9 May is a make-up working Saturday")]
    [InlineData("2026-04-29 17:20", "2 urgent_hour", "2026-04-29 19:20", "urgent hours do not know the end of work")]
    [InlineData("2026-02-13 10:00", "3 work_day", "2026-02-25 18:00", "REL-32: 14 works, then Spring Festival until 23")]
    [InlineData("2026-02-13 10:00", "24 urgent_hour", "2026-02-14 10:00", "clock hours")]
    [InlineData("2026-02-14 18:01", "1 work_day", "2026-02-25 18:00", "after hours before the feast counts as 24 February")]
    [InlineData("2026-02-14 18:00", "1 work_day", "2026-02-24 18:00", "at 18:00 sharp is not after it")]
    [InlineData("2026-02-18 12:00", "1 work_day", "2026-02-25 18:00", "received in the feast: 24 is day 0")]
    [InlineData("2026-02-14 17:00", "2 work_hour", "2026-02-24 10:00", "one hour before and one after the feast")]
    [InlineData("2026-03-02 08:00", "1 work_hour", "2026-03-02 10:00", "before 9 nothing is counted")]
    [InlineData("2026-03-02 08:00", "1 work_day", "2026-03-03 18:00", "before 9 it is still that day")]
    [InlineData("2026-03-02 09:00", "9 work_hour", "2026-03-02 18:00", "ends with the day, not with the next morning")]
    [InlineData("2026-03-02 09:00", "10 work_hour", "2026-03-03 10:00", "runs over into the next day")]
    [InlineData("2026-03-02 18:00", "1 work_hour", "2026-03-03 10:00", "at the end of work the next day begins")]
    [InlineData("2026-03-06 17:30", "1 work_hour", "2026-03-09 09:30", "over a weekend")]
    [InlineData("2026-02-27 17:30", "1 work_hour", "2026-02-28 09:30", "28 February is a make-up Saturday")]
    [InlineData("2026-02-27 12:00", "1 work_day", "2026-02-28 18:00", "and counts as a working day")]
    [InlineData("2026-03-07 12:00", "1 work_day", "2026-03-10 18:00", "an ordinary Saturday counts as Monday")]
    [InlineData("2026-01-03 23:59", "1 work_hour", "2026-01-04 10:00", "4 January, a Sunday, works")]
    [InlineData("2025-12-31 17:00", "2 work_hour", "2026-01-04 10:00", "over the turn of the year")]
    [InlineData("2025-12-31 12:00", "2 work_day", "2026-01-05 18:00", "4 and 5 January")]
    [InlineData("2025-12-31 12:00", "7 natural_day", "2026-01-07 12:00", "a year has no edge")]
    [InlineData("2024-02-28 12:00", "2 natural_day", "2024-03-01 12:00", "leap day")]
    [InlineData("2025-01-25 10:00", "1 work_day", "2025-01-27 18:00", "26 January, a Sunday, is day 0")]
    [InlineData("2025-09-30 10:00", "1 work_day", "2025-10-09 18:00", "eight days off")]
    [InlineData("2026-09-19 10:00", "1 work_day", "2026-09-21 18:00", "20 September, a Sunday, is day 0")]
    [InlineData("2026-10-09 10:00", "1 work_day", "2026-10-10 18:00", "10 October works")]
    [InlineData("2026-09-30 18:00", "1 natural_day", "2026-10-01 18:00", "not moved by a holiday")]
    public void A_limit_ends_at(string dispatched, string limit, string due, string why)
    {
        var end = Calendar.Add(At(dispatched), Limit(limit));

        Assert.True(At(due) == end.At, $"{why}: {end.At.ToBeijing():yyyy-MM-dd HH:mm}");
        Assert.All(end.Explanation, line => Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", line));
    }

    //          week (same on all weekdays) dispatched   limit           due
    [Theory]
    [InlineData("09:00-12:00 13:30-18:00", "2026-03-02 11:30", "1 work_hour", "2026-03-02 14:00", "lunch is not counted")]
    [InlineData("09:00-12:00 13:30-18:00", "2026-03-02 09:00", "3 work_hour", "2026-03-02 12:00", "ends at the beginning of lunch")]
    [InlineData("09:00-12:00 13:30-18:00", "2026-03-02 12:30", "1 work_hour", "2026-03-02 14:30", "received at lunch")]
    [InlineData("09:00-17:00", "2026-03-02 17:30", "1 work_day", "2026-03-04 17:00", "after these hours it is the next day's")]
    [InlineData("00:00-24:00", "2026-03-02 23:00", "2 work_hour", "2026-03-03 01:00", "round the clock")]
    [InlineData("00:00-24:00", "2026-03-06 23:00", "2 work_hour", "2026-03-09 01:00", "Friday midnight to Monday midnight")]
    [InlineData("00:00-24:00", "2026-03-02 10:00", "1 work_day", "2026-03-04 00:00", "until 24:00 of the next day")]
    [InlineData("22:00-06:00", "2026-03-02 23:00", "5 work_hour", "2026-03-03 04:00", "the night shift goes over midnight")]
    [InlineData("22:00-06:00", "2026-03-06 23:00", "8 work_hour", "2026-03-09 23:00", "Friday's shift ends on Saturday, the next begins on Monday")]
    [InlineData("22:00-06:00", "2026-03-03 03:00", "1 work_hour", "2026-03-03 04:00", "inside the shift that began the evening before")]
    [InlineData("22:00-06:00", "2026-02-13 23:00", "8 work_hour", "2026-02-14 23:00", "a swap Saturday works the hours of an ordinary day")]
    public void Other_working_hours_give_other_ends(string hours, string dispatched, string limit, string due, string why)
    {
        var calendar = Calendar.With(WeekText.Days.Take(5).ToDictionary(d => d.Day, _ => WeekText.SpansOf(hours)!));

        var end = calendar.Add(At(dispatched), Limit(limit));

        Assert.True(At(due) == end.At, $"{why}: {end.At.ToBeijing():yyyy-MM-dd HH:mm}");
    }

    //          dispatched          limit            stopped from        until               due
    [Theory]
    [InlineData("2026-03-05 10:00", "4 work_hour", "2026-03-05 12:00", "2026-03-05 14:00", "2026-03-05 16:00", "two hours in the day")]
    [InlineData("2026-03-06 15:00", "4 work_hour", "2026-03-06 17:00", "2026-03-09 10:00", "2026-03-09 12:00", "over a weekend: one hour on Friday, one on Monday")]
    [InlineData("2026-03-06 15:00", "24 urgent_hour", "2026-03-06 17:00", "2026-03-09 10:00", "2026-03-10 08:00", "all 65 hours of it")]
    [InlineData("2026-03-02 10:00", "5 work_day", "2026-03-03 09:00", "2026-03-04 09:00", "2026-03-10 18:00", "one day out of a working-day limit")]
    [InlineData("2026-03-02 10:00", "5 work_day", "2026-03-03 09:00", "2026-03-03 13:00", "2026-03-10 13:00", "half a day of it")]
    [InlineData("2026-03-02 10:00", "7 natural_day", "2026-03-03 00:00", "2026-03-05 00:00", "2026-03-11 10:00", "two days")]
    [InlineData("2026-03-02 10:00", "4 work_hour", "2026-03-07 10:00", "2026-03-08 10:00", "2026-03-02 14:00", "after the end nothing is stopped")]
    [InlineData("2026-03-02 10:00", "4 urgent_hour", "2026-03-02 09:00", "2026-03-02 11:00", "2026-03-02 15:00", "only what lies after the start")]
    [InlineData("2026-03-07 10:00", "4 work_hour", "2026-03-07 10:00", "2026-03-08 10:00", "2026-03-09 13:00", "a stop on a rest day takes nothing")]
    public void A_stopped_clock_moves_the_end(string dispatched, string limit, string from, string until, string due, string why)
    {
        var end = Calendar.Add(At(dispatched), Limit(limit), [new(IntervalKind.Pause, At(from), At(until))]);

        Assert.True(At(due) == end.At, $"{why}: {end.At.ToBeijing():yyyy-MM-dd HH:mm}");
    }

    [Fact]
    public void Stops_that_overlap_count_once_and_an_extension_counts_beside_them()
    {
        ClockInterval[] intervals =
        [
            new(IntervalKind.Pause, At("2026-03-03 09:00"), At("2026-03-04 09:00")),
            new(IntervalKind.Hold, At("2026-03-03 21:00"), At("2026-03-05 09:00")),
            new(IntervalKind.Extension, At("2026-03-11 10:00"), At("2026-03-14 10:00")),
        ];

        var end = Calendar.Add(At("2026-03-02 10:00"), Limit("7 natural_day"), intervals);

        Assert.Equal(At("2026-03-14 10:00"), end.At);
        Assert.Equal(3, end.Explanation.Count(l => l.Contains("顺延", StringComparison.Ordinal) && l.Contains("到期", StringComparison.Ordinal) && l.Contains('至')));
    }

    [Theory]
    [InlineData("2026-05-09 18:00", "1 work_day", "2026-05-08 18:00", "the working day before")]
    [InlineData("2026-05-06 18:00", "1 work_day", "2026-04-30 18:00", "over the holiday")]
    [InlineData("2026-05-06 11:00", "1 work_day", "2026-04-30 11:00", "the time of day stays")]
    [InlineData("2026-05-05 20:00", "1 work_day", "2026-04-30 18:00", "but not beyond the hours")]
    [InlineData("2026-05-06 10:00", "2 work_hour", "2026-04-30 17:00", "working hours backwards")]
    [InlineData("2026-05-06 11:00", "2 work_hour", "2026-05-06 09:00", "the beginning of the day, not the end of the one before")]
    [InlineData("2026-05-06 17:20", "1 natural_day", "2026-05-05 17:20", "the street's own countdown")]
    [InlineData("2026-04-29 19:20", "1 urgent_hour", "2026-04-29 18:20", "an hour")]
    public void An_inner_limit_ends_so_much_earlier(string due, string before, string step, string why)
    {
        var inner = Calendar.Subtract(At(due), Limit(before));

        Assert.True(At(step) == inner.At, $"{why}: {inner.At.ToBeijing():yyyy-MM-dd HH:mm}");
    }

    [Theory]
    [InlineData("2026-04-29 17:20", "7 natural_day", "2026-05-05 17:20", "day limits: 24 hours")]
    [InlineData("2026-04-29 17:20", "2 urgent_hour", "2026-04-29 18:50", "hour limits: a quarter")]
    [InlineData("2026-04-29 17:20", "5 work_day", "2026-05-08 18:00", "working days: one of them")]
    [InlineData("2026-04-29 14:00", "8 work_hour", "2026-04-30 11:00", "working hours: a quarter of the limit")]
    public void The_countdown_of_a_street_ends_before_that_of_the_district(string dispatched, string limit, string street, string why)
    {
        var due = Calendar.Add(At(dispatched), Limit(limit)).At;

        var inner = Calendar.StreetDue(At(dispatched), due, Limit(limit), 24, 25);

        Assert.True(At(street) == inner, $"{why}: {inner.ToBeijing():yyyy-MM-dd HH:mm}");
    }

    [Theory]
    [InlineData("2026-12-30 10:00", "3 work_day", true)]
    [InlineData("2026-12-30 10:00", "1 work_day", false)]
    [InlineData("2026-12-30 10:00", "7 natural_day", false)]
    [InlineData("2027-03-01 10:00", "3 work_hour", true)]
    public void A_year_without_a_notice_is_said_to_be_one(string dispatched, string limit, bool warned) =>
        Assert.Equal(warned, Calendar.Add(At(dispatched), Limit(limit)).Explanation.Any(l => l.Contains("2027 年尚无放假安排通知", StringComparison.Ordinal)));

    [Fact]
    public void New_working_hours_hold_from_their_day_on()
    {
        var (old, @new) = (new WorkingHoursRow { Code = "standard", Mon = "09:00-18:00", Tue = "09:00-18:00" }, new WorkingHoursRow { Code = "standard", Mon = "08:00-12:00", Tue = "08:00-12:00" });
        old.Open(1, new(2026, 1, 1), new(2026, 3, 3), new(null, "", default));
        @new.Open(2, new(2026, 3, 3), null, new(null, "", default));
        var calendar = CalendarText.CalendarOf([], [old, @new], new(2026, 3, 2));

        Assert.Equal(At("2026-03-03 09:00"), calendar.Add(At("2026-03-02 17:00"), Limit("2 work_hour")).At);
    }

    [Fact]
    public void Adding_two_limits_is_adding_one_after_the_other() =>
        Gen.Select(Instants, Gen.Int[1, 80], Gen.Int[1, 80]).Sample((start, a, b) =>
            Calendar.AddWorkingTime(start, TimeSpan.FromHours(a + b)) == Calendar.AddWorkingTime(Calendar.AddWorkingTime(start, TimeSpan.FromHours(a)), TimeSpan.FromHours(b)));

    [Fact]
    public void Between_start_and_end_lies_exactly_the_limit() =>
        Gen.Select(Instants, Gen.Int[1, 200]).Sample((start, hours) =>
            Calendar.WorkingTimeBetween(start, Calendar.AddWorkingTime(start, TimeSpan.FromHours(hours))) == TimeSpan.FromHours(hours));

    [Fact]
    public void Going_back_what_was_added_leads_to_the_start_or_over_idle_time_only() =>
        Gen.Select(Instants, Gen.Int[1, 200]).Sample((start, hours) =>
        {
            var back = Calendar.SubtractWorkingTime(Calendar.AddWorkingTime(start, TimeSpan.FromHours(hours)), TimeSpan.FromHours(hours));
            return Calendar.WorkingTimeBetween(start < back ? start : back, start < back ? back : start) == TimeSpan.Zero;
        });

    [Fact]
    public void No_limit_ends_before_it_starts_and_a_later_start_never_ends_earlier() =>
        Gen.Select(Instants, Gen.Int[0, 3000], Gen.Int[1, 30], Gen.Int[0, 3].Select(i => Units[i])).Sample((start, later, value, unit) =>
        {
            var limit = TimeLimit.Of(value, unit)!.Value;
            var end = Calendar.Add(start, limit).At;
            return end > start && Calendar.Add(start.AddMinutes(later), limit).At >= end;
        });

    [Fact]
    public void Working_hours_end_inside_a_span_or_at_its_end() =>
        Gen.Select(Instants, Gen.Int[1, 100]).Sample((start, hours) =>
        {
            var end = Calendar.AddWorkingTime(start, TimeSpan.FromHours(hours)).ToBeijing();
            return Calendar.SpansOf(DateOnly.FromDateTime(end.DateTime)).Any(s => s.From < end.TimeOfDay && end.TimeOfDay <= s.Until);
        });

    /// <summary>REL-33: pauses of a history, one after the other, against a clock that is counted minute by minute.</summary>
    [Fact]
    public void Five_hundred_histories_of_pauses_end_where_counting_each_minute_ends() =>
        Gen.Select(Instants, Gen.Int[1, 30], Gen.Bool, Gen.Select(Gen.Int[0, 900], Gen.Int[1, 900]).Array[0, 4]).Sample(
            (start, hours, isWorking, gaps) =>
            {
                var limit = TimeLimit.Of(hours, isWorking ? "work_hour" : "urgent_hour")!.Value;
                var (stops, at) = (new List<ClockInterval>(), start);
                foreach (var (wait, length) in gaps)
                {
                    stops.Add(new(IntervalKind.Pause, at.AddMinutes(wait), at.AddMinutes(wait + length)));
                    at = at.AddMinutes(wait + length);
                }

                var moved = stops.Aggregate(Calendar.Add(start, limit).At, (due, stop) => Calendar.Move(due, stop, limit).At);
                Assert.Equal(Counted(start, hours * 60, isWorking, stops), moved);
                Assert.Equal(moved, Calendar.Add(start, limit, stops).At);
            },
            iter: 500);

    private static DateTimeOffset Counted(DateTimeOffset start, int minutes, bool isWorking, List<ClockInterval> stops)
    {
        for (var at = start; ; at = at.AddMinutes(1))
        {
            if (stops.Any(s => s.From <= at && at < s.Until) || (isWorking && Calendar.WorkingTimeBetween(at, at.AddMinutes(1)) == TimeSpan.Zero))
            {
                continue;
            }

            if (--minutes == 0)
            {
                return at.AddMinutes(1).ToUniversalTime();
            }
        }
    }

    [Fact]
    public void A_stop_never_brings_the_end_nearer_and_takes_out_what_it_covers() =>
        Gen.Select(Instants, Gen.Int[1, 60], Gen.Int[0, 3000], Gen.Int[1, 6000]).Sample((start, hours, wait, length) =>
        {
            var limit = TimeLimit.Of(hours, "work_hour")!.Value;
            var stop = new ClockInterval(IntervalKind.Pause, start.AddMinutes(wait), start.AddMinutes(wait + length));
            var (plain, stopped) = (Calendar.Add(start, limit).At, Calendar.Add(start, limit, [stop]).At);
            var covered = stop.From < plain ? Calendar.WorkingTimeBetween(stop.From, stop.Until) : TimeSpan.Zero;
            return stopped >= plain && Calendar.WorkingTimeBetween(plain, stopped) == covered;
        });

    private static DateTimeOffset At(string beijing) =>
        new(DateTime.ParseExact(beijing, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), TimeSpan.FromHours(8));

    private static TimeLimit Limit(string text) => TimeLimit.Of(int.Parse(text.Split(' ')[0], CultureInfo.InvariantCulture), text.Split(' ')[1])!.Value;
}
