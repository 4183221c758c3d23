using System.Security.Cryptography;
using System.Text.Json;

namespace Jiesu.Platform.Ciphers;

/// <summary>What a key is for; a key has one use only.</summary>
public enum KeyUse { Field, Index }

/// <summary>密钥.</summary>
/// <param name="Id">Never used twice in a ring; stored with each value.</param>
public sealed record CipherKey(int Id, CipherSuite Suite, KeyUse Use, byte[] Secret)
{
    public override string ToString() => $"{Suite} {Use} key {Id}";
}

/// <summary>密钥环: a file beside the database, never in it. The newest key of a suite and use is the one for new values; older ones only read.</summary>
public sealed class KeyRing
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly Dictionary<int, CipherKey> _byId;

    private KeyRing(IEnumerable<CipherKey> keys) => _byId = keys.ToDictionary(k => k.Id);

    /// <summary>Reads the ring, or makes one with random keys for both suites on the first start. Nodes that start at once agree on one.</summary>
    public static KeyRing Open(string path)
    {
        var content = SecretFile.Open(path, () => JsonSerializer.SerializeToUtf8Bytes(NewKeys()));
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~OwnerOnly) != 0)
        {
            throw new InvalidOperationException($"The key ring {path} is open to others. Make it readable by its owner only (chmod 600), and replace the keys if others may have read it.");
        }

        return new(JsonSerializer.Deserialize<CipherKey[]>(content) ?? throw new InvalidDataException($"The key ring {path} is empty."));
    }

    public CipherKey? Find(int id) => _byId.GetValueOrDefault(id);

    public CipherKey Newest(CipherSuite suite, KeyUse use) => _byId.Values.Where(k => k.Suite == suite && k.Use == use).MaxBy(k => k.Id)
        ?? throw new InvalidOperationException($"The key ring has no {use} key for suite {suite}.");

    public IReadOnlyList<CipherKey> All(KeyUse use) => [.. _byId.Values.Where(k => k.Use == use).OrderBy(k => k.Id)];

    private static CipherKey[] NewKeys() =>
    [
        Make(1, CipherSuite.Gm, KeyUse.Field, 16),
        Make(2, CipherSuite.Gm, KeyUse.Index, 32),
        Make(3, CipherSuite.Intl, KeyUse.Field, 32),
        Make(4, CipherSuite.Intl, KeyUse.Index, 32),
    ];

    private static CipherKey Make(int id, CipherSuite suite, KeyUse use, int length) => new(id, suite, use, RandomNumberGenerator.GetBytes(length));
}
