using Jiesu.Catalog.Contracts;
using Jiesu.Identity.Contracts;
using Jiesu.Intelligence.Contracts;
using Jiesu.Platform.Kit;

namespace Jiesu.Orders.Features.Advice;

/// <summary>相似类别: how an order is like the one in hand.</summary>
internal enum Likeness
{
    /// <summary>同一事项: the text is alike.</summary>
    Matter,

    /// <summary>同一地点: the same compound, firm or spot, another matter.</summary>
    Place,

    /// <summary>同一诉求人: another matter elsewhere.</summary>
    Caller,
}

/// <summary>本单所在: what the order in hand says of place, class and caller.</summary>
/// <param name="Names">实体名称: compounds, firms and numbered houses that it names.</param>
/// <param name="Callers">Records of its caller.</param>
internal sealed record Spot(string? Town, string? Community, string? PointName, double? Lon, double? Lat, string? ClassCode, IReadOnlyList<string> Names, IReadOnlySet<CallerId> Callers);

/// <summary>相似工单归类: same matter first, then the same place, then the same caller; each order once, where it says most.</summary>
internal sealed class SimilarGroups(CatalogueDay day, ILanguageModel model)
{
    private const int MostAlike = 10, MostBeside = 5, MostReplies = 3, LongestReply = 200;

    /// <summary>Two texts so much alike need no place or class in common to be about one kind of matter; below, many are not.</summary>
    private const double AlikeByItself = 0.3;

    /// <summary>同一点位, in metres.</summary>
    private const double Near = 100;
    private const double MetresPerDegree = 111_000;

    public IReadOnlyList<SimilarOrders.Item> Of(Spot spot, IReadOnlyList<SimilarText> alike, IReadOnlyList<NearOrder> orders)
    {
        var known = orders.ToDictionary(o => o.Id.Value);
        var matter = alike.Where(s => known.ContainsKey(s.Id)).Select(s => (Order: known[s.Id], s.Score)).Where(m => m.Score >= AlikeByItself || IsNear(spot, m.Order)).Take(MostAlike).ToArray();
        var texts = matter.Select(m => m.Order.Id.Value).ToHashSet();
        var rest = orders.Where(o => !texts.Contains(o.Id.Value)).OrderByDescending(o => o.ReceivedAt).ToArray();
        var place = rest.Select(o => (Order: o, Evidence: SamePlace(spot, o))).Where(o => o.Evidence is not null).Take(MostBeside).ToArray();
        var caller = rest.Where(o => IsOfCaller(spot, o) && !place.Any(p => p.Order.Id == o.Id)).Take(MostBeside);
        var replies = matter.Where(m => !string.IsNullOrWhiteSpace(m.Order.Reply)).Take(MostReplies).ToDictionary(m => m.Order.Id, m => Short(m.Order.Reply!));
        return
        [
            .. matter.Select(m => ViewOf(m.Order, Likeness.Matter, m.Score, EvidenceOf(spot, m.Order, m.Score), replies.GetValueOrDefault(m.Order.Id))),
            .. place.Select(p => ViewOf(p.Order, Likeness.Place, 0, IsOfCaller(spot, p.Order) ? $"{p.Evidence}，同一诉求人" : p.Evidence!)),
            .. caller.Select(o => ViewOf(o, Likeness.Caller, 0, Show.Date(o.ReceivedAt))),
        ];
    }

    private static SimilarOrders.Item ViewOf(NearOrder o, Likeness kind, double score, string evidence, string? reply = null) => new(
        o.Id, o.CaseNo, o.Title, o.State.ToString(), Math.Round(score, 4), kind.ToString().ToLowerInvariant(), NameOf(kind), evidence, reply);

    private static string NameOf(Likeness kind) => kind switch
    {
        Likeness.Matter => "同类事项",
        Likeness.Place => "同一地点的其他事项",
        Likeness.Caller => "同一诉求人的其他事项",
    };

    private string EvidenceOf(Spot spot, NearOrder o, double score)
    {
        string?[] words =
        [
            $"文字相似 {Show.Percent(score, 0)}",
            SamePlace(spot, o) ?? (o.Community is { } community ? community == spot.Community ? "同社区" : day.FindPlace(community)?.Name : o.Town is { } town ? town == spot.Town ? "同街道" : day.FindPlace(town)?.Name : null),
            o.ClassCode is not null && o.ClassCode == spot.ClassCode ? "同分类" : null,
            IsOfCaller(spot, o) ? "同一诉求人" : null,
        ];
        return string.Join("，", words.OfType<string>());
    }

    /// <summary>What shows that it is the same spot; null when nothing does.</summary>
    private static string? SamePlace(Spot spot, NearOrder o) =>
        spot.PointName is { Length: > 0 } point && point == o.PointName ? $"同在{point}"
        : spot.Community is null || o.Community != spot.Community ? null
        : spot.Names.FirstOrDefault(n => o.Address?.Contains(n, StringComparison.OrdinalIgnoreCase) == true || o.Title.Contains(n, StringComparison.OrdinalIgnoreCase)) is { } name ? $"同在{name}"
        : MetresTo(spot, o) is { } metres and <= Near ? string.Create(null, $"相距约 {Math.Round(metres / 10) * 10:0} 米") : null;

    private static double? MetresTo(Spot spot, NearOrder o) => (spot.Lon, spot.Lat, o.Lon, o.Lat) is ({ } lon, { } lat, { } otherLon, { } otherLat)
        ? Math.Sqrt(Math.Pow((lon - otherLon) * Math.Cos(lat * Math.PI / 180), 2) + Math.Pow(lat - otherLat, 2)) * MetresPerDegree : null;

    private static bool IsNear(Spot spot, NearOrder o) =>
        (o.ClassCode is not null && o.ClassCode == spot.ClassCode) || (o.Community is not null && o.Community == spot.Community) || (o.Town is not null && o.Town == spot.Town) || IsOfCaller(spot, o);

    private static bool IsOfCaller(Spot spot, NearOrder o) => o.CallerId is { } caller && spot.Callers.Contains(caller);

    /// <summary>Struck out, and cut at a sentence so that no half number is left at its end.</summary>
    private string Short(string reply)
    {
        var whole = reply.Length < NearOrder.LongestReply ? reply : reply[..(reply.LastIndexOfAny(['。', '；', '！', '？', '\n']) + 1)];
        var struck = model.Strike(whole);
        return struck.Length <= LongestReply ? struck : struck[..LongestReply] + "…";
    }
}
