using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Notices;
using Jiesu.Platform;
using Jiesu.Platform.Ciphers;
using Jiesu.Platform.Jobs;
using Jiesu.Platform.Messages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Jiesu.Orders.Features.Channels;

/// <summary>
/// 发送通知 (REL-21): each send is claimed in the database before it leaves. A push that was under way when the service was killed goes again, the browser shows it
/// once; an SMS does not, because nobody could take the second one back.
/// </summary>
internal sealed class SendNotices(
    JiesuDb db, PlanSends plan, PushSender push, ISmsGateway gateway, FieldCipher cipher, IOptions<ChannelSettings> settings, TimeProvider clock) : IJob
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    /// <summary>More waiting notices than this leave as one message that counts them.</summary>
    private const int Few = 3;
    private const int MostAtOnce = 1_000;
    private const int MostAttempts = 5;
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(30);

    /// <summary>Hosts that did not answer in this run: the others should not wait for them.</summary>
    private readonly HashSet<string> _silent = [];

    public async Task RunAsync(CancellationToken ct)
    {
        await TakeUpAsync(ct);
        db.ChangeTracker.Clear();
        await plan.PlanAsync(ct);
        db.ChangeTracker.Clear();
        foreach (var message in MessagesOf(await DueAsync(ct)))
        {
            await (message.Channel == NoticeChannel.Push ? PushAsync(message, ct) : TextAsync(message, ct));
        }
    }

    private static IEnumerable<Message> MessagesOf(IReadOnlyList<Due> due) => due.GroupBy(d => (d.Send.TargetId, d.Send.MessageId)).SelectMany(
        g => g.Key.MessageId is { } id ? [new Message(id, [.. g])]
            : g.Count() > Few ? [new Message(Guid.CreateVersion7(), [.. g])]
            : g.Select(d => new Message(Guid.CreateVersion7(), [d])));

    /// <summary>What a run that was killed left behind.</summary>
    private async Task TakeUpAsync(CancellationToken ct)
    {
        foreach (var send in await db.Set<NoticeSend>().Where(s => s.State == SendState.Sending).ToListAsync(ct))
        {
            (send.State, send.Reason) = send.Channel == NoticeChannel.Push ? (SendState.Waiting, null) : (SendState.Unknown, "发送时服务中断，为免重复不再发送");
        }

        await db.SaveChangesAsync(ct);
    }

    private async Task<IReadOnlyList<Due>> DueAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var due = await db.Set<NoticeSend>().Where(s => s.State == SendState.Waiting && s.NextAt <= now).OrderBy(s => s.NextAt).ThenBy(s => s.Id)
            .Join(db.Set<Notice>(), s => s.NoticeId, n => n.Id, (s, n) => new { s, n })
            .Join(db.Set<WorkOrder>(), x => x.n.OrderId, o => o.Id, (x, o) => new Due(x.s, x.n.Kind, x.n.OrderId, o.CaseNo, x.n.ReadAt != null))
            .Take(MostAtOnce).ToListAsync(ct);
        due.Where(d => d.IsRead).ToList().ForEach(d => End(d.Send, SendState.Dropped, "已读"));
        await db.SaveChangesAsync(ct);
        return due.FindAll(d => !d.IsRead);
    }

    private async Task PushAsync(Message message, CancellationToken ct)
    {
        if (await db.Set<PushDevice>().SingleOrDefaultAsync(d => d.Id == message.Target, ct) is not { } device)
        {
            await EndAsync(message, SendState.Dropped, "设备已移除", ct);
            return;
        }

        var host = new Uri(device.Endpoint).Host;
        if (_silent.Contains(host))
        {
            return;
        }

        await ClaimAsync(message, ct);
        var (outcome, reason) = await push.SendAsync(device, message.ToPush(), message.IsPressing, ct);
        switch (outcome)
        {
            case PushOutcome.Sent:
                device.LastSentAt = clock.GetUtcNow();
                await EndAsync(message, SendState.Sent, null, ct);
                break;
            case PushOutcome.Gone:
                db.Remove(device);
                await EndAsync(message, SendState.Dropped, "浏览器已取消订阅", ct);
                break;
            case PushOutcome.Busy:
                _silent.Add(host);
                await TryLaterAsync(message, reason, ct);
                break;
            case PushOutcome.Refused:
                await EndAsync(message, SendState.Failed, reason, ct);
                break;
        }
    }

    private async Task TextAsync(Message message, CancellationToken ct)
    {
        var setting = await db.Set<NoticeSetting>().AsNoTracking().SingleOrDefaultAsync(s => s.PersonId == message.Target, ct);
        if (setting?.MobileOf(cipher) is not { } mobile)
        {
            await EndAsync(message, SendState.Dropped, "手机号已删除", ct);
            return;
        }

        if (await SentTodayAsync(message.Target, ct) >= settings.Value.MostSmsADay)
        {
            await EndAsync(message, SendState.Capped, $"当天已发送 {settings.Value.MostSmsADay} 条短信", ct);
            return;
        }

        await ClaimAsync(message, ct);
        try
        {
            var answer = await gateway.SendAsync(new(message.Id, mobile, message.ToText()), ct);
            message.Sends.ForEach(s => s.Receipt = answer.Receipt);
            await (answer.Outcome switch
            {
                SmsOutcome.Accepted => EndAsync(message, SendState.Sent, null, ct),
                SmsOutcome.Refused => EndAsync(message, SendState.Failed, answer.Reason, ct),
                SmsOutcome.Busy => TryLaterAsync(message, answer.Reason, ct),
                SmsOutcome.NoChannel => EndAsync(message, SendState.NoChannel, answer.Reason, ct),
            });
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TimeoutException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            await EndAsync(message, SendState.Unknown, "短信通道没有答复，为免重复不再发送", ct);
        }
    }

    private Task<int> SentTodayAsync(Guid person, CancellationToken ct)
    {
        var midnight = clock.Today().StartOfDay();
        return db.Set<NoticeSend>().Where(s => s.PersonId == person && s.Channel == NoticeChannel.Sms && s.SentAt >= midnight).Select(s => s.MessageId).Distinct().CountAsync(ct);
    }

    /// <summary>Committed before anything leaves; of two nodes one fails here.</summary>
    private Task<int> ClaimAsync(Message message, CancellationToken ct)
    {
        foreach (var send in message.Sends)
        {
            (send.State, send.MessageId, send.Attempts, send.SentAt) = (SendState.Sending, message.Id, send.Attempts + 1, clock.GetUtcNow());
        }

        return db.SaveChangesAsync(ct);
    }

    private Task<int> TryLaterAsync(Message message, string? reason, CancellationToken ct)
    {
        foreach (var send in message.Sends)
        {
            if (send.Attempts >= MostAttempts)
            {
                End(send, SendState.Failed, reason);
                continue;
            }

            (send.State, send.Reason) = (SendState.Waiting, reason);
            send.NextAt = clock.GetUtcNow() + (FirstWait * Math.Pow(2, send.Attempts) * (0.5 + Random.Shared.NextDouble()));
        }

        return db.SaveChangesAsync(ct);
    }

    private Task<int> EndAsync(Message message, SendState state, string? reason, CancellationToken ct)
    {
        message.Sends.ForEach(s => End(s, state, reason));
        return db.SaveChangesAsync(ct);
    }

    private static void End(NoticeSend send, SendState state, string? reason) => (send.State, send.Reason) = (state, reason);

    private sealed record Due(NoticeSend Send, NoticeKind Kind, OrderId OrderId, string CaseNo, bool IsRead);

    /// <summary>What leaves in one piece: a notice, or many counted. It bears kind and number and no words of a citizen.</summary>
    private sealed record Message(Guid Id, IReadOnlyList<Due> Parts)
    {
        private const string House = "接诉";

        public List<NoticeSend> Sends => [.. Parts.Select(p => p.Send)];
        public Guid Target => Parts[0].Send.TargetId;
        public NoticeChannel Channel => Parts[0].Send.Channel;
        public bool IsPressing => Parts.Any(p => p.Kind is NoticeKind.Urge or NoticeKind.Instruction or NoticeKind.Whistle or NoticeKind.Reminder);
        private string Counts => string.Join("、", Parts.CountBy(p => p.Kind).OrderByDescending(c => c.Value).Select(c => $"{c.Key.Name()} {c.Value} 条"));

        public PushText ToPush() => Parts is [var one]
            ? new($"{House}·{one.Kind.Name()}", $"工单 {one.CaseNo}", $"/orders/{one.OrderId}", $"{one.Send.NoticeId:N}")
            : new($"{House}·{Parts.Count} 条新通知", Counts, NoticeCentre.Url, $"{Id:N}");

        public string ToText() => Parts is [var one]
            ? $"{one.Kind.Name()}：工单 {one.CaseNo}，请登录{House}平台处理。"
            : $"您有 {Parts.Count} 条新通知（{Counts}），请登录{House}平台处理。";
    }
}
