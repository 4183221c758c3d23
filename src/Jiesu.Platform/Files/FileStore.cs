using System.Buffers;
using System.Security.Cryptography;

namespace Jiesu.Platform.Files;

/// <summary>已存文件.</summary>
/// <param name="Hash">SHA-256, 64 lower-case hexadecimal digits: the name of the content.</param>
public sealed record StoredFile(string Hash, long Size);

/// <summary>文件库: content-addressed, in a local folder. The same content is stored once; what is handed out is what was stored, or nothing.</summary>
public sealed class FileStore
{
    private const int BufferSize = 1 << 17;
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    private readonly string _folder;
    private readonly string _drafts;

    public FileStore(string folder, TimeProvider clock)
    {
        _folder = folder;
        _drafts = Path.Combine(folder, "drafts");
        Directory.CreateDirectory(_drafts);
        foreach (var draft in new DirectoryInfo(_drafts).EnumerateFiles().Where(f => f.LastWriteTimeUtc < clock.GetUtcNow() - Abandoned))
        {
            draft.Delete();          // left by a process that was killed
        }
    }

    /// <summary>Returns only when the content would survive a power cut. More bytes than the limit are refused and leave nothing behind.</summary>
    public async Task<Result<StoredFile>> SaveAsync(Stream content, long limit, CancellationToken ct)
    {
        var draft = Path.Combine(_drafts, Guid.CreateVersion7().ToString("N"));
        try
        {
            if (await WriteAsync(draft, content, limit, ct) is not { } stored)
            {
                return FileErrors.TooLarge(limit);
            }

            Publish(draft, PathOf(stored.Hash));
            await using var check = Read(PathOf(stored.Hash));
            return await HashAsync(check, ct) == stored.Hash ? stored : throw new DamagedFileException(stored.Hash);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    /// <summary>The whole content is checked before the first byte is handed out. The stream can seek.</summary>
    /// <exception cref="DamagedFileException">The disk no longer holds what was stored.</exception>
    public async Task<Result<Stream>> OpenAsync(string hash, CancellationToken ct)
    {
        if (!IsHash(hash) || !File.Exists(PathOf(hash)))
        {
            return FileErrors.Absent();
        }

        var file = Read(PathOf(hash));
        if (await HashAsync(file, ct) != hash)
        {
            await file.DisposeAsync();
            throw new DamagedFileException(hash);
        }

        file.Position = 0;
        return file;
    }

    private string PathOf(string hash) => Path.Combine(_folder, hash[..2], hash[2..]);

    private static bool IsHash(string hash) => hash.Length == SHA256.HashSizeInBytes * 2 && hash.All(char.IsAsciiHexDigitLower);

    /// <summary>Null when the content is longer than the limit.</summary>
    private static async Task<StoredFile?> WriteAsync(string draft, Stream content, long limit, CancellationToken ct)
    {
        await using var file = new FileStream(draft, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            long size = 0;
            for (var n = await content.ReadAsync(buffer, ct); n > 0; n = await content.ReadAsync(buffer, ct))
            {
                size += n;
                if (size > limit)
                {
                    return null;
                }

                hash.AppendData(buffer, 0, n);
                await file.WriteAsync(buffer.AsMemory(0, n), ct);
            }

            Durable.Sync(file.SafeFileHandle);
            return new StoredFile(Convert.ToHexStringLower(hash.GetHashAndReset()), size);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Over a file of the same name too: equal content does no harm, and a damaged one is healed.</summary>
    private void Publish(string draft, string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            Durable.SyncFolder(_folder);
        }

        File.Move(draft, path, overwrite: true);
        Durable.SyncFolder(folder);
    }

    private static FileStream Read(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferSize, FileOptions.Asynchronous | FileOptions.SequentialScan);

    private static async Task<string> HashAsync(Stream file, CancellationToken ct) => Convert.ToHexStringLower(await SHA256.HashDataAsync(file, ct));
}

/// <summary>The disk holds something else than was stored; named, and never served (REL-41).</summary>
public sealed class DamagedFileException(string hash) : IOException($"The stored file {hash} is damaged. Restore it from the backup.")
{
    public string Hash { get; } = hash;
}
