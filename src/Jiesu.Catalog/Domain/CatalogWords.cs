namespace Jiesu.Catalog.Domain;

/// <summary>Lists that people type: separated by 、 or commas, in any mixture, without blanks around.</summary>
internal static class CatalogWords
{
    private static readonly char[] Separators = ['、', '，', ',', '；', ';', '\n', '\r'];

    public static string[] Split(string? text) =>
        (text ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static string Join(IEnumerable<string> words) => string.Join('、', words.Distinct(StringComparer.Ordinal));
}
