using System.IO.Compression;
using System.Text;
using CsCheck;

namespace Jiesu.Platform.Files;

public sealed class FileCheckTests
{
    private static readonly byte[] Jpg = [0xFF, 0xD8, 0xFF, 0xE0, .. new byte[100]];
    private static readonly byte[] Exe = [(byte)'M', (byte)'Z', 0x90, 0, .. new byte[100]];
    private static readonly byte[] Compound = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[70_000]];

    public static TheoryData<string, string?, byte[]> Honest => new()
    {
        { "现场.JPG", "image/jpeg", Jpg },
        { "现场.jpeg", null, Jpg },
        { "说明.pdf", "application/pdf", Bytes("%PDF-1.7\n") },
        { "名单.xlsx", "application/octet-stream", Zip("[Content_Types].xml", "xl/workbook.xml") },
        { "复函.docx", "", Zip("[Content_Types].xml", "word/document.xml") },
        { "旧表.xls", "application/vnd.ms-excel", Compound },
        { "复函.docx", null, Filled("word/document.xml", "<?xml version='1.0'?><a>正文</a>") },
        { "现场.HEIC", "image/heic", Bytes("\0\0\0\u0018ftypheic\0\0\0\0") },
        { "录音.amr", "audio/amr", Bytes("#!AMR\n") },
        { "录音.mp3", "audio/mpeg", Bytes("ID3\u0004") },
        { "录像.mp4", "video/mp4", Bytes("\0\0\0\u0020ftypisom") },
        { "情况.txt", "text/plain; charset=utf-8", Encoding.UTF8.GetBytes("楼道灯 < 10 盏") },
        { "名单.csv", "application/vnd.ms-excel", Encoding.UTF8.GetBytes("姓名,电话\n") },
    };

    [Theory, MemberData(nameof(Honest), DisableDiscoveryEnumeration = true)]
    public void An_honest_file_is_taken(string name, string? declared, byte[] content) =>
        Assert.Equal(FileNames.Extension(name), FileCheck.Check(name, declared, new MemoryStream(content)).Value.Extension);

    public static TheoryData<string, string?, byte[], string> Disguised => new()
    {
        { "a.exe", null, Exe, "file.kind_unknown" },
        { "a.svg", "image/svg+xml", Bytes("<svg/>"), "file.kind_unknown" },
        { "a", null, Jpg, "file.kind_unknown" },
        { "a.jpg.zip", null, Zip("a"), "file.kind_unknown" },
        { "a.jpg", "image/jpeg", Exe, "file.kind_mismatch" },
        { "a.jpg", "text/html", Jpg, "file.kind_mismatch" },
        { "a.png", "image/png", Bytes("<svg xmlns='http://www.w3.org/2000/svg'/>"), "file.kind_mismatch" },
        { "a.txt", "text/plain", Bytes(" \n<html><body>"), "file.kind_mismatch" },
        { "a.txt", "text/plain", Bytes("#!/bin/sh\n"), "file.kind_mismatch" },
        { "a.txt", "text/plain", Exe, "file.kind_mismatch" },
        { "a.xlsx", null, Zip("word/document.xml"), "file.kind_mismatch" },
        { "a.docx", null, Bytes("PK\u0003\u0004 cut off"), "file.kind_mismatch" },
        { "a.docx", null, Zip("word/document.xml", "word/vbaProject.bin"), "file.suspicious" },
        { "a.doc", null, [.. Compound, .. Encoding.Unicode.GetBytes("_VBA_PROJECT")], "file.suspicious" },
        { "a.gif", "image/gif", Bytes("GIF89a/*...*/=1;<ScRipt>"), "file.suspicious" },
        { "a.jpg", "image/jpeg", [.. Jpg, .. Zip("a.exe")], "file.suspicious" },
        { "a.txt", null, [], "file.empty" },
        { "a.heic", "image/heic", Bytes("\0\0\0\u0018ftypisom"), "file.kind_mismatch" },
        { "a.docx", null, Filled("word/document.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "file.suspicious" },
        { "a.docx", null, Filled("word/document.xml", "<!DOCTYPE a><a/>", Encoding.Unicode), "file.suspicious" },
        { "a.xlsx", null, Filled("xl/workbook.xml", "<a>" + new string(' ', 12 << 20) + "</a>"), "file.out_of_proportion" },
    };

    [Theory, MemberData(nameof(Disguised), DisableDiscoveryEnumeration = true)]
    public void A_disguised_file_is_refused(string name, string? declared, byte[] content, string code) =>
        Assert.Equal(code, FileCheck.Check(name, declared, new MemoryStream(content)).Error?.Code);

    [Fact]
    public void A_picture_over_its_limit_is_refused() =>
        Assert.Equal("file.too_large", FileCheck.Check("a.jpg", null, new MemoryStream(new byte[(20 << 20) + 1])).Error?.Code);

    [Theory]
    [InlineData("现场照片（一）.jpg", "现场照片（一）.jpg")]
    [InlineData("C:\\Users\\x\\情况说明.docx", "情况说明.docx")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("a\u202Egpj.exe", "agpj.exe")]
    [InlineData("零\u200B宽\u2066.txt", "零宽.txt")]
    [InlineData("a\0b\r\nc.txt", "abc.txt")]
    [InlineData("con.txt", "_con.txt")]
    [InlineData("问?题*\"|.txt", "问_题___.txt")]
    [InlineData(" .. ", "未命名")]
    [InlineData("..", "未命名")]
    [InlineData(". .a . ", "a")]
    [InlineData("目录/", "未命名")]
    [InlineData(null, "未命名")]
    [InlineData("𠮷.png", "𠮷.png")]
    public void A_file_name_keeps_its_words_and_nothing_else(string? name, string normalised) => Assert.Equal(normalised, FileNames.Normalise(name));

    [Fact]
    public void Any_file_name_becomes_a_short_one_that_stays_as_it_is() => Gen.String[0, 200].Sample(name =>
    {
        var once = FileNames.Normalise(name);
        return once.Length is > 0 and <= 120 && FileNames.Normalise(once) == once && !once.Any(c => c < ' ' || c is '/' or '\\');
    });

    [Fact]
    public void A_name_that_is_cut_at_a_blank_does_not_end_with_one()
    {
        var cut = FileNames.Normalise(new string('名', 119) + " 之后");

        Assert.Equal((new string('名', 119), cut), (cut, FileNames.Normalise(cut)));
    }

    private static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    private static byte[] Zip(params string[] parts)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var part in parts)
            {
                zip.CreateEntry(part);
            }
        }

        return file.ToArray();
    }

    private static byte[] Filled(string part, string xml, Encoding? encoding = null)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var text = new StreamWriter(zip.CreateEntry(part).Open(), encoding ?? new UTF8Encoding(false));
            text.Write(xml);
        }

        return file.ToArray();
    }
}
