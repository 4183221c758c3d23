using Jiesu.Catalog.Contracts;
using Jiesu.Identity.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Platform;

namespace Jiesu.Orders.Features.Read;

/// <summary>The one way from an order to what the wire and the pages show of it.</summary>
internal sealed class OrderReader(OrderCase cases, IUnitDirectory units, ICatalogue catalogue, ICallers callers, TimeProvider clock)
{
    /// <summary>Null when there is none, or none that the actor may see.</summary>
    public async Task<OrderView?> FindAsync(OrderId id, Actor actor, CancellationToken ct)
    {
        if (await cases.FindAsync(id, actor, ct) is not { } order)
        {
            return null;
        }

        var masked = new Dictionary<CallerId, MaskedCaller>();
        if (order.CallerId is { } caller && await cases.CallerAsync(id, actor, ct) is { } known)
        {
            masked[caller] = known.Masked;
        }

        return (await WordsAsync(masked, ct)).Describe(order);
    }

    /// <summary>Orders that the actor was found to see, with their assignments loaded; in the same order.</summary>
    public async Task<IReadOnlyList<OrderView>> DescribeAsync(IReadOnlyList<WorkOrder> orders, CancellationToken ct)
    {
        CallerId[] ids = [.. orders.Select(o => o.CallerId).OfType<CallerId>()];
        IReadOnlyDictionary<CallerId, MaskedCaller> masked = ids.Length == 0 ? new Dictionary<CallerId, MaskedCaller>() : await callers.MaskAsync(ids, ct);
        var words = await WordsAsync(masked, ct);
        return [.. orders.Select(words.Describe)];
    }

    /// <summary>An order that is not saved yet.</summary>
    public async Task<OrderView> DescribeNewAsync(WorkOrder order, CallerDraft? caller, CancellationToken ct)
    {
        var masked = new Dictionary<CallerId, MaskedCaller>();
        if (order.CallerId is { } id && caller is not null)
        {
            masked[id] = callers.Mask(caller);
        }

        return (await WordsAsync(masked, ct)).Describe(order);
    }

    private async Task<OrderWords> WordsAsync(IReadOnlyDictionary<CallerId, MaskedCaller> masked, CancellationToken ct) =>
        new(await units.GetAsync(ct), await catalogue.GetAsync(ct), masked, clock.GetUtcNow());
}
