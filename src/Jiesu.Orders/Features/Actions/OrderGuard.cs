using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Platform;

namespace Jiesu.Orders.Features.Actions;

/// <summary>
/// 流转守卫: the guard before every step, whoever calls: permission and scope → version → state → required fields → policy (SEC-22).
/// A role without the permission hears 403 for every id; a role that has it hears 404 beyond its scope.
/// </summary>
internal static class OrderGuard
{
    /// <summary>What may be done with an order that is handled with another; the rest is done there.</summary>
    private static readonly OrderAction[] ForMerged = [OrderAction.Follow, OrderAction.Unmerge, OrderAction.Cancel, OrderAction.Link, OrderAction.Urge, OrderAction.Instruct, OrderAction.Correct];

    /// <summary>合并后: why the action belongs to the master.</summary>
    public static Error? BarsMerged(WorkOrder order, OrderAction action) => order.IsMerged && !ForMerged.Contains(action) ? OrderErrors.Merged(order.State) : null;

    /// <summary>Needs no order: may this person ever do this? An application and its decision are two permissions.</summary>
    public static Error? RefusesRole(OrderAction action, ActionRequest asked, Actor actor) =>
        Rows(action, asked).Any(s => actor.Can(s.Permission)) ? null : OrderErrors.NotPermitted();

    /// <summary>The row that is meant, or why it may not be taken.</summary>
    public static Result<OrderStep> Judge(Attempt attempt, OrderVerb verb)
    {
        var (order, deed) = (attempt.Order, attempt.Deed);
        if (deed.Seen is null)
        {
            return OrderErrors.VersionMissing();
        }

        if (deed.Seen != order.Version)
        {
            return OrderErrors.Changed();
        }

        if (BarsMerged(order, attempt.Action) is { } merged)
        {
            return merged;
        }

        var fitting = Rows(attempt.Action, attempt.Asked).Where(s => s.From.Contains(order.State) && s.Fits(order.Overlays)).ToArray();
        var open = fitting.Where(s => verb.Bars(attempt, s) is null).ToArray();
        if (open.Length == 0)
        {
            return fitting.Select(s => verb.Bars(attempt, s)).FirstOrDefault() ?? OrderErrors.NotNow(order.State);
        }

        if (Shape.Refuses(attempt.Asked) is { } misshapen)
        {
            return misshapen;
        }

        var chosen = verb.Choose(attempt, open);
        return chosen.Error is not null ? chosen
            : !attempt.Actor.Can(chosen.Value.Permission) ? OrderErrors.NotPermitted()
            : Carried.Refuses(attempt.Asked, chosen.Value) is { } wrong ? wrong
            : chosen;
    }

    /// <summary>Rows of an action. Where applying, deciding and taking back share a name, the decision tells them apart.</summary>
    private static OrderStep[] Rows(OrderAction action, ActionRequest asked)
    {
        var rows = OrderLifeCycle.Steps.All.Where(s => s.Action == action).ToArray();
        var decided = rows.Where(s => s.Takes(Carry.Decision)).ToArray();
        return asked.Decision == Carry.Withdraw ? [.. rows.Where(s => s.Outcome == OrderOutcome.Withdrawn)]
            : asked.Decision is null && decided.Length < rows.Length ? [.. rows.Except(decided)]
            : [.. (decided.Length > 0 ? decided : rows).Where(s => s.Outcome != OrderOutcome.Withdrawn)];
    }
}
