using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;

namespace Jiesu.Platform.Ciphers;

/// <summary>Where a value stands. It is part of the seal: a value copied to another row, column or table does not open.</summary>
public readonly record struct FieldPlace(string Table, string Column, string RowId);

/// <summary>
/// 字段加密 (SEC-57, 59, 60): seals personal fields and makes blind indexes for equality search. Thread-safe.
/// A value is version (1 byte), suite (1), key id (4, big-endian), nonce (12), text and tag (16); the head is sealed too.
/// </summary>
/// <param name="suite">For new values; old ones open with the suite that is stored in them.</param>
public sealed class FieldCipher(KeyRing keys, CipherSuite suite)
{
    private const byte Version = 1;
    private const int HeadLength = 6;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    public byte[] Encrypt(string text, FieldPlace place)
    {
        var key = keys.Newest(suite, KeyUse.Field);
        var plain = Encoding.UTF8.GetBytes(text);
        var value = new byte[HeadLength + NonceLength + plain.Length + TagLength];
        (value[0], value[1]) = (Version, (byte)key.Suite);
        BinaryPrimitives.WriteInt32BigEndian(value.AsSpan(2), key.Id);
        RandomNumberGenerator.Fill(value.AsSpan(HeadLength, NonceLength));
        Seal(key, value.AsSpan(HeadLength, NonceLength), plain, value.AsSpan(HeadLength + NonceLength), Bound(value, place));
        return value;
    }

    /// <exception cref="CryptographicException">The value was changed, moved from its place, or its key is missing.</exception>
    public string Decrypt(byte[] value, FieldPlace place)
    {
        if (value.Length < HeadLength + NonceLength + TagLength || value[0] != Version)
        {
            throw new CryptographicException("Not a sealed value.");
        }

        var id = BinaryPrimitives.ReadInt32BigEndian(value.AsSpan(2));
        var key = keys.Find(id) is { Use: KeyUse.Field } found && (byte)found.Suite == value[1] ? found : throw new CryptographicException($"No field key {id}.");
        var plain = Open(key, value.AsSpan(HeadLength, NonceLength), value.AsSpan(HeadLength + NonceLength), Bound(value, place));
        return Encoding.UTF8.GetString(plain);
    }

    /// <summary>True when the suite or the key of the value is no longer the one for new values.</summary>
    public bool NeedsReencryption(byte[] value) => value.Length < HeadLength || BinaryPrimitives.ReadInt32BigEndian(value.AsSpan(2)) != keys.Newest(suite, KeyUse.Field).Id;

    /// <summary>盲索引 to store beside a value: equal numbers in one column give equal indexes, however they are spaced or hyphenated.</summary>
    /// <param name="column">Table and column, so that two columns cannot be compared.</param>
    public string BlindIndex(string number, string column) => Index(keys.Newest(suite, KeyUse.Index), number, column);

    /// <summary>What to search for: the index under each key of the ring, as rows written before a change of suite or key keep theirs.</summary>
    public IReadOnlyList<string> BlindIndexes(string number, string column) => [.. keys.All(KeyUse.Index).Select(k => Index(k, number, column))];

    private static string Index(CipherKey key, string number, string column)
    {
        var data = Encoding.UTF8.GetBytes($"{column}\0{Normalise(number)}");
        var code = key.Suite switch
        {
            CipherSuite.Gm => Sm3.Hmac(key.Secret, data),
            CipherSuite.Intl => HMACSHA256.HashData(key.Secret, data),
        };
        return Convert.ToHexStringLower(code);
    }

    /// <summary>Half width, upper case, letters and digits only, without the country code of a mobile number.</summary>
    private static string Normalise(string number)
    {
        var plain = string.Concat(number.Normalize(NormalizationForm.FormKC).Where(char.IsLetterOrDigit)).ToUpperInvariant();
        var national = plain.TrimStart('0');
        return national.Length == 13 && national.StartsWith("861", StringComparison.Ordinal) ? national[2..] : plain;
    }

    /// <summary>Head and place, each part with its length, so that no two places look alike.</summary>
    private static byte[] Bound(byte[] value, FieldPlace place)
    {
        Span<byte> length = stackalloc byte[4];
        using var bound = new MemoryStream();
        bound.Write(value, 0, HeadLength);
        foreach (var part in new[] { place.Table, place.Column, place.RowId })
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            bound.Write(length);
            bound.Write(bytes);
        }

        return bound.ToArray();
    }

    private static void Seal(CipherKey key, ReadOnlySpan<byte> nonce, byte[] plain, Span<byte> target, byte[] bound)
    {
        if (key.Suite == CipherSuite.Intl)
        {
            using var aes = new AesGcm(key.Secret, TagLength);
            aes.Encrypt(nonce, plain, target[..plain.Length], target[plain.Length..], bound);
            return;
        }

        var sm4 = Sm4(forEncryption: true, key, nonce, bound);
        var n = sm4.ProcessBytes(plain, target);
        sm4.DoFinal(target[n..]);
    }

    private static byte[] Open(CipherKey key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> sealedText, byte[] bound)
    {
        var plain = new byte[sealedText.Length - TagLength];
        if (key.Suite == CipherSuite.Intl)
        {
            using var aes = new AesGcm(key.Secret, TagLength);
            aes.Decrypt(nonce, sealedText[..plain.Length], sealedText[plain.Length..], plain, bound);
            return plain;
        }

        try
        {
            var sm4 = Sm4(forEncryption: false, key, nonce, bound);
            var n = sm4.ProcessBytes(sealedText, plain);
            sm4.DoFinal(plain.AsSpan(n));
            return plain;
        }
        catch (InvalidCipherTextException e)
        {
            throw new CryptographicException("The value was changed or does not belong here.", e);
        }
    }

    /// <summary>BouncyCastle's cipher objects keep state: one per call.</summary>
    private static GcmBlockCipher Sm4(bool forEncryption, CipherKey key, ReadOnlySpan<byte> nonce, byte[] bound)
    {
        var gcm = new GcmBlockCipher(new SM4Engine());
        gcm.Init(forEncryption, new AeadParameters(new KeyParameter(key.Secret), TagLength * 8, nonce.ToArray(), bound));
        return gcm;
    }
}
