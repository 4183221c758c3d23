using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.Read;

/// <summary>工单案卷: one order as one request looks at it, read once for all parts of a page; shares, what is open, links, and the history when it is asked for.</summary>
internal sealed class OrderCase(JiesuDb db)
{
    private (OrderId Id, Guid Person, Guid Unit) _of;
    private WorkOrder? _order;
    private IReadOnlyList<OrderEvent>? _history;

    /// <summary>Null when there is none, or none that the actor may see.</summary>
    public async Task<WorkOrder?> FindAsync(OrderId id, Actor actor, CancellationToken ct)
    {
        if (_order is null || _of != (id, actor.PersonId, actor.UnitId))
        {
            (_of, _history) = ((id, actor.PersonId, actor.UnitId), null);
            _order = await db.Set<WorkOrder>().AsNoTracking()
                .Where(DataScope.Of(actor).Sees())
                .Include(x => x.Assignments)
                .Include(x => x.Applications.Where(a => a.DecidedAt == null))
                .Include(x => x.Whistles)
                .Include(x => x.Supervisions.Where(s => s.ClosedAt == null))
                .Include(x => x.Links)
                .AsSingleQuery()
                .SingleOrDefaultAsync(x => x.Id == id, ct);
        }

        return _order;
    }

    /// <summary>As <see cref="FindAsync(OrderId, Actor, CancellationToken)"/>, for what may be no id.</summary>
    public async Task<WorkOrder?> FindAsync(Guid id, Actor actor, CancellationToken ct) => id == Guid.Empty ? null : await FindAsync(OrderId.From(id), actor, ct);

    /// <summary>流转记录, oldest first; empty when there is no such order for this actor: every order has at least its first event.</summary>
    public async Task<IReadOnlyList<OrderEvent>> HistoryAsync(OrderId id, Actor actor, CancellationToken ct) =>
        await FindAsync(id, actor, ct) is null ? [] : _history ??= await db.Set<OrderEvent>().AsNoTracking().Where(e => e.OrderId == id).OrderBy(e => e.Seq).ToListAsync(ct);
}
