using System.Buffers.Binary;
using Jiesu.Platform;
using PdfSharp.Fonts;
using SkiaSharp;

namespace Jiesu.Orders.Features.Document;

/// <summary>
/// 中文字体 for PDF, found on the machine: fonts are not ours to ship. PDFsharp takes one face with TrueType outlines, so of a collection (.ttc) the first is cut out;
/// a face without digits or without Chinese is passed over (DroidSansFallback has no digits).
/// </summary>
internal sealed class CjkFont : IFontResolver
{
    private const string Needed = "0123456789诉办";
    private static readonly CjkFont Resolver = new();

    private static readonly string[] WellKnown =
    [
        "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", "/usr/share/fonts/wqy-zenhei/wqy-zenhei.ttc", "/usr/share/fonts/wqy-zenhei-fonts/wqy-zenhei.ttc", "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.Fonts), "simhei.ttf"), Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.Fonts), "simsun.ttc"),
    ];

    private CjkFont()
    {
    }

    public static Error Missing() => new(ErrorKind.Conflict, "document.no_font",
        "服务器上没有可用的中文字体，不能生成 PDF。请管理员安装字体（Debian、Ubuntu、麒麟：apt-get install fonts-wqy-zenhei），或在 Jiesu:Orders:DocumentFont 中写明一个 TrueType 中文字体文件；也可以改用 Word 格式。");

    /// <summary>The file of a usable face; null when there is none. What the setting names is taken or nothing is.</summary>
    public static string? Find(string? setting)
    {
        GlobalFontSettings.FontResolver ??= Resolver;
        return (string.IsNullOrEmpty(setting) ? WellKnown : [setting]).FirstOrDefault(IsUsable);
    }

    /// <summary>A family is called by its file.</summary>
    public FontResolverInfo ResolveTypeface(string familyName, bool isBold, bool isItalic) => new(familyName, mustSimulateBold: isBold, mustSimulateItalic: isItalic);

    public byte[] GetFont(string faceName) => Face(File.ReadAllBytes(faceName));

    private static bool IsUsable(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        using var data = SKData.Create(path);
        using var face = SKTypeface.FromData(data);
        if (face is null || !face.TryGetTableData(Tag("glyf"), out _))
        {
            return false;
        }

        using var font = new SKFont(face);
        return font.ContainsGlyphs(Needed);
    }

    private static uint Tag(string name) => BinaryPrimitives.ReadUInt32BigEndian(System.Text.Encoding.ASCII.GetBytes(name));

    /// <summary>The first face of a collection as a file of its own: its tables copied, their places written anew. Any other file as it is.</summary>
    internal static byte[] Face(byte[] file)
    {
        if (!file.AsSpan().StartsWith("ttcf"u8))
        {
            return file;
        }

        const int entry = 16;
        var at = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(12));
        var count = BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at + 4));
        var head = file.AsSpan(at, 12 + (count * entry)).ToArray();
        using var face = new MemoryStream();
        face.Write(head);
        for (var i = 12; i < head.Length; i += entry)
        {
            var (offset, length) = (BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(i + 8)), BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(i + 12)));
            BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(i + 8), (int)face.Position);
            face.Write(file, offset, length);
            face.Write(new byte[-length & 3]);
        }

        face.Position = 0;
        face.Write(head);
        return face.ToArray();
    }
}
