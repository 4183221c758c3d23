using System.Globalization;
using System.Text;

namespace Jiesu.Platform.Text;

/// <summary>A piece of normalised text that is never cut further: one Chinese character, or a run of other letters and digits.</summary>
/// <param name="Start">In the normalised text, UTF-16.</param>
/// <param name="IsHan">汉字.</param>
internal readonly record struct TextUnit(int Start, int Length, bool IsHan);

/// <summary>How any text becomes letters and digits only; signs, blanks and emoji separate.</summary>
internal static class TextUnits
{
    /// <summary>PostgreSQL refuses a token of 2 KB.</summary>
    private const int LongestUnit = 64;

    /// <summary>NFKC (full width becomes half width), lower case, whitespace as single blanks.</summary>
    public static string Normalise(string text)
    {
        var plain = UnicodeText.Clean(text).Normalize(NormalizationForm.FormKC).ToLowerInvariant();
        var one = new StringBuilder(plain.Length);
        foreach (var c in plain)
        {
            if (!char.IsWhiteSpace(c))
            {
                one.Append(c);
            }
            else if (one.Length > 0 && one[^1] != ' ')
            {
                one.Append(' ');
            }
        }

        return one.ToString().TrimEnd();
    }

    /// <summary>The units of one stretch without separator.</summary>
    public static IEnumerable<List<TextUnit>> Runs(string normalised)
    {
        List<TextUnit> run = [];
        for (var i = 0; i < normalised.Length;)
        {
            var rune = Rune.GetRuneAt(normalised, i);
            if (!Rune.IsLetterOrDigit(rune) && !(run.Count > 0 && IsMark(rune)))
            {
                if (run.Count > 0)
                {
                    yield return run;
                    run = [];
                }
            }
            else if (IsHan(rune))
            {
                run.Add(new(i, rune.Utf16SequenceLength, true));
            }
            else if (run is [.., { IsHan: false, Length: < LongestUnit } last])
            {
                run[^1] = last with { Length = last.Length + rune.Utf16SequenceLength };
            }
            else
            {
                run.Add(new(i, rune.Utf16SequenceLength, false));
            }

            i += rune.Utf16SequenceLength;
        }

        if (run.Count > 0)
        {
            yield return run;
        }
    }

    /// <summary>Combining marks belong to the letter before them.</summary>
    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsHan(Rune rune) => rune.Value is (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF) or 0x3007;
}
