using System.Text.RegularExpressions;
using Jiesu.Intelligence.Domain;

namespace Jiesu.Intelligence.Features.Locate;

/// <summary>地址确认: a person chose or kept this community for an address.</summary>
/// <param name="Code">区划代码 of the community.</param>
internal sealed record PlaceConfirmation(string Address, string Code, Guid By);

/// <summary>
/// 别名学习: names of compounds and roads become aliases of the community that people chose for them. Three confirmations of at least two people, nine in ten of them for the same
/// community: a road that passes several communities never becomes the alias of one.
/// </summary>
internal static partial class LearnedAliases
{
    private const int Fewest = 3, FewestPeople = 2;
    private const double Agreement = 0.9;

    public static IReadOnlyList<PlaceAlias> Of(IEnumerable<PlaceConfirmation> confirmations) =>
    [
        .. confirmations.SelectMany(c => Names(c.Address).Select(name => (name, c))).GroupBy(x => x.name, x => x.c)
            .Select(g => (Name: g.Key, All: g.Count(), Best: g.GroupBy(c => c.Code).MaxBy(b => b.Count())!))
            .Where(a => a.Best.Count() >= Fewest && a.Best.Select(c => c.By).Distinct().Count() >= FewestPeople && a.Best.Count() >= a.All * Agreement)
            .Select(a => new PlaceAlias(a.Name, a.Best.Key)).OrderBy(a => a.Name, StringComparer.Ordinal),
    ];

    /// <summary>Without the division before it and the number of the house after it: 方庄街道锦绣小区3号楼 teaches 锦绣小区.</summary>
    private static IEnumerable<string> Names(string address) =>
        Entities.In(Division().Replace(PlainText.Of(address), "")).Select(n => n.IndexOfAny([.. "0123456789"]) is > 2 and var cut ? n[..cut] : n).Where(n => n.Length > 2).Distinct();

    [GeneratedRegex("^.*(街道|地区|社区)(?=.{3})")]
    private static partial Regex Division();
}
