using Jiesu.Identity.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Actions;
using Jiesu.Platform;
using Jiesu.Platform.Events;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.Merge;

/// <summary>
/// 随主单办理 (T35): when the answer of a master is approved it is the answer to each caller whose order was merged into it; when the master ends without an
/// answer, what was merged into it is back on the dispatcher's desk. Nobody is forgotten with the master.
/// </summary>
internal sealed class FollowMasters(JiesuDb db, ActOnOrder.Mover mover, IUnitDirectory units) : IEventHandler<OrderMoved>
{
    private static readonly string[] Answered = [nameof(OrderState.PendingCallback), nameof(OrderState.Submitted), nameof(OrderState.Closed)];
    private static readonly string[] Ended = [nameof(OrderState.Cancelled), nameof(OrderState.ReturnedToCity), nameof(OrderState.NotAccepted)];

    public async Task HandleAsync(IReadOnlyList<OrderMoved> events, CancellationToken ct)
    {
        var ended = events.Where(e => Answered.Contains(e.State) || Ended.Contains(e.State)).ToList();
        var masters = ended.ConvertAll(e => (OrderId?)e.OrderId);
        var merged = await db.Set<WorkOrder>().AsNoTracking().Where(x => x.MasterOrderId != null && masters.Contains(x.MasterOrderId) && ((int)x.Overlays & (int)OrderOverlay.Merged) != 0)
            .Select(x => new { x.Id, x.Version, x.MasterOrderId }).ToListAsync(ct);
        if (merged.Count == 0)
        {
            return;
        }

        var house = await SystemActor.OfAsync(units, ct, Permissions.Follow, Permissions.Dispatch);
        foreach (var moved in ended)
        {
            var followers = merged.Where(m => m.MasterOrderId == moved.OrderId).ToList();
            if (followers.Count == 0)
            {
                continue;
            }

            var reply = await db.Set<WorkOrder>().Where(x => x.Id == moved.OrderId).Select(x => x.ReplyText).SingleAsync(ct);
            var (action, asked) = Answered.Contains(moved.State)
                ? (OrderAction.Follow, new ActionRequest { Result = reply ?? "主单已办结。" })
                : (OrderAction.Unmerge, new ActionRequest { Reason = "主单未办理即终止，本单恢复单独办理。" });
            foreach (var follower in followers)
            {
                await mover.MoveAsync(follower.Id, action.Wire(), asked, follower.Version, house, ct);
            }
        }
    }
}
