using System.Text;

namespace Jiesu.Platform.Spreadsheets;

/// <summary>编码识别: BOM, then strict UTF-8, then strict GB18030 over the whole file; guessing by frequency took short GB18030 files for Greek.</summary>
internal static class CsvEncoding
{
    private static readonly Encoding Utf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);
    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    public static Encoding Recognise(Stream file)
    {
        if (FromMark(file) is { } marked)
        {
            return Decodes(file, marked) ? marked : throw new SpreadsheetRefusedException(SpreadsheetErrors.Damaged());
        }

        if (!LooksLikeText(file))
        {
            throw new SpreadsheetRefusedException(SpreadsheetErrors.NotText());
        }

        return Decodes(file, Utf8) ? Utf8
            : Decodes(file, Gb18030) ? Gb18030
            : throw new SpreadsheetRefusedException(SpreadsheetErrors.NotText());
    }

    private static Encoding? FromMark(Stream file)
    {
        Span<byte> head = stackalloc byte[4];
        file.Position = 0;
        head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        return head switch
        {
            [0xEF, 0xBB, 0xBF, ..] => Utf8,
            [0xFF, 0xFE, ..] => new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
            [0xFE, 0xFF, ..] => new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
            [0x84, 0x31, 0x95, 0x33] => Gb18030,
            _ => null,
        };
    }

    /// <summary>No NUL, and next to no other control character; in both encodings these bytes stand for themselves only.</summary>
    private static bool LooksLikeText(Stream file)
    {
        long controls = 0;
        foreach (var block in Blocks(file))
        {
            foreach (var b in block.Span)
            {
                if (b == 0)
                {
                    return false;
                }

                controls += b < 0x20 && b is not ((byte)'\t' or (byte)'\n' or (byte)'\r') ? 1 : 0;
            }
        }

        return controls * 100 <= file.Length;
    }

    private static bool Decodes(Stream file, Encoding encoding)
    {
        var decoder = encoding.GetDecoder();
        var text = new char[encoding.GetMaxCharCount(1 << 16)];
        try
        {
            foreach (var block in Blocks(file))
            {
                decoder.GetChars(block.Span, text, flush: false);
            }

            decoder.GetChars([], text, flush: true);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Blocks(Stream file)
    {
        var buffer = new byte[1 << 16];
        file.Position = 0;
        for (var n = file.Read(buffer); n > 0; n = file.Read(buffer))
        {
            yield return buffer.AsMemory(0, n);
        }
    }
}
