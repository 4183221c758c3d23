using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Lib.Net.Http.WebPush;
using Lib.Net.Http.WebPush.Authentication;
using Microsoft.Extensions.Options;

namespace Jiesu.Orders.Features.Channels;

/// <summary>推送内容. It says that something waits and where, and names nobody.</summary>
/// <param name="Tag">A message with the same tag stands in the place of the one before.</param>
internal sealed record PushText(string Title, string Body, string Url, string Tag);

/// <summary>推送结果.</summary>
internal enum PushOutcome { Sent, Gone, Refused, Busy }

/// <summary>Web push (RFC 8030, 8291, 8292): encrypted for the one browser; the service between sees neither text nor order.</summary>
internal sealed class PushSender(IHttpClientFactory clients, Lazy<PushKeys> keys, IOptions<ChannelSettings> settings)
{
    public const string Client = "push";
    private const int SecondsToLive = 12 * 60 * 60;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>With the reason, where it was not taken over.</summary>
    public async Task<(PushOutcome Outcome, string? Reason)> SendAsync(PushDevice device, PushText text, bool isUrgent, CancellationToken ct)
    {
        using var http = clients.CreateClient(Client);
        using var identity = new VapidAuthentication(keys.Value.Public, keys.Value.Private) { Subject = settings.Value.PushContact };
        var service = new PushServiceClient(http) { DefaultAuthentication = identity, AutoRetryAfter = false };
        var subscription = new PushSubscription { Endpoint = device.Endpoint };
        subscription.SetKey(PushEncryptionKeyName.P256DH, device.P256dh);
        subscription.SetKey(PushEncryptionKeyName.Auth, device.Auth);
        var message = new PushMessage(JsonSerializer.Serialize(text, Json)) { TimeToLive = SecondsToLive, Urgency = isUrgent ? PushMessageUrgency.High : PushMessageUrgency.Normal };
        try
        {
            await service.RequestPushMessageDeliveryAsync(subscription, message, ct);
            return (PushOutcome.Sent, null);
        }
        catch (PushServiceClientException e)
        {
            return (OutcomeOf(e.StatusCode), $"推送服务返回 {(int)e.StatusCode}");
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            return (PushOutcome.Busy, "连接不上推送服务");
        }
    }

    private static PushOutcome OutcomeOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.NotFound or HttpStatusCode.Gone => PushOutcome.Gone,
        HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError => PushOutcome.Busy,
        _ => PushOutcome.Refused,
    };
}
