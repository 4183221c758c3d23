using System.Buffers;
using System.Text;

namespace Jiesu.Platform.Spreadsheets;

/// <summary>CSV as RFC 4180 has it, in UTF-8 with the mark that Excel needs to see Chinese.</summary>
internal static class CsvWriter
{
    private const int FlushAt = 1 << 15;
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",;\"\t\r\n");

    public static async Task WriteAsync<T>(Stream stream, IReadOnlyList<SpreadsheetColumn<T>> columns, IAsyncEnumerable<T> rows, CancellationToken ct)
    {
        var lines = new StringBuilder("\uFEFF");
        AppendLine(lines, columns.Select(c => CsvFormula.Guard(c.Title)));
        await foreach (var row in rows.WithCancellation(ct))
        {
            AppendLine(lines, columns.Select(c => c.Kind == ColumnKind.Text ? CsvFormula.Guard(c.Of(row)) : c.Of(row)));
            if (lines.Length > FlushAt)
            {
                await FlushAsync(stream, lines, ct);
            }
        }

        await FlushAsync(stream, lines, ct);
    }

    private static void AppendLine(StringBuilder lines, IEnumerable<string> cells) => lines.AppendJoin(',', cells.Select(Quote)).Append("\r\n");

    /// <summary>Also what only other separators or programs would misread: semicolon, tab, outer spaces.</summary>
    private static string Quote(string cell) =>
        cell.AsSpan().ContainsAny(Quoted) || cell.StartsWith(' ') || cell.EndsWith(' ')
            ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : cell;

    private static async Task FlushAsync(Stream stream, StringBuilder lines, CancellationToken ct)
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(lines.ToString()), ct);
        lines.Clear();
    }
}
