using System.Globalization;

namespace Jiesu.Platform.Spreadsheets;

/// <summary>Excel 工作簿: the first visible sheet.</summary>
internal sealed class XlsxSource : IRowSource
{
    private const double FirstImprecise = 1e15;

    private readonly XlsxPackage _package;
    private readonly SpreadsheetLimits _limits;
    private readonly List<string> _shared = [];
    private readonly XlsxDates _dates;
    private MergedCells? _merged;

    public XlsxSource(Stream file, SpreadsheetLimits limits)
    {
        _package = new XlsxPackage(file, limits);
        _limits = limits;
        var workbook = XlsxWorkbook.Read(_package);
        Sheets = workbook.Sheets;
        _dates = new XlsxDates(workbook.From1904);
        ReadShared(workbook.SharedPath);
        using var styles = _package.Open(workbook.StylesPath);
        if (styles is not null)
        {
            _dates.ReadStyles(styles);
        }
    }

    public string Format => "XLSX";

    /// <summary>Those that are shown; an import reads the first.</summary>
    public IReadOnlyList<XlsxSheet> Sheets { get; }

    /// <summary>The list of merged areas stands behind the rows: the first pass only finds it, later ones apply it.</summary>
    public IEnumerable<SourceRow> Rows()
    {
        using var sheet = _package.Open(Sheets[0].Path) ?? throw new SpreadsheetRefusedException(SpreadsheetErrors.Damaged());
        var found = new MergedCells(_limits.Columns);
        var filling = _merged?.Start();
        var number = 0;
        while (sheet.NextElement())
        {
            if (sheet.Name == "row")
            {
                number = NextNumber(sheet, number);
                if (ReadRow(sheet, number) is { } row)
                {
                    yield return Complete(row, filling);
                }
            }
            else if (sheet.Name == "mergeCell")
            {
                found.Add(sheet["ref"]);
            }
        }

        _merged ??= found;
    }

    /// <summary>As they stand, one after the other, for whoever only looks: a merged area has its text in its first cell.</summary>
    public IEnumerable<SourceRow> RowsOf(XlsxSheet shown)
    {
        using var sheet = _package.Open(shown.Path) ?? throw new SpreadsheetRefusedException(SpreadsheetErrors.Damaged());
        var number = 0;
        while (sheet.NextElement("row"))
        {
            number = NextNumber(sheet, number);
            if (ReadRow(sheet, number) is { } row)
            {
                yield return row;
            }
        }
    }

    public void Dispose() => _package.Dispose();

    private void ReadShared(string path)
    {
        using var part = _package.Open(path);
        var length = 0;
        while (part?.NextElement("si") == true)
        {
            var text = part.ReadRuns();
            length += text.Length + 16;
            _shared.Add(length <= _limits.SharedText ? text : throw new SpreadsheetRefusedException(SpreadsheetErrors.TooMuchText()));
        }
    }

    private static int NextNumber(XmlPart sheet, int last)
    {
        var number = sheet.Number("r") ?? last + 1;
        return number > last ? number : throw new SpreadsheetRefusedException(SpreadsheetErrors.Damaged());
    }

    /// <summary>Null for a row without content.</summary>
    private SourceRow? ReadRow(XmlPart sheet, int number)
    {
        var (depth, isEmpty) = (sheet.Depth, sheet.IsEmpty);
        List<string> cells = [];
        List<int>? imprecise = null;
        var column = -1;
        var hasContent = false;
        while (!isEmpty && sheet.NextElement(depth))
        {
            if (sheet.Name != "c")
            {
                continue;
            }

            column = CellAt.Of(sheet["r"])?.Column ?? column + 1;
            var (text, isImprecise) = ReadCell(sheet);
            if (string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            hasContent = true;
            Put(cells, column, text, number);
            if (isImprecise)
            {
                (imprecise ??= []).Add(column);
            }
        }

        return hasContent ? new(number, [.. cells], imprecise ?? [], IsTitle: false) : null;
    }

    private void Put(List<string> cells, int column, string text, int row)
    {
        if (column >= _limits.Columns)
        {
            throw new SpreadsheetRefusedException(SpreadsheetErrors.TooManyColumns(row, _limits.Columns));
        }

        while (cells.Count <= column)
        {
            cells.Add("");
        }

        cells[column] = text;
    }

    private static SourceRow Complete(SourceRow row, MergedCells.Filling? filling)
    {
        if (filling is null)
        {
            return row;
        }

        var isAlone = row.Cells.Count(c => c.Length > 0) == 1;
        var cells = filling.Fill(row.Number, row.Cells);
        return row with { Cells = cells, IsTitle = isAlone && cells.Count(c => c.Length > 0) > 1 };
    }

    private (string Text, bool IsImprecise) ReadCell(XmlPart sheet)
    {
        var (depth, isEmpty, type, style) = (sheet.Depth, sheet.IsEmpty, sheet["t"], sheet.Number("s"));
        var (value, inline) = ("", "");
        while (!isEmpty && sheet.NextElement(depth))
        {
            if (sheet.Name == "v")
            {
                value = sheet.ReadText();
            }
            else if (sheet.Name == "is")
            {
                inline = sheet.ReadRuns();
            }
        }

        return type switch
        {
            "s" => (value.Length == 0 ? "" : Shared(value), false),
            "inlineStr" => (inline, false),
            "b" => (value.Trim() switch { "1" => "TRUE", "0" => "FALSE", var other => other }, false),
            "d" => (XlsxDates.FormatIso(value), false),
            "str" or "e" => (value, false),
            _ => Number(value.Trim(), style),
        };
    }

    private string Shared(string index) =>
        int.TryParse(index, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var i) && i < _shared.Count
            ? _shared[i]
            : throw new SpreadsheetRefusedException(SpreadsheetErrors.Damaged());

    private (string Text, bool IsImprecise) Number(string value, int? style) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? (_dates.Format(style, number) ?? value, Math.Abs(number) >= FirstImprecise)
            : (value, false);
}
