namespace Jiesu.Platform.Spreadsheets;

/// <summary>表格: one header and rows that stream, however large the file.</summary>
public sealed class Spreadsheet : IDisposable
{
    private const int MostTitles = 10;
    private readonly IRowSource _source;
    private readonly int _headerRow;

    private Spreadsheet(IRowSource source, SourceRow header, int rowCount)
    {
        _source = source;
        _headerRow = header.Number;
        Header = Name(header.Cells);
        RowCount = rowCount;
    }

    /// <summary>Titles, each one once: a repeated title gets a number, an empty one its place.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>Rows with content, without the header.</summary>
    public int RowCount { get; }

    /// <summary>文件格式, with the encoding that was recognised.</summary>
    public string Format => _source.Format;

    /// <summary>The first pass counts and judges all rows; only then does a workbook know its merged cells, and so its header.</summary>
    internal static Spreadsheet Judge(IRowSource source, SpreadsheetLimits limits)
    {
        var all = 0;
        foreach (var _ in source.Rows())
        {
            if (++all > limits.Rows + MostTitles)
            {
                throw new SpreadsheetRefusedException(SpreadsheetErrors.TooManyRows(limits.Rows));
            }
        }

        var (before, header) = source.Rows().Index().FirstOrDefault(row => !row.Item.IsTitle);
        var rows = all - before - 1;
        return header is null ? throw new SpreadsheetRefusedException(SpreadsheetErrors.Empty())
            : rows > limits.Rows ? throw new SpreadsheetRefusedException(SpreadsheetErrors.TooManyRows(limits.Rows))
            : new(source, header, rows);
    }

    /// <summary>From the first row under the header; may be asked again, one enumeration at a time.</summary>
    public IEnumerable<SpreadsheetRow> Rows() => _source.Rows()
        .SkipWhile(row => row.Number <= _headerRow)
        .Select(row => new SpreadsheetRow(row.Number, Fit(row.Cells)) { ImpreciseColumns = row.Imprecise });

    public void Dispose() => _source.Dispose();

    /// <summary>Short rows are filled up; what stands beyond the header is kept only if it says something.</summary>
    private string[] Fit(string[] cells)
    {
        var length = cells.Length;
        while (length > Header.Count && cells[length - 1].Length == 0)
        {
            length--;
        }

        length = Math.Max(length, Header.Count);
        return length == cells.Length ? cells : [.. cells.Take(length), .. Enumerable.Repeat("", Math.Max(0, length - cells.Length))];
    }

    private static List<string> Name(string[] titles)
    {
        var used = new HashSet<string>();
        var last = Array.FindLastIndex(titles, t => !string.IsNullOrWhiteSpace(t));
        return [.. titles.Take(last + 1).Select((title, i) =>
        {
            var name = string.IsNullOrWhiteSpace(title) ? $"第{i + 1}列" : title.Trim().TrimStart('\uFEFF');
            var unique = name;
            for (var n = 2; !used.Add(unique); n++)
            {
                unique = $"{name} ({n})";
            }

            return unique;
        })];
    }
}
