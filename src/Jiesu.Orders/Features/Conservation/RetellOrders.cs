using Jiesu.Catalog.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.Conservation;

/// <summary>自检: state, version, deadline and counters of each order told again from its history and compared with what stands; the latest orders, or all of them (REL-28).</summary>
internal sealed class RetellOrders(JiesuDb db, IWorkingCalendars calendars) : ISelfCheck
{
    private const int Sample = 1_000;
    private const int Batch = 500;

    public string Name => "工单重算";

    public async Task<CheckResult> RunAsync(bool isThorough, CancellationToken ct)
    {
        var calendar = await calendars.GetAsync(ct);
        using var retelling = new Retelling();
        await db.LookAsync(
            async () =>
            {
                var (below, left) = (long.MaxValue, isThorough ? int.MaxValue : Sample);
                while (left > 0 && await NextAsync(below, Math.Min(Batch, left), ct) is { Count: > 0 } orders)
                {
                    foreach (var order in orders)
                    {
                        retelling.Compare(order.CaseNo, Retold.Of(order).ToString(), order.History.Count == 0 ? null : Retold.From(order.History, calendar).ToString());
                    }

                    (below, left) = (orders[^1].No, left - orders.Count);
                }

                return true;
            },
            ct);
        return retelling.Result(isThorough ? "全部工单" : "最近的工单", "请联系维护人员按流转记录恢复，不要改动流转记录。");
    }

    /// <summary>Latest first; the number that sorts is the key of the page.</summary>
    private Task<List<WorkOrder>> NextAsync(long below, int count, CancellationToken ct) =>
        db.Set<WorkOrder>().AsNoTracking().Where(x => x.No < below).OrderByDescending(x => x.No).Take(count).Include(x => x.History).AsSplitQuery().ToListAsync(ct);
}
