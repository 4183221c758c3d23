using Jiesu.Platform.Files;

namespace Jiesu.Platform.Ciphers;

/// <summary>A file that only its owner may read, from its first moment on (mode 0600).</summary>
public static class SecretFile
{
    /// <summary>What is there; else what <paramref name="make"/> gives. Of two processes that start at once, both read the same.</summary>
    public static byte[] Open(string path, Func<byte[]> make)
    {
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            Write(path, make(), replace: false);
        }

        return File.ReadAllBytes(path);
    }

    /// <summary>Appears whole or not at all.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content, bool replace)
    {
        var draft = $"{path}.{Guid.CreateVersion7():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(draft, options))
        {
            file.Write(content);
            file.Flush();
            Durable.Sync(file.SafeFileHandle);
        }

        try
        {
            File.Move(draft, path, replace);
            Durable.SyncFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch (IOException) when (!replace && File.Exists(path))
        {
            File.Delete(draft);    // the other process was first
        }
    }
}
