namespace Jiesu.Platform.Files;

/// <summary>附件大类; each has its own limit of size.</summary>
public enum FileGroup { Image, Document, Recording, Text }

/// <summary>附件类型: one row of the allow-list (SEC-80).</summary>
/// <param name="Types">Media types that a browser may declare; the first is the one we serve.</param>
public sealed record FileKind(string Extension, FileGroup Group, params IReadOnlyList<string> Types)
{
    private const long Megabyte = 1 << 20;

    public string ContentType => Types[0];

    /// <summary>Bytes.</summary>
    public long Limit => Group switch
    {
        FileGroup.Image => 20 * Megabyte,
        FileGroup.Document or FileGroup.Text => 30 * Megabyte,
        FileGroup.Recording => 300 * Megabyte,
    };

    /// <summary>By extension; null for what is not on the list.</summary>
    public static FileKind? Of(string extension) => All.FirstOrDefault(k => k.Extension == extension);

    /// <summary>Archives are not among them: what is inside could not be checked.</summary>
    internal static IReadOnlyList<FileKind> All { get; } =
    [
        new("jpg", FileGroup.Image, "image/jpeg", "image/jpg", "image/pjpeg"),
        new("jpeg", FileGroup.Image, "image/jpeg", "image/jpg", "image/pjpeg"),
        new("png", FileGroup.Image, "image/png", "image/x-png"),
        new("gif", FileGroup.Image, "image/gif"),
        new("webp", FileGroup.Image, "image/webp"),
        new("heic", FileGroup.Image, "image/heic", "image/heif"),
        new("heif", FileGroup.Image, "image/heif", "image/heic"),
        new("pdf", FileGroup.Document, "application/pdf", "application/x-pdf"),
        new("docx", FileGroup.Document, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        new("xlsx", FileGroup.Document, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        new("doc", FileGroup.Document, "application/msword"),
        new("xls", FileGroup.Document, "application/vnd.ms-excel"),
        new("mp3", FileGroup.Recording, "audio/mpeg", "audio/mp3"),
        new("wav", FileGroup.Recording, "audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave"),
        new("m4a", FileGroup.Recording, "audio/mp4", "audio/x-m4a", "audio/m4a", "video/mp4"),
        new("amr", FileGroup.Recording, "audio/amr", "audio/3gpp"),
        new("mp4", FileGroup.Recording, "video/mp4", "audio/mp4"),
        new("txt", FileGroup.Text, "text/plain"),
        new("csv", FileGroup.Text, "text/csv", "text/plain", "application/csv", "application/vnd.ms-excel"),
    ];
}
