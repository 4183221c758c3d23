using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Jiesu.Orders.Features.Channels;
using Jiesu.Platform.Messages;

namespace Jiesu.Tests.Given;

/// <summary>A push service in the place of the browser maker's: it keeps what the house sends and answers as a test says.</summary>
internal sealed class PushService : HttpMessageHandler
{
    public Browser Device { get; } = new();
    public List<(string Url, string Authorization, byte[] Body)> Requests { get; } = [];
    public HttpStatusCode Answer { get; set; } = HttpStatusCode.Created;

    /// <summary>Thrown in place of an answer.</summary>
    public Exception? Fault { get; set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (Fault is not null)
        {
            throw Fault;
        }

        Requests.Add((request.RequestUri!.ToString(), request.Headers.GetValues("Authorization").Single(), await request.Content!.ReadAsByteArrayAsync(cancellationToken)));
        return new(Answer) { Content = new StringContent("") };
    }
}

/// <summary>A browser that was allowed to show notices; opens what was sealed for it, written down from RFC 8188 and RFC 8291.</summary>
internal sealed class Browser
{
    private readonly ECDiffieHellman _key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _auth = RandomNumberGenerator.GetBytes(16);

    public MyChannels.PushEndpoint Subscription => new("https://fcm.googleapis.com/push/1", Base64Url.EncodeToString(Point(_key.ExportParameters(false))), Base64Url.EncodeToString(_auth));

    public JsonElement Open(byte[] body)
    {
        var (salt, sender, text) = (body[..16], body[21..(21 + body[20])], body[(21 + body[20])..]);
        using var other = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = sender[1..33], Y = sender[33..] } });
        var shared = _key.DeriveRawSecretAgreement(other.PublicKey);
        var ikm = HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, 32, _auth, [.. "WebPush: info\0"u8, .. Point(_key.ExportParameters(false)), .. sender]);
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, ikm, 16, salt, [.. "Content-Encoding: aes128gcm\0"u8]);
        var nonce = HKDF.DeriveKey(HashAlgorithmName.SHA256, ikm, 12, salt, [.. "Content-Encoding: nonce\0"u8]);
        var plain = new byte[text.Length - 16];
        using var aes = new AesGcm(key, 16);
        aes.Decrypt(nonce, text.AsSpan(..^16), text.AsSpan(^16..), plain);
        return JsonSerializer.Deserialize<JsonElement>(plain.AsSpan().TrimEnd((byte)0)[..^1]);    // the last record ends with a 2 and padding
    }

    private static byte[] Point(ECParameters key) => [4, .. key.Q.X!, .. key.Q.Y!];
}

/// <summary>A gateway for SMS that keeps what it was given.</summary>
internal sealed class Gateway : ISmsGateway
{
    public List<Sms> Sent { get; } = [];

    /// <summary>Thrown after the message was taken over, as when the answer is lost.</summary>
    public Exception? Fault { get; set; }
    public bool IsInstalled => true;

    public Task<SmsAnswer> SendAsync(Sms sms, CancellationToken ct)
    {
        Sent.Add(sms);
        return Fault is null ? Task.FromResult(new SmsAnswer(SmsOutcome.Accepted, $"R{Sent.Count}")) : Task.FromException<SmsAnswer>(Fault);
    }
}

internal static class ChannelSteps
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task ShouldAllowAsync(this HttpClient client, Browser device) =>
        Assert.Equal(HttpStatusCode.NoContent, (await client.PostAsJsonAsync("/api/v1/notices/devices", device.Subscription, Ct)).StatusCode);

    public static async Task ShouldKeepAsync(this HttpClient client, MyChannels.Wish wish) =>
        Assert.Equal(HttpStatusCode.OK, (await client.PutAsJsonAsync("/api/v1/notices/settings", wish, Ct)).StatusCode);
}
