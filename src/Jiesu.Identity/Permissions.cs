using Jiesu.Platform;

namespace Jiesu.Identity;

/// <summary>功能权限点 of people, roles and audit. The three administrators hold disjoint sets (三员分立).</summary>
internal static class Permissions
{
    public const string Units = "identity.units";
    public const string People = "identity.people";
    public const string Grant = "identity.grant";
    public const string Audit = "identity.audit";

    public static IReadOnlyList<Permission> All { get; } =
    [
        new(Units, "查看单位目录", "CT", "DP", "DR", "DL", "UC", "UR", "UL", "OF", "CB", "EV", "SV", "ADMIN", "SECURITY", "AUDIT"),
        new(People, "人员管理", "ADMIN"),
        new(Grant, "任职与角色授权", "SECURITY"),
        new(Audit, "审计查看与导出", "AUDIT"),
    ];
}
