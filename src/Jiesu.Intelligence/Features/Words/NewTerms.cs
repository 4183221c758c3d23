using System.Runtime.InteropServices;
using Jiesu.Intelligence.Domain;

namespace Jiesu.Intelligence.Features.Words;

/// <summary>A text in which new words are looked for.</summary>
/// <param name="Han">Letter for letter the same, with a blank in the place of all that is no Chinese character or must not count.</param>
/// <param name="Person">Equal for one caller; null where unknown.</param>
internal sealed record TermText(string Struck, string Han, string? Person);

/// <summary>新词.</summary>
/// <param name="Orders">Texts that have it.</param>
/// <param name="OrdersBefore">Texts of the earlier span that have it.</param>
internal sealed record NewTerm(string Term, int Orders, int OrdersBefore, double Score, IReadOnlyList<string> Examples);

/// <summary>
/// 新词发现: runs of two to six characters that keep together (the smallest mutual information over their splits) and stand freely (the entropy of what precedes and follows);
/// the score lifts what was rare or absent before. Grams are counted level by level, a longer one only where both shorter ones were frequent, so that memory holds what is frequent only.
/// </summary>
internal sealed class NewTerms(IReadOnlyList<TermText> texts, Func<string, bool> isKnown, CancellationToken ct)
{
    public const char Gap = ' ';
    public const int Shortest = 2, Longest = 6;

    /// <summary>In fewer texts, or of fewer callers, it is one person's word.</summary>
    public const int FewestOrders = 5, FewestPeople = 3;

    /// <summary>Bits: the parts stand together eight times as often as by chance.</summary>
    private const double LeastCohesion = 3;

    /// <summary>Bits: on either side as varied as two equally frequent neighbours.</summary>
    private const double LeastFreedom = 1;

    /// <summary>A part that has at least this share of texts of the whole does not stand by itself.</summary>
    private const double PartOfWhole = 0.7;

    /// <summary>A whole with less than this share of the texts of a word in it is that word with something beside it.</summary>
    private const double WholeOfPart = 0.3;

    /// <summary>Fewer earlier texts say nothing of what is new.</summary>
    private const int FewestBefore = 50;

    private const int MostExamples = 3, Context = 15;
    private const double LeastSurge = 0.1;
    private const string NeverFirst = "的了和与及或把被就都也很这那我你他她它您们吗呢吧着而但且并因个";
    private const string NeverLast = NeverFirst + "在是有不没未从对向于请";
    private const string Numerals = "零〇一二三四五六七八九十百千万两";

    private readonly Dictionary<string, Tally> _grams = [];
    private double _letters;

    public IReadOnlyList<NewTerm> Find(IReadOnlyList<string> earlier)
    {
        Count();
        var held = _grams.Where(g => g.Key.Length >= Shortest && LooksLikeWord(g.Key) && Cohesion(g.Key) >= LeastCohesion && !isKnown(g.Key)).ToDictionary(g => g.Key, _ => new Around());
        LookAround(held);
        var free = held.Where(h => h.Value.People >= FewestPeople && h.Value.Freedom >= LeastFreedom).ToDictionary();
        var whole = Whole(free.Keys);
        var before = Before(whole, earlier);
        return [.. whole.Select(w => Term(w, free[w], before.GetValueOrDefault(w), earlier.Count)).OrderByDescending(t => t.Score).ThenBy(t => t.Term, StringComparer.Ordinal)];
    }

    private void Count()
    {
        var shorter = new Dictionary<string, Tally>();
        for (var length = 1; length <= Longest; length++)
        {
            shorter = Level(length, shorter);
            _letters = length == 1 ? shorter.Values.Sum(t => (double)t.Times) : _letters;
            foreach (var (gram, tally) in shorter)
            {
                _grams.Add(gram, tally);
            }
        }
    }

    private Dictionary<string, Tally> Level(int length, Dictionary<string, Tally> shorter)
    {
        var counted = new Dictionary<string, Tally>();
        var (tallies, frequent) = (counted.GetAlternateLookup<ReadOnlySpan<char>>(), shorter.GetAlternateLookup<ReadOnlySpan<char>>());
        for (var i = 0; i < texts.Count; i++)
        {
            ct.ThrowIfCancellationRequested();
            var letters = texts[i].Han.AsSpan();
            for (var at = 0; at + length <= letters.Length; at++)
            {
                var gram = letters.Slice(at, length);
                if (length == 1 ? gram[0] != Gap : frequent.ContainsKey(gram[..^1]) && frequent.ContainsKey(gram[1..]))
                {
                    ref var tally = ref CollectionsMarshal.GetValueRefOrAddDefault(tallies, gram, out _);
                    tally = tally.And(i);
                }
            }
        }

        return counted.Where(c => c.Value.Orders >= FewestOrders).ToDictionary();
    }

    private static bool LooksLikeWord(string gram) =>
        !NeverFirst.Contains(gram[0], StringComparison.Ordinal) && !NeverLast.Contains(gram[^1], StringComparison.Ordinal) && gram.Count(c => Numerals.Contains(c, StringComparison.Ordinal)) < 2;

    /// <summary>The loosest of all places where it could be cut.</summary>
    private double Cohesion(string gram) =>
        Enumerable.Range(1, gram.Length - 1).Min(cut => Math.Log2(_grams[gram].Times * _letters / ((double)_grams[gram[..cut]].Times * _grams[gram[cut..]].Times)));

    private void LookAround(Dictionary<string, Around> held)
    {
        var lookup = held.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var text in texts)
        {
            ct.ThrowIfCancellationRequested();
            var letters = text.Han.AsSpan();
            for (var at = 0; at < letters.Length; at++)
            {
                for (var length = Shortest; length <= Longest && at + length <= letters.Length; length++)
                {
                    if (lookup.TryGetValue(letters.Slice(at, length), out var around))
                    {
                        around.Add(Neighbour(text, at - 1), Neighbour(text, at + length), text, at);
                    }
                }
            }
        }
    }

    /// <summary>What really stands there, a mark as well as a character; all numbers are one. So a phrase that stands between the same two commas each time is not free.</summary>
    private static char Neighbour(TermText text, int at) => at < 0 || at >= text.Struck.Length ? '\n' : char.IsDigit(text.Struck[at]) ? '0' : text.Struck[at];

    /// <summary>Without the pieces of longer words, and without words that have something beside them.</summary>
    private List<string> Whole(IReadOnlyCollection<string> words)
    {
        var pieces = words.SelectMany(w => Inside(w).Where(words.Contains).Where(p => _grams[w].Orders >= PartOfWhole * _grams[p].Orders)).ToHashSet();
        var left = words.Where(w => !pieces.Contains(w)).ToHashSet();
        return [.. left.Where(w => !Inside(w).Any(p => left.Contains(p) && _grams[w].Orders < WholeOfPart * _grams[p].Orders))];
    }

    private static IEnumerable<string> Inside(string word) =>
        from start in Enumerable.Range(0, word.Length) from length in Enumerable.Range(Shortest, Longest) where start + length <= word.Length && length < word.Length select word.Substring(start, length);

    private static Dictionary<string, int> Before(List<string> words, IReadOnlyList<string> earlier)
    {
        if (words.Count == 0)
        {
            return [];
        }

        var list = new WordList<string>(words.ToDictionary(w => w));
        return earlier.SelectMany(text => list.Every(text).Select(f => f.Value).Distinct()).CountBy(w => w).ToDictionary();
    }

    private NewTerm Term(string word, Around around, int before, int textsBefore)
    {
        var orders = _grams[word].Orders;
        var surge = textsBefore < FewestBefore ? 1 : Math.Log2((orders + 1.0) / texts.Count / ((before + 1.0) / textsBefore));
        return new(word, orders, before, Math.Log2(1 + orders) * around.Freedom * Math.Max(LeastSurge, surge), [.. around.Examples.Select(e => Cut(e.Text, e.At, word.Length))]);
    }

    private static string Cut(TermText text, int at, int length)
    {
        var (from, to) = (Math.Max(0, at - Context), Math.Min(text.Struck.Length, at + length + Context));
        return string.Concat(text.Struck[from..to].Where(c => !char.IsSurrogate(c)).Select(c => char.IsControl(c) ? Gap : c)).Trim();
    }

    /// <param name="Last">The last text that had it, plus one.</param>
    private readonly record struct Tally(int Times, int Orders, int Last)
    {
        public Tally And(int text) => new(Times + 1, Last == text + 1 ? Orders : Orders + 1, text + 1);
    }

    /// <summary>What precedes and follows.</summary>
    private sealed class Around
    {
        private readonly Dictionary<char, int> _left = [], _right = [];
        private readonly HashSet<string> _people = [];
        private TermText? _last;
        private int _unknown;

        public List<(TermText Text, int At)> Examples { get; } = [];
        public int People => _people.Count + _unknown;
        public double Freedom => Math.Min(Entropy(_left), Entropy(_right));

        public void Add(char left, char right, TermText text, int at)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_left, left, out _)++;
            CollectionsMarshal.GetValueRefOrAddDefault(_right, right, out _)++;
            if (ReferenceEquals(_last, text))
            {
                return;
            }

            _last = text;
            _unknown += text.Person is null ? 1 : 0;
            if ((text.Person is null || _people.Add(text.Person)) && Examples.Count < MostExamples)
            {
                Examples.Add((text, at));
            }
        }

        private static double Entropy(Dictionary<char, int> neighbours)
        {
            double all = neighbours.Values.Sum();
            return neighbours.Sum(n => n.Value / all * Math.Log2(all / n.Value));
        }
    }
}
