using System.Text;
using nietras.SeparatedValues;

namespace Jiesu.Platform.Spreadsheets;

/// <summary>文本表格: quoted line breaks, comma, semicolon or tab.</summary>
internal sealed class CsvSource : IRowSource
{
    private readonly Stream _file;
    private readonly SpreadsheetLimits _limits;
    private readonly Encoding _encoding;
    private readonly char _separator;

    public CsvSource(Stream file, SpreadsheetLimits limits)
    {
        (_file, _limits) = (file, limits);
        _encoding = CsvEncoding.Recognise(file);
        _separator = FindSeparator();
    }

    public string Format => $"CSV（{_encoding.WebName.ToUpperInvariant()}）";

    public IEnumerable<SourceRow> Rows()
    {
        using var text = OpenText();
        using var reader = new Sep(_separator).Reader(o => o with { HasHeader = false, Unescape = true, DisableColCountCheck = true }).From(text);
        for (var number = 1; Next(reader, number) is { } cells; number++)
        {
            if (cells.Length > 0)
            {
                yield return new(number, cells, [], IsTitle: false);
            }
        }
    }

    public void Dispose()
    {
    }

    private StreamReader OpenText()
    {
        _file.Position = 0;
        return new StreamReader(_file, _encoding, detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16, leaveOpen: true);
    }

    /// <summary>Null after the last row, nothing for a blank one.</summary>
    private string[]? Next(SepReader reader, int number)
    {
        try
        {
            return reader.MoveNext() ? Read(reader.Current, number) : null;
        }
        catch (NotSupportedException)        // Sep's bound for one row, 16 million characters: a quote was not closed
        {
            throw new SpreadsheetRefusedException(SpreadsheetErrors.CellTooLong(_limits.CellLength));
        }
    }

    private string[] Read(SepReader.Row row, int number)
    {
        var filled = row.ColCount;
        while (filled > 0 && row[filled - 1].Span.IsWhiteSpace())
        {
            filled--;
        }

        if (filled > _limits.Columns)
        {
            throw new SpreadsheetRefusedException(SpreadsheetErrors.TooManyColumns(number, _limits.Columns));
        }

        var cells = new string[filled];
        for (var i = 0; i < filled; i++)
        {
            var cell = row[i].Span;
            cells[i] = cell.Length <= _limits.CellLength
                ? CsvFormula.Unguard(cell).ToString()
                : throw new SpreadsheetRefusedException(SpreadsheetErrors.CellTooLong(_limits.CellLength));
        }

        return cells;
    }

    /// <summary>The candidate that stands most often in the first row with content, outside quotes.</summary>
    private char FindSeparator()
    {
        using var text = OpenText();
        int comma = 0, semicolon = 0, tab = 0, seen = 0;
        var quoted = false;
        for (var c = text.Read(); c >= 0 && seen < _limits.Columns * _limits.CellLength; c = text.Read())
        {
            if (seen == 0 && c == '<')
            {
                throw new SpreadsheetRefusedException(SpreadsheetErrors.Markup());
            }

            quoted ^= c == '"';
            if (!quoted && c is '\n' or '\r' && seen > 0)
            {
                break;
            }

            seen += char.IsWhiteSpace((char)c) ? 0 : 1;
            comma += !quoted && c == ',' ? 1 : 0;
            semicolon += !quoted && c == ';' ? 1 : 0;
            tab += !quoted && c == '\t' ? 1 : 0;
        }

        return tab > comma && tab >= semicolon ? '\t' : semicolon > comma ? ';' : ',';
    }
}
