using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Jiesu.Platform.Files;

/// <summary>
/// 落盘: fsync whose failure is heard (REL-40). .NET's own (<c>Flush(true)</c>, <c>FlushToDisk</c>) returns normally when fsync fails,
/// and has none for folders; so on Unix libc is asked directly.
/// </summary>
internal static class Durable
{
    private const int ReadOnly = 0;

    /// <exception cref="IOException">The bytes may not be on the disk; nothing may be acknowledged.</exception>
    public static void Sync(SafeFileHandle file)
    {
        if (OperatingSystem.IsWindows())
        {
            RandomAccess.FlushToDisk(file);
        }
        else if (FSync(file) != 0)
        {
            throw Failure("fsync");
        }
    }

    /// <summary>Makes a rename or a new file in the folder survive a crash; Windows has nothing to do here.</summary>
    public static void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var handle = Open(Encoding.UTF8.GetBytes(folder + "\0"), ReadOnly);
        if (handle.IsInvalid)
        {
            throw Failure("open");
        }

        Sync(handle);
    }

    private static IOException Failure(string call) => new($"{call}: {Marshal.GetLastPInvokeErrorMessage()}");

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int FSync(SafeFileHandle file);

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern SafeFileHandle Open(byte[] path, int flags);
}
