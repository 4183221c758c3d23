using System.Text;

namespace Jiesu.Orders.Features.Intake;

/// <summary>Texts from outside: control characters leave, rare characters and emoji stay, a lone surrogate becomes U+FFFD.</summary>
internal static class IntakeText
{
    /// <summary>One line; null when nothing is left.</summary>
    public static string? Line(string? text) => Clean(text, isLine: true);

    /// <summary>Several lines, parted by \n; null when nothing is left.</summary>
    public static string? Lines(string? text) => Clean(text, isLine: false);

    /// <summary>Length in characters as people count them: a rare character is one, not two.</summary>
    public static int Length(string text) => text.EnumerateRunes().Count();

    private static string? Clean(string? text, bool isLine)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (!Rune.IsControl(rune))
            {
                clean.Append(rune);
            }
            else if (rune.Value is '\n' or '\t')
            {
                clean.Append(isLine ? ' ' : (char)rune.Value);
            }
        }

        var trimmed = clean.ToString().Trim();
        return trimmed.Length == 0 ? null : trimmed;
    }
}
