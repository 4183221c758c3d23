using System.Globalization;
using System.Text;
using Jiesu.Platform.Spreadsheets;

namespace Jiesu.Platform.Files;

/// <summary>Word 正文, read forward only: paragraphs and tables; a table in a cell becomes text of the cell.</summary>
internal sealed class WordReader(XmlPart body)
{
    private const int MostBlocks = 2_000;
    private const int HighestLevel = 6;

    private readonly List<PreviewBlock> _blocks = [];
    private int _left = OfficePreview.MostText;
    private bool _isCut;

    public OfficePreview Read()
    {
        while (body.NextElement())
        {
            if (_blocks.Count == MostBlocks || _left <= 0)
            {
                _isCut = true;
                break;
            }

            if (body.Name == "tbl")
            {
                _blocks.Add(ReadTable());
            }
            else if (body.Name == "p" && ReadParagraph() is { Text.Length: > 0 } paragraph)
            {
                _blocks.Add(paragraph);
            }
        }

        return new(_blocks, _isCut);
    }

    private PreviewTable ReadTable()
    {
        var (depth, isEmpty, rows) = (body.Depth, body.IsEmpty, new List<List<string>>());
        while (!isEmpty && body.NextElement(depth))
        {
            if (body.Name == "tr")
            {
                rows.Add([]);
            }
            else if (body.Name == "tc")
            {
                Put(rows, ReadCell());
            }
        }

        _isCut |= rows.Count > OfficePreview.MostRows;
        return new(null, [.. rows.Take(OfficePreview.MostRows).Select(r => new PreviewRow(null, r))]);
    }

    private void Put(List<List<string>> rows, string cell)
    {
        if (rows.Count is 0 or > OfficePreview.MostRows)
        {
            return;
        }

        if (rows[^1].Count == OfficePreview.MostColumns || _left <= 0)
        {
            _isCut = true;
            return;
        }

        rows[^1].Add(cell);
    }

    private string ReadCell()
    {
        var (depth, isEmpty, lines) = (body.Depth, body.IsEmpty, new List<string>());
        while (!isEmpty && body.NextElement(depth))
        {
            if (body.Name == "p")
            {
                lines.Add(ReadParagraph().Text);
            }
        }

        return string.Join('\n', lines).Trim();
    }

    /// <summary>What was deleted under revision is no text; what a newer Word draws and an older one would draw instead is read once.</summary>
    private PreviewText ReadParagraph()
    {
        var (depth, isEmpty, text, level) = (body.Depth, body.IsEmpty, new StringBuilder(), 0);
        while (!isEmpty && body.NextElement(depth))
        {
            switch (body.Name)
            {
                case "pPr":
                    level = ReadLevel();
                    break;
                case "Fallback" or "tabs":
                    body.Skip();
                    break;
                case "t":
                    text.Append(body.ReadText());
                    break;
                case "tab":
                    text.Append('\t');
                    break;
                case "br" or "cr" or "p":
                    text.Append('\n');
                    break;
            }
        }

        _left -= text.Length;
        return new(text.ToString().Trim(), level);
    }

    /// <summary>By the style or by the outline; in Chinese Word the style of a first heading is called 1.</summary>
    private int ReadLevel()
    {
        var (depth, isEmpty, level) = (body.Depth, body.IsEmpty, 0);
        while (!isEmpty && body.NextElement(depth))
        {
            if (body.Name == "pStyle" && Number(body["w:val"]?.Replace("Heading", "", StringComparison.OrdinalIgnoreCase)) is { } style)
            {
                level = style;
            }
            else if (body.Name == "outlineLvl" && Number(body["w:val"]) is { } outline)
            {
                level = outline + 1;
            }
        }

        return level <= HighestLevel ? level : 0;
    }

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null;
}
