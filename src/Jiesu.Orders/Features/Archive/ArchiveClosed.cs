using Jiesu.Identity.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Actions;
using Jiesu.Platform;
using Jiesu.Platform.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Jiesu.Orders.Features.Archive;

/// <summary>自动归档 (T36): orders that have been closed for the days of the setting, each through the same guard as anybody's.</summary>
internal sealed class ArchiveClosed(JiesuDb db, HouseDeeds deeds, IUnitDirectory units, IOptions<OrdersSettings> settings, TimeProvider clock) : IJob
{
    private const int Batch = 500;

    public async Task RunAsync(CancellationToken ct)
    {
        var before = clock.GetUtcNow().AddDays(-settings.Value.ArchiveAfterDays);
        var due = await db.Set<WorkOrder>().AsNoTracking()
            .Where(x => x.State == OrderState.Closed && x.ClosedAt < before && ((int)x.Overlays & (int)(OrderOverlay.ExclusionApplied | OrderOverlay.Appealed)) == 0)
            .OrderBy(x => x.No).Select(x => new { x.Id, x.Version }).Take(Batch).ToListAsync(ct);
        var house = await SystemActor.OfAsync(units, ct, Permissions.Archive);
        await deeds.DoAsync(due.Select(o => (o.Id, o.Version)), OrderAction.Archive, new ActionRequest { Note = "办结期满自动归档" }, house, ct);
    }
}
