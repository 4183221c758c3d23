using Jiesu.Identity.Contracts;

namespace Jiesu.Evaluation.Domain;

/// <summary>考评分组: who is compared with whom (hotline guide 3.6).</summary>
/// <param name="Name">As the wire names it.</param>
/// <param name="Kinds">Units of these kinds are listed even without orders.</param>
/// <param name="TakesOthers">Other units too, where they have orders.</param>
internal sealed record UnitGroup(string Name, string Title, IReadOnlyList<UnitKind> Kinds, bool TakesOthers = false)
{
    public static UnitGroup Everybody { get; } = new("all", "全部单位", [UnitKind.Street, UnitKind.Department, UnitKind.Company], TakesOthers: true);

    public static IReadOnlyList<UnitGroup> All { get; } =
    [
        new("streets", "街道（镇）", [UnitKind.Street]),
        new("departments", "区级部门", [UnitKind.Department]),
        new("companies", "公共服务企业", [UnitKind.Company]),
        Everybody,
    ];

    /// <summary>All units without a name; null for an unknown one.</summary>
    public static UnitGroup? Find(string? name) => string.IsNullOrEmpty(name) ? Everybody : All.FirstOrDefault(g => g.Name == name);
}
