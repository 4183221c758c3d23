using System.Globalization;
using System.Text.RegularExpressions;

namespace Jiesu.Intelligence.Features.Locate;

/// <summary>地名写法: one spelling for numbers in names, so that 翠林一里, 翠林1里 and 翠林壹里 are one, and 第二社区 is 2社区.</summary>
internal static partial class PlaceSpelling
{
    private const string Digits = "〇一二三四五六七八九", Formal = "零壹贰叁肆伍陆柒捌玖";

    /// <summary>Every Chinese number becomes an Arabic one, inside names too: names and texts are spelt alike and only compared with each other.</summary>
    public static string Of(string plain) => Ordinal().Replace(Number().Replace(plain, m => Value(m.Value)), "");

    private static string Value(string chinese)
    {
        var tens = chinese.IndexOfAny(['十', '拾']);
        if (tens < 0)
        {
            return string.Concat(chinese.Select(Digit));
        }

        var high = tens == 0 ? "1" : string.Concat(chinese[..tens].Select(Digit));
        var low = tens == chinese.Length - 1 ? "0" : string.Concat(chinese[(tens + 1)..].Select(Digit));
        return high + low;
    }

    private static string Digit(char c) => Math.Max(Digits.IndexOf(c, StringComparison.Ordinal), Formal.IndexOf(c, StringComparison.Ordinal)) switch
    {
        < 0 => c == '十' || c == '拾' ? "0" : c.ToString(),
        var digit => digit.ToString(CultureInfo.InvariantCulture),
    };

    [GeneratedRegex("[〇一二三四五六七八九十零壹贰叁肆伍陆柒捌玖拾]+")]
    private static partial Regex Number();

    [GeneratedRegex("第(?=[0-9])")]
    private static partial Regex Ordinal();
}
