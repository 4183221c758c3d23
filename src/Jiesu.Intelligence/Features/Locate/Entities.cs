using System.Text.RegularExpressions;

namespace Jiesu.Intelligence.Features.Locate;

/// <summary>实体: names of estates, roads, schools, firms and house numbers, by the word they end in. Candidates for a person to click, not facts.</summary>
internal static partial class Entities
{
    private const int Most = 8;
    private const int LongestText = 1500;

    /// <summary>In the order of the text, each once; what stands inside a longer one is left out.</summary>
    public static IReadOnlyList<string> In(string plain)
    {
        var names = Find(plain).Select(n => plain.Substring(n.Start, n.Length)).Distinct().ToArray();
        return [.. names.Where(n => !names.Any(other => other.Length > n.Length && other.Contains(n, StringComparison.Ordinal))).Take(Most)];
    }

    /// <summary>Every mention, in the order of the text.</summary>
    public static IEnumerable<(int Start, int Length, bool IsCompany)> Find(string text) =>
        from match in Name().Matches(text[..Math.Min(text.Length, LongestText)])
        let cut = Before().Match(match.Value).Length
        where match.Length - cut > 2 && !Wish().IsMatch(match.Value[cut..])
        select (match.Index + cut, match.Length - cut, Company().IsMatch(match.Value));

    [GeneratedRegex("[\\u4e00-\\u9fffa-z0-9]{1,9}?(小区|家园|花园|公寓|大厦|广场|商场|市场|超市|小学|中学|大学|学校|幼儿园|医院|卫生院|公园|地铁站|公交站|车站|立交桥|胡同|大街|大道|东路|西路|南路|北路|中路|街(?!道|坊)|路|有限公司|公司|工地|饭店|餐厅|停车场)([东西南北]侧|口)?([0-9]{1,4}(号院|号楼|号|栋|弄))?([0-9]{1,3}(号楼|单元|栋))?([0-9]{1,2}单元)?|[\\u4e00-\\u9fff]{2,8}?([一二三四五六七八九十东西南北]区|里|苑|园|村)[0-9]{1,4}(号楼|号院|楼|栋)", RegexOptions.IgnoreCase)]
    private static partial Regex Name();

    /// <summary>The verb or preposition before the name: 家住翠林小区 is 翠林小区.</summary>
    [GeneratedRegex("^.*(位于|家住|居住在|反映|就是|关于|以及|还有|附近|旁边|对面|在|住|到|去|从|向|与|和|及|的|是|由|被|把|对|给|有(?!限)|至|经|沿|该|此|这|那|我|们|了|将|希望|建议|要求|增设|增加|安装|拖欠|街道|社区|地区|[镇乡](?!政府)|居委会|[0-9一二三四五六七八九十](?:点|点半|时|分|日|月|年)|上午|中午|下午|晚上|凌晨|夜间|半夜|每天)(?=.{3,})")]
    private static partial Regex Before();

    /// <summary>增设路 wants a road and names none.</summary>
    [GeneratedRegex("^(?:[这那该]|门口|外围)|希望|建议|要求|增设|增加|安装|没有|什么|哪|不|看")]
    private static partial Regex Wish();

    [GeneratedRegex("(公司|超市|商场|饭店|餐厅|医院|卫生院|幼儿园|小学|中学|大学|学校)$")]
    private static partial Regex Company();
}
