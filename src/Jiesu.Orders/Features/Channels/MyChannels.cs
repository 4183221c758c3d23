using System.Globalization;
using Jiesu.Orders.Features.Notices;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Jiesu.Platform.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Jiesu.Orders.Features.Channels;

/// <summary>通知设置: how the notices of one person reach that person beside the bell: devices, telephone, quiet hours.</summary>
public static partial class MyChannels
{
    public const string Url = NoticeCentre.Url + "/settings";
    public const string DevicesUrl = NoticeCentre.Url + "/devices";
    public const string TestUrl = NoticeCentre.Url + "/test";

    internal static void MapApi(IEndpointRouteBuilder api)
    {
        var mine = api.MapGroup("").RequireAuthorization(Permissions.Read);
        mine.MapGet(Url, async Task<Ok<View>> (Actor actor, ChannelKeeper keeper, CancellationToken ct) => TypedResults.Ok(await keeper.ViewAsync(actor, ct)));
        mine.MapPut(Url, PutAsync);
        mine.MapPost(DevicesUrl, async Task<Results<NoContent, ProblemHttpResult>> (PushEndpoint endpoint, HttpContext http, Actor actor, ChannelKeeper keeper, CancellationToken ct) =>
            await keeper.AllowAsync(endpoint, NameOf(http), actor, ct) is { } refusal ? refusal.ToProblem() : TypedResults.NoContent());
        mine.MapDelete(DevicesUrl + "/{deviceId:guid}", async Task<Results<NoContent, ProblemHttpResult>> (Guid deviceId, Actor actor, ChannelKeeper keeper, CancellationToken ct) =>
            await keeper.ForgetAsync(deviceId, actor, ct) ? TypedResults.NoContent() : NotFound().ToProblem());
        mine.MapPost(TestUrl, async Task<Ok<IReadOnlyList<Trial>>> (Actor actor, ChannelKeeper keeper, CancellationToken ct) => TypedResults.Ok(await keeper.TryAsync(actor, ct)));
    }

    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        var mine = pages.MapGroup("").RequireAuthorization(Permissions.Read);
        mine.MapGet(Url, async (HttpContext http, Actor actor, ChannelKeeper keeper, CancellationToken ct) => Page.Show<ChannelsPage>(http, new PageView(await keeper.ViewAsync(actor, ct), null)));
        mine.MapPost(Url, SubmitAsync);
        mine.MapPost(DevicesUrl, AllowAsync);
        mine.MapPost(DevicesUrl + "/{deviceId:guid}/remove", async (Guid deviceId, HttpContext http, Actor actor, ChannelKeeper keeper, CancellationToken ct) =>
            await keeper.ForgetAsync(deviceId, actor, ct) ? Page.Next(http, Url, "设备已移除，不再向它推送。") : NotFound().ToProblem());
        mine.MapPost(TestUrl, async (HttpContext http, Actor actor, ChannelKeeper keeper, CancellationToken ct) =>
            Page.Next(http, Url, string.Join("；", (await keeper.TryAsync(actor, ct)).Select(t => $"{t.Device}：{t.Reason ?? "已发送"}")) is { Length: > 0 } told ? told : "没有可推送的设备，请先在要接收的设备上开启。"));
    }

    private static async Task<Results<Ok<View>, ProblemHttpResult>> PutAsync(Wish wish, Actor actor, ChannelKeeper keeper, CancellationToken ct) =>
        await keeper.KeepAsync(wish, actor, ct) is { } refusal ? refusal.ToProblem() : TypedResults.Ok(await keeper.ViewAsync(actor, ct));

    private static async Task<IResult> SubmitAsync(HttpContext http, Actor actor, ChannelKeeper keeper, CancellationToken ct)
    {
        var form = await http.Request.ReadFormAsync(ct);
        var pushed = form["push"].OfType<string>().ToHashSet();
        var wish = new Wish
        {
            QuietFrom = form["quietFrom"],
            QuietTo = form["quietTo"],
            UrgentHeard = form["urgentHeard"] == "true",
            Muted = [.. Enum.GetNames<NoticeKind>().Where(k => !pushed.Contains(k))],
            SmsKinds = [.. form["smsKinds"].OfType<string>()],
            Mobile = form["removeMobile"] == "true" ? "" : form["mobile"].ToString().Trim() is { Length: > 0 } given ? given : null,
        };
        return await keeper.KeepAsync(wish, actor, ct) is { } refusal
            ? Page.Show<ChannelsPage>(http, new PageView(await keeper.ViewAsync(actor, ct), wish), refusal)
            : Page.Next(http, Url, "通知设置已保存。");
    }

    private static async Task<IResult> AllowAsync(HttpContext http, Actor actor, ChannelKeeper keeper, CancellationToken ct)
    {
        var form = await http.Request.ReadFormAsync(ct);
        return await keeper.AllowAsync(new(form["endpoint"], form["p256dh"], form["auth"]), NameOf(http), actor, ct) is { } refusal
            ? Page.Show<ChannelsPage>(http, new PageView(await keeper.ViewAsync(actor, ct), null), refusal)
            : Page.Next(http, Url, "本设备已开启推送。");
    }

    private static string NameOf(HttpContext http) => http.Request.Headers.UserAgent.ToString() is { Length: > 0 } agent ? UnicodeText.Head(agent, PushDevice.LongestName) : "未知设备";

    private static Error NotFound() => new(ErrorKind.NotFound, "device.not_found", "没有这台设备，请刷新通知设置。");

    /// <summary>通知设置.</summary>
    public sealed record View
    {
        /// <summary>免打扰开始, <c>HH:mm</c> Beijing time.</summary>
        public required string QuietFrom { get; init; }

        /// <summary>免打扰结束, <c>HH:mm</c> Beijing time; the same as the beginning: no quiet hours.</summary>
        public required string QuietTo { get; init; }

        /// <summary>紧急工单不受免打扰限制.</summary>
        public required bool UrgentHeard { get; init; }

        /// <summary>不推送的类别.</summary>
        public required IReadOnlyList<string> Muted { get; init; }

        /// <summary>短信类别.</summary>
        public required IReadOnlyList<string> SmsKinds { get; init; }

        /// <summary>可选短信类别: what this installation sends at all.</summary>
        public required IReadOnlyList<string> SmsKindsOffered { get; init; }

        /// <summary>Whether a gateway for SMS is installed.</summary>
        public required bool SmsInstalled { get; init; }

        /// <summary>手机号(脱敏); null: none is kept.</summary>
        public required string? Mobile { get; init; }

        /// <summary>推送公钥 of the house, for the browser's subscription.</summary>
        public required string PublicKey { get; init; }
        public required IReadOnlyList<Device> Devices { get; init; }
        public required IReadOnlyList<Recent> Recently { get; init; }
    }

    /// <summary>推送设备.</summary>
    public sealed record Device(string Id, string Name, DateTimeOffset Since, DateTimeOffset? LastSentAt);

    /// <summary>最近发送.</summary>
    /// <param name="State">Waiting, Sending, Sent, Failed, Dropped, Capped, NoChannel or Unknown.</param>
    public sealed record Recent(string Channel, string ChannelName, string KindName, string OrderId, string CaseNo, string State, string StateName, DateTimeOffset At, string? Reason);

    /// <summary>试发结果.</summary>
    /// <param name="Reason">Why it was not taken over; null when it was.</param>
    public sealed record Trial(string Device, string? Reason);

    /// <summary>What a person wants.</summary>
    public sealed record Wish
    {
        public string? QuietFrom { get; init; }
        public string? QuietTo { get; init; }
        public bool UrgentHeard { get; init; } = true;
        public IReadOnlyList<string>? Muted { get; init; }
        public IReadOnlyList<string>? SmsKinds { get; init; }

        /// <summary>New 手机号; empty: the kept one is removed; null: it stays.</summary>
        public string? Mobile { get; init; }

        internal static TimeOnly? Time(string? text) => TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
    }

    /// <summary>What the page shows; with what was typed, where it was refused.</summary>
    public sealed record PageView(View Kept, Wish? Typed)
    {
        internal string QuietFrom => Typed?.QuietFrom ?? Kept.QuietFrom;
        internal string QuietTo => Typed?.QuietTo ?? Kept.QuietTo;
        internal bool UrgentHeard => Typed?.UrgentHeard ?? Kept.UrgentHeard;
        internal IReadOnlyList<string> Muted => Typed?.Muted ?? Kept.Muted;
        internal IReadOnlyList<string> SmsKinds => Typed?.SmsKinds ?? Kept.SmsKinds;
    }
}
