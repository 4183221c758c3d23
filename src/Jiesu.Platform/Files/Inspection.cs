namespace Jiesu.Platform.Files;

/// <summary>安检合格的文件.</summary>
/// <param name="Name">Normalised, with the extension of <paramref name="Kind"/>.</param>
/// <param name="Content">What may be kept: of a picture the clean copy, else what came.</param>
/// <param name="Facts">Null for what is no picture.</param>
/// <param name="IsScanned">False while the antivirus daemon does not answer: then nobody may have it yet.</param>
public sealed record InspectedFile(string Name, FileKind Kind, Stream Content, PictureFacts? Facts, bool IsScanned);

/// <summary>文件安检: everything that a file goes through before it is kept, however it came (SEC-80 to SEC-84).</summary>
public sealed class Inspection(Pictures pictures, IVirusScan scan)
{
    /// <param name="name">As the client says.</param>
    /// <param name="declared">Content-Type of the client; null when it does not know.</param>
    /// <param name="content">Seekable; stays the caller's.</param>
    public async Task<Result<InspectedFile>> InspectAsync(string? name, string? declared, Stream content, CancellationToken ct)
    {
        var safe = FileNames.Normalise(name);
        var kind = FileCheck.Check(safe, declared, content);
        if (kind.Error is not null)
        {
            return kind.Error;
        }

        var verdict = await scan.ScanAsync(content, ct);         // before any decoder sees the file
        content.Position = 0;
        if (verdict == ScanVerdict.Infected)
        {
            return FileErrors.Infected();
        }

        return kind.Value.Group == FileGroup.Image
            ? await CleanAsync(safe, kind.Value, content, verdict, ct)
            : new InspectedFile(safe, kind.Value, content, null, verdict == ScanVerdict.Clean);
    }

    private async Task<Result<InspectedFile>> CleanAsync(string name, FileKind kind, Stream content, ScanVerdict verdict, CancellationToken ct)
    {
        var clean = await pictures.CleanAsync(kind, content, ct);
        if (clean.Error is not null)
        {
            return clean.Error;
        }

        var (picture, extension, facts) = clean.Value;
        var renamed = extension == kind.Extension ? name : Path.ChangeExtension(name, extension);
        return new InspectedFile(renamed, FileKind.Of(extension)!, new MemoryStream(picture, writable: false), facts, verdict == ScanVerdict.Clean);
    }
}
