using Jiesu.Catalog.Contracts;
using Jiesu.Intelligence.Domain;

namespace Jiesu.Intelligence.Features.Advise;

/// <summary>关键词: words of the class tree that the text uses, the rarest in the tree first; then the words that spoke for the best class.</summary>
internal sealed class Keywords
{
    private const int Most = 8;
    private readonly WordList<double> _words;

    public Keywords(IReadOnlyList<ClassNode> classes)
    {
        var words = classes.SelectMany(c => c.Keywords.Append(c.Name).Select(PlainText.Of).Distinct()).Where(w => w.Length > 1).GroupBy(w => w);
        _words = new(words.ToDictionary(w => w.Key, w => Math.Log((1.0 + classes.Count) / w.Count())));
    }

    public IReadOnlyList<string> Of(string plain, string evidence)
    {
        var known = _words.In(plain).Select(f => (Word: plain.Substring(f.Start, f.Length), f.Value)).GroupBy(f => f.Word)
            .OrderByDescending(g => g.Sum(f => f.Value)).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Key).ToArray();
        var heard = evidence.Split('、', StringSplitOptions.RemoveEmptyEntries).Where(w => !known.Any(k => k.Contains(w, StringComparison.Ordinal) || w.Contains(k, StringComparison.Ordinal)));
        return [.. known.Concat(heard).Take(Most)];
    }
}
