using Jiesu.Identity.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Actions;
using Jiesu.Platform;
using Jiesu.Platform.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.Joint;

/// <summary>单位撤并后的工单 (T10): what a dissolved unit still holds goes to its heir, share by share; no order is ever without a task.</summary>
internal sealed class ReassignOrphans(JiesuDb db, HouseDeeds deeds, IUnitDirectory units) : IJob
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(30);
    private const int Batch = 500;

    public async Task RunAsync(CancellationToken ct)
    {
        var closed = (await units.GetAsync(ct)).All.Where(u => u.IsClosed).Select(u => u.Id).ToArray();
        if (closed.Length == 0)
        {
            return;
        }

        var orphans = await db.Set<Assignment>().AsNoTracking().Where(a => closed.Contains(a.UnitId) && a.EndedAt == null)
            .Join(db.Set<WorkOrder>(), a => a.OrderId, o => o.Id, (a, o) => new { o.Id, o.Version }).Distinct().OrderBy(o => o.Id).Take(Batch).ToListAsync(ct);
        var house = await SystemActor.OfAsync(units, ct, Permissions.Reassign);
        await deeds.DoAsync(orphans.Select(o => (o.Id, o.Version)), OrderAction.Reassign, new ActionRequest { Reason = "承办单位已撤并，由承接单位继续办理。" }, house, ct);
    }
}
