namespace Jiesu.Platform.Spreadsheets;

/// <summary>公式防护 (SEC-86): a text that a spreadsheet program would run as a formula gets an apostrophe in front; reading takes it off again.</summary>
internal static class CsvFormula
{
    private const string Starts = "=+-@\t\r\0＝＋－＠";

    public static string Guard(string text) => IsRisky(text) ? "'" + text : text;

    public static ReadOnlySpan<char> Unguard(ReadOnlySpan<char> text) => text.StartsWith('\'') && IsRisky(text[1..]) ? text[1..] : text;

    /// <summary>Apostrophes before the sign count as part of it; otherwise a text that has one already would lose it on the way back.</summary>
    private static bool IsRisky(ReadOnlySpan<char> text)
    {
        var rest = text.TrimStart('\'');
        return rest.Length > 0 && Starts.Contains(rest[0]);
    }
}
