using Jiesu.Catalog.Contracts;
using Jiesu.Intelligence.Domain;

namespace Jiesu.Intelligence.Features.Locate;

/// <summary>A name in a text and the places that bear it.</summary>
/// <param name="IsFull">With 街道, 镇, 社区 or 村; without, a name may mean a road or an estate as well.</param>
internal sealed record NamedPlaces(string Name, bool IsFull, IReadOnlyList<Place> Places);

/// <summary>地名: the divisions of the district under all names that people use for them.</summary>
internal sealed class PlaceNames
{
    /// <summary>Longest first, so that 社区居委会 is not taken for 居委会.</summary>
    private static readonly string[] Endings = ["社区居民委员会", "社区居委会", "村民委员会", "居民委员会", "街道办事处", "村委会", "居委会", "街道", "地区", "社区", "镇", "乡", "村"];

    private readonly WordList<NamedPlaces> _names;

    public PlaceNames(IReadOnlyList<Place> places)
    {
        Places = places.ToDictionary(p => p.Code);
        var full = places.SelectMany(p => FullNames(p).Select(name => (name, p))).GroupBy(x => x.name, x => x.p)
            .ToDictionary(g => g.Key, g => new NamedPlaces(g.Key, true, [.. g.Distinct()]));
        var bare = places.Select(p => (name: Bare(p.Name), place: p)).Where(x => x.name.Length > 1 && !full.ContainsKey(x.name)).GroupBy(x => x.name, x => x.place)
            .Select(g => new NamedPlaces(g.Key, false, [.. g]));
        _names = new(full.Values.Concat(bare).ToDictionary(n => n.Name));
    }

    public IReadOnlyDictionary<string, Place> Places { get; }

    public IReadOnlyList<Found<NamedPlaces>> In(string plain) => _names.In(plain);

    private static IEnumerable<string> FullNames(Place place)
    {
        var (name, bare) = (PlainText.Of(place.Name), Bare(place.Name));
        var ending = name[bare.Length..];
        yield return name;
        if (bare.Length > 0 && ending.StartsWith("社区", StringComparison.Ordinal))
        {
            yield return bare + "社区";
        }

        if (bare.Length > 0 && place.ParentCode is not null)
        {
            yield return bare + (ending.StartsWith('村') ? "村委会" : "居委会");
        }
    }

    private static string Bare(string name)
    {
        var plain = PlainText.Of(name);
        var ending = Array.Find(Endings, e => plain.Length > e.Length && plain.EndsWith(e, StringComparison.Ordinal));
        return ending is null ? plain : plain[..^ending.Length];
    }
}
