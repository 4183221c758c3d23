using System.Buffers.Binary;
using System.IO.Compression;

namespace Jiesu.Platform.Spreadsheets;

/// <summary>工作簿压缩包: opened only when neither the number nor the size of its parts is out of proportion (SEC-83).</summary>
internal sealed class XlsxPackage : IDisposable
{
    private const int DirectoryBytes = 2 << 20;
    private const int RatioJudgedAbove = 10 << 20;

    private readonly ZipArchive _zip;
    private readonly SpreadsheetLimits _limits;

    public XlsxPackage(Stream file, SpreadsheetLimits limits)
    {
        JudgeDirectory(file, limits);
        file.Position = 0;
        _limits = limits;
        _zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        if (_zip.Entries.Count > limits.Parts || _zip.Entries.Any(IsOutOfProportion))
        {
            throw new SpreadsheetRefusedException(SpreadsheetErrors.Bomb());
        }
    }

    /// <summary>Null when the workbook has no such part.</summary>
    public XmlPart? Open(string path) =>
        _zip.GetEntry(path) is { } entry ? new XmlPart(new GuardedPart(entry.Open()), _limits) : null;

    public void Dispose() => _zip.Dispose();

    private bool IsOutOfProportion(ZipArchiveEntry entry) =>
        entry.Length > _limits.PartBytes || (entry.Length > RatioJudgedAbove && entry.Length / Math.Max(1, entry.CompressedLength) > _limits.Ratio);

    /// <summary>Before <see cref="ZipArchive"/> makes an object of each entry: the list of parts lies in the last two megabytes, or it is no honest workbook.</summary>
    public static void JudgeDirectory(Stream file, SpreadsheetLimits limits)
    {
        var tail = new byte[Math.Min(file.Length, ushort.MaxValue + 22)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        var at = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (at < 0 || tail.Length - at < 22)
        {
            throw new SpreadsheetRefusedException(SpreadsheetErrors.Damaged());
        }

        var entries = BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(at + 10));
        var start = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at + 16));
        if (entries > limits.Parts || file.Length - tail.Length + at - start > DirectoryBytes)
        {
            throw new SpreadsheetRefusedException(SpreadsheetErrors.Bomb());
        }
    }
}

/// <summary>
/// An unpacked part with never a megabyte between two tags, so that no attribute or name can be long enough to hurt the parser, which
/// buffers both. A part longer than the directory says needs no guard: the framework cuts it off there, and the XML breaks.
/// </summary>
internal sealed class GuardedPart(Stream unpacked) : Stream
{
    private const int LongestRun = 1 << 20;
    private long _run;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        var n = unpacked.Read(buffer);
        var tag = buffer[..n].LastIndexOf((byte)'<');
        _run = tag < 0 ? _run + n : n - tag;
        return _run <= LongestRun ? n : throw new SpreadsheetRefusedException(SpreadsheetErrors.Bomb());
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
    public override void Flush() => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            unpacked.Dispose();
        }

        base.Dispose(disposing);
    }
}
