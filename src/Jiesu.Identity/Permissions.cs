using Jiesu.Platform;

namespace Jiesu.Identity;

/// <summary>功能权限点 of people, roles and audit. Each of the three administrators acts alone in its field (三员分立).</summary>
internal static class Permissions
{
    public const string Units = "identity.units";
    public const string People = "identity.people";
    public const string EditPeople = "identity.edit-people";
    public const string Grant = "identity.grant";
    public const string Audit = "identity.audit";

    public static IReadOnlyList<Permission> All { get; } =
    [
        new(Units, "查看单位目录", "CT", "DP", "DR", "DL", "UC", "UR", "UL", "OF", "CB", "EV", "SV", "ADMIN", "SECURITY", "AUDIT"),
        new(People, "查看人员与角色", "ADMIN", "SECURITY"),
        new(EditPeople, "人员建立、停用与口令重置", "ADMIN"),
        new(Grant, "任职与角色授权", "SECURITY"),
        new(Audit, "审计查看与导出", "AUDIT"),
    ];
}
