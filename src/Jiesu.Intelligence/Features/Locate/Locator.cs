using Jiesu.Catalog.Contracts;
using Jiesu.Intelligence.Contracts;
using Jiesu.Intelligence.Domain;

namespace Jiesu.Intelligence.Features.Locate;

/// <summary>
/// 地址识别: towns and communities named in address, title and text, and the area in which the point lies. A community brings its town; a name that several places bear
/// is shared out among them; every further name makes a place likelier. Only a full name, well bounded or with its town, or a point is called sure.
/// </summary>
internal sealed class Locator(IReadOnlyList<Place> places, IReadOnlyList<PlaceAlias>? aliases = null, Areas? areas = null)
{
    private const int Most = 5;
    private const double Least = 0.05;

    /// <summary>A field made for the place says more than a story that may pass several places.</summary>
    private const double InAddress = 1, InText = 0.98;

    /// <summary>What is left of a name when the address says it lies in another district.</summary>
    private const double IfElsewhere = 0.2;

    /// <summary>Nothing but a full name is surer than this; a point is, for its area.</summary>
    private const double Doubtful = 0.89, ByPoint = 0.93;

    /// <summary>What may stand before a name without being part of it.</summary>
    private const string Before = "在住是到从去向于于和与及区市县道镇乡村了的我家。，,、;；:：()（）";

    private readonly PlaceNames _names = new(places, aliases);
    private readonly Elsewhere _elsewhere = new(places);

    /// <summary>Best first. With <paramref name="town"/> known, only it and its communities, and always at least it.</summary>
    public IReadOnlyList<AddressAdvice> Locate(string? address, string plain, Place? town, double? lon = null, double? lat = null)
    {
        var votes = new Votes();
        Vote(votes, PlaceSpelling.Of(PlainText.Of(address)), InAddress, town);
        Vote(votes, PlaceSpelling.Of(plain), InText, town);
        VoteByPoint(votes, lon, lat, town);

        var towns = votes.Places.Select(p => p.ParentCode ?? p.Code).Distinct().ToDictionary(code => code, code => TownScore(votes, code));
        var communities = votes.Places.Where(p => p.ParentCode is not null).Select(p => (Place: p, Score: CommunityScore(votes, p))).Where(c => c.Score >= Least).ToArray();
        var alone = towns.Keys.Where(t => !communities.Any(c => c.Place.ParentCode == t && c.Score >= towns[t] / 2)).Where(_names.Places.ContainsKey)
            .Select(t => (Place: _names.Places[t], Score: towns[t]));
        var found = communities.Concat(alone).Where(c => c.Score >= Least).OrderByDescending(c => c.Score).ThenBy(c => c.Place.Code, StringComparer.Ordinal).Take(Most)
            .Select(c => ToAdvice(c.Place, c.Score, votes.WordsFor(c.Place), (lon, lat))).ToArray();
        return found.Length == 0 && town is not null ? [ToAdvice(town, 1, ["已选街道"], (lon, lat))] : found;
    }

    private void Vote(Votes votes, string plain, double weight, Place? town)
    {
        var trust = _elsewhere.IsIn(plain) ? weight * IfElsewhere : weight;
        foreach (var found in _names.In(plain))
        {
            Place[] meant = [.. found.Named.Places.Where(p => town is null || p.Code == town.Code || p.ParentCode == town.Code)];
            foreach (var place in meant)
            {
                var isClear = found.Sureness >= 1 && found.Named.Form == NameForm.Full && IsBounded(found, plain);
                votes.Add(place, trust * found.Sureness * Clarity(found, isClear) / meant.Length, WordOf(found, plain), isClear && meant.Length == 1 && trust >= InText);
            }
        }
    }

    private void VoteByPoint(Votes votes, double? lon, double? lat, Place? town)
    {
        if (lon is not { } x || lat is not { } y || areas is null)
        {
            return;
        }

        foreach (var code in areas.At(x, y))
        {
            if (_names.Places.GetValueOrDefault(code) is { } place && (town is null || place.Code == town.Code || place.ParentCode == town.Code))
            {
                votes.Add(place, ByPoint, "坐标", isSure: true);
            }
        }
    }

    /// <summary>Says so where it was not the catalogue that knew the name.</summary>
    private static string WordOf(NameFound found, string plain) =>
        found.Named.Form == NameForm.Alias ? $"别名“{plain[found.Start..found.End]}”" : plain[found.Start..found.End];

    private static double Clarity(NameFound found, bool isClear) => found.Named switch
    {
        { Form: NameForm.Full } => isClear ? 0.95 : 0.88,
        { Form: NameForm.Numbered or NameForm.Alias } => 0.8,
        { Form: NameForm.Shared } => 0.5,
        { Name.Length: > 2 } => 0.65,
        _ => 0.4,
    };

    /// <summary>A short name after an unknown word may be the end of another name: 城北社区 in 西关城北社区.</summary>
    private static bool IsBounded(NameFound found, string plain) =>
        found.Start == 0 || !PlainText.IsHan(plain[found.Start - 1]) || Before.Contains(plain[found.Start - 1], StringComparison.Ordinal) || found.End - found.Start > 5;

    private static double TownScore(Votes votes, string code) =>
        votes.Places.Where(p => p.Code == code || p.ParentCode == code).Aggregate(1.0, (doubt, p) => doubt * (1 - votes.For(p.Code)), doubt => 1 - doubt);

    /// <summary>Its town named beside it makes a community likelier, another town named instead makes it less so.</summary>
    private static double CommunityScore(Votes votes, Place community)
    {
        var own = votes.For(community.Code);
        var isWithTown = votes.For(community.ParentCode!) > 0.25;
        var isElsewhere = votes.Places.Any(p => p.ParentCode is null && p.Code != community.ParentCode && votes.For(p.Code) > 0.5);
        var score = (isWithTown, isElsewhere) switch
        {
            (true, _) => 1 - ((1 - own) * 0.6),
            (_, true) => own / 2,
            _ => own,
        };
        return votes.IsSure(community.Code) || (isWithTown && votes.IsFull(community.Code)) ? score : Math.Min(score, Doubtful);
    }

    private AddressAdvice ToAdvice(Place place, double score, IReadOnlyList<string> words, (double? Lon, double? Lat) point)
    {
        var town = place.ParentCode is null ? place : _names.Places.GetValueOrDefault(place.ParentCode);
        var community = place.ParentCode is null ? null : place;
        var (lon, lat) = point is ({ } x, { } y) && double.IsFinite(x) && double.IsFinite(y) ? (x, y) : areas?.CentreOf(place.Code) is { } centre ? (centre.Lon, centre.Lat) : ((double?)null, (double?)null);
        return new(string.Concat(town?.Name, community?.Name), town?.Code, town?.Name, community?.Code, community?.Name, lon, lat, Math.Round(score, 3), string.Join('、', words));
    }

    /// <summary>How likely each place is meant, mention by mention.</summary>
    private sealed class Votes
    {
        private readonly Dictionary<string, double> _doubt = [];
        private readonly Dictionary<string, List<string>> _words = [];
        private readonly List<Place> _places = [];
        private readonly HashSet<string> _sure = [];

        public IReadOnlyList<Place> Places => _places;

        public double For(string code) => 1 - _doubt.GetValueOrDefault(code, 1);

        /// <summary>Named in full and by nothing that could be another's name, or by a point.</summary>
        public bool IsSure(string code) => _sure.Contains(code);

        public bool IsFull(string code) => _words.GetValueOrDefault(code, []).Exists(w => w.EndsWith("社区", StringComparison.Ordinal) || w.EndsWith('村') || w.EndsWith("居委会", StringComparison.Ordinal)) && For(code) >= 0.86;

        public IReadOnlyList<string> WordsFor(Place place) =>
            [.. _places.Where(p => p.Code == place.Code || p.Code == place.ParentCode || p.ParentCode == place.Code).SelectMany(p => _words[p.Code]).Distinct().Take(3)];

        public void Add(Place place, double likelihood, string word, bool isSure)
        {
            if (_doubt.TryAdd(place.Code, 1))
            {
                _places.Add(place);
                _words[place.Code] = [];
            }

            _doubt[place.Code] *= 1 - likelihood;
            _words[place.Code].Add(word);
            if (isSure)
            {
                _sure.Add(place.Code);
            }
        }
    }
}
