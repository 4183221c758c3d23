using Jiesu.Identity.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.Read;

internal sealed class OrderQueries(JiesuDb db, ICallers callers) : IOrderQueries
{
    private const int LookUpSize = 500;

    public async Task<IReadOnlyList<OrderSummary>> FindAsync(IReadOnlyCollection<OrderId> ids, Actor actor, CancellationToken ct)
    {
        var found = new List<OrderSummary>(ids.Count);
        foreach (var some in ids.Distinct().Chunk(LookUpSize))
        {
            var rows = await db.Set<WorkOrder>().AsNoTracking().Where(DataScope.Of(actor).Sees()).Where(x => some.Contains(x.Id)).OrderByDescending(x => x.No)
                .Select(x => new
                {
                    x.Id, x.CaseNo, x.Title, x.Content, x.State, x.Version, x.UnitId, x.ClassCode, x.TownCode, x.Address, x.IsSecret, x.ReceivedAt, x.DueAt, x.ClosedAt, x.ReplyText, x.CallerId,
                })
                .ToListAsync(ct);
            var masked = await callers.MaskAsync([.. rows.Select(x => x.CallerId).OfType<CallerId>().Distinct()], ct);
            found.AddRange(rows.Select(x => new OrderSummary(
                x.Id, x.CaseNo, x.Title, x.Content, x.State.ToString(), x.Version, x.UnitId, x.ClassCode, x.TownCode, x.Address, x.IsSecret, x.ReceivedAt, x.DueAt, x.ClosedAt, x.ReplyText)
            {
                Caller = x.CallerId is { } caller ? masked.GetValueOrDefault(caller) : null,
            }));
        }

        return found;
    }
}
