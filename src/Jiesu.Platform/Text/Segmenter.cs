namespace Jiesu.Platform.Text;

/// <summary>
/// 分词: cuts Chinese text into words by the cheapest path through a word list, and into character bigrams. Thread-safe.
/// The list is ours and small; what it does not know is cut into overlapping pairs, so nothing becomes unfindable.
/// </summary>
public sealed class Segmenter
{
    private const int LongestWord = 12;

    // Fewest words win; a known single character is a little, an unknown one much dearer than a word.
    private const int WordCost = 10;
    private const int KnownCharacterCost = 11;
    private const int UnknownCharacterCost = 18;

    private readonly HashSet<string> _words;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    /// <param name="extraWords">Such as names of places from the catalogue.</param>
    public Segmenter(IEnumerable<string> extraWords)
    {
        _words = new(WordList.Words, StringComparer.Ordinal);
        _words.UnionWith(extraWords.Select(TextUnits.Normalise).Where(w => w.Length is > 1 and <= LongestWord * 2));
        _lookup = _words.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Whether the list has it, as it stands.</summary>
    public bool Knows(string word) => _words.Contains(word);

    /// <summary>全角转半角、小写、合并空白.</summary>
    public static string Normalise(string text) => TextUnits.Normalise(text);

    /// <summary>Words in reading order, normalised; signs are left out.</summary>
    public IReadOnlyList<string> Words(string text)
    {
        var plain = TextUnits.Normalise(text);
        List<string> words = [];
        foreach (var run in TextUnits.Runs(plain))
        {
            Cut(plain, run, words);
        }

        return words;
    }

    /// <summary>字符二元组: each pair of neighbouring Chinese characters, and each run of other letters and digits whole.</summary>
    public static IEnumerable<string> Bigrams(string text)
    {
        var plain = TextUnits.Normalise(text);
        foreach (var run in TextUnits.Runs(plain))
        {
            for (var i = 0; i < run.Count; i++)
            {
                if (!run[i].IsHan || run.Count == 1)
                {
                    yield return plain.Substring(run[i].Start, run[i].Length);
                }
                else if (i + 1 < run.Count && run[i + 1].IsHan)
                {
                    yield return plain.Substring(run[i].Start, run[i].Length + run[i + 1].Length);
                }
            }
        }
    }

    private void Cut(string plain, List<TextUnit> run, List<string> words)
    {
        var path = CheapestPath(plain, run);
        var afterUnknown = false;
        for (var i = 0; i < run.Count; i += path[i].Units)
        {
            var next = i + path[i].Units;
            var isUnknown = path[i].Cost == UnknownCharacterCost;
            var beforeUnknown = isUnknown && next < run.Count && path[next].Cost == UnknownCharacterCost;
            if (beforeUnknown)
            {
                words.Add(Text(plain, run, i, 2));
            }
            else if (!isUnknown || !afterUnknown)
            {
                words.Add(Text(plain, run, i, path[i].Units));
            }

            afterUnknown = isUnknown;
        }
    }

    /// <summary>For each unit, how many units the best word that starts there has and what it costs; found from the end.</summary>
    private (int Units, int Cost)[] CheapestPath(string plain, List<TextUnit> run)
    {
        var best = new (int Units, int Cost)[run.Count];
        var total = new int[run.Count + 1];
        for (var i = run.Count - 1; i >= 0; i--)
        {
            var single = !run[i].IsHan ? WordCost : Knows(plain, run, i, 1) ? KnownCharacterCost : UnknownCharacterCost;
            best[i] = (1, single);
            total[i] = single + total[i + 1];
            for (var n = 2; n <= LongestWord && i + n <= run.Count; n++)
            {
                // On equal cost the longer word wins: it reads from the left, as people do.
                if (WordCost + total[i + n] <= total[i] && Knows(plain, run, i, n))
                {
                    best[i] = (n, WordCost);
                    total[i] = WordCost + total[i + n];
                }
            }
        }

        return best;
    }

    private bool Knows(string plain, List<TextUnit> run, int at, int units) => _lookup.Contains(Span(plain, run, at, units));

    private static string Text(string plain, List<TextUnit> run, int at, int units) => Span(plain, run, at, units).ToString();

    private static ReadOnlySpan<char> Span(string plain, List<TextUnit> run, int at, int units)
    {
        var last = run[at + units - 1];
        return plain.AsSpan(run[at].Start, last.Start + last.Length - run[at].Start);
    }
}
