using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using W = DocumentFormat.OpenXml.Wordprocessing;

namespace Jiesu.Tests.Given;

/// <summary>Office files as Word and Excel write them, by their own library.</summary>
internal static class OfficeFile
{
    /// <summary>A heading, paragraphs, then a table.</summary>
    public static byte[] Docx(string heading, IReadOnlyList<string> paragraphs, params IReadOnlyList<string[]> table)
    {
        using var file = new MemoryStream();
        using (var word = WordprocessingDocument.Create(file, WordprocessingDocumentType.Document))
        {
            var body = new W.Body(new W.Paragraph(
                new W.ParagraphProperties(new W.ParagraphStyleId { Val = "Heading1" }, new W.Tabs(new W.TabStop { Val = W.TabStopValues.Left, Position = 200 })), new W.Run(new W.Text(heading))));
            body.Append(paragraphs.Select(p => new W.Paragraph(new W.Run(new W.Text(p)), new W.DeletedRun(new W.Run(new W.DeletedText("删去的字"))))));
            if (table.Count > 0)
            {
                body.Append(new W.Table(table.Select(r => new W.TableRow(r.Select(c => new W.TableCell(new W.Paragraph(new W.Run(new W.Text(c)))))))));
            }

            word.AddMainDocumentPart().Document = new W.Document(body);
        }

        return file.ToArray();
    }

    /// <summary>One sheet after the other; the last one is hidden.</summary>
    public static byte[] Xlsx(params IReadOnlyList<(string Name, IReadOnlyList<string[]> Rows)> sheets)
    {
        using var file = new MemoryStream();
        using (var workbook = SpreadsheetDocument.Create(file, SpreadsheetDocumentType.Workbook))
        {
            var main = workbook.AddWorkbookPart();
            var list = new Sheets();
            foreach (var (i, (name, rows)) in sheets.Index())
            {
                var part = main.AddNewPart<WorksheetPart>();
                part.Worksheet = new Worksheet(new SheetData(rows.Select(r => new Row(r.Select(c => new Cell { DataType = CellValues.InlineString, InlineString = new InlineString(new Text(c)) })))));
                var sheet = new Sheet { Name = name, SheetId = (uint)i + 1, Id = main.GetIdOfPart(part) };
                sheet.State = i > 0 && i == sheets.Count - 1 ? SheetStateValues.Hidden : null;
                list.Append(sheet);
            }

            main.Workbook = new Workbook(list);
        }

        return file.ToArray();
    }
}
