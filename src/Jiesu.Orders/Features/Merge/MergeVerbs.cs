using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Actions;
using Jiesu.Platform;

namespace Jiesu.Orders.Features.Merge;

/// <summary>合并 (T35): into the order named, or into the one that it was merged into itself.</summary>
internal sealed class MergeOrder() : OrderVerb(OrderAction.Merge)
{
    public override Error? Bars(Standing standing, OrderStep step) => step.Outcome == OrderOutcome.Absorb ? OrderErrors.NotNow(standing.Order.State) : null;

    public override Result<Done> Do(Attempt attempt, OrderStep step)
    {
        if (attempt.Master is not { } master)
        {
            return OrderErrors.UnknownMaster();
        }

        if (master.Id == attempt.Order.Id)
        {
            return OrderErrors.MergedIntoItself();
        }

        var absorbing = OrderLifeCycle.Steps.Find(master.State, OrderAction.Merge, OrderOutcome.Absorb);
        return absorbing?.Fits(master.Overlays) != true
            ? OrderErrors.MasterNotNow(master.State)
            : attempt.Order.MergeInto(step, absorbing, master, attempt.Followers, attempt.Policy.Units.Centre.Id, attempt.Deed);
    }
}

/// <summary>撤销合并 (T35).</summary>
internal sealed class UnmergeOrder() : OrderVerb(OrderAction.Unmerge)
{
    public override Result<Done> Do(Attempt attempt, OrderStep step) => attempt.Order.Unmerge(step, attempt.Deed);
}

/// <summary>随主单办理 (T35): the house itself, when the master's answer was approved.</summary>
internal sealed class FollowMaster() : OrderVerb(OrderAction.Follow)
{
    public override Error? Bars(Standing standing, OrderStep step)
    {
        var other = standing.Order.OriginType == OriginType.Local ? OrderOutcome.ApproveCity : OrderOutcome.ApproveLocal;
        return step.Outcome == other ? OrderErrors.NotNow(standing.Order.State) : null;
    }

    public override Result<Done> Do(Attempt attempt, OrderStep step) =>
        attempt.Master is { } master ? attempt.Order.FollowMaster(step, master.UnitId, attempt.Deed) : OrderErrors.UnknownMaster();
}

/// <summary>关联 (T35).</summary>
internal sealed class LinkOrder() : OrderVerb(OrderAction.Link)
{
    public override Result<Done> Do(Attempt attempt, OrderStep step) =>
        attempt.Master is not { } other ? OrderErrors.UnknownMaster()
        : other.Id == attempt.Order.Id || attempt.Order.Links.Any(l => l.OtherId == other.Id) ? OrderErrors.AlreadyLinked()
        : attempt.Order.LinkTo(step, other.Id, attempt.Deed);
}
