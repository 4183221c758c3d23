namespace Jiesu.Platform.Text;

/// <summary>词表 that comes with the program: <c>words.txt</c>.</summary>
internal static class WordList
{
    public static IReadOnlyCollection<string> Words { get; } = Load();

    private static HashSet<string> Load()
    {
        using var list = typeof(WordList).Assembly.GetManifestResourceStream("Jiesu.Platform.Text.words.txt")!;
        using var lines = new StreamReader(list);
        var words = new HashSet<string>(StringComparer.Ordinal);
        while (lines.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
            {
                words.UnionWith(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            }
        }

        return words;
    }
}
