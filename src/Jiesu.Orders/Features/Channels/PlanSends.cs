using Jiesu.Catalog.Contracts;
using Jiesu.Identity.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Dispatch;
using Jiesu.Orders.Features.Notices;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Jiesu.Orders.Features.Channels;

/// <summary>
/// 安排发送: decides once for each unread notice to which devices and telephones of its person it goes. It reads what is committed, off the way of the action that
/// told of it. Within quiet hours nothing is decided: what is still unread at their end goes out then.
/// </summary>
internal sealed class PlanSends(JiesuDb db, ICatalogue catalogue, IPeople people, IOptions<ChannelSettings> settings, TimeProvider clock)
{
    private const int Batch = 2_000;

    /// <summary>Whoever has not looked for a day finds it behind the bell.</summary>
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(1);

    public async Task PlanAsync(CancellationToken ct)
    {
        var devices = (await db.Set<PushDevice>().AsNoTracking().ToListAsync(ct)).ToLookup(d => d.PersonId);
        var set = await db.Set<NoticeSetting>().AsNoTracking().ToDictionaryAsync(s => s.PersonId, ct);
        Guid[] reachable = [.. devices.Select(d => d.Key).Union(set.Values.Where(s => s.Mobile is not null).Select(s => s.PersonId))];
        if (reachable.Length == 0)
        {
            return;
        }

        NoticeSetting SettingOf(Guid person) => set.GetValueOrDefault(person) ?? NoticeSetting.Default(person, settings.Value);
        var now = clock.GetUtcNow();
        var found = await FindAsync([.. reachable.Select(SettingOf)], now, ct);
        var enabled = await people.EnabledAsync([.. found.Select(n => n.PersonId).Distinct()], ct);
        db.AddRange(found.SelectMany(n => enabled.Contains(n.PersonId) ? SendsOf(n, SettingOf(n.PersonId), devices[n.PersonId], now) : [Dropped(n, "人员已停用", now)]));
        await db.SaveChangesAsync(ct);
    }

    private async Task<List<Notice>> FindAsync(IReadOnlyList<NoticeSetting> reachable, DateTimeOffset now, CancellationToken ct)
    {
        var urgent = DeskQueue.Urgent(await catalogue.GetAsync(ct));
        var time = TimeOnly.FromDateTime(now.ToBeijing().DateTime);
        Guid[] awake = [.. reachable.Where(s => !s.Quiet.Holds(time)).Select(s => s.PersonId)];
        Guid[] asleep = [.. reachable.Where(s => s.Quiet.Holds(time) && s.IsUrgentHeard).Select(s => s.PersonId)];
        var since = now - Oldest;
        return await db.Set<Notice>().AsNoTracking().Where(n => n.ReadAt == null && n.At > since)
            .Where(n => awake.Contains(n.PersonId) || (asleep.Contains(n.PersonId) && (n.Kind == NoticeKind.MassEvent || db.Set<WorkOrder>().Any(o => o.Id == n.OrderId && urgent.Contains(o.Urgency!)))))
            .Where(n => !db.Set<NoticeSend>().Any(s => s.NoticeId == n.Id)).OrderBy(n => n.At).Take(Batch).ToListAsync(ct);
    }

    private List<NoticeSend> SendsOf(Notice notice, NoticeSetting setting, IEnumerable<PushDevice> devices, DateTimeOffset now)
    {
        List<NoticeSend> sends = [];
        if (!NoticeSetting.Kinds(setting.Muted).Contains(notice.Kind))
        {
            sends.AddRange(devices.Where(d => d.Since <= notice.At).Select(d => SendOf(notice, NoticeChannel.Push, d.Id, now)));
        }

        if (setting.MobileSince <= notice.At && NoticeSetting.Kinds(setting.SmsKinds).Intersect(settings.Value.MaySend()).Contains(notice.Kind))
        {
            sends.Add(SendOf(notice, NoticeChannel.Sms, notice.PersonId, now));
        }

        return sends is [] ? [Dropped(notice, "此类提醒未开启", now)] : sends;
    }

    private static NoticeSend SendOf(Notice notice, NoticeChannel channel, Guid target, DateTimeOffset now) =>
        new() { NoticeId = notice.Id, PersonId = notice.PersonId, Channel = channel, TargetId = target, NextAt = now };

    private static NoticeSend Dropped(Notice notice, string reason, DateTimeOffset now)
    {
        var send = SendOf(notice, NoticeChannel.Push, notice.PersonId, now);
        (send.State, send.Reason) = (SendState.Dropped, reason);
        return send;
    }
}
