using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;

namespace Jiesu.Platform.Spreadsheets;

/// <summary>
/// A workbook of one sheet. Text cells are typed as text and have the text format, so that neither Excel nor a later edit turns
/// an id into a number or <c>=1+1</c> into a formula.
/// </summary>
internal static class XlsxWriter
{
    private const int FlushAt = 1 << 15;
    private const int LastRow = 1_048_576;
    private const int LongestCell = 32_767;

    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";
    private const string Declaration = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""" + "\n";

    /// <summary>Everything but the sheet itself. Cell styles in order: plain, header, text, number, percent.</summary>
    private static readonly (string Path, string Xml)[] Frame =
    [
        ("[Content_Types].xml", $"""
            <Types xmlns="{Package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>
            """),
        ("_rels/.rels", $"""
            <Relationships xmlns="{Package}/relationships"><Relationship Id="rId1" Type="{Office}/officeDocument" Target="xl/workbook.xml"/></Relationships>
            """),
        ("xl/workbook.xml", $"""
            <workbook xmlns="{Main}" xmlns:r="{Office}"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>
            """),
        ("xl/_rels/workbook.xml.rels", $"""
            <Relationships xmlns="{Package}/relationships"><Relationship Id="rId1" Type="{Office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{Office}/styles" Target="styles.xml"/></Relationships>
            """),
        ("xl/styles.xml", $"""
            <styleSheet xmlns="{Main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="0.00&quot;%&quot;"/></numFmts><fonts count="2"><font><sz val="11"/><name val="等线"/></font><font><b/><sz val="11"/><name val="等线"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>
            """),
    ];

    public static async Task WriteAsync<T>(Stream stream, IReadOnlyList<SpreadsheetColumn<T>> columns, IAsyncEnumerable<T> rows, CancellationToken ct)
    {
        // The archive writes synchronously when an entry ends, which an answer refuses: it goes to a file first, and a failure half-way is no half answer.
        await using var file = new FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, FlushAt, FileOptions.Asynchronous | FileOptions.DeleteOnClose);
        await WriteArchiveAsync(file, columns, rows, ct);
        file.Position = 0;
        await file.CopyToAsync(stream, ct);
    }

    private static async Task WriteArchiveAsync<T>(Stream stream, IReadOnlyList<SpreadsheetColumn<T>> columns, IAsyncEnumerable<T> rows, CancellationToken ct)
    {
        await using var zip = await ZipArchive.CreateAsync(stream, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, ct);
        foreach (var (path, xml) in Frame)
        {
            await using var part = await zip.CreateEntry(path).OpenAsync(ct);
            await part.WriteAsync(Encoding.UTF8.GetBytes(Declaration + xml), ct);
        }

        await using var sheet = await zip.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).OpenAsync(ct);
        await WriteSheetAsync(sheet, columns, rows, ct);
    }

    private static async Task WriteSheetAsync<T>(Stream sheet, IReadOnlyList<SpreadsheetColumn<T>> columns, IAsyncEnumerable<T> rows, CancellationToken ct)
    {
        var xml = new StringBuilder(Declaration).Append($"""
            <worksheet xmlns="{Main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>
            """);
        AppendRow(xml, columns.Select(c => (c.Title, Style: 1)));
        var count = 1;
        await foreach (var row in rows.WithCancellation(ct))
        {
            if (++count > LastRow)
            {
                throw new InvalidOperationException($"A sheet holds {LastRow} rows.");
            }

            AppendRow(xml, columns.Select(c => (c.Of(row), Style: 2 + (int)c.Kind)));
            if (xml.Length > FlushAt)
            {
                await FlushAsync(sheet, xml, ct);
            }
        }

        xml.Append("</sheetData></worksheet>");
        await FlushAsync(sheet, xml, ct);
    }

    private static void AppendRow(StringBuilder xml, IEnumerable<(string Value, int Style)> cells)
    {
        xml.Append("<row>");
        foreach (var (value, style) in cells)
        {
            if (value.Length == 0)
            {
                xml.Append("<c/>");
            }
            else if (style > 2)
            {
                xml.Append(CultureInfo.InvariantCulture, $"<c s=\"{style}\"><v>{value}</v></c>");
            }
            else
            {
                xml.Append(CultureInfo.InvariantCulture, $"<c s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{SecurityElement.Escape(XlsxText.Escape(Shorten(value)))}</t></is></c>");
            }
        }

        xml.Append("</row>");
    }

    /// <summary>Excel declares a workbook damaged when a cell is longer.</summary>
    private static string Shorten(string text) => text.Length <= LongestCell ? text : text[..(LongestCell - 1)] + "…";

    private static async Task FlushAsync(Stream sheet, StringBuilder xml, CancellationToken ct)
    {
        await sheet.WriteAsync(Encoding.UTF8.GetBytes(xml.ToString()), ct);
        xml.Clear();
    }
}
