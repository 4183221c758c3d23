using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Macs;
using Org.BouncyCastle.Crypto.Parameters;

namespace Jiesu.Platform.Ciphers;

/// <summary>SM3 密码杂凑算法 (GB/T 32905).</summary>
public static class Sm3
{
    public const int Length = 32;

    public static byte[] Hash(ReadOnlySpan<byte> data)
    {
        var digest = new SM3Digest();
        digest.BlockUpdate(data);
        var hash = new byte[Length];
        digest.DoFinal(hash);
        return hash;
    }

    public static byte[] Hmac(byte[] key, ReadOnlySpan<byte> data)
    {
        var hmac = new HMac(new SM3Digest());
        hmac.Init(new KeyParameter(key));
        hmac.BlockUpdate(data);
        var code = new byte[Length];
        hmac.DoFinal(code);
        return code;
    }
}
