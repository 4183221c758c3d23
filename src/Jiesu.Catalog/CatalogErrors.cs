using Jiesu.Platform;

namespace Jiesu.Catalog;

/// <summary>Refusals of this module; the code never changes.</summary>
internal static class CatalogErrors
{
    public static Error NotFound() => new(ErrorKind.NotFound, "catalog.not_found", "找不到这一行，请从列表重新打开。");

    public static Error Changed() => new(ErrorKind.Stale, "catalog.changed", "这一行已被他人修改，请刷新后再改。");

    public static Error Invalid(IReadOnlyDictionary<string, string> problems) =>
        new(ErrorKind.Invalid, "catalog.invalid", "请检查标出的内容后再提交。") { Fields = problems.ToDictionary(p => p.Key, p => new[] { p.Value }) };
}
