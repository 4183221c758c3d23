using Jiesu.Catalog.Contracts;
using Jiesu.Intelligence.Contracts;
using Jiesu.Intelligence.Domain;

namespace Jiesu.Intelligence.Features.Locate;

/// <summary>
/// 地址识别: towns and communities named in address, title and text. A community brings its town; a name that several places bear is shared out among them;
/// every further mention makes a place likelier.
/// </summary>
internal sealed class Locator(IReadOnlyList<Place> places)
{
    private const int Most = 5;
    private const double Least = 0.1;

    /// <summary>A field made for the place says more than a story that may pass several places.</summary>
    private const double InAddress = 1, InText = 0.85;

    private readonly PlaceNames _names = new(places);

    /// <summary>Best first. With <paramref name="town"/> known, only it and its communities, and always at least it.</summary>
    public IReadOnlyList<AddressAdvice> Locate(string? address, string plain, Place? town)
    {
        var votes = new Votes();
        Vote(votes, PlainText.Of(address), InAddress, town);
        Vote(votes, plain, InText, town);

        var towns = votes.Places.Select(p => p.ParentCode ?? p.Code).Distinct().ToDictionary(code => code, code => TownScore(votes, code));
        var communities = votes.Places.Where(p => p.ParentCode is not null).Select(p => (Place: p, Score: CommunityScore(votes, p))).Where(c => c.Score >= Least).ToArray();
        var alone = towns.Keys.Where(t => !communities.Any(c => c.Place.ParentCode == t && c.Score >= towns[t] / 2)).Where(_names.Places.ContainsKey)
            .Select(t => (Place: _names.Places[t], Score: towns[t]));
        var found = communities.Concat(alone).Where(c => c.Score >= Least).OrderByDescending(c => c.Score).ThenBy(c => c.Place.Code, StringComparer.Ordinal).Take(Most)
            .Select(c => ToAdvice(c.Place, c.Score, votes.WordsFor(c.Place))).ToArray();
        return found.Length == 0 && town is not null ? [ToAdvice(town, 1, ["已选街道"])] : found;
    }

    private void Vote(Votes votes, string plain, double weight, Place? town)
    {
        foreach (var found in _names.In(plain))
        {
            Place[] meant = [.. found.Value.Places.Where(p => town is null || p.Code == town.Code || p.ParentCode == town.Code)];
            foreach (var place in meant)
            {
                votes.Add(place, weight * Clarity(found.Value) / meant.Length, found.Value.Name);
            }
        }
    }

    private static double Clarity(NamedPlaces name) => name switch
    {
        { IsFull: true } => 0.95,
        { Name.Length: > 2 } => 0.65,
        _ => 0.4,
    };

    private static double TownScore(Votes votes, string code) =>
        votes.Places.Where(p => p.Code == code || p.ParentCode == code).Aggregate(1.0, (doubt, p) => doubt * (1 - votes.For(p.Code)), doubt => 1 - doubt);

    /// <summary>Its town named beside it makes a community likelier, another town named instead makes it less so.</summary>
    private static double CommunityScore(Votes votes, Place community)
    {
        var own = votes.For(community.Code);
        var namedTowns = votes.Places.Where(p => p.ParentCode is null && votes.For(p.Code) > 0.5).ToArray();
        return namedTowns switch
        {
            [] => own,
            _ when namedTowns.Any(t => t.Code == community.ParentCode) => 1 - ((1 - own) * 0.6),
            _ => own / 2,
        };
    }

    private AddressAdvice ToAdvice(Place place, double score, IReadOnlyList<string> words)
    {
        var town = place.ParentCode is null ? place : _names.Places.GetValueOrDefault(place.ParentCode);
        var community = place.ParentCode is null ? null : place;
        return new(string.Concat(town?.Name, community?.Name), town?.Code, town?.Name, community?.Code, community?.Name, null, null, Math.Round(score, 3), string.Join('、', words));
    }

    /// <summary>How likely each place is meant, mention by mention.</summary>
    private sealed class Votes
    {
        private readonly Dictionary<string, double> _doubt = [];
        private readonly Dictionary<string, List<string>> _words = [];
        private readonly List<Place> _places = [];

        public IReadOnlyList<Place> Places => _places;

        public double For(string code) => 1 - _doubt.GetValueOrDefault(code, 1);

        public IReadOnlyList<string> WordsFor(Place place) =>
            [.. _places.Where(p => p.Code == place.Code || p.Code == place.ParentCode || p.ParentCode == place.Code).SelectMany(p => _words[p.Code]).Distinct().Take(3)];

        public void Add(Place place, double likelihood, string word)
        {
            if (_doubt.TryAdd(place.Code, 1))
            {
                _places.Add(place);
                _words[place.Code] = [];
            }

            _doubt[place.Code] *= 1 - likelihood;
            _words[place.Code].Add(word);
        }
    }
}
