using System.Text.RegularExpressions;
using Jiesu.Intelligence.Domain;

namespace Jiesu.Intelligence.Features.Address;

/// <summary>地址分词与规整: tokens as the parser reads them, and one spelling for numbers.</summary>
internal static partial class AddressWords
{
    private const string Digits = "〇一二三四五六七八九";

    /// <summary>One token a character; a run of digits or of letters, with hyphens between digits, is one token.</summary>
    public static string[] Tokens(string plain) => [.. Token().Matches(plain).Select(m => m.Value)];

    /// <summary>Chinese numbers before a word that is counted become Arabic ones: 三号楼二单元 is 3号楼2单元. A number in a name (三路居) stays.</summary>
    public static string WithArabicNumbers(string plain) => Counted().Replace(plain, m => Number(m.Groups["n"].Value) + m.Groups["u"].Value);

    /// <summary>Plain text with Arabic numbers and one word for a building.</summary>
    public static string Even(string? text) => Building().Replace(WithArabicNumbers(PlainText.Of(text)), "号楼");

    private static string Number(string chinese)
    {
        if (!chinese.Any("十百".Contains))
        {
            return string.Concat(chinese.Select(c => Digit(c)));
        }

        var (sum, digit) = (0, 0);
        foreach (var c in chinese)
        {
            (sum, digit) = c switch
            {
                '十' => (sum + (Math.Max(digit, 1) * 10), 0),
                '百' => (sum + (Math.Max(digit, 1) * 100), 0),
                _ => (sum, Digit(c)),
            };
        }

        return (sum + digit).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private static int Digit(char c) => c switch
    {
        '零' => 0,
        '两' => 2,
        _ => Digits.IndexOf(c, StringComparison.Ordinal),
    };

    [GeneratedRegex("[0-9]+(-[0-9]+)*|[a-zA-Z]+|.", RegexOptions.Singleline)]
    private static partial Regex Token();

    [GeneratedRegex("(?<n>[〇零一二两三四五六七八九十百]+)(?<u>号|栋|幢|座|楼|单元|门|层|室|期|区|巷|弄|组|队|排|米|里|段|院)")]
    private static partial Regex Counted();

    [GeneratedRegex("(?<=[0-9a-z])(栋|幢|座|#楼?|楼)(?![0-9]*层)")]
    private static partial Regex Building();
}
