using System.Text.RegularExpressions;
using Jiesu.Catalog.Contracts;
using Jiesu.Intelligence.Domain;
using Jiesu.Intelligence.Features.Address;

namespace Jiesu.Intelligence.Features.Locate;

/// <summary>How a place was named, from the surest on.</summary>
internal enum NameForm
{
    /// <summary>With 街道, 镇, 社区, 居委会 or 村.</summary>
    Full,

    /// <summary>A numbered community by its number: 三环新城二区 for 三环新城第二社区.</summary>
    Numbered,

    /// <summary>A name people use, by table or confirmed by them.</summary>
    Alias,

    /// <summary>Without the ending; a road or an estate may bear it too.</summary>
    Bare,

    /// <summary>What several numbered communities share: 三环新城.</summary>
    Shared,
}

/// <summary>A name in a text and the places that bear it.</summary>
internal sealed record NamedPlaces(string Name, NameForm Form, IReadOnlyList<Place> Places);

/// <summary>A name that was found.</summary>
/// <param name="Sureness">1 as it is written, less when it only sounds so or differs by a character.</param>
internal sealed record NameFound(int Start, int End, NamedPlaces Named, double Sureness)
{
    /// <summary>
    /// Longer, better spelt and fuller names are believed first. Of a name with a wrong character its 小区 or 社区 says nothing: 西罗园小区 is near the street 西罗园,
    /// not a misspelt 西宏苑小区.
    /// </summary>
    public double Weight => ((End - Start - (Sureness < PlaceNames.BySound ? PlaceNames.EndingOf(Named.Name) : 0)) * Sureness) - ((int)Named.Form * 0.1);
}

/// <summary>别名: a name of a place that the catalogue does not have: a compound, a road, or what people call it.</summary>
/// <param name="Code">区划代码 of the community or town.</param>
internal sealed record PlaceAlias(string Name, string Code);

/// <summary>地名库: the divisions of the district under all names that people use for them, found exactly, by sound, or with one wrong character.</summary>
internal sealed partial class PlaceNames
{
    internal const double BySound = 0.85;
    private const double ByOneCharacter = 0.7;
    private const int ShortestSound = 3, ShortestEdit = 4, LongestEdited = 300;

    /// <summary>Longest first, so that 社区居委会 is not taken for 居委会.</summary>
    private static readonly string[] Endings = ["社区居民委员会", "社区居委会", "村民委员会", "居民委员会", "街道办事处", "村委会", "居委会", "街道", "地区", "社区", "镇", "乡", "村"];
    private static readonly string[] OfTown = ["街道办事处", "街道办", "街道", "地区", "镇", "乡"];
    private static readonly string[] OfCommunity = ["社区", "居委会", "居委", "社区居委会", "社区居民委员会"];
    private static readonly string[] OfVillage = ["村", "村委会", "村民委员会"];
    private static readonly string[] OfNumber = ["区", "小区", "里", "期"];

    private readonly Dictionary<string, NamedPlaces> _byName = [];
    private readonly WordList<NamedPlaces> _names;
    private readonly WordList<NamedPlaces[]> _sounds;
    private readonly Dictionary<string, List<NamedPlaces>> _shortened = [];
    private readonly Dictionary<NamedPlaces, string> _soundOf = [];

    public PlaceNames(IReadOnlyList<Place> places, IReadOnlyList<PlaceAlias>? aliases = null)
    {
        Places = places.ToDictionary(p => p.Code);
        Add(NameForm.Full, places.SelectMany(p => FullNames(p).Select(name => (name, p))));
        Add(NameForm.Alias, (aliases ?? []).Where(a => Places.ContainsKey(a.Code)).Select(a => (PlaceSpelling.Of(PlainText.Of(a.Name)), Places[a.Code])));
        Add(NameForm.Numbered, places.SelectMany(p => NumberedNames(p).Select(name => (name, p))));
        Add(NameForm.Bare, places.Select(p => (Bare(p.Name), p)).Where(x => !char.IsAsciiDigit(x.Item1[^1])));
        Add(NameForm.Shared, places.Select(p => (Stem(p.Name), p)).Where(x => x.Item1.Length < Bare(x.p.Name).Length));
        _names = new(_byName);
        foreach (var named in _byName.Values.Where(n => n.Name.Length >= ShortestSound && n.Form < NameForm.Shared))
        {
            _soundOf[named] = Sounds.Of(named.Name);
        }

        _sounds = new(_soundOf.GroupBy(s => s.Value, s => s.Key).ToDictionary(g => g.Key, g => g.ToArray()));
        foreach (var (named, sound) in _soundOf.Where(s => s.Value.Length >= ShortestEdit && s.Key.Places.Any(p => p.ParentCode is not null)))
        {
            foreach (var shorter in Shorter(sound).Append(sound))
            {
                (_shortened.TryGetValue(shorter, out var list) ? list : _shortened[shorter] = []).Add(named);
            }
        }
    }

    public IReadOnlyDictionary<string, Place> Places { get; }

    /// <summary>Length of what many names end in.</summary>
    internal static int EndingOf(string name) => Endings.Concat(OfNumber).Where(e => name.EndsWith(e, StringComparison.Ordinal)).Max(e => e?.Length) ?? 0;

    /// <summary>Names in a text, none over another; <paramref name="plain"/> is spelt by <see cref="PlaceSpelling"/>.</summary>
    public IReadOnlyList<NameFound> In(string plain)
    {
        var sound = Sounds.Of(plain);
        NameFound[] found = [.. _names.Every(plain).Select(f => new NameFound(f.Start, f.End, f.Value, 1))
            .Concat(_sounds.Every(sound).SelectMany(f => f.Value.Select(named => new NameFound(f.Start, f.End, named, BySound)))).Where(f => Stands(f, plain))];
        var chosen = Choose(found);
        return chosen.Exists(f => f.Sureness >= BySound && f.Named.Form <= NameForm.Numbered && f.Named.Places.Any(p => p.ParentCode is not null))
            ? chosen
            : Choose(found.Concat(Edited(sound).Where(f => Stands(f, plain))));
    }

    /// <summary>The heaviest first; what one name took, no other takes again.</summary>
    private static List<NameFound> Choose(IEnumerable<NameFound> found)
    {
        var chosen = new List<NameFound>();
        foreach (var name in found.OrderByDescending(f => f.Weight).ThenBy(f => f.Start))
        {
            var rival = chosen.FirstOrDefault(c => c.Start < name.End && name.Start < c.End);
            if (rival is null || (rival.Start == name.Start && rival.End == name.End && rival.Sureness < 1 && name.Sureness < 1 && rival.Named.Form == name.Named.Form))
            {
                chosen.Add(name);
            }
        }

        return chosen;
    }

    /// <summary>丰台 in 丰台区 is the district and no town; a number that goes on is another number.</summary>
    private static bool Stands(NameFound found, string plain)
    {
        var next = found.End < plain.Length ? plain[found.End] : ' ';
        var last = plain[found.End - 1];
        return !(char.IsAsciiDigit(last) && char.IsAsciiDigit(next))
            && !(found.Named.Form >= NameForm.Bare && next == '区' && found.Named.Places.All(p => p.ParentCode is null))
            && !(found.Named.Form == NameForm.Numbered && last == '里' && next == '面');
    }

    /// <summary>Communities whose name differs from the text by one character: never by a number, which is another place, nor by the last one, which may belong to the next word.</summary>
    private IEnumerable<NameFound> Edited(string sound)
    {
        var end = Math.Min(sound.Length, LongestEdited);
        for (var start = 0; start < end; start++)
        {
            for (var length = ShortestEdit - 1; length <= 13 && start + length <= end; length++)
            {
                var piece = sound.Substring(start, length);
                foreach (var named in Shorter(piece).Append(piece).SelectMany(s => _shortened.GetValueOrDefault(s, [])).Distinct())
                {
                    if (piece[^1] == _soundOf[named][^1] && Texts.Distance(piece, _soundOf[named]) == 1 && Numbers(piece) == Numbers(_soundOf[named]))
                    {
                        yield return new(start, start + length, named, ByOneCharacter);
                    }
                }
            }
        }
    }

    private static string Numbers(string text) => string.Concat(text.Where(char.IsAsciiDigit));

    private static IEnumerable<string> Shorter(string text) => Enumerable.Range(0, text.Length).Select(i => text.Remove(i, 1));

    private void Add(NameForm form, IEnumerable<(string Name, Place Place)> names)
    {
        foreach (var group in names.Where(n => n.Name.Length > 1 && !_byName.ContainsKey(n.Name)).GroupBy(n => n.Name, n => n.Place).ToArray())
        {
            _byName.Add(group.Key, new(group.Key, form, [.. group.Distinct()]));
        }
    }

    private static IEnumerable<string> FullNames(Place place)
    {
        var (name, bare) = (PlaceSpelling.Of(PlainText.Of(place.Name)), Bare(place.Name));
        var endings = place.ParentCode is null ? OfTown : name.EndsWith('村') ? OfVillage : name.EndsWith("社区", StringComparison.Ordinal) ? OfCommunity : [];
        return endings.Select(e => bare + e).Append(name);
    }

    private static IEnumerable<string> NumberedNames(Place place)
    {
        var bare = Bare(place.Name);
        return place.ParentCode is null ? [] : char.IsAsciiDigit(bare[^1]) ? OfNumber.Select(e => bare + e) : [bare + "小区"];
    }

    /// <summary>The name without what numbers it: 三环新城 of 三环新城第二社区, 芳星园 of 芳星园二区社区.</summary>
    private static string Stem(string name) => Numbering().Replace(Bare(name), "");

    private static string Bare(string name)
    {
        var plain = PlaceSpelling.Of(PlainText.Of(name));
        var ending = Array.Find(Endings, e => plain.Length > e.Length && plain.EndsWith(e, StringComparison.Ordinal));
        return ending is null ? plain : plain[..^ending.Length];
    }

    [GeneratedRegex("(?<=.{2})([0-9]+[里区]?)+$")]
    private static partial Regex Numbering();
}
