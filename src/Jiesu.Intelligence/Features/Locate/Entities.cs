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
        var names = Name().Matches(plain[..Math.Min(plain.Length, LongestText)]).Select(m => Trim(m.Value)).Where(n => n.Length > 2).Distinct().ToArray();
        return [.. names.Where(n => !names.Any(other => other.Length > n.Length && other.Contains(n, StringComparison.Ordinal))).Take(Most)];
    }

    /// <summary>Cuts off the verb or preposition before the name: 家住翠林小区 is 翠林小区.</summary>
    private static string Trim(string name)
    {
        var cut = Before().Match(name);
        return cut.Success ? name[cut.Length..] : name;
    }

    [GeneratedRegex("[\\u4e00-\\u9fffa-z0-9]{1,9}?(小区|家园|花园|公寓|大厦|广场|商场|市场|超市|小学|中学|大学|学校|幼儿园|医院|卫生院|公园|地铁站|公交站|车站|立交桥|胡同|大街|大道|东路|西路|南路|北路|中路|街|路|有限公司|公司|工地|饭店|餐厅|停车场)([东西南北]侧|口)?([0-9]{1,4}(号院|号楼|号|栋|弄))?([0-9]{1,3}(号楼|单元|栋))?([0-9]{1,2}单元)?")]
    private static partial Regex Name();

    [GeneratedRegex("^.*(位于|家住|居住在|反映|就是|关于|以及|还有|附近|旁边|对面|在|住|到|去|从|向|与|和|及|的|是|由|被|把|对|给|有|至|经|沿|该|此|这|那|我|们|了|将)(?=.{3,})")]
    private static partial Regex Before();
}
