namespace Jiesu.Intelligence.Domain;

/// <summary>词表文件: lists that ship inside the program; one entry a line, <c>#</c> begins a remark.</summary>
internal static class WordFile
{
    public static IReadOnlyList<string> Lines(string name)
    {
        using var stream = typeof(WordFile).Assembly.GetManifestResourceStream("Jiesu.Intelligence." + name) ?? throw new InvalidOperationException($"No list {name}.");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')];
    }
}
