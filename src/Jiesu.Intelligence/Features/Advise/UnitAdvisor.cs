using Jiesu.Catalog.Contracts;
using Jiesu.Identity.Contracts;
using Jiesu.Intelligence.Contracts;

namespace Jiesu.Intelligence.Features.Advise;

/// <summary>
/// 承办单位建议: what the directory says for each likely class at each likely town, weighed by how likely they are (hotline guide 2.7, steps 3 to 5).
/// When several classes are close, their units are weighed together, so that a doubtful class does not make a sure unit.
/// </summary>
internal static class UnitAdvisor
{
    private const int MostClasses = 3, MostTowns = 2, MostUnits = 6;

    /// <summary>A class with less than this part of the best one's score has no say.</summary>
    private const double Close = 0.25;

    public static IReadOnlyList<UnitAdvice> Advise(CatalogueDay day, UnitTree units, IReadOnlyList<ClassAdvice> classes, IReadOnlyList<AddressAdvice> addresses, string plain)
    {
        var likely = Shares([.. classes.Take(MostClasses).Where(c => c.Score >= classes[0].Score * Close)], c => c.Score);
        var towns = Shares(addresses.Where(a => a.Town is not null).GroupBy(a => a.Town!).Select(g => (Code: g.Key, Score: g.Max(a => a.Score))).Take(MostTowns).ToArray(), t => t.Score);
        (string? Code, double Share)[] places = towns.Length == 0 ? [(null, 1)] : [.. towns.Select(t => ((string?)t.Item.Code, t.Share))];
        var said = likely.SelectMany(c => places.SelectMany(p => day.Units(c.Item.Code, p.Code, plain).Select(u => (Unit: u, Weight: c.Share * p.Share * u.Score, Class: c.Item))));
        return [.. said.Where(s => units.Find(s.Unit.UnitCode) is not null).GroupBy(s => (s.Unit.UnitCode, s.Unit.Role)).Select(g =>
            {
                var best = g.MaxBy(s => s.Weight);
                return new UnitAdvice(g.Key.UnitCode, units.Find(g.Key.UnitCode)!.Name, g.Key.Role, Math.Round(Math.Min(1, g.Sum(s => s.Weight)), 3), $"{best.Unit.Evidence}（分类：{best.Class.Name}）");
            })
            .OrderByDescending(u => u.Score).ThenBy(u => u.Unit, StringComparer.Ordinal).ThenBy(u => u.Role, StringComparer.Ordinal).Take(MostUnits)];
    }

    private static (T Item, double Share)[] Shares<T>(T[] items, Func<T, double> score)
    {
        var sum = items.Sum(score);
        return [.. items.Select(i => (i, sum > 0 ? score(i) / sum : 0))];
    }
}
