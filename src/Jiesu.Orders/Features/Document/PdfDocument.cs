using System.Globalization;
using PdfSharp;
using PdfSharp.Drawing;

namespace Jiesu.Orders.Features.Document;

/// <summary>工单全文 as PDF: A4, laid out by hand, the watermark under the text of each page.</summary>
internal sealed class PdfDocument : IDisposable
{
    private const double Margin = 50, Line = 16, Pad = 3;
    private const string Closing = "，。、；：！？）》」』”’…";
    private static readonly XBrush Grey = new XSolidBrush(XColor.FromArgb(60, 90, 90, 90));
    private static readonly XPen Rule = new(XColors.LightGray, 0.5);

    private readonly PdfSharp.Pdf.PdfDocument _file = new();
    private readonly OrderDocument _document;
    private readonly XFont _title, _heading, _text, _small, _mark;
    private XGraphics? _page;
    private double _y, _width, _bottom;

    private PdfDocument(OrderDocument document, string font)
    {
        _document = document;
        (_title, _heading, _text, _small, _mark) = (new(font, 18), new(font, 13), new(font, 10.5), new(font, 8), new(font, 22));
        _file.Info.Title = $"{document.CaseNo} {document.Title}";
    }

    public static byte[] Write(OrderDocument document, string font)
    {
        using var pdf = new PdfDocument(document, font);
        pdf.Turn();
        pdf.Lines(document.Title, pdf._title, 26);
        foreach (var section in document.Sections)
        {
            pdf.Add(section);
        }

        using var written = new MemoryStream();
        pdf.Number();
        pdf._file.Save(written);
        return written.ToArray();
    }

    public void Dispose()
    {
        _page?.Dispose();
        _file.Dispose();
    }

    private void Add(DocumentSection section)
    {
        Room(Line * 4);                      // a heading never stands alone at the foot
        _y += 10;
        Lines(section.Heading, _heading, 20);
        foreach (var paragraph in section.Paragraphs)
        {
            Lines(paragraph, _text, Line);
        }

        if (section.Table is { } table)
        {
            Row(table, [.. table.Columns.Select(c => c.Title)]);
            foreach (var row in table.Rows)
            {
                Row(table, row);
            }
        }
    }

    /// <summary>A row goes on over the page where it must: a history may be longer than one.</summary>
    private void Row(DocumentTable table, IReadOnlyList<string> cells)
    {
        var widths = table.Columns.Select(c => _width * c.Share / table.Shares).ToList();
        var lines = cells.Select((cell, i) => Wrap(cell, _text, widths[i] - (2 * Pad)).ToList()).ToList();
        for (var n = 0; n < lines.Max(l => l.Count); n++)
        {
            Room(Line);
            var x = Margin;
            for (var i = 0; i < widths.Count; i++)
            {
                if (n < lines[i].Count)
                {
                    _page!.DrawString(lines[i][n], _text, XBrushes.Black, x + Pad, _y + 12);
                }

                x += widths[i];
            }

            _y += Line;
        }

        _page!.DrawLine(Rule, Margin, _y + 1, Margin + _width, _y + 1);
        _y += 3;
    }

    private void Lines(string text, XFont font, double height)
    {
        foreach (var line in Wrap(text, font, _width))
        {
            Room(height);
            _page!.DrawString(line, font, XBrushes.Black, Margin, _y + (height * 0.75));
            _y += height;
        }
    }

    /// <summary>Chinese breaks anywhere but before a closing mark, which hangs over the edge (避头尾); a surrogate pair stays whole.</summary>
    private IEnumerable<string> Wrap(string text, XFont font, double width)
    {
        foreach (var paragraph in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var (start, used) = (0, 0d);
            foreach (var (at, rune) in Runes(paragraph))
            {
                var one = _page!.MeasureString(rune, font).Width;
                if (used + one > width && at > start && !Closing.Contains(rune, StringComparison.Ordinal))
                {
                    yield return paragraph[start..at];
                    (start, used) = (at, 0);
                }

                used += one;
            }

            yield return paragraph[start..];
        }
    }

    private static IEnumerable<(int At, string Rune)> Runes(string text)
    {
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            yield return (at, rune.ToString());
            at += rune.Utf16SequenceLength;
        }
    }

    private void Room(double height)
    {
        if (_y + height > _bottom)
        {
            Turn();
        }
    }

    private void Turn()
    {
        _page?.Dispose();
        var page = _file.AddPage();
        page.Size = PageSize.A4;
        _page = XGraphics.FromPdfPage(page);
        (_y, _width, _bottom) = (Margin, page.Width.Point - (2 * Margin), page.Height.Point - Margin);
        for (var down = 0.2; down < 1; down += 0.3)
        {
            var state = _page.Save();
            _page.RotateAtTransform(-30, new XPoint(page.Width.Point / 2, page.Height.Point * down));
            _page.DrawString(_document.Watermark, _mark, Grey, new XPoint(page.Width.Point / 2, page.Height.Point * down), XStringFormats.Center);
            _page.Restore(state);
        }
    }

    private void Number()
    {
        _page?.Dispose();
        _page = null;
        for (var i = 0; i < _file.PageCount; i++)
        {
            using var page = XGraphics.FromPdfPage(_file.Pages[i]);
            var foot = string.Create(CultureInfo.InvariantCulture, $"{_document.CaseNo}　第 {i + 1} 页，共 {_file.PageCount} 页");
            page.DrawString(foot, _small, XBrushes.Gray, new XPoint(_file.Pages[i].Width.Point / 2, _file.Pages[i].Height.Point - 25), XStringFormats.Center);
        }
    }
}
