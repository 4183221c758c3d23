using System.Security.Cryptography;
using CsCheck;

namespace Jiesu.Platform.Ciphers;

public sealed class FieldCipherTests : IDisposable
{
    private static readonly FieldPlace Phone = new("identity_caller", "phone", "7");
    private readonly string _folder = Directory.CreateTempSubdirectory("jiesu-keys-").FullName;

    private string Ring => Path.Combine(_folder, "keys", "ring.json");

    [Theory, InlineData(CipherSuite.Gm), InlineData(CipherSuite.Intl)]
    public void A_sealed_field_opens_only_where_it_was_written(CipherSuite suite)
    {
        var cipher = new FieldCipher(KeyRing.Open(Ring), suite);

        var value = cipher.Encrypt("13812345678", Phone);

        Assert.Equal("13812345678", cipher.Decrypt(value, Phone));
        Assert.ThrowsAny<CryptographicException>(() => cipher.Decrypt(value, Phone with { RowId = "8" }));
        Assert.ThrowsAny<CryptographicException>(() => cipher.Decrypt(value, Phone with { Table = "identity_calle", Column = "rphone" }));
        Assert.ThrowsAny<CryptographicException>(() => cipher.Decrypt([], Phone));
        Assert.NotEqual(value, cipher.Encrypt("13812345678", Phone));
        Gen.Int[0, value.Length - 1].Sample(i =>
        {
            var changed = value.ToArray();
            changed[i] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => cipher.Decrypt(changed, Phone));
        }, iter: 50);
    }

    [Fact]
    public void Values_of_the_old_suite_open_and_are_found_after_a_change()
    {
        var before = new FieldCipher(KeyRing.Open(Ring), CipherSuite.Gm);
        var value = before.Encrypt("𠮷先生", Phone);
        var index = before.BlindIndex("138-1234 5678", "identity_caller.phone");

        var after = new FieldCipher(KeyRing.Open(Ring), CipherSuite.Intl);

        Assert.Equal("𠮷先生", after.Decrypt(value, Phone));
        Assert.True(after.NeedsReencryption(value));
        Assert.False(after.NeedsReencryption(after.Encrypt("x", Phone)));
        Assert.Contains(index, after.BlindIndexes("+86 １３８12345678", "identity_caller.phone"));
        Assert.DoesNotContain(index, after.BlindIndexes("13812345678", "identity_person.phone"));
        Assert.NotEqual(index, after.BlindIndex("13812345678", "identity_caller.phone"));
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void The_key_ring_is_for_its_owner_only()
    {
        KeyRing.Open(Ring);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Ring));
        Assert.Equal(["ring.json"], Directory.GetFiles(Path.GetDirectoryName(Ring)!).Select(Path.GetFileName));
        File.SetUnixFileMode(Ring, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Assert.Throws<InvalidOperationException>(() => KeyRing.Open(Ring));
    }

    [Fact]
    public async Task Nodes_that_start_at_once_share_one_ring()
    {
        var rings = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => KeyRing.Open(Ring), TestContext.Current.CancellationToken)));

        Assert.Single(rings.Select(r => Convert.ToHexString(r.Newest(CipherSuite.Gm, KeyUse.Field).Secret)).Distinct());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
