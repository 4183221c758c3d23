using Jiesu.Catalog.Contracts;
using Jiesu.Identity.Contracts;
using Jiesu.Intelligence.Contracts;
using Jiesu.Intelligence.Domain;
using Jiesu.Intelligence.Features.Learn;

namespace Jiesu.Intelligence.Features.Advise;

/// <summary>
/// 承办单位建议: what the directory says for each likely class at each likely town, weighed by how likely they are (hotline guide 2.7, steps 3 to 5).
/// When several classes are close, their units are weighed together, so that a doubtful class does not make a sure unit.
/// Then what units were given of such orders, and kept, counts beside the directory: a few orders a little, many nearly all.
/// </summary>
internal static class UnitAdvisor
{
    private const string Lead = "lead";
    private const int MostClasses = 3, MostTowns = 2, MostUnits = 6;

    /// <summary>A class with less than this part of the best one's score has no say.</summary>
    private const double Close = 0.25;

    /// <summary>The directory weighs as much as so many orders.</summary>
    private const double Directory = 10;

    /// <summary>So many orders of a class at a town say something of the unit.</summary>
    private const int FewestOrders = 3;

    /// <summary>What is left of the score of a unit whose own conduct the request is about.</summary>
    private const double IfAccused = 0.1;

    public static IReadOnlyList<UnitAdvice> Advise(
        CatalogueDay day, UnitTree units, IReadOnlyList<ClassAdvice> classes, IReadOnlyList<AddressAdvice> addresses, string plain, UnitRecord record)
    {
        var likely = Shares([.. classes.Take(MostClasses).Where(c => c.Score >= classes[0].Score * Close)], c => c.Score);
        var towns = Shares(addresses.Where(a => a.Town is not null).GroupBy(a => a.Town!).Select(g => (Code: g.Key, Score: g.Max(a => a.Score))).Take(MostTowns).ToArray(), t => t.Score);
        (string? Code, double Share)[] places = towns.Length == 0 ? [(null, 1)] : [.. towns.Select(t => ((string?)t.Item.Code, t.Share))];
        var said = likely.SelectMany(c => places.SelectMany(p => Weighed(day.Units(c.Item.Code, p.Code, plain), record.At(c.Item.Code, p.Code)).Select(u => (Unit: u, Weight: c.Share * p.Share * u.Score, Class: c.Item))));
        return [.. said.Where(s => units.Find(s.Unit.UnitCode) is not null).GroupBy(s => (s.Unit.UnitCode, s.Unit.Role)).Select(g =>
            {
                var (best, name) = (g.MaxBy(s => s.Weight), units.Find(g.Key.UnitCode)!.Name);
                var isAccused = Accusations.Against(PlainText.Of(name), plain);
                return new UnitAdvice(
                    g.Key.UnitCode, name, g.Key.Role, Math.Round(Math.Min(1, g.Sum(s => s.Weight)) * (isAccused ? IfAccused : 1), 3), $"{(isAccused ? "反映的是该单位自身，请改由其他单位办理；" : "")}{best.Unit.Evidence}（分类：{best.Class.Name}）", isAccused);
            })
            .OrderByDescending(u => u.Score).ThenBy(u => u.Unit, StringComparer.Ordinal).ThenBy(u => u.Role, StringComparer.Ordinal).Take(MostUnits)];
    }

    /// <summary>Leads by directory and record together; an order that was given back counts against its unit. Helpers stay as the directory says.</summary>
    private static IEnumerable<DirectoryAdvice> Weighed(IReadOnlyList<DirectoryAdvice> said, IReadOnlyList<UnitCount> counts)
    {
        var all = counts.Sum(c => c.Sent);
        if (all < FewestOrders)
        {
            return said;
        }

        var leads = said.Where(u => u.Role == Lead).GroupBy(u => u.UnitCode).ToDictionary(g => g.Key, g => g.MaxBy(u => u.Score)!);
        var sum = leads.Values.Sum(u => u.Score);
        return leads.Keys.Union(counts.Select(c => c.Unit)).Select(code =>
            {
                var (told, count) = (leads.GetValueOrDefault(code), counts.FirstOrDefault(c => c.Unit == code));
                var kept = count is null ? 0 : count.Sent - count.Returned;
                var score = ((sum > 0 ? Directory * (told?.Score ?? 0) / Math.Max(1, sum) : 0) + kept) / ((sum > 0 ? Directory : 0) + all);
                return new DirectoryAdvice(code, Lead, score, EvidenceOf(told, count, all));
            })
            .Where(u => u.Score > 0).Concat(said.Where(u => u.Role != Lead));
    }

    private static string EvidenceOf(DirectoryAdvice? told, UnitCount? count, int all)
    {
        var seen = count is null ? "" : string.Create(null, $"同类同地 {all} 件中 {count.Sent} 件派给该单位{(count.Returned > 0 ? string.Create(null, $"，退回 {count.Returned} 件") : "")}");
        return told is null ? seen : seen.Length == 0 ? told.Evidence : $"{seen}；{told.Evidence}";
    }

    private static (T Item, double Share)[] Shares<T>(T[] items, Func<T, double> score)
    {
        var sum = items.Sum(score);
        return [.. items.Select(i => (i, sum > 0 ? score(i) / sum : 0))];
    }
}
