using Microsoft.AspNetCore.WebUtilities;

namespace Jiesu.Platform.Kit;

/// <summary>菜单项 as shown: at most one is where the person is.</summary>
public sealed record MenuItem(string Title, string Url, bool IsCurrent);

/// <summary>菜单分组; without a title its items stand in the bar themselves.</summary>
public sealed record MenuGroup(string? Title, IReadOnlyList<MenuItem> Items)
{
    public bool IsCurrent => Items.Any(i => i.IsCurrent);
}

/// <summary>Which of the declared entries a person sees, and which of them is open.</summary>
public static class DeskMenu
{
    /// <summary>Groups stand where their first entry was declared. The entry that fits the address most closely is current.</summary>
    public static IReadOnlyList<MenuGroup> For(IEnumerable<MenuEntry> entries, Func<string, bool> can, string path, string query)
    {
        var open = entries.Where(e => can(e.Permission)).DistinctBy(e => e.Url).ToArray();
        var current = open.Where(e => Fit(e.Url, path, query) > 0).MaxBy(e => Fit(e.Url, path, query));
        return
        [
            .. open.GroupBy(e => e.Group ?? e.Url)
                .Select(g => new MenuGroup(g.First().Group, [.. g.Select(e => new MenuItem(e.Title, e.Url, e == current))])),
        ];
    }

    /// <summary>0 when the address lies elsewhere; the longer the common path and the more of the query agrees, the higher.</summary>
    private static int Fit(string url, string path, string query)
    {
        var (entryPath, entryQuery) = url.Split('?', 2) is [var p, var q] ? (p, q) : (url, "");
        var isInside = path == entryPath || (entryPath != "/" && path.StartsWith(entryPath + "/", StringComparison.Ordinal));
        var here = QueryHelpers.ParseQuery(query);
        var wanted = QueryHelpers.ParseQuery(entryQuery);
        return isInside && wanted.All(w => here.TryGetValue(w.Key, out var value) && value == w.Value) ? (entryPath.Length * 100) + wanted.Count + 1 : 0;
    }
}
