using System.Globalization;
using System.Text;
using System.Xml;

namespace Jiesu.Platform.Spreadsheets;

/// <summary>Characters that XML cannot carry stand in a workbook as <c>_x000D_</c>.</summary>
internal static class XlsxText
{
    private const int EscapeLength = 7;

    public static string Unescape(string text)
    {
        var at = text.IndexOf("_x", StringComparison.Ordinal);
        if (at < 0)
        {
            return text;
        }

        var plain = new StringBuilder(text.Length).Append(text, 0, at);
        while (at < text.Length)
        {
            if (IsEscape(text, at, out var code))
            {
                plain.Append((char)code);
                at += EscapeLength;
            }
            else
            {
                plain.Append(text[at++]);
            }
        }

        return plain.ToString();
    }

    /// <summary>What looks like an escape is escaped itself; a lone surrogate, which no file can hold, becomes U+FFFD.</summary>
    public static string Escape(string text)
    {
        if (!NeedsEscape(text))
        {
            return text;
        }

        var safe = new StringBuilder(text.Length + EscapeLength);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsSurrogate(c))
            {
                var isPair = i + 1 < text.Length && char.IsSurrogatePair(c, text[i + 1]);
                safe.Append(isPair ? text.AsSpan(i++, 2) : "\uFFFD");
            }
            else if (!XmlConvert.IsXmlChar(c) || c == '\r' || IsEscape(text, i, out _))
            {
                safe.Append(CultureInfo.InvariantCulture, $"_x{(int)c:X4}_");
            }
            else
            {
                safe.Append(c);
            }
        }

        return safe.ToString();
    }

    private static bool NeedsEscape(string text)
    {
        foreach (var c in text)
        {
            if (c < ' ' || c == '_' || char.IsSurrogate(c) || c >= '\uFFFE')
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsEscape(string text, int at, out int code)
    {
        code = 0;
        return at + EscapeLength <= text.Length && text[at] == '_' && text[at + 1] == 'x' && text[at + 6] == '_'
            && int.TryParse(text.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out code);
    }
}
