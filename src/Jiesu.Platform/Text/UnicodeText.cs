using System.Text;

namespace Jiesu.Platform.Text;

/// <summary>输入文字清理: what may be stored. Rare characters (𠮷, 䶮) and emoji are kept.</summary>
public static class UnicodeText
{
    /// <summary>The beginning of a text, never between the halves of a rare character.</summary>
    public static string Head(string text, int longest) => text.Length <= longest ? text : text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];

    /// <summary>Lone surrogates and noncharacters become U+FFFD; line ends become LF; NUL and other control characters but tab go.</summary>
    public static string Clean(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~') || IsClean(text))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        var previous = default(Rune);
        foreach (var rune in text.EnumerateRunes())          // gives U+FFFD for a lone surrogate
        {
            if (rune.Value == '\r' || (rune.Value == '\n' && previous.Value != '\r'))
            {
                clean.Append('\n');
            }
            else if (!Rune.IsControl(rune) || rune.Value == '\t')
            {
                clean.Append(IsNoncharacter(rune) ? Rune.ReplacementChar : rune);
            }

            previous = rune;
        }

        return clean.ToString();
    }

    private static bool IsClean(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!Rune.TryGetRuneAt(text, i, out var rune) || (Rune.IsControl(rune) && rune.Value is not ('\n' or '\t')) || IsNoncharacter(rune))
            {
                return false;
            }

            i += rune.Utf16SequenceLength - 1;
        }

        return true;
    }

    private static bool IsNoncharacter(Rune rune) => (rune.Value & 0xFFFE) == 0xFFFE || rune.Value is >= 0xFDD0 and <= 0xFDEF;
}
