using Jiesu.Platform;

namespace Jiesu.Intelligence;

/// <summary>功能权限点.</summary>
internal static class Permissions
{
    public const string View = "intelligence.view";
    public const string Edit = "intelligence.edit";
    public const string Train = "intelligence.train";
    public const string ViewWords = "words.view";
    public const string EditWords = "words.edit";

    public static IReadOnlyList<Permission> All { get; } =
    [
        new(View, "查看模型", "DP", "DR", "DL", "EV", "ADMIN"),
        new(Edit, "维护别名", "DP", "EV"),
        new(Train, "训练模型", "EV", "ADMIN"),
        new(ViewWords, "查看词典", "DP", "DR", "DL", "EV", "ADMIN"),
        new(EditWords, "维护词典", "DP", "EV"),
    ];
}
