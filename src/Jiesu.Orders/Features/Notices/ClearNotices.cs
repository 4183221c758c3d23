using Jiesu.Orders.Features.Channels;
using Jiesu.Orders.Features.Presence;
using Jiesu.Platform;
using Jiesu.Platform.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.Notices;

/// <summary>清理通知: what was told a month ago, read or not, and forms that were closed.</summary>
internal sealed class ClearNotices(JiesuDb db, TimeProvider clock) : IJob
{
    public const int Days = 30;

    public async Task RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var before = now.AddDays(-Days);
        await db.WriteAsync(() => db.Set<Notice>().Where(n => n.At < before).ExecuteDeleteAsync(ct), ct);
        await db.WriteAsync(() => db.Set<NoticeSend>().Where(n => n.NextAt < before).ExecuteDeleteAsync(ct), ct);
        await db.WriteAsync(() => db.Set<AtForm>().Where(p => p.Until <= now).ExecuteDeleteAsync(ct), ct);
    }
}
