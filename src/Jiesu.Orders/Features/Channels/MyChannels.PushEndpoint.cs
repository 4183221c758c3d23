using System.Buffers.Text;
using Jiesu.Platform;

namespace Jiesu.Orders.Features.Channels;

public static partial class MyChannels
{
    /// <summary>推送订阅 as a browser gives it.</summary>
    /// <param name="Endpoint">https address of the browser's push service.</param>
    /// <param name="P256dh">Public key, 65 bytes, base64url.</param>
    /// <param name="Auth">Secret, 16 bytes, base64url.</param>
    public sealed record PushEndpoint(string? Endpoint, string? P256dh, string? Auth)
    {
        private const int KeyLength = 65;
        private const int AuthLength = 16;
        private const byte Uncompressed = 4;

        /// <summary>Whoever subscribes names an address that the house will call: only a push service that the house knows (SSRF).</summary>
        internal Error? Refused(ChannelSettings settings)
        {
            var isKnown = Endpoint?.Length <= PushDevice.LongestEndpoint && Uri.TryCreate(Endpoint, UriKind.Absolute, out var url)
                && url.Scheme == Uri.UriSchemeHttps && url.IsDefaultPort && url.UserInfo.Length == 0
                && settings.PushHosts.Split(',').Any(h => url.IdnHost == h || url.IdnHost.EndsWith("." + h, StringComparison.Ordinal));
            return !isKnown
                ? new(ErrorKind.Unprocessable, "push.host", "本平台未开放这个浏览器使用的推送服务，请换用其他浏览器，或请运维人员登记该服务的域名。", "endpoint")
                : Bytes(P256dh) is [Uncompressed, ..] key && key.Length == KeyLength && Bytes(Auth)?.Length == AuthLength
                    ? null
                    : new Error(ErrorKind.Unprocessable, "push.keys", "浏览器给出的推送密钥不完整，请刷新页面后重新开启。", "keys");
        }

        private static byte[]? Bytes(string? text)
        {
            try
            {
                return text is null or { Length: > 200 } ? null : Base64Url.DecodeFromChars(text);
            }
            catch (FormatException)
            {
                return null;
            }
        }
    }
}
