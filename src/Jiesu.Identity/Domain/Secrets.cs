using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Jiesu.Identity.Domain;

/// <summary>Random secrets and what is stored of them.</summary>
internal static class Secrets
{
    /// <summary>Without letters and digits that look alike.</summary>
    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789";

    /// <summary>256 random bits as text that fits into a cookie or a header.</summary>
    public static string Token() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>口令 for an account of the installation: four groups, more than 110 bits, all classes.</summary>
    public static string Password()
    {
        while (true)
        {
            var text = string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Letters, 5)));
            if (text.Any(char.IsUpper) && text.Any(char.IsLower) && text.Any(char.IsDigit))
            {
                return text;
            }
        }
    }

    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
