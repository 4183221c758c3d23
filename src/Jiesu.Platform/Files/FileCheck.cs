using System.IO.Compression;
using System.Text;
using Jiesu.Platform.Spreadsheets;

namespace Jiesu.Platform.Files;

/// <summary>文件检查 (SEC-80): extension, declared type and content must tell the same story.</summary>
public static class FileCheck
{
    private const string Undeclared = "application/octet-stream";
    private const int EndLength = 1 << 16;

    /// <summary>Nothing shorter: four letters turn up by chance in one picture of some thousand.</summary>
    private static readonly string[] Scripts = ["<script", "<?php", "<html", "<!doctype", "<iframe"];
    private static readonly string[] HeifBrands = ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"];
    private static readonly string[] MacroParts = ["vbaproject", "activex", "embeddings/oleobject"];

    /// <param name="declared">Content-Type of the upload, parameters allowed; null or octet-stream when the browser does not know.</param>
    /// <param name="content">Seekable; left at its start.</param>
    public static Result<FileKind> Check(string fileName, string? declared, Stream content)
    {
        var extension = FileNames.Extension(fileName);
        if (FileKind.All.FirstOrDefault(k => k.Extension == extension) is not { } kind)
        {
            return FileErrors.KindUnknown(string.Join("、", FileKind.All.Select(k => k.Extension)));
        }

        if (content.Length == 0 || content.Length > kind.Limit)
        {
            return content.Length == 0 ? FileErrors.Empty() : FileErrors.TooLarge(kind.Limit);
        }

        var type = declared?.Split(';')[0].Trim().ToLowerInvariant();
        if (!string.IsNullOrEmpty(type) && type != Undeclared && !kind.Types.Contains(type))
        {
            return FileErrors.KindMismatch(extension);
        }

        var refusal = !HasSignature(extension, content) ? FileErrors.KindMismatch(extension) : CarriesSomething(kind, content) ? FileErrors.Suspicious() : Office(extension, content);
        content.Position = 0;
        return refusal is null ? kind : refusal;
    }

    private static bool HasSignature(string extension, Stream content)
    {
        var head = Piece(content, 0, 16);
        return extension switch
        {
            "jpg" or "jpeg" => head is [0xFF, 0xD8, 0xFF, ..],
            "png" => head is [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..],
            "gif" => head.AsSpan().StartsWith("GIF87a"u8) || head.AsSpan().StartsWith("GIF89a"u8),
            "webp" => head.AsSpan().StartsWith("RIFF"u8) && head.Length > 12 && head.AsSpan(8).StartsWith("WEBP"u8),
            "wav" => head.AsSpan().StartsWith("RIFF"u8) && head.Length > 12 && head.AsSpan(8).StartsWith("WAVE"u8),
            "pdf" => head.AsSpan().StartsWith("%PDF-"u8),
            "doc" or "xls" => head is [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..],
            "mp3" => head.AsSpan().StartsWith("ID3"u8) || head is [0xFF, >= 0xE2 and not 0xFF, ..],
            "amr" => head.AsSpan().StartsWith("#!AMR"u8),
            "heic" or "heif" => head.Length >= 12 && head.AsSpan(4).StartsWith("ftyp"u8) && HeifBrands.Contains(Encoding.Latin1.GetString(head, 8, 4)),
            "mp4" or "m4a" => head.Length > 8 && head.AsSpan(4).StartsWith("ftyp"u8),
            "docx" => HasPart(content, "word/document.xml"),
            "xlsx" => HasPart(content, "xl/workbook.xml"),
            _ => IsPlainText(content),
        };
    }

    /// <summary>A picture with a script or an archive behind it; an office file with macros.</summary>
    private static bool CarriesSomething(FileKind kind, Stream content) => kind.Group switch
    {
        FileGroup.Image => HasScript(Piece(content, 0, EndLength)) || HasScript(Tail(content)) || Tail(content).AsSpan().IndexOf("PK\u0005\u0006"u8) >= 0,
        FileGroup.Document => kind.Extension switch
        {
            "docx" or "xlsx" => Parts(content)?.Any(p => MacroParts.Any(m => p.Contains(m, StringComparison.OrdinalIgnoreCase))) != false,
            "pdf" => false,
            _ => HasName(content, "_VBA_PROJECT"),
        },
        FileGroup.Text or FileGroup.Recording => false,
    };

    /// <summary>SEC-83, for office files.</summary>
    private static Error? Office(string extension, Stream content) => extension is "docx" or "xlsx" ? OfficePackage.Judge(content) : null;

    private static bool HasPart(Stream content, string path) => Parts(content)?.Contains(path, StringComparer.OrdinalIgnoreCase) == true;

    /// <summary>Null when it is no archive, or one that the guard refuses to open.</summary>
    private static string[]? Parts(Stream content)
    {
        try
        {
            XlsxPackage.JudgeDirectory(content, SpreadsheetLimits.Default);
            content.Position = 0;
            using var zip = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
            return [.. zip.Entries.Select(e => e.FullName)];
        }
        catch (Exception damage) when (damage is SpreadsheetRefusedException or InvalidDataException or EndOfStreamException)
        {
            return null;
        }
    }

    /// <summary>No NUL, a known encoding, and no markup or script at its start.</summary>
    private static bool IsPlainText(Stream content)
    {
        try
        {
            var encoding = CsvEncoding.Recognise(content);
            content.Position = 0;
            using var text = new StreamReader(content, encoding, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
            var head = new char[4096];
            var start = head.AsSpan(0, text.ReadBlock(head)).TrimStart();
            return !start.StartsWith("<") && !start.StartsWith("#!") && !start.StartsWith("%PDF") && !HasScript(Encoding.UTF8.GetBytes(start.ToString()));
        }
        catch (SpreadsheetRefusedException)
        {
            return false;
        }
    }

    private static bool HasScript(byte[] piece)
    {
        var text = Encoding.Latin1.GetString(piece);
        return Scripts.Any(s => text.Contains(s, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A stream of this name in a compound file, whose directory may lie anywhere.</summary>
    private static bool HasName(Stream content, string name)
    {
        var wanted = Encoding.Unicode.GetBytes(name);
        for (long at = 0; at < content.Length; at += EndLength)
        {
            if (Piece(content, at, EndLength + wanted.Length).AsSpan().IndexOf(wanted) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    private static byte[] Tail(Stream content) => Piece(content, Math.Max(0, content.Length - EndLength), EndLength);

    private static byte[] Piece(Stream content, long at, int length)
    {
        content.Position = at;
        var piece = new byte[Math.Min(length, content.Length - at)];
        content.ReadExactly(piece);
        return piece;
    }
}
