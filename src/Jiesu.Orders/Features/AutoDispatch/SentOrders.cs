using Jiesu.Identity.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.AutoDispatch;

/// <summary>历史派单: an order as it was first dispatched.</summary>
/// <param name="LeadCode">The unit that was given it first.</param>
/// <param name="Returns">How often it came back.</param>
/// <param name="Stayed">It was never given to another unit; where it went with a master is the master's matter.</param>
/// <param name="HeldBack">Why it would have been left to a person; null where it would not.</param>
internal sealed record SentOrder(OrderId Id, string ClassCode, string? TownCode, string Text, string LeadCode, int Returns, bool Stayed, string? HeldBack)
{
    public bool IsRight => Returns == 0 && Stayed;

    /// <summary>属地: it went to the unit of its own town.</summary>
    public bool IsTerritorial => LeadCode == TownCode;
}

/// <summary>Reads what people dispatched in a span, newest first.</summary>
internal sealed class SentOrders(JiesuDb db, IUnitDirectory units, HoldBacks holdBacks)
{
    private const int Most = 50_000;

    public async Task<IReadOnlyList<SentOrder>> ReadAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken ct)
    {
        var tree = await units.GetAsync(ct);
        var rows = await (
            from x in db.Set<WorkOrder>().AsNoTracking()
            from e in db.Set<OrderEvent>().Where(e => e.OrderId == x.Id && (e.StepId == "T06" || e.StepId == "T07"))
            join a in db.Set<StoredAdvice>() on x.Id equals a.OrderId into advice
            from a in advice.DefaultIfEmpty()
            where x.ReceivedAt >= @from && x.ReceivedAt < until && x.ClassCode != null && e.ActorId != Guid.Empty
            orderby x.No descending
            select new { x.Id, x.ClassCode, x.TownCode, x.Title, x.Content, x.Returns, x.Dispatches, x.UnitId, IsMerged = x.MasterOrderId != null, x.IsSecret, x.Urgency, e.Details, Advice = a == null ? null : a.Json }).Take(Most).ToListAsync(ct);
        return
        [
            .. rows.Select(r => (Row: r, Lead: StepDetails.Read(r.Details).Lead is { } lead ? tree.Find(lead) : null)).Where(r => r.Lead is not null)
                .Select(r => new SentOrder(
                    r.Row.Id, r.Row.ClassCode!, r.Row.TownCode, $"{r.Row.Title}\n{r.Row.Content}", r.Lead!.Code.Value, r.Row.Returns, r.Row.Dispatches <= 1 && (r.Row.IsMerged || r.Row.UnitId == r.Lead.Id),
                    holdBacks.Of(r.Row.IsSecret, r.Row.Urgency, r.Row.Advice))),
        ];
    }
}
