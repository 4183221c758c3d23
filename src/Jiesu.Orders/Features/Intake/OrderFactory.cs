using Jiesu.Catalog.Contracts;
using Jiesu.Identity.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Forms;
using Jiesu.Platform;

namespace Jiesu.Orders.Features.Intake;

/// <summary>Makes orders of what came in. Reads snapshots only, so that intake asks the database for nothing before it saves.</summary>
internal sealed class OrderFactory(ICatalogue catalogue, IUnitDirectory units, ICallers callers, OrderNumbers numbers, JiesuDb db, TimeProvider clock)
{
    public async Task<IReadOnlyList<Result<Understood>>> CheckAsync(IReadOnlyList<IncomingOrder> orders, CancellationToken ct)
    {
        var (today, tree, now) = (await catalogue.GetAsync(ct), await units.GetAsync(ct), clock.GetUtcNow());
        return [.. orders.Select(o => IntakeForm.Add(IntakeRules.Check(o, today, now), o.Order, today, tree))];
    }

    /// <summary>New orders with numbers; their callers and answers are in the session, they themselves not yet.</summary>
    public async Task<IReadOnlyList<WorkOrder>> MakeAsync(IReadOnlyList<Understood> orders, Actor actor, CancellationToken ct)
    {
        var at = IntakeRules.ToMilliseconds(clock.GetUtcNow());
        var centre = (await units.GetAsync(ct)).Centre.Id;
        var taken = await numbers.TakeAsync(orders.Count, at, ct);
        var deed = new Deed(actor, Seen: null, at);
        return [.. orders.Zip(taken, (o, number) =>
        {
            var order = WorkOrder.Receive(o.Draft with { No = number.No, CaseNo = number.CaseNo, CallerId = o.Caller is { } caller ? callers.Add(caller) : null }, centre, deed);
            db.AddRange(o.Form is { } form ? FormValue.Of(form, order.Id, order.Round, actor.UnitId, at) : []);
            return order;
        })];
    }
}
