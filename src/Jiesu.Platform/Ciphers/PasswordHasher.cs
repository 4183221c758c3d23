using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;

namespace Jiesu.Platform.Ciphers;

/// <summary>
/// 口令杂凑 (SEC-03): PBKDF2 with SM3 or SHA-256. The stored text says how it was made: <c>pbkdf2-sm3$600000$salt$hash</c>.
/// One hash costs half a second of a core, so only as many run at once as leave the house its breath.
/// </summary>
public sealed class PasswordHasher(CipherSuite suite) : IDisposable
{
    private const int Rounds = 600_000;
    private const int SaltLength = 16;
    private const int HashLength = 32;

    private readonly SemaphoreSlim _gate = new(Math.Max(1, Environment.ProcessorCount / 2));

    public async Task<string> HashAsync(string password, CancellationToken ct)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        var hash = await DeriveAsync(suite, password, salt, Rounds, ct);
        return $"{NameOf(suite)}${Rounds}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}";
    }

    /// <summary>False also for a text that is no hash of ours, such as an empty one.</summary>
    public async Task<bool> VerifyAsync(string stored, string password, CancellationToken ct)
    {
        if (Read(stored) is not { } made)
        {
            return false;
        }

        var hash = await DeriveAsync(made.Suite, password, made.Salt, made.Rounds, ct);
        return CryptographicOperations.FixedTimeEquals(hash, made.Hash);
    }

    /// <summary>True when the hash was made by another suite or with fewer rounds than today: hash anew at the next sign-in.</summary>
    public bool NeedsRehash(string stored) => Read(stored) is not { } made || made.Suite != suite || made.Rounds < Rounds;

    public void Dispose() => _gate.Dispose();

    private async Task<byte[]> DeriveAsync(CipherSuite by, string password, byte[] salt, int rounds, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            return await Task.Run(() => Derive(by, password, salt, rounds), ct);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>NFC, so that one password typed on two keyboards is one password.</summary>
    private static byte[] Derive(CipherSuite by, string password, byte[] salt, int rounds)
    {
        var secret = Encoding.UTF8.GetBytes(Text.UnicodeText.Clean(password).Normalize(NormalizationForm.FormC));
        if (by == CipherSuite.Intl)
        {
            return Rfc2898DeriveBytes.Pbkdf2(secret, salt, rounds, HashAlgorithmName.SHA256, HashLength);
        }

        var generator = new Pkcs5S2ParametersGenerator(new SM3Digest());
        generator.Init(secret, salt, rounds);
        return ((KeyParameter)generator.GenerateDerivedMacParameters(HashLength * 8)).GetKey();
    }

    private static (CipherSuite Suite, int Rounds, byte[] Salt, byte[] Hash)? Read(string stored)
    {
        var parts = stored.Split('$');
        return parts.Length == 4
            && Enum.GetValues<CipherSuite>().Where(s => NameOf(s) == parts[0]).ToArray() is [var by]
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var rounds) && rounds > 0
            && Bytes(parts[2]) is { Length: SaltLength } salt
            && Bytes(parts[3]) is { Length: HashLength } hash
                ? (by, rounds, salt, hash)
                : null;
    }

    private static byte[]? Bytes(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var n) ? bytes[..n] : null;
    }

    private static string NameOf(CipherSuite suite) => suite switch
    {
        CipherSuite.Gm => "pbkdf2-sm3",
        CipherSuite.Intl => "pbkdf2-sha256",
    };
}
