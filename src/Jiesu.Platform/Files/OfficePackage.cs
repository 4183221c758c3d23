using System.IO.Compression;
using System.Xml;

namespace Jiesu.Platform.Files;

/// <summary>办公文件压缩包 (SEC-83): what we store is opened later on somebody's desk, so size, ratio and DTD are judged here. Nothing is unpacked to the disk, so no path inside can lead anywhere.</summary>
internal static class OfficePackage
{
    private const long MostUnpacked = 500L << 20;
    private const long RatioJudgedAbove = 10L << 20;
    private const long MostRatio = 200;

    private static readonly XmlReaderSettings Prolog = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = 1 << 20 };

    /// <param name="content">An archive whose directory was judged; null when nothing speaks against it.</param>
    public static Error? Judge(Stream content)
    {
        content.Position = 0;
        using var zip = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
        return IsOutOfProportion(zip.Entries) ? FileErrors.OutOfProportion()
            : zip.Entries.Any(HasDtd) ? FileErrors.Suspicious()
            : null;
    }

    private static bool IsOutOfProportion(IReadOnlyCollection<ZipArchiveEntry> parts) =>
        parts.Sum(p => p.Length) > MostUnpacked || parts.Any(p => p.Length > RatioJudgedAbove && p.Length / Math.Max(1, p.CompressedLength) > MostRatio);

    /// <summary>A DTD stands before the root element, whatever the encoding; a part that is no XML at its start counts as one that hides something.</summary>
    private static bool HasDtd(ZipArchiveEntry part)
    {
        if (part.Length == 0 || Path.GetExtension(part.FullName).ToLowerInvariant() is not (".xml" or ".rels" or ".vml"))
        {
            return false;
        }

        try
        {
            using var unpacked = part.Open();
            using var xml = XmlReader.Create(unpacked, Prolog);
            xml.MoveToContent();
            return false;
        }
        catch (Exception damage) when (damage is XmlException or InvalidDataException)
        {
            return true;
        }
    }
}
