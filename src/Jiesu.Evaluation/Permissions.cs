using Jiesu.Platform;

namespace Jiesu.Evaluation;

/// <summary>功能权限点 of this module and who holds them at first.</summary>
internal static class Permissions
{
    public const string Read = "evaluation.read";
    public const string Edit = "evaluation.edit";

    public static IReadOnlyList<Permission> All { get; } =
    [
        new(Read, "查看考评", "EV", "DL", "DR", "SV", "CB", "UL", "UC", "UR", "DP"),
        new(Edit, "维护权重与考核期", "EV"),
    ];
}
