using Jiesu.Identity.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Actions;
using Jiesu.Platform;
using Jiesu.Platform.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.Timers;

/// <summary>暂停到期 (T18): the clock goes on at the time that the pause was granted until, each order through the same guard as anybody's.</summary>
internal sealed class EndPauses(JiesuDb db, HouseDeeds deeds, IUnitDirectory units, TimeProvider clock) : IJob
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(30);
    private const int Batch = 500;

    public async Task RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var over = await db.Set<WorkOrder>().AsNoTracking().Where(x => x.StopUntil <= now && ((int)x.Overlays & (int)OrderOverlay.Paused) != 0)
            .OrderBy(x => x.StopUntil).Select(x => new { x.Id, x.Version }).Take(Batch).ToListAsync(ct);
        var house = await SystemActor.OfAsync(units, ct, Permissions.Pause);
        await deeds.DoAsync(over.Select(o => (o.Id, o.Version)), OrderAction.Resume, new ActionRequest { Note = "暂停到期自动恢复" }, house, ct);
    }
}
