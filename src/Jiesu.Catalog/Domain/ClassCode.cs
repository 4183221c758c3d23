namespace Jiesu.Catalog.Domain;

/// <summary>分类编码 AABBCC: six digits, two a level; an upper level ends in zeros.</summary>
internal static class ClassCode
{
    public const int Length = 6;

    public static bool IsCode(string? text) =>
        text is { Length: Length } && text.All(char.IsAsciiDigit) && text[..2] != "00" && !(text[2..4] == "00" && text[4..] != "00");

    public static int LevelOf(string code) => code[2..] == "0000" ? 1 : code[4..] == "00" ? 2 : 3;

    public static string? ParentOf(string code) => LevelOf(code) switch
    {
        1 => null,
        2 => code[..2] + "0000",
        _ => code[..4] + "00",
    };

    /// <summary>The code and those above it, the closest first.</summary>
    public static IEnumerable<string> Upwards(string? code)
    {
        for (var at = code; at is not null; at = ParentOf(at))
        {
            yield return at;
        }
    }
}
