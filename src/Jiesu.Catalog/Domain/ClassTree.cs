using Jiesu.Catalog.Contracts;

namespace Jiesu.Catalog.Domain;

/// <summary>分类树: what a node leaves open it has from the node above.</summary>
internal static class ClassTree
{
    private const string Arrow = "->";

    /// <summary>In the order of the codes. A node whose parent is retired is left out: nothing may hang in the air.</summary>
    public static IReadOnlyList<ClassNode> Of(IReadOnlyList<ClassRow> rows)
    {
        var nodes = new Dictionary<string, ClassNode>();
        foreach (var row in rows.OrderBy(r => r.Code, StringComparer.Ordinal))
        {
            var parent = ClassCode.ParentOf(row.Code);
            if (parent is null || nodes.ContainsKey(parent))
            {
                nodes[row.Code] = Node(row, parent is null ? null : nodes[parent]);
            }
        }

        return [.. nodes.Values];
    }

    /// <summary>默认行业部门 of every class that has one.</summary>
    public static IReadOnlyDictionary<string, string> Departments(IReadOnlyList<ClassRow> rows)
    {
        var own = rows.ToDictionary(r => r.Code, r => r.Department);
        return rows.Select(r => (r.Code, Unit: ClassCode.Upwards(r.Code).Select(c => own.GetValueOrDefault(c, "")).FirstOrDefault(u => u.Length > 0)))
            .Where(x => x.Unit is not null)
            .ToDictionary(x => x.Code, x => x.Unit!);
    }

    private static ClassNode Node(ClassRow row, ClassNode? parent) => new(
        row.Code,
        row.Name,
        ClassCode.LevelOf(row.Code),
        parent?.Code,
        parent is null ? row.Name : parent.Path + Arrow + row.Name,
        row.SevenFive.Length > 0 ? row.SevenFive : parent?.SevenFive ?? "",
        CatalogWords.Split(row.Keywords));
}
