namespace Jiesu.Platform.Spreadsheets;

/// <summary>工作表: one that is shown, and where it lies.</summary>
internal sealed record XlsxSheet(string Name, string Path);

/// <summary>Where the parts of a workbook lie.</summary>
/// <param name="Sheets">Those that are shown, in their order; at least one.</param>
internal sealed record XlsxWorkbook(IReadOnlyList<XlsxSheet> Sheets, string SharedPath, string StylesPath, bool From1904)
{
    public static XlsxWorkbook Read(XlsxPackage package)
    {
        var main = Relations(package, "").Values.FirstOrDefault(r => r.Type == "officeDocument").Target ?? "xl/workbook.xml";
        using var workbook = package.Open(main) ?? throw new SpreadsheetRefusedException(SpreadsheetErrors.NotAWorkbook());
        List<(string? Name, string Relation)> sheets = [];
        var from1904 = false;
        while (workbook.NextElement())
        {
            if (workbook.Depth == 0 && workbook.Name != "workbook")
            {
                throw new SpreadsheetRefusedException(SpreadsheetErrors.NotAWorkbook());
            }

            from1904 |= workbook.Name == "workbookPr" && workbook["date1904"] is "1" or "true";
            if (workbook.Name == "sheet" && workbook["state"] is null or "visible" && workbook.Relation("id") is { } relation)
            {
                sheets.Add((workbook["name"], relation));
            }
        }

        var parts = Relations(package, main);
        return new(
            sheets.Count > 0 && parts.ContainsKey(sheets[0].Relation) ? [.. sheets.Where(s => parts.ContainsKey(s.Relation)).Select(s => new XlsxSheet(s.Name ?? "", parts[s.Relation].Target))] : throw new SpreadsheetRefusedException(SpreadsheetErrors.Damaged()),
            parts.Values.FirstOrDefault(r => r.Type == "sharedStrings").Target ?? "xl/sharedStrings.xml",
            parts.Values.FirstOrDefault(r => r.Type == "styles").Target ?? "xl/styles.xml",
            from1904);
    }

    /// <summary>By id: the last word of the type, and the path inside the package.</summary>
    private static Dictionary<string, (string Type, string Target)> Relations(XlsxPackage package, string of)
    {
        var slash = of.LastIndexOf('/') + 1;
        var folder = of[..slash];
        var relations = new Dictionary<string, (string, string)>();
        using var part = package.Open($"{folder}_rels/{of[slash..]}.rels");
        while (part?.NextElement("Relationship") == true)
        {
            if (part["TargetMode"] != "External" && part["Id"] is { } id && part["Target"] is { } target && part["Type"] is { } type)
            {
                relations[id] = (type[(type.LastIndexOf('/') + 1)..], Resolve(folder, target));
            }
        }

        return relations;
    }

    private static string Resolve(string folder, string target) =>
        Uri.TryCreate(new Uri("file:///" + folder), target, out var path) ? Uri.UnescapeDataString(path.AbsolutePath).TrimStart('/') : target;
}
