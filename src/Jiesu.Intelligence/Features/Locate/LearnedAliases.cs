using System.Text.RegularExpressions;
using Jiesu.Intelligence.Domain;

namespace Jiesu.Intelligence.Features.Locate;

/// <summary>地址确认 counted: so many orders with this name went to this place, decided by so many people.</summary>
/// <param name="Code">区划代码.</param>
internal sealed record NameTally(string Name, string Code, int Orders, int People);

/// <summary>
/// 别名学习: names of compounds and roads become aliases of the community that people chose for them. Three confirmations of at least two people, nine in ten of them for the same
/// community: a road that passes several communities never becomes the alias of one.
/// </summary>
internal static partial class LearnedAliases
{
    internal const int Fewest = 3;
    private const int FewestPeople = 2;
    private const double Agreement = 0.9;

    public static IReadOnlyList<NameTally> Of(IEnumerable<NameTally> tallies) =>
    [
        .. tallies.GroupBy(t => t.Name).Select(g => (All: g.Sum(t => t.Orders), Best: g.MaxBy(t => t.Orders)!))
            .Where(a => a.Best.Orders >= Fewest && a.Best.People >= FewestPeople && a.Best.Orders >= a.All * Agreement)
            .Select(a => a.Best).OrderBy(a => a.Name, StringComparer.Ordinal),
    ];

    /// <summary>
    /// Without the division before it and the number of the house after it: 方庄街道锦绣小区3号楼 teaches 锦绣小区. What still holds a house is left out: it would tell where somebody lives.
    /// </summary>
    public static IReadOnlyList<string> Names(string? address) =>
    [
        .. Entities.In(Division().Replace(PlainText.Of(address), "")).Select(n => n.IndexOfAny([.. "0123456789"]) is > 2 and var cut ? n[..cut] : n)
            .Where(n => n.Length is > 2 and <= StoredAlias.LongestName && !House().IsMatch(n)).Distinct(),
    ];

    [GeneratedRegex("^.*(街道|地区|社区)(?=.{3})")]
    private static partial Regex Division();

    [GeneratedRegex("[0-9](号|楼|栋|幢|座|弄|单元|门|层|室)|^[0-9]")]
    private static partial Regex House();
}
