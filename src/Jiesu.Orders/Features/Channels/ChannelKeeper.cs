using System.Globalization;
using System.Text.RegularExpressions;
using Jiesu.Identity.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Notices;
using Jiesu.Platform;
using Jiesu.Platform.Ciphers;
using Jiesu.Platform.Messages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Jiesu.Orders.Features.Channels;

/// <summary>Keeps what a person chose; devices and telephone numbers come and go with a record in the audit.</summary>
internal sealed partial class ChannelKeeper(
    JiesuDb db, PushSender push, Lazy<PushKeys> keys, ISmsGateway gateway, FieldCipher cipher, IAuditLog audit, IOptions<ChannelSettings> settings, TimeProvider clock)
{
    private const int MostDevices = 10;
    private const int MostRecent = 20;

    public async Task<MyChannels.View> ViewAsync(Actor actor, CancellationToken ct)
    {
        var setting = await SettingAsync(actor.PersonId, ct) ?? NoticeSetting.Default(actor.PersonId, settings.Value);
        var devices = await db.Set<PushDevice>().AsNoTracking().Where(d => d.PersonId == actor.PersonId).OrderBy(d => d.Since).ThenBy(d => d.Id).ToListAsync(ct);
        return new()
        {
            QuietFrom = Words(setting.QuietFrom),
            QuietTo = Words(setting.QuietTo),
            UrgentHeard = setting.IsUrgentHeard,
            Muted = Names(NoticeSetting.Kinds(setting.Muted)),
            SmsKinds = Names(NoticeSetting.Kinds(setting.SmsKinds)),
            SmsKindsOffered = Names(settings.Value.MaySend()),
            SmsInstalled = gateway.IsInstalled,
            Mobile = setting.MobileOf(cipher) is { } mobile ? Mask.Phone(mobile) : null,
            PublicKey = keys.Value.Public,
            Devices = devices.ConvertAll(d => new MyChannels.Device(d.Id.ToString(), d.Name, d.Since, d.LastSentAt)),
            Recently = await RecentlyAsync(actor, ct),
        };
    }

    public async Task<Error?> KeepAsync(MyChannels.Wish wish, Actor actor, CancellationToken ct)
    {
        if (Refuse(wish) is { } refusal)
        {
            return refusal;
        }

        if (await SettingAsync(actor.PersonId, ct) is not { } setting)
        {
            db.Add(setting = NoticeSetting.Default(actor.PersonId, settings.Value));
        }

        (setting.QuietFrom, setting.QuietTo, setting.IsUrgentHeard) = (MyChannels.Wish.Time(wish.QuietFrom)!.Value, MyChannels.Wish.Time(wish.QuietTo)!.Value, wish.UrgentHeard);
        (setting.Muted, setting.SmsKinds) = (string.Join(',', wish.Muted ?? []), string.Join(',', wish.SmsKinds ?? []));
        if (wish.Mobile is { } mobile && mobile != setting.MobileOf(cipher))
        {
            setting.Call(mobile.Length == 0 ? null : mobile, cipher, clock.GetUtcNow());
            audit.Record(actor, "notice.mobile", $"person/{actor.PersonId}", mobile.Length == 0 ? "删除" : Mask.Phone(mobile));
        }

        return await db.TrySaveAsync(ct) ? null : new(ErrorKind.Conflict, "notice.setting_changed", "设置刚在另一页面保存，请刷新后再试。");
    }

    /// <summary>A browser that was another person's is now this one's: whoever sits there hears what is told to them alone.</summary>
    public async Task<Error?> AllowAsync(MyChannels.PushEndpoint asked, string name, Actor actor, CancellationToken ct)
    {
        if (asked.Refused(settings.Value) is { } refusal)
        {
            return refusal;
        }

        db.RemoveRange(await db.Set<PushDevice>().Where(d => d.Endpoint == asked.Endpoint).ToListAsync(ct));
        await db.SaveChangesAsync(ct);
        if (await db.Set<PushDevice>().CountAsync(d => d.PersonId == actor.PersonId, ct) >= MostDevices)
        {
            return new(ErrorKind.Conflict, "push.too_many", $"最多在 {MostDevices} 台设备上接收推送，请先移除不用的设备。");
        }

        db.Add(new PushDevice { PersonId = actor.PersonId, Endpoint = asked.Endpoint!, P256dh = asked.P256dh!, Auth = asked.Auth!, Name = name, Since = clock.GetUtcNow() });
        audit.Record(actor, "notice.device", $"person/{actor.PersonId}", "开启推送");
        return await db.TrySaveAsync(ct) ? null : new(ErrorKind.Conflict, "push.at_once", "本设备正在另一页面开启推送，请刷新后查看。");
    }

    /// <summary>False when the person has no such device.</summary>
    public async Task<bool> ForgetAsync(Guid id, Actor actor, CancellationToken ct)
    {
        if (await db.Set<PushDevice>().SingleOrDefaultAsync(d => d.Id == id && d.PersonId == actor.PersonId, ct) is not { } device)
        {
            return false;
        }

        db.Remove(device);
        audit.Record(actor, "notice.device", $"person/{actor.PersonId}", "移除推送设备");
        await db.TrySaveAsync(ct);    // another page may have removed it
        return true;
    }

    /// <summary>试发 to each device of the person at once, whatever the hour.</summary>
    public async Task<IReadOnlyList<MyChannels.Trial>> TryAsync(Actor actor, CancellationToken ct)
    {
        List<MyChannels.Trial> trials = [];
        foreach (var device in await db.Set<PushDevice>().Where(d => d.PersonId == actor.PersonId).OrderBy(d => d.Since).ToListAsync(ct))
        {
            var (outcome, reason) = await push.SendAsync(device, new("接诉·测试通知", "收到这条通知，说明本设备可以接收推送。", NoticeCentre.Url, "test"), isUrgent: true, ct);
            if (outcome == PushOutcome.Gone)
            {
                db.Remove(device);
            }
            else if (outcome == PushOutcome.Sent)
            {
                device.LastSentAt = clock.GetUtcNow();
            }

            trials.Add(new(device.Name, outcome switch { PushOutcome.Sent => null, PushOutcome.Gone => "浏览器已取消订阅，已移除", _ => reason }));
        }

        await db.TrySaveAsync(ct);
        return trials;
    }

    private Error? Refuse(MyChannels.Wish wish)
    {
        var wrong = new Dictionary<string, string[]>();
        foreach (var (field, value) in new[] { ("quietFrom", wish.QuietFrom), ("quietTo", wish.QuietTo) }.Where(t => MyChannels.Wish.Time(t.Item2) is null))
        {
            wrong[field] = ["请填写时间，例如 22:00。"];
        }

        if ((wish.Muted ?? []).Any(k => !Enum.GetNames<NoticeKind>().Contains(k)))
        {
            wrong["muted"] = ["没有这样的提醒类别。"];
        }

        if ((wish.SmsKinds ?? []).Except(Names(settings.Value.MaySend())).Any())
        {
            wrong["smsKinds"] = ["这一类提醒不发短信，请去掉后再保存。"];
        }

        if (wish.Mobile is { Length: > 0 } mobile && !MobileNumber().IsMatch(mobile))
        {
            wrong["mobile"] = ["请填写 11 位手机号。"];
        }

        return wrong.Count == 0 ? null : new(ErrorKind.Invalid, "notice.setting", "请按提示修改后再保存。") { Fields = wrong };
    }

    private async Task<IReadOnlyList<MyChannels.Recent>> RecentlyAsync(Actor actor, CancellationToken ct)
    {
        var seen = db.Set<WorkOrder>().Where(DataScope.Of(actor).Sees());
        var sends = await db.Set<NoticeSend>().AsNoTracking().Where(s => s.PersonId == actor.PersonId).OrderByDescending(s => s.NextAt).ThenBy(s => s.Id)
            .Join(db.Set<Notice>(), s => s.NoticeId, n => n.Id, (s, n) => new { s, n.Kind, n.OrderId })
            .Join(seen, x => x.OrderId, o => o.Id, (x, o) => new { x.s, x.Kind, x.OrderId, o.CaseNo }).Take(MostRecent).ToListAsync(ct);
        return sends.ConvertAll(x => new MyChannels.Recent(
            x.s.Channel.ToString(), x.s.Channel.Name(), x.Kind.Name(), x.OrderId.ToString(), x.CaseNo, x.s.State.ToString(), x.s.State.Name(), x.s.SentAt ?? x.s.NextAt, x.s.Reason));
    }

    private Task<NoticeSetting?> SettingAsync(Guid person, CancellationToken ct) => db.Set<NoticeSetting>().SingleOrDefaultAsync(s => s.PersonId == person, ct);

    private static string Words(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string[] Names(IEnumerable<NoticeKind> kinds) => [.. kinds.Select(k => k.ToString())];

    [GeneratedRegex("^1[3-9][0-9]{9}$")]
    private static partial Regex MobileNumber();
}
