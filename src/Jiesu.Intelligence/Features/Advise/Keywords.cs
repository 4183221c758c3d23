using Jiesu.Catalog.Contracts;
using Jiesu.Intelligence.Domain;
using Jiesu.Intelligence.Features.Similar;
using Jiesu.Intelligence.Features.Words;

namespace Jiesu.Intelligence.Features.Advise;

/// <summary>
/// 关键词: words of the dictionary first, each by its 标准词; then words of the class tree, the rarest in the tree first; then the words that spoke for the best class, polite phrases aside.
/// 停用词 are never among them.
/// </summary>
internal sealed class Keywords
{
    private const int Most = 8;
    private readonly WordList<double> _words;
    private readonly Dictionary<string, string> _shown;
    private readonly WordList<string> _dictionary;
    private readonly HashSet<string> _stops;

    public Keywords(IReadOnlyList<ClassNode> classes, IReadOnlyList<DictionaryWord> dictionary)
    {
        var words = classes.SelectMany(c => c.Keywords.Append(c.Name).Select(PlainText.Of).Distinct()).Where(w => w.Length > 1).GroupBy(w => w);
        _words = new(words.ToDictionary(w => w.Key, w => Math.Log((1.0 + classes.Count) / w.Count())));
        _stops = dictionary.Where(w => w.IsStop).Select(w => w.Term).ToHashSet();
        var used = dictionary.Where(w => !w.IsStop && !_stops.Contains(w.Shown)).ToArray();
        _shown = used.Select(w => (w.Shown, w.Shown)).Concat(used.Select(w => (w.Term, w.Shown))).DistinctBy(w => w.Item1).ToDictionary(w => w.Item1, w => w.Item2);
        _dictionary = new(_shown);
    }

    public IReadOnlyList<string> Of(string plain, string evidence)
    {
        var found = _dictionary.In(plain);
        var named = found.Select(f => f.Value).Distinct().ToArray();
        var left = Without(plain, found);
        var known = _words.In(left).Select(f => (Word: left.Substring(f.Start, f.Length), f.Value)).GroupBy(f => f.Word)
            .OrderByDescending(g => g.Sum(f => f.Value)).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Key).ToArray();
        string[] said = [.. named, .. known, .. found.Select(f => plain.Substring(f.Start, f.Length))];
        var heard = evidence.Split('、', StringSplitOptions.RemoveEmptyEntries).Where(w => !IsCommon(w) && !said.Any(k => k.Contains(w, StringComparison.Ordinal) || w.Contains(k, StringComparison.Ordinal)));
        return [.. named.Concat(known).Concat(heard).Where(w => !_stops.Contains(w)).Distinct().Take(Most)];
    }

    private static bool IsCommon(string word) => TextVector.Common.In(word) is [{ Start: 0 } whole] && whole.Length == word.Length;

    /// <summary>What a word of the dictionary took, no word of the tree takes again.</summary>
    private static string Without(string plain, IReadOnlyList<Found<string>> found)
    {
        var letters = plain.ToCharArray();
        foreach (var word in found)
        {
            letters.AsSpan(word.Start, word.Length).Fill(' ');
        }

        return new(letters);
    }
}
