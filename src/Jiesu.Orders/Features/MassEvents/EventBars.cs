using System.Globalization;
using Jiesu.Platform;

namespace Jiesu.Orders.Features.MassEvents;

/// <summary>来电时间 for the chart: by the hour in the first two days, by the day later; hours and days without a call stand between the others.</summary>
public static class EventBars
{
    private const int MostDays = 62;
    private static readonly TimeSpan Young = TimeSpan.FromHours(48);

    internal static View Of(IReadOnlyList<ShowEvents.Order> orders)
    {
        var calls = orders.OrderBy(o => o.CallTime).Select(o => (At: o.CallTime.ToBeijing(), o.Place)).ToArray();
        var isYoung = calls[^1].At - calls[0].At < Young;
        var (step, format) = isYoung ? (TimeSpan.FromHours(1), "MM-dd HH 时") : (TimeSpan.FromDays(1), "yyyy-MM-dd");
        var counts = calls.CountBy(c => Begin(c.At, isYoung)).ToDictionary();
        var begins = calls[^1].At - calls[0].At > TimeSpan.FromDays(MostDays) ? counts.Keys.Order()
            : Enumerable.Range(0, (int)((Begin(calls[^1].At, isYoung) - Begin(calls[0].At, isYoung)) / step) + 1).Select(i => Begin(calls[0].At, isYoung) + (i * step));
        return new(isYoung ? "小时" : "日期", [.. begins.Select(b => new Bar(b.ToString(format, CultureInfo.InvariantCulture), counts.GetValueOrDefault(b), calls.Where(c => c.At < b + step).Select(c => c.Place).OfType<string>().Distinct().Count()))]);
    }

    private static DateTimeOffset Begin(DateTimeOffset at, bool isHour) => new(at.Year, at.Month, at.Day, isHour ? at.Hour : 0, 0, 0, at.Offset);

    /// <summary>来电时间.</summary>
    /// <param name="LabelTitle">小时 or 日期.</param>
    public sealed record View(string LabelTitle, IReadOnlyList<Bar> Bars);

    /// <summary>一小时或一日.</summary>
    /// <param name="Places">涉及社区 so far.</param>
    public sealed record Bar(string Label, int Count, int Places);
}
