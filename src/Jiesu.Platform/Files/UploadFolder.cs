namespace Jiesu.Platform.Files;

/// <summary>续传文件夹: one file an upload, grown piece by piece. Its length is how far the upload came: nothing else keeps count, so nothing can disagree.</summary>
public sealed class UploadFolder
{
    private readonly string _folder;

    public UploadFolder(string folder)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
    }

    /// <summary>The file for its holder alone, on all nodes; null while another request has it.</summary>
    public FileStream? TryOpen(string id)
    {
        try
        {
            return new(PathOf(id), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1 << 17, FileOptions.Asynchronous);
        }
        catch (IOException) when (File.Exists(PathOf(id)))
        {
            return null;
        }
    }

    /// <summary>Bytes that came so far.</summary>
    public long LengthOf(string id) => new FileInfo(PathOf(id)) is { Exists: true } file ? file.Length : 0;

    public void Delete(string id) => File.Delete(PathOf(id));

    /// <summary>Files that nobody touched since then, whatever made them.</summary>
    public void DeleteBefore(DateTimeOffset instant)
    {
        foreach (var file in new DirectoryInfo(_folder).EnumerateFiles().Where(f => f.LastWriteTimeUtc < instant))
        {
            file.Delete();
        }
    }

    private string PathOf(string id) => id.All(char.IsAsciiHexDigitLower) ? Path.Combine(_folder, id) : throw new ArgumentException("No id of an upload.", nameof(id));
}
