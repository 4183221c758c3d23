using System.Globalization;
using System.Text.RegularExpressions;
using Jiesu.Intelligence.Contracts;
using Jiesu.Intelligence.Domain;

namespace Jiesu.Intelligence.Features.Notice;

/// <summary>标记: 紧急, 扬言, 群诉, 供暖, 供水, 消防安全, by word lists and by headcount (hotline guide 6.2, 6.3).</summary>
internal static partial class Flags
{
    private const string Group = "群诉";
    private const int GroupSize = 10;
    private const string Nothing = "-";
    private const int MostWords = 5;

    private static readonly string[] Order = [.. Entries().Select(e => e.Flag).Distinct().Where(f => f != Nothing)];

    private static readonly WordList<string[]> Words = new(Entries().GroupBy(e => e.Word, e => e.Flag).ToDictionary(g => g.Key, g => g.ToArray()));

    /// <summary>In the order of the list, each once, with the words that raised it as they stand in the text.</summary>
    public static IReadOnlyList<FlagAdvice> Of(string plain)
    {
        var raised = Words.In(plain).SelectMany(f => f.Value.Select(flag => (Flag: flag, Word: plain.Substring(f.Start, f.Length))))
            .Concat(Headcount().Matches(plain).Where(m => NumberOf(m.Groups["number"].Value) >= GroupSize).Select(m => (Flag: Group, Word: m.Value)))
            .ToLookup(r => r.Flag, r => r.Word);
        return [.. Order.Where(raised.Contains).Select(flag => new FlagAdvice(flag, [.. raised[flag].Distinct().Take(MostWords)]))];
    }

    private static IEnumerable<(string Flag, string Word)> Entries() =>
        WordFile.Lines("flags.txt").Select(line => line.Split('\t', ' ')).SelectMany(parts => parts[1..].Select(word => (parts[0], word)));

    /// <summary>文中人数: every number of persons or households in the text; 几十 is ten, 上百 a hundred, 三十多 thirty.</summary>
    public static IEnumerable<int> Headcounts(string plain) => Headcount().Matches(plain).Select(m => NumberOf(m.Groups["number"].Value));

    private static int NumberOf(string number)
    {
        if (int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return count;
        }

        var (sum, digit) = (0, 0);
        foreach (var c in number)
        {
            if ("一二三四五六七八九".IndexOf(c, StringComparison.Ordinal) is >= 0 and var at)
            {
                digit = at + 1;
            }
            else if (c == '两')
            {
                digit = 2;
            }
            else if (c is '十' or '百' or '千')
            {
                sum += Math.Max(digit, 1) * (c == '十' ? 10 : c == '百' ? 100 : 1000);
                digit = 0;
            }
            else if (c == '万')
            {
                (sum, digit) = (Math.Max(sum + digit, 1) * 10_000, 0);
            }
        }

        return sum + digit;
    }

    [GeneratedRegex("(?<![0-9]|第[0-9一二两三四五六七八九十百千万零]{0,9})(?<number>[0-9]{1,5}|[一二两三四五六七八九十百千万零数几上]{1,9})(多|余|几|来)?(名|位|户|个人|个业主|个居民|人(?!民|行|员|次|均|大|工|间))")]
    private static partial Regex Headcount();
}
