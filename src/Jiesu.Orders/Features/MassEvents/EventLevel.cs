using System.Text.RegularExpressions;

namespace Jiesu.Orders.Features.MassEvents;

/// <summary>
/// 事件级别 (hotline guide 6.2, thresholds assumed): enough different callers in a day or in a week make a suspected event of the fourth level; each doubling, and words
/// of gathering or a headcount in a text, lift it by one.
/// </summary>
internal static partial class EventLevel
{
    private const int Lowest = 4, Highest = 1;

    /// <param name="day">Different callers in the last 24 hours.</param>
    /// <param name="week">The same in seven days.</param>
    /// <param name="crowd">Why the texts sound like a crowd; null where they do not.</param>
    /// <returns>Null below the thresholds.</returns>
    public static (int Level, string Why)? Of(int day, int week, string? crowd, OrdersSettings settings)
    {
        var times = Math.Max((double)day / settings.MassEventInDay, (double)week / settings.MassEventInWeek);
        if (times < 1)
        {
            return null;
        }

        var level = Lowest - (int)Math.Log2(times) - (crowd is null ? 0 : 1);
        var seen = (double)day / settings.MassEventInDay >= (double)week / settings.MassEventInWeek
            ? string.Create(null, $"24 小时内 {day} 位市民反映同一问题")
            : string.Create(null, $"7 日内 {week} 位市民反映同一问题");
        return (Math.Max(Highest, level), crowd is null ? seen : $"{seen}；{crowd}");
    }

    /// <summary>聚集、人数: what in these texts sounds like people gathering.</summary>
    /// <param name="isFlagged">The advice found words of gathering (群诉).</param>
    public static string? CrowdIn(IReadOnlyCollection<string> texts, bool isFlagged, int headcount)
    {
        var people = texts.SelectMany(t => Headcount().Matches(t)).Select(m => int.TryParse(m.Groups[1].Value, out var n) ? n : 0).DefaultIfEmpty().Max();
        return isFlagged ? "出现聚集、上访等词语" : people >= headcount ? string.Create(null, $"提到 {people} 人") : null;
    }

    [GeneratedRegex("([0-9]{2,5})\\s*(?:多|余|来)?(?:名|位|户|人)(?!民币|次)")]
    private static partial Regex Headcount();
}
