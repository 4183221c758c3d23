using System.Buffers.Text;
using System.Security.Cryptography;
using Jiesu.Platform.Ciphers;

namespace Jiesu.Orders.Features.Channels;

/// <summary>推送密钥 (VAPID, RFC 8292): by it push services know the house. In the data folder, for all nodes; without it every device must be allowed anew.</summary>
/// <param name="Public">Uncompressed point, base64url; browsers get it.</param>
internal sealed record PushKeys(string Public, string Private)
{
    public static PushKeys Open(string dataFolder)
    {
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(SecretFile.Open(Path.Combine(dataFolder, "keys", "push.key"), () =>
        {
            using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            return made.ExportPkcs8PrivateKey();
        }), out _);
        var parts = key.ExportParameters(includePrivateParameters: true);
        return new(Base64Url.EncodeToString([4, .. parts.Q.X!, .. parts.Q.Y!]), Base64Url.EncodeToString(parts.D));
    }

    public override string ToString() => Public;
}
