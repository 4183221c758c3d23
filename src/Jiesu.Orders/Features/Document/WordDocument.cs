using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Vml = DocumentFormat.OpenXml.Vml;

namespace Jiesu.Orders.Features.Document;

/// <summary>工单全文 as Word: A4, 仿宋 and 黑体; the watermark stands in the header, so on each page.</summary>
internal static class WordDocument
{
    /// <summary>Twentieths of a point.</summary>
    private const int TextWidth = 9_026;

    public static byte[] Write(OrderDocument document)
    {
        using var file = new MemoryStream();
        using (var word = WordprocessingDocument.Create(file, WordprocessingDocumentType.Document))
        {
            var main = word.AddMainDocumentPart();
            var header = main.AddNewPart<HeaderPart>();
            header.Header = new Header(new Paragraph(new Run(new Picture(Mark(document.Watermark)))), Line(document.Watermark, 16, "仿宋", JustificationValues.Right));
            var footer = main.AddNewPart<FooterPart>();
            footer.Footer = new Footer(Line(document.CaseNo, 16, "仿宋", JustificationValues.Center));
            main.Document = new DocumentFormat.OpenXml.Wordprocessing.Document(new Body(
            [
                Line(document.Title, 36, "黑体", JustificationValues.Center),
                .. document.Sections.SelectMany(Of),
                new SectionProperties(
                    new HeaderReference { Type = HeaderFooterValues.Default, Id = main.GetIdOfPart(header) },
                    new FooterReference { Type = HeaderFooterValues.Default, Id = main.GetIdOfPart(footer) },
                    new PageSize { Width = 11_906, Height = 16_838 },
                    new PageMargin { Top = 1_440, Bottom = 1_440, Left = 1_440, Right = 1_440, Header = 708, Footer = 708, Gutter = 0 }),
            ]));
            word.PackageProperties.Title = $"{document.CaseNo} {document.Title}";
        }

        return file.ToArray();
    }

    private static IEnumerable<OpenXmlElement> Of(DocumentSection section) =>
    [
        Line(section.Heading, 28, "黑体", JustificationValues.Left),
        .. section.Paragraphs.Select(p => Line(p, 24, "仿宋", JustificationValues.Left)),
        .. section.Table is { } table ? [Grid(table)] : Array.Empty<OpenXmlElement>(),
    ];

    private static Table Grid(DocumentTable table)
    {
        var widths = table.Columns.Select(c => (TextWidth * c.Share / table.Shares).ToString(CultureInfo.InvariantCulture)).ToList();
        return new(
        [
            new TableProperties(
                new TableWidth { Width = TextWidth.ToString(CultureInfo.InvariantCulture), Type = TableWidthUnitValues.Dxa },
                new TableBorders(Edge<TopBorder>(), Edge<LeftBorder>(), Edge<BottomBorder>(), Edge<RightBorder>(), Edge<InsideHorizontalBorder>(), Edge<InsideVerticalBorder>())),
            new TableGrid(widths.Select(w => new GridColumn { Width = w })),
            Row([.. table.Columns.Select(c => c.Title)], widths, "黑体"),
            .. table.Rows.Select(r => Row(r, widths, "仿宋")),
        ]);
    }

    private static TableRow Row(IReadOnlyList<string> cells, List<string> widths, string font) => new(cells.Select((cell, i) => new TableCell(
    [
        new TableCellProperties(new TableCellWidth { Width = widths[i], Type = TableWidthUnitValues.Dxa }),
        .. cell.ReplaceLineEndings("\n").Split('\n').Select(l => Line(l, 21, font, JustificationValues.Left)),
    ])));

    private static TEdge Edge<TEdge>()
        where TEdge : BorderType, new() => new() { Val = BorderValues.Single, Size = 4, Color = "BFBFBF" };

    /// <param name="size">Half points.</param>
    /// <param name="font">For Chinese; without it a Western font would stand in.</param>
    private static Paragraph Line(string text, int size, string font, JustificationValues side) => new(
        new ParagraphProperties(new Justification { Val = side }),
        new Run(
            new RunProperties(new RunFonts { Ascii = "Times New Roman", HighAnsi = "Times New Roman", EastAsia = font }, new FontSize { Val = size.ToString(CultureInfo.InvariantCulture) }),
            new Text(Clean(text)) { Space = SpaceProcessingModeValues.Preserve }));

    private static Vml.Shape Mark(string text) => new(new Vml.Fill { Opacity = ".4" }, new Vml.TextPath { String = Clean(text), Style = "font-family:SimSun;font-size:1pt", On = true })
    {
        Id = "Watermark", Type = "#_x0000_t136", FillColor = "silver", Stroked = false,
        Style = "position:absolute;margin-left:0;margin-top:0;width:480pt;height:40pt;rotation:315;z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin",
    };

    /// <summary>What XML cannot say is left out.</summary>
    private static string Clean(string text) => string.Concat(text.Where(c => c is '\t' or >= ' ' and not '\uFFFE' and not '\uFFFF'));
}
