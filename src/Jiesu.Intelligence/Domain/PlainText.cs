using System.Buffers;

namespace Jiesu.Intelligence.Domain;

/// <summary>规整文本: one form of a text for all readers here, so that full width, case and blanks make no difference.</summary>
internal static class PlainText
{
    /// <summary>What stands beyond is not read, in UTF-16 units: a request of that length has said what it is about.</summary>
    public const int Longest = 4000;

    /// <summary>
    /// Half width, lower case, without blanks, control characters and surrogates: what is left may be cut at any place.
    /// Emoji go with the surrogates, and so do the rare ideographs beyond U+FFFF.
    /// </summary>
    public static string Of(string? text)
    {
        var source = text.AsSpan(0, Math.Min(text?.Length ?? 0, Longest));
        var buffer = ArrayPool<char>.Shared.Rent(source.Length);
        var length = 0;
        foreach (var c in source)
        {
            if (!char.IsSurrogate(c) && !char.IsWhiteSpace(c) && !char.IsControl(c))
            {
                buffer[length++] = Fold(c);
            }
        }

        var plain = new string(buffer, 0, length);
        ArrayPool<char>.Shared.Return(buffer);
        return plain;
    }

    /// <summary>Title and content as one text; the mark between them keeps their words apart.</summary>
    public static string Of(string? title, string? content) =>
        string.IsNullOrWhiteSpace(title) ? Of(content) : Of(title + "。" + content);

    /// <summary>Title and content as they come in one text, the title in the first line.</summary>
    public static string OfOrder(string text) =>
        text.IndexOf('\n', StringComparison.Ordinal) is > 0 and var end ? Of(text[..end], text[(end + 1)..]) : Of(text);

    public static bool IsHan(char c) => c is >= '\u4e00' and <= '\u9fff' or >= '\u3400' and <= '\u4dbf';

    public static bool IsWord(char c) => IsHan(c) || char.IsAsciiLetterOrDigit(c);

    private static char Fold(char c) => c is >= '\uff01' and <= '\uff5e' ? char.ToLowerInvariant((char)(c - 0xfee0)) : char.ToLowerInvariant(c);
}
