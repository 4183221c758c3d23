using System.Xml;
using Jiesu.Platform.Spreadsheets;

namespace Jiesu.Platform.Files;

/// <summary>文件预览: what an office file says, as text and tables and nothing else; no layout, no pictures, nothing that could run.</summary>
/// <param name="IsCut">The file says more.</param>
public sealed record OfficePreview(IReadOnlyList<PreviewBlock> Blocks, bool IsCut)
{
    /// <summary>Sheets of a workbook.</summary>
    public const int MostSheets = 5;

    /// <summary>Of a sheet, or of a table in a text.</summary>
    public const int MostRows = 200;

    public const int MostColumns = 40;

    /// <summary>Characters of all.</summary>
    public const int MostText = 200_000;

    /// <summary>As an import, and tighter: many may look at a file, and each look reads it.</summary>
    private static readonly SpreadsheetLimits Limits = SpreadsheetLimits.Default with { FileBytes = 30 << 20, PartBytes = 64 << 20, SharedText = 8 << 20 };

    public static bool CanShow(FileKind? kind) => kind?.Extension is "docx" or "xlsx";

    /// <param name="content">Seekable; stays the caller's.</param>
    public static Result<OfficePreview> Read(FileKind kind, Stream content)
    {
        if (content.Length > Limits.FileBytes)
        {
            return FileErrors.NotShown();
        }

        try
        {
            return kind.Extension == "docx" ? ReadText(content) : ReadWorkbook(content);
        }
        catch (Exception damage) when (damage is SpreadsheetRefusedException or XmlException or InvalidDataException or EndOfStreamException)
        {
            return FileErrors.NotShown();
        }
    }

    private static OfficePreview ReadText(Stream content)
    {
        using var package = new XlsxPackage(content, Limits);
        using var body = package.Open("word/document.xml") ?? throw new InvalidDataException("The text has no body.");
        return new WordReader(body).Read();
    }

    private static OfficePreview ReadWorkbook(Stream content)
    {
        using var workbook = new XlsxSource(content, Limits);
        var (left, isCut, tables) = (MostText, workbook.Sheets.Count > MostSheets, new List<PreviewBlock>());
        foreach (var sheet in workbook.Sheets.Take(MostSheets))
        {
            var rows = new List<PreviewRow>();
            foreach (var row in workbook.RowsOf(sheet))
            {
                if (rows.Count == MostRows || left <= 0)
                {
                    isCut = true;
                    break;
                }

                isCut |= row.Cells.Length > MostColumns;
                rows.Add(new(row.Number, row.Cells[..Math.Min(row.Cells.Length, MostColumns)]));
                left -= row.Cells.Sum(c => c.Length);
            }

            tables.Add(new PreviewTable(sheet.Name, rows));
        }

        return new(tables, isCut);
    }
}

/// <summary>预览内容: one piece of it, in the order of the file.</summary>
public abstract record PreviewBlock;

/// <summary>段落.</summary>
/// <param name="Level">标题级别 from 1; 0 for ordinary text.</param>
public sealed record PreviewText(string Text, int Level) : PreviewBlock;

/// <summary>表格.</summary>
/// <param name="Title">Name of the sheet; null inside a text.</param>
public sealed record PreviewTable(string? Title, IReadOnlyList<PreviewRow> Rows) : PreviewBlock
{
    public int Columns => Rows.Count == 0 ? 0 : Rows.Max(r => r.Cells.Count);
}

/// <param name="Number">行号 of the sheet; null inside a text.</param>
public sealed record PreviewRow(int? Number, IReadOnlyList<string> Cells);
