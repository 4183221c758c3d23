namespace Jiesu.Platform.Spreadsheets;

/// <summary>导出格式.</summary>
public enum SpreadsheetFormat { Xlsx, Csv }

/// <summary>表格导出: one sheet, one header row, row by row into any stream; nothing in it can run as a formula (SEC-86).</summary>
public static class SpreadsheetWriter
{
    /// <summary>Null for a name that is not a format of ours.</summary>
    public static SpreadsheetFormat? FormatOf(string? name) => name switch
    {
        "xlsx" => SpreadsheetFormat.Xlsx,
        "csv" => SpreadsheetFormat.Csv,
        _ => null,
    };

    public static string ContentType(SpreadsheetFormat format) => format switch
    {
        SpreadsheetFormat.Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        SpreadsheetFormat.Csv => "text/csv; charset=utf-8",
    };

    /// <summary>Writes asynchronously only, so the stream may be the answer itself; it stays open.</summary>
    public static Task WriteAsync<T>(
        SpreadsheetFormat format, Stream stream, IReadOnlyList<SpreadsheetColumn<T>> columns, IAsyncEnumerable<T> rows, CancellationToken ct) => format switch
        {
            SpreadsheetFormat.Xlsx => XlsxWriter.WriteAsync(stream, columns, rows, ct),
            SpreadsheetFormat.Csv => CsvWriter.WriteAsync(stream, columns, rows, ct),
        };
}
