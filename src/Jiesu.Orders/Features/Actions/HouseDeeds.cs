using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Orders.Features.Actions;

/// <summary>系统办理: one action for each of these orders, in a session of its own and through the same guard as anybody's; a refusal leaves the order to the next run.</summary>
internal sealed class HouseDeeds(IServiceScopeFactory scopes)
{
    /// <param name="orders">With the versions that were seen.</param>
    public async Task DoAsync(IEnumerable<(OrderId Id, int Version)> orders, OrderAction action, ActionRequest request, Actor house, CancellationToken ct)
    {
        foreach (var (id, version) in orders)
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<IOrderActions>().ActAsync(id, action.Wire(), request, version, house, ct);
        }
    }
}
