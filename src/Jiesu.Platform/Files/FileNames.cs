using System.Globalization;
using System.Text;

namespace Jiesu.Platform.Files;

/// <summary>文件名规范化 (SEC-84): for showing and for downloads; on disk a file is named by its hash.</summary>
public static class FileNames
{
    private const int Longest = 120;
    private const string Unnamed = "未命名";

    private static readonly HashSet<string> Devices = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9",
    };

    /// <summary>The last part of any path, without control, direction and zero-width characters or signs that a file system refuses; Chinese stays. Never empty.</summary>
    public static string Normalise(string? name)
    {
        var last = name is null ? "" : Text.UnicodeText.Clean(name).Split('/', '\\')[^1].Normalize(NormalizationForm.FormC);
        var plain = new StringBuilder(last.Length);
        foreach (var rune in last.EnumerateRunes().Where(IsVisible))
        {
            plain.Append("<>:\"|?*\uFFFD".Contains(rune.ToString(), StringComparison.Ordinal) ? "_" : rune);
        }

        var safe = Bare(Shorten(Bare(plain.ToString())));
        return safe.Length == 0 ? Unnamed : Devices.Contains(safe.Split('.')[0].Trim()) ? Bare(Shorten("_" + safe)) : safe;
    }

    /// <summary>Without the dot, lower case; empty when there is none.</summary>
    public static string Extension(string name) => Path.GetExtension(name).TrimStart('.').ToLowerInvariant();

    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);

    /// <summary>Neither blanks nor dots at either end, in whatever order they stand there; cutting may leave some anew.</summary>
    private static string Bare(string name)
    {
        var (from, until) = (0, name.Length);
        while (from < until && IsEdge(name[from]))
        {
            from++;
        }

        while (until > from && IsEdge(name[until - 1]))
        {
            until--;
        }

        return name[from..until];
    }

    private static bool IsEdge(char c) => c == '.' || char.IsWhiteSpace(c);

    /// <summary>The extension is kept; no character is cut in two.</summary>
    private static string Shorten(string name)
    {
        if (name.Length <= Longest)
        {
            return name;
        }

        var extension = Path.GetExtension(name) is { Length: <= 10 } known ? known : "";
        var stem = name[..(Longest - extension.Length)];
        return (char.IsHighSurrogate(stem[^1]) ? stem[..^1] : stem) + extension;
    }
}
