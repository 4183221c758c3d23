namespace Jiesu.Platform.Text;

/// <summary>
/// 检索条件: what a person typed, for both databases. Each part between blanks must be found, as its words anywhere or as it stands.
/// Only letters and digits pass the cut, so no sign of the typed text can become query syntax.
/// </summary>
public sealed record SearchQuery
{
    private const int LongestQuery = 200;
    private const int ShortestPrefix = 4;

    private SearchQuery(string fts5, string tsQuery) => (Fts5, TsQuery) = (fts5, tsQuery);

    /// <summary>For <c>match</c> on a table of <see cref="SearchText.Fts5Columns"/>.</summary>
    public string Fts5 { get; }

    /// <summary>For PostgreSQL, to be sent as a parameter and cast: <c>@@ $1::tsquery</c>.</summary>
    public string TsQuery { get; }

    /// <summary>Null when nothing that was typed can be searched for.</summary>
    public static SearchQuery? Of(Segmenter segmenter, string typed)
    {
        var parts = Segmenter.Normalise(typed.Length <= LongestQuery ? typed : typed[..LongestQuery]).Split(' ')
            .Select(part => Part.Of(segmenter, part)).OfType<Part>().ToArray();
        return parts.Length == 0 ? null : new(string.Join(" AND ", parts.Select(p => p.Fts5)), string.Join(" & ", parts.Select(p => p.TsQuery)));
    }

    private sealed record Part(string Fts5, string TsQuery)
    {
        public static Part? Of(Segmenter segmenter, string plain)
        {
            var words = segmenter.Words(plain);
            if (words.Count == 0)
            {
                return null;
            }

            var (grams, isPrefix) = Phrase(plain);
            var asItStands = new Part($"(grams : \"{string.Join(' ', grams)}\"{(isPrefix ? "*" : "")})", $"({string.Join(" <-> ", grams.Select(g => $"'{g}'"))}{(isPrefix ? ":*" : "")})");
            return words is [var only] && only == plain
                ? asItStands                                                // one word: where it is, it stands
                : new($"(({string.Join(" AND ", words.Select(w => $"\"{w}\""))}) OR {asItStands.Fts5})", $"(({string.Join(" & ", words.Select(w => $"'{w}'"))}) | {asItStands.TsQuery})");
        }

        /// <summary>
        /// The last Chinese character needs no token of its own where the pair before holds it, as the text may go on behind it; alone it is asked
        /// for as the beginning of a token. A longer run of letters and digits may go on too: numbers are often typed in part.
        /// </summary>
        private static (List<string> Grams, bool IsPrefix) Phrase(string plain)
        {
            var runs = TextUnits.Runs(plain).ToArray();
            var grams = runs.SelectMany(run => SearchText.GramsOf(plain, run)).ToList();
            if (runs[^1] is [.., { IsHan: true }, { IsHan: true }])
            {
                grams.RemoveAt(grams.Count - 1);
                return (grams, false);
            }

            return (grams, runs[^1] is [.., { IsHan: true } or { Length: >= ShortestPrefix }]);
        }
    }
}
