using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace Jiesu.Platform.Files;

public sealed class FileStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("jiesu-files-").FullName;
    private readonly FileStore _store;

    public FileStoreTests() => _store = new FileStore(_folder, TimeProvider.System);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Content_is_stored_once_under_its_hash()
    {
        var content = Encoding.UTF8.GetBytes("现场照片");

        var first = (await _store.SaveAsync(new MemoryStream(content), 100, Ct)).Value;
        var second = (await _store.SaveAsync(new MemoryStream(content), 100, Ct)).Value;

        Assert.Equal(new StoredFile(Convert.ToHexStringLower(SHA256.HashData(content)), content.Length), first);
        Assert.Equal(first, second);
        Assert.Single(Directory.GetFiles(_folder, "*", SearchOption.AllDirectories));
        await using var file = (await _store.OpenAsync(first.Hash, Ct)).Value;
        using var text = new StreamReader(file);
        Assert.Equal("现场照片", await text.ReadToEndAsync(Ct));
    }

    [Fact]
    public async Task A_file_over_the_limit_leaves_nothing_behind()
    {
        var refused = await _store.SaveAsync(new MemoryStream(new byte[300_001]), 300_000, Ct);

        Assert.Equal("file.too_large", refused.Error?.Code);
        Assert.Empty(Directory.GetFiles(_folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_flipped_bit_is_named_and_never_served_until_the_content_comes_again()
    {
        var stored = (await _store.SaveAsync(new MemoryStream([1, 2, 3]), 100, Ct)).Value;
        await File.WriteAllBytesAsync(Directory.GetFiles(_folder, "*", SearchOption.AllDirectories).Single(), [1, 2, 2], Ct);

        var damaged = await Assert.ThrowsAsync<DamagedFileException>(() => _store.OpenAsync(stored.Hash, Ct));
        await _store.SaveAsync(new MemoryStream([1, 2, 3]), 100, Ct);

        Assert.Equal(stored.Hash, damaged.Hash);
        await using var healed = (await _store.OpenAsync(stored.Hash, Ct)).Value;
        Assert.Equal(3, healed.Length);
    }

    [Theory, InlineData(""), InlineData("../../etc/passwd"), InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task What_was_never_stored_is_absent(string hash) => Assert.Equal("file.absent", (await _store.OpenAsync(hash, Ct)).Error?.Code);

    [Fact]
    public void A_failed_fsync_is_heard()
    {
        using var device = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.Write);          // takes bytes, but cannot keep them: EINVAL

        Assert.Throws<IOException>(() => Durable.Sync(device));
        Assert.Throws<IOException>(() => Durable.SyncFolder(Path.Combine(_folder, "absent")));
    }

    [Fact]
    public async Task Drafts_of_a_killed_process_are_cleared_after_a_day()
    {
        var draft = Path.Combine(_folder, "drafts", "x");
        await File.WriteAllTextAsync(draft, "half", Ct);

        _ = new FileStore(_folder, new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddHours(23)));
        Assert.True(File.Exists(draft));
        _ = new FileStore(_folder, new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddHours(25)));
        Assert.False(File.Exists(draft));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
