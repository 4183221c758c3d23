using Jiesu.Identity.Contracts;
using Jiesu.Intelligence.Contracts;
using Jiesu.Orders.Domain;

namespace Jiesu.Orders.Features.Language;

/// <summary>An order as the model may learn of it, with what has to be struck out.</summary>
internal sealed class LanguageOrders(ICallers callers)
{
    public async Task<LanguageOrder> OfAsync(WorkOrder order, CancellationToken ct) => new(
        order.Id.Value, order.Title, order.Content, order.Address, order.IsSecret,
        order is { IsSecret: false, CallerId: { } caller } ? await callers.TracesAsync(caller, ct) : []);
}
