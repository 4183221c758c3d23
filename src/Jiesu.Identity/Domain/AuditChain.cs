using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Org.BouncyCastle.Crypto.Digests;

namespace Jiesu.Identity.Domain;

/// <summary>审计链: how one hash follows from the last. Pure; the exporter and the verifier use the same.</summary>
internal static class AuditChain
{
    /// <summary>Before the first record.</summary>
    public static readonly string Genesis = new('0', 64);

    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
    };

    public static string Next(string previous, long seq, string text)
    {
        var sm3 = new SM3Digest();
        sm3.BlockUpdate(Encoding.UTF8.GetBytes($"{previous}\n{seq}\n{text}"));
        var hash = new byte[sm3.GetDigestSize()];
        sm3.DoFinal(hash, 0);
        return Convert.ToHexStringLower(hash);
    }
}
