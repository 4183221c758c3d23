using Jiesu.Catalog.Contracts;
using Jiesu.Identity.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Intake;
using Jiesu.Orders.Features.List;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Jiesu.Orders.Features.HotIssues;

/// <summary>
/// Counts for the ranking. The database counts and answers grouped rows; it begins with the rows of the work list, so that a number here is the total of the list it leads to,
/// and nobody's counts hold an order that they may not see.
/// </summary>
internal sealed class HotReader(OrderList list, ICallers callers, PeriodTerms terms, ICatalogue catalogue, IOptions<OrdersSettings> options, TimeProvider clock)
{
    private const int MostIssues = 50;
    private const int MostPlaces = 3;
    private const int MostWords = 5;

    private readonly OrdersSettings _settings = options.Value;

    public async Task<ShowHot.Response> ReadAsync(HotQuestion asked, Actor actor, CancellationToken ct)
    {
        var day = await catalogue.GetAsync(ct);
        var counts = await CountAsync(asked, actor, ct);
        var ranked = counts.Where(c => c.ClassCode is not null && day.FindClass(c.ClassCode) is { Level: 3 }).ToLookup(c => c.ClassCode!);
        var issues = await HeatAsync(ranked, 0, asked, actor, ct);
        var before = (await HeatAsync(ranked, 1, asked, actor, ct)).Select((h, i) => (h.Class, Rank: i + 1)).ToDictionary(h => h.Class, h => h.Rank);
        var shown = issues.Take(MostIssues).ToArray();
        var communities = await CommunitiesAsync([.. shown.Select(i => i.Class)], asked, actor, ct);
        var words = await terms.ReadAsync(Rows(asked, 0, 0, actor), Rows(asked, 1, 1, actor), ct);
        return new()
        {
            Period = asked.Period.Kind,
            From = asked.Period.First(0),
            To = asked.Period.To,
            PreviousFrom = asked.Period.First(1),
            PreviousTo = asked.Period.Last(1),
            IsUnfinished = asked.Period.To >= clock.Today(),
            Town = asked.Town?.Code,
            Class = asked.Class?.Code,
            Total = counts.Sum(c => c.Back[0]),
            PreviousTotal = counts.Sum(c => c.Back[1]),
            Unranked = counts.Sum(c => c.Back[0]) - issues.Sum(i => i.Heat.Facts.Orders),
            Issues = [.. shown.Select((i, at) => Issue(i, at + 1, before, ranked[i.Class], communities[i.Class], words, asked, day))],
            MoreIssues = issues.Count - shown.Length,
            Terms = words.Shown,
            TermsOf = words.Orders,
            PreviousTermsOf = words.OrdersBefore,
        };
    }

    private IQueryable<WorkOrder> Rows(HotQuestion asked, int from, int to, Actor actor) => list.Rows(Filter(asked, from, to), actor);

    private static OrderFilter Filter(HotQuestion asked, int from, int to) => new()
    {
        From = asked.Period.First(from).StartOfDay(),
        Until = asked.Period.Last(to).AddDays(1).StartOfDay(),
        TownCode = asked.Town?.Code,
        ClassPrefix = asked.Class is { } known ? known.Code[..(2 * known.Level)] : null,
    };

    /// <summary>One pass over ten periods: a row a class and town, with what was received since the beginning of each period; the differences are the periods.</summary>
    private async Task<IReadOnlyList<Count>> CountAsync(HotQuestion asked, Actor actor, CancellationToken ct)
    {
        var first = Enumerable.Range(0, HotPeriod.Before + 2).Select(back => OrderClock.FirstAt(asked.Period.First(back).StartOfDay())).ToArray();
        var (e0, e1, e2, e3, e4, e5, e6, e7, e8) = (first[0], first[1], first[2], first[3], first[4], first[5], first[6], first[7], first[8]);
        var rows = await Rows(asked, HotPeriod.Before + 1, 0, actor).GroupBy(x => new { x.ClassCode, x.TownCode }).Select(g => new
        {
            g.Key.ClassCode,
            g.Key.TownCode,
            Since0 = g.Count(x => x.No >= e0),
            Since1 = g.Count(x => x.No >= e1),
            Since2 = g.Count(x => x.No >= e2),
            Since3 = g.Count(x => x.No >= e3),
            Since4 = g.Count(x => x.No >= e4),
            Since5 = g.Count(x => x.No >= e5),
            Since6 = g.Count(x => x.No >= e6),
            Since7 = g.Count(x => x.No >= e7),
            Since8 = g.Count(x => x.No >= e8),
            All = g.Count(),
        }).ToListAsync(ct);
        return rows.ConvertAll(r => new Count(
            r.ClassCode, r.TownCode, Differences([r.Since0, r.Since1, r.Since2, r.Since3, r.Since4, r.Since5, r.Since6, r.Since7, r.Since8, r.All])));
    }

    private static int[] Differences(int[] since) => [.. since.Select((n, i) => i == 0 ? n : n - since[i - 1])];

    /// <summary>Hottest first, for the period that lies so many back.</summary>
    private async Task<IReadOnlyList<(string Class, Heat Heat)>> HeatAsync(ILookup<string, Count> counts, int back, HotQuestion asked, Actor actor, CancellationToken ct)
    {
        var spread = await SpreadAsync(asked, back, actor, ct);
        return
        [
            .. counts.Select(g => (Class: g.Key, Back: Sum(g))).Where(c => c.Back[back] > 0).Select(c =>
                {
                    var (people, communities, discontent) = spread.GetValueOrDefault(c.Class);
                    return (c.Class, Heat: Heat.Of(new(c.Back[back], c.Back[(back + 1)..(back + 1 + HotPeriod.Before)], people, communities, discontent), _settings));
                })
                .OrderByDescending(h => h.Heat.Value).ThenByDescending(h => h.Heat.Facts.Orders).ThenBy(h => h.Class, StringComparer.Ordinal),
        ];
    }

    private static int[] Sum(IEnumerable<Count> counts) => counts.Aggregate(new int[HotPeriod.Before + 2], (sum, c) => [.. sum.Zip(c.Back, (a, b) => a + b)]);

    /// <summary>不同诉求人, 社区 and 不满 of each class.</summary>
    private async Task<Dictionary<string, (int People, int Communities, int Discontent)>> SpreadAsync(HotQuestion asked, int back, Actor actor, CancellationToken ct)
    {
        var rows = await (
            from x in Rows(asked, back, back, actor).Where(x => x.ClassCode != null)
            join p in callers.Phones() on x.CallerId equals p.Caller into known
            from p in known.DefaultIfEmpty()
            group new { x.CommunityCode, Phone = p!.PhoneIndex, IsDiscontent = x.Urges > 0 || x.Reworks > 0 || (x.HasValidCallback && (x.Solved == false || x.Satisfied == Satisfaction.Dissatisfied)) } by x.ClassCode into g
            select new
            {
                Class = g.Key!,
                Phones = g.Where(x => x.Phone != null).Select(x => x.Phone).Distinct().Count(),
                Unknown = g.Count(x => x.Phone == null),
                Communities = g.Where(x => x.CommunityCode != null).Select(x => x.CommunityCode).Distinct().Count(),
                Discontent = g.Count(x => x.IsDiscontent),
            }).ToListAsync(ct);
        return rows.ToDictionary(r => r.Class, r => (r.Phones + r.Unknown, r.Communities, r.Discontent));
    }

    private async Task<ILookup<string, (string Code, int Orders)>> CommunitiesAsync(IReadOnlyList<string> classes, HotQuestion asked, Actor actor, CancellationToken ct) =>
        (await Rows(asked, 0, 0, actor).Where(x => classes.Contains(x.ClassCode!) && x.CommunityCode != null).GroupBy(x => new { x.ClassCode, x.CommunityCode })
            .Select(g => new { g.Key.ClassCode, g.Key.CommunityCode, Orders = g.Count() }).ToListAsync(ct)).ToLookup(r => r.ClassCode!, r => (r.CommunityCode!, r.Orders));

    private ShowHot.Issue Issue(
        (string Class, Heat Heat) found, int rank, Dictionary<string, int> before, IEnumerable<Count> towns, IEnumerable<(string Code, int Orders)> communities, PeriodTerms.Read words, HotQuestion asked, CatalogueDay day)
    {
        var (node, facts) = (day.FindClass(found.Class)!, found.Heat.Facts);
        var hot = towns.Where(t => t.TownCode is not null).Select(t => (t.TownCode, Orders: t.Back[0], Why: Heat.Alert(t.Back[0], t.Back[1..(1 + HotPeriod.Before)], _settings))).ToArray();
        return new()
        {
            Rank = rank,
            PreviousRank = before.TryGetValue(found.Class, out var earlier) ? earlier : null,
            Code = node.Code,
            Name = node.Name,
            Path = node.Path,
            Orders = facts.Orders,
            Previous = facts.Previous,
            Change = facts.Previous == 0 ? null : Math.Round((facts.Orders - facts.Previous) / (double)facts.Previous, 4),
            History = facts.History,
            Mean = Math.Round(found.Heat.Mean, 2),
            Deviation = Math.Round(found.Heat.Deviation, 2),
            Callers = facts.Callers,
            Communities = facts.Communities,
            Discontent = facts.Discontent,
            Heat = Math.Round(found.Heat.Value, 1),
            How = found.Heat.Explain(_settings),
            Alert = Heat.Alert(facts.Orders, facts.History, _settings),
            TownAlerts = asked.Town is not null ? [] : [.. hot.Where(t => t.Why is not null).OrderByDescending(t => t.Orders).Select(t => $"{NameOf(t.TownCode!, day)}：{t.Why}")],
            Towns = Places(hot.Select(t => (t.TownCode!, t.Orders)), found.Class, "town", asked, day),
            CommunityPlaces = Places(communities, found.Class, "community", asked, day),
            Words = [.. words.Of(found.Class).Where(w => !node.Path.Contains(w, StringComparison.Ordinal)).Take(MostWords)],
            ListUrl = ListUrl(found.Class, asked, null),
        };
    }

    private static IReadOnlyList<ShowHot.Part> Places(IEnumerable<(string Code, int Orders)> places, string issue, string kind, HotQuestion asked, CatalogueDay day) =>
    [
        .. places.Where(p => p.Orders > 0).OrderByDescending(p => p.Orders).ThenBy(p => p.Code, StringComparer.Ordinal).Take(MostPlaces)
            .Select(p => new ShowHot.Part(p.Code, NameOf(p.Code, day), p.Orders, day.FindPlace(p.Code) is null ? null : ListUrl(issue, asked, (kind, p.Code)))),
    ];

    /// <summary>The work list with exactly these orders.</summary>
    private static string ListUrl(string issue, HotQuestion asked, (string Name, string? Value)? more) => Address.With(
        "/orders", [("class", issue), ("from", Show.Date(asked.Period.First(0))), ("to", Show.Date(asked.Period.To)), ("town", asked.Town?.Code), .. more is { } also ? [also] : Array.Empty<(string, string?)>()]);

    private static string NameOf(string code, CatalogueDay day) => day.FindPlace(code)?.Name ?? code;

    /// <param name="Back">Orders of the period itself, of the one before, and so on.</param>
    private sealed record Count(string? ClassCode, string? TownCode, int[] Back);
}

/// <summary>What is asked: a period, and perhaps one town, and one branch of the class tree.</summary>
internal sealed record HotQuestion(HotPeriod Period, Place? Town, ClassNode? Class);
