using Jiesu.Catalog.Contracts;
using Jiesu.Intelligence.Domain;

namespace Jiesu.Intelligence.Features.Classify;

/// <summary>目录词: what the class tree itself says of its leaves, as texts to learn from. So an empty installation gives advice, and a new class is known before its first order.</summary>
internal static class CatalogueWords
{
    public static TrainingSet Of(IReadOnlyList<ClassNode> classes)
    {
        var parents = classes.Select(c => c.ParentCode).ToHashSet();
        var set = new TrainingSet();
        foreach (var leaf in classes.Where(c => !parents.Contains(c.Code)).OrderBy(c => c.Code, StringComparer.Ordinal))
        {
            foreach (var text in Texts(leaf))
            {
                set.Add(PlainText.Of(text), leaf.Code);
            }
        }

        return set;
    }

    /// <summary>The path, the name, each keyword, and all keywords together.</summary>
    private static IEnumerable<string> Texts(ClassNode leaf) =>
        [leaf.Path.Replace("->", " ", StringComparison.Ordinal), leaf.Name, .. leaf.Keywords, string.Join(' ', leaf.Keywords.Prepend(leaf.Name))];
}
