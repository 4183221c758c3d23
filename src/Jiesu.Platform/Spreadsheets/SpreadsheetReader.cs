using System.Xml;

namespace Jiesu.Platform.Spreadsheets;

/// <summary>表格读取: xlsx and csv, told apart by content; the extension says nothing.</summary>
public static class SpreadsheetReader
{
    /// <summary>
    /// Reads the file once to its end, so that every refusal comes before the first row; the rows are then streamed in a second pass.
    /// The stream must be seekable, stays the caller's, and must live as long as the spreadsheet.
    /// </summary>
    public static Result<Spreadsheet> Open(Stream file, SpreadsheetLimits? limits = null)
    {
        limits ??= SpreadsheetLimits.Default;
        if (file.Length > limits.FileBytes)
        {
            return SpreadsheetErrors.TooBig(limits.FileBytes);
        }

        IRowSource? source = null;
        try
        {
            source = Recognise(file, limits);
            return Spreadsheet.Judge(source, limits);
        }
        catch (SpreadsheetRefusedException refused)
        {
            source?.Dispose();
            return refused.Error;
        }
        catch (Exception damage) when (damage is XmlException or InvalidDataException or EndOfStreamException)
        {
            source?.Dispose();
            return SpreadsheetErrors.Damaged();
        }
    }

    private static IRowSource Recognise(Stream file, SpreadsheetLimits limits)
    {
        Span<byte> head = stackalloc byte[8];
        file.Position = 0;
        head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        return head switch
        {
            [] => throw new SpreadsheetRefusedException(SpreadsheetErrors.Empty()),
            [0x50, 0x4B, 3 or 5 or 7, ..] => new XlsxSource(file, limits),
            [0xD0, 0xCF, 0x11, 0xE0, ..] => throw new SpreadsheetRefusedException(IsEncrypted(file) ? SpreadsheetErrors.Encrypted() : SpreadsheetErrors.OldWorkbook()),
            _ => new CsvSource(file, limits),
        };
    }

    /// <summary>A workbook with a password is a compound file with a stream of this name, as UTF-16.</summary>
    private static bool IsEncrypted(Stream compound)
    {
        var bytes = new byte[Math.Min(compound.Length, 1 << 20)];
        foreach (var from in new[] { 0, compound.Length - bytes.Length })
        {
            compound.Position = from;
            compound.ReadExactly(bytes);
            if (bytes.AsSpan().IndexOf("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"u8) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>What a format gives: its rows with content, as often as asked.</summary>
internal interface IRowSource : IDisposable
{
    /// <summary>文件格式及编码, as shown to the user.</summary>
    string Format { get; }

    IEnumerable<SourceRow> Rows();
}

/// <param name="IsTitle">A caption merged over several columns, which is no header.</param>
internal sealed record SourceRow(int Number, string[] Cells, IReadOnlyList<int> Imprecise, bool IsTitle);
