namespace Jiesu.Platform.Text;

/// <summary>检索文本: a text cut beforehand in two ways, so that both databases find the same, however short the query.</summary>
/// <param name="Words">Words, separated by blanks.</param>
/// <param name="Grams">
/// One token for each character in reading order: it and the next one, or it alone at the end of a stretch. So each substring is a phrase,
/// and each single character the beginning of a token.
/// </param>
public sealed record SearchText(string Words, string Grams)
{
    /// <summary>Beyond this many characters a text is not searchable; PostgreSQL counts places no further than 16,383.</summary>
    public const int Longest = 12_000;

    private const int LastPlace = 16_383;

    /// <summary>Columns and options of the FTS5 table. The tokenizer <c>ascii</c> parts at blanks only, since all else was parted here, and knows no character as rare.</summary>
    public const string Fts5Columns = "words, grams, content='', contentless_delete=1, tokenize='ascii'";

    public static SearchText Of(Segmenter segmenter, string text)
    {
        var start = text.Length <= Longest ? text : text[..Longest];
        return new(string.Join(' ', segmenter.Words(start)), string.Join(' ', GramsOf(start)));
    }

    /// <summary>The literal for PostgreSQL, to be sent as a parameter and cast: <c>$1::tsvector</c>. Grams are numbered; words stand together at the last place there is, as a phrase that ends in a prefix fails on any token without a place.</summary>
    public string ToTsVector()
    {
        var grams = Grams.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((gram, i) => $"'{gram}':{i + 1}");
        var words = Words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().Select(word => $"'{word}':{LastPlace}");
        return string.Join(' ', words.Concat(grams));
    }

    private static IEnumerable<string> GramsOf(string text)
    {
        var plain = Segmenter.Normalise(text);
        return TextUnits.Runs(plain).SelectMany(run => GramsOf(plain, run));
    }

    internal static IEnumerable<string> GramsOf(string plain, List<TextUnit> run)
    {
        for (var i = 0; i < run.Count; i++)
        {
            var length = run[i].Length + (run[i].IsHan && i + 1 < run.Count && run[i + 1].IsHan ? run[i + 1].Length : 0);
            yield return plain.Substring(run[i].Start, length);
        }
    }
}
