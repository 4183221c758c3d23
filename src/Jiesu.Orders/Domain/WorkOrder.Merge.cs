using Jiesu.Orders.Contracts;
using Jiesu.Platform;

namespace Jiesu.Orders.Domain;

/// <summary>合并、关联: several requests about one matter are handled once; each caller still gets an answer (hotline guide 2.3, T35).</summary>
internal sealed partial class WorkOrder
{
    public bool IsMerged => Overlays.HasFlag(OrderOverlay.Merged);

    /// <summary>
    /// 合并 (T35): this order is handled with <paramref name="master"/> from now on. Its units go over as helpers, so that nobody who knows of it is cut off;
    /// what was merged into it follows. Both orders have the step in their history, so two merges that cross cannot both succeed.
    /// </summary>
    /// <param name="followers">Orders that were merged into this one.</param>
    public Result<Done> MergeInto(OrderStep step, OrderStep absorbing, WorkOrder master, IReadOnlyList<WorkOrder> followers, Guid centre, Deed deed)
    {
        var units = Live.Where(a => a.Role is AssignmentRole.Lead or AssignmentRole.Co).Select(a => a.UnitId).ToArray();
        var moved = Move(step, deed with { Details = deed.Details with { OtherOrder = master.Id.Value } }, () =>
        {
            Live.ToList().ForEach(a => a.End(deed.At));
            Lapse(deed.At, _ => true);
            (MasterOrderId, UnitId, SubmittedAt) = (master.Id, centre, null);
        });
        if (moved.Error is not null)
        {
            return moved;
        }

        followers.ToList().ForEach(f => f.MasterOrderId = master.Id);
        return master.Absorb(absorbing, this, units, deed);
    }

    private Result<Done> Absorb(OrderStep step, WorkOrder merged, IReadOnlyList<Guid> units, Deed deed) =>
        Move(step, deed with { Seen = Version, Details = deed.Details with { OtherOrder = merged.Id.Value } }, () =>
        {
            if (LiveLead is { } lead)
            {
                AddHelpers(new(lead.UnitId, units, null, null), deed.At);
            }
        });

    /// <summary>撤销合并 (T35): back on the dispatcher's desk.</summary>
    public Result<Done> Unmerge(OrderStep step, Deed deed) => Move(step, deed);

    /// <summary>随主单办理 (T35): the answer of the master is the answer to this caller, too.</summary>
    /// <param name="unit">The unit that led the master.</param>
    public Result<Done> FollowMaster(OrderStep step, Guid unit, Deed deed) => Move(step, deed, () =>
    {
        UnitId = unit;
        ReplyText = deed.Details.Result;
        _assignments.Add(new() { OrderId = Id, Round = Round, UnitId = unit, Role = AssignmentRole.Lead, AssignedAt = deed.At, DueAt = StoppedDueAt, Limit = Limit });
        LiveLead!.Sign(deed.At);
        LiveLead!.Reply(deed.At, ReplyText);
        Dispatches = Math.Max(Dispatches, 1);
    });

    /// <summary>关联 (T35): two orders that belong together; nothing else changes.</summary>
    public Result<Done> LinkTo(OrderStep step, OrderId other, Deed deed) => Move(step, deed with { Details = deed.Details with { OtherOrder = other.Value } }, () =>
        _links.Add(new() { OrderId = Id, OtherId = other, ById = deed.Actor.PersonId, At = deed.At }));
}
