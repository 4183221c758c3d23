using Jiesu.Platform;

namespace Jiesu.Catalog;

/// <summary>功能权限点.</summary>
internal static class Permissions
{
    public const string Read = "catalog.read";
    public const string Edit = "catalog.edit";

    public static IReadOnlyList<Permission> All { get; } =
    [
        new(Read, "查看业务目录", "CT", "DP", "DR", "DL", "UC", "UR", "UL", "OF", "CB", "EV", "SV", "ADMIN", "SECURITY", "AUDIT"),
        new(Edit, "维护业务目录", "DR", "EV", "ADMIN"),
    ];
}
