using Jiesu.Orders.Domain;
using Jiesu.Platform;

namespace Jiesu.Orders.Features.Actions;

/// <summary>在办派件: the acting unit must hold a share that it has signed and not yet answered.</summary>
internal static class HeldShare
{
    public static Error? Bars(Standing standing, AssignmentState wanted = AssignmentState.Handling) => standing.Share switch
    {
        null => OrderErrors.NoShare(standing.Order.State),
        { State: var state } when state != wanted => OrderErrors.ShareNotNow(standing.Order.State, state),
        _ => null,
    };
}
