using Jiesu.Catalog.Contracts;
using Jiesu.Orders.Domain;

namespace Jiesu.Orders.Features.MassEvents;

/// <summary>
/// 事件级别 (hotline guide 6.2): by the rule of the day, enough different callers in a day or in a week make a suspected event of the fourth level; so many times as many, and signs of
/// a crowd in a text, lift it. Pure.
/// </summary>
internal static class EventLevel
{
    private const int Lowest = 4, Highest = 1;
    private static readonly string[] Names = ["一级", "二级", "三级", "四级"];

    public static string NameOf(int level) => Names[Math.Clamp(level, Highest, Lowest) - 1];

    /// <summary>Whether so many callers are an event at all.</summary>
    public static bool IsReached(int day, int week, MassEventRule rule) => day >= rule.CallersInDay || week >= rule.CallersInWeek;

    /// <param name="day">Different callers in the last 24 hours.</param>
    /// <param name="week">The same in seven days.</param>
    /// <param name="crowd">聚集迹象.</param>
    /// <returns>Null below the thresholds.</returns>
    public static EventGrade? Of(int day, int week, Crowd crowd, MassEventRule rule)
    {
        if (!IsReached(day, week, rule))
        {
            return null;
        }

        var (byDay, byWeek) = ((double)day / rule.CallersInDay, (double)week / rule.CallersInWeek);
        var times = Math.Max(byDay, byWeek);
        var (level, least) = times >= rule.FirstTimes ? (1, rule.FirstTimes) : times >= rule.SecondTimes ? (2, rule.SecondTimes) : times >= rule.ThirdTimes ? (3, rule.ThirdTimes) : (Lowest, 1);
        var (span, seen, needed) = byDay >= byWeek ? ("24 小时内", day, rule.CallersInDay) : ("7 日内", week, rule.CallersInWeek);
        var basis = string.Create(null, $"{Heading(rule)}：{span} ≥ {needed} 位{(least > 1 ? string.Create(null, $"，{least} 倍（{needed * least} 位）为{NameOf(level)}") : "")}");
        return new(
            Math.Max(Highest, level - (crowd.Why(rule) is null ? 0 : 1)),
            string.Join('；', new[] { string.Create(null, $"{span} {seen} 位市民反映同一问题"), crowd.Why(rule) }.OfType<string>()),
            string.Join('；', new[] { basis, crowd.Basis(rule) }.OfType<string>()),
            crowd.Words.Count > 0);
    }

    private static string Heading(MassEventRule rule) =>
        rule.Number == 0 ? "依据默认规则" : string.Create(null, $"依据 {rule.From:yyyy-MM-dd} 起的规则（第 {rule.Number} 号）");
}

/// <summary>聚集迹象 of all texts of an event.</summary>
/// <param name="Words">聚集词 found.</param>
/// <param name="Headcount">文中人数, the highest.</param>
internal sealed record Crowd(IReadOnlyList<string> Words, int Headcount)
{
    private const int MostWords = 3;

    public static Crowd None { get; } = new([], 0);

    /// <summary>What in the texts sounds like people gathering; null when nothing does.</summary>
    public string? Why(MassEventRule rule) =>
        Words.Count > 0 ? $"出现{string.Concat(Words.Take(MostWords).Select(w => $"“{w}”"))}" : Headcount >= rule.Headcount ? string.Create(null, $"提到 {Headcount} 人（户）") : null;

    public string? Basis(MassEventRule rule) =>
        Words.Count > 0 ? "出现聚集词升一级" : Headcount >= rule.Headcount ? string.Create(null, $"文中 ≥ {rule.Headcount} 人（户）升一级") : null;
}
