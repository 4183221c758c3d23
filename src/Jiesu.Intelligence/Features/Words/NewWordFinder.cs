using Jiesu.Catalog.Contracts;
using Jiesu.Intelligence.Contracts;
using Jiesu.Intelligence.Domain;
using Jiesu.Intelligence.Features.Addresses;
using Jiesu.Intelligence.Features.Language;
using Jiesu.Intelligence.Features.Similar;
using Jiesu.Platform;
using Jiesu.Platform.Text;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Intelligence.Features.Words;

/// <summary>Reads the texts of two spans, strikes out who and where, and leaves out what the house knows already.</summary>
internal sealed class NewWordFinder(JiesuDb db, IEnumerable<IRecentTexts> sources, ICatalogue catalogue, Aliases aliases)
{
    public const int Days = 30;

    /// <summary>The newest of each span: some four seconds and 150 MB.</summary>
    public const int MostOrders = 20_000;

    private static readonly Segmenter Common = new([]);

    /// <returns>Orders read, and what was found in them, the best first.</returns>
    public async Task<(int Orders, IReadOnlyList<NewTerm> Terms)> FindAsync(DateTimeOffset now, CancellationToken ct)
    {
        var (texts, names) = (new List<TermText>(), new HashSet<string>());
        await foreach (var text in ReadAsync(now.AddDays(-Days), now, ct))
        {
            names.UnionWith(Redaction.Names(text.Text));
            var struck = new Redaction(text.Known).Strike(text.Text);
            texts.Add(new(struck, HanOf(struck), text.Person));
        }

        var earlier = new List<string>();
        await foreach (var text in ReadAsync(now.AddDays(-2 * Days), now.AddDays(-Days), ct))
        {
            earlier.Add(text.Text);
        }

        var known = await KnownAsync(names, ct);
        return (texts.Count, await Task.Run(() => new NewTerms(texts, known, ct).Find(earlier), ct));
    }

    private async IAsyncEnumerable<RecentText> ReadAsync(DateTimeOffset from, DateTimeOffset until, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var source in sources)
        {
            await foreach (var text in source.ReadAsync(from, until, MostOrders, ct))
            {
                yield return text;
            }
        }
    }

    /// <summary>Letter for letter the same; blank where it is no Chinese character, a placeholder, or a phrase that every other request has.</summary>
    private static string HanOf(string struck)
    {
        var letters = struck.ToCharArray();
        foreach (var phrase in TextVector.Common.In(struck))
        {
            letters.AsSpan(phrase.Start, phrase.Length).Fill(NewTerms.Gap);
        }

        var isPlaceholder = false;
        for (var i = 0; i < letters.Length; i++)
        {
            isPlaceholder = struck[i] == '〔' || (isPlaceholder && i > 0 && struck[i - 1] != '〕');
            letters[i] = isPlaceholder || !PlainText.IsHan(letters[i]) ? NewTerms.Gap : letters[i];
        }

        return new(letters);
    }

    /// <summary>What is no new word: one of the catalogue, the dictionary, a common one; a piece of these; and whatever has a place's or a person's name in it.</summary>
    private async Task<Func<string, bool>> KnownAsync(HashSet<string> names, CancellationToken ct)
    {
        var day = await catalogue.GetAsync(ct);
        var entered = await db.Set<StoredWord>().AsNoTracking().Select(w => new { w.Term, w.Canonical }).ToListAsync(ct);
        string[] places = [.. day.Places.Select(p => p.Name), .. (await aliases.GetAsync(ct)).Select(a => a.Name)];
        var whole = names.Concat(places).Where(n => n.Length > 1).Distinct().ToDictionary(n => n, _ => true);
        var within = whole.Count > 0 ? new WordList<bool>(whole) : null;
        var pieces = day.Classes.SelectMany(c => c.Keywords.Append(c.Name)).Concat(whole.Keys).Concat(entered.SelectMany(w => new[] { w.Term, w.Canonical ?? w.Term })).SelectMany(Pieces).ToHashSet();
        return word => pieces.Contains(word) || Common.Knows(word) || within?.Every(word).Any() == true;
    }

    private static IEnumerable<string> Pieces(string word) =>
        from start in Enumerable.Range(0, word.Length) from length in Enumerable.Range(NewTerms.Shortest, NewTerms.Longest) where start + length <= word.Length select word.Substring(start, length);
}
