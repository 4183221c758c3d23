namespace Jiesu.Catalog.Seeds;

/// <summary>One of the tab-separated files that the program brings; rows by column name.</summary>
internal static class SeedFile
{
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Read(string name)
    {
        var lines = Text(name).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var columns = lines[0].TrimEnd('\r').Split('\t');
        return [.. lines.Skip(1).Select(l => columns.Zip(l.TrimEnd('\r').Split('\t')).ToDictionary(x => x.First, x => x.Second))];
    }

    public static string Text(string name)
    {
        using var stream = typeof(SeedFile).Assembly.GetManifestResourceStream($"Jiesu.Catalog.Seeds.{name}")
            ?? throw new InvalidOperationException($"No seed file {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
