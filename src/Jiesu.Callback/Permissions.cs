using Jiesu.Platform;

namespace Jiesu.Callback;

/// <summary>功能权限点 of this module and who holds them at first.</summary>
internal static class Permissions
{
    public const string Work = "callback.work";

    public static IReadOnlyList<Permission> All { get; } = [new(Work, "回访工作", "CB")];
}
