using Jiesu.Catalog.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.Dispatch;

/// <summary>派发队列: what waits for a dispatch, in the order in which it should be done: urgent kinds by their limit, then running clocks, then by age.</summary>
internal sealed class DeskQueue(JiesuDb db, ICatalogue catalogue)
{
    /// <summary>Nobody works further down than this; the list of orders shows the rest.</summary>
    public const int Shown = 100;

    /// <summary>队列中的工单.</summary>
    internal sealed record Waiting(
        OrderId Id, string CaseNo, string Title, string? Town, string? Community, string? Address, string? Urgency, bool IsSecret, int Dispatches, OrderOverlay Overlays,
        DateTimeOffset ReceivedAt, DateTimeOffset? ClockStartedAt, DateTimeOffset? DueAt);

    public async Task<(IReadOnlyList<Waiting> Rows, int Total)> ReadAsync(Actor actor, CancellationToken ct)
    {
        var day = await catalogue.GetAsync(ct);
        var waiting = db.Set<WorkOrder>().AsNoTracking().Where(DataScope.Of(actor).Sees()).Where(x => x.State == OrderState.PendingDispatch);
        var rows = await Ranked(waiting, Urgent(day))
            .ThenBy(x => x.DueAt == null).ThenBy(x => x.DueAt).ThenBy(x => x.No)
            .Select(x => new Waiting(
                x.Id, x.CaseNo, x.Title, x.TownCode, x.CommunityCode, x.Address, x.Urgency, x.IsSecret, x.Dispatches, x.Overlays, x.ReceivedAt, x.ClockStartedAt, x.DueAt))
            .Take(Shown).ToListAsync(ct);
        return (rows, rows.Count < Shown ? rows.Count : await waiting.CountAsync(ct));
    }

    /// <summary>紧急程度 whose limit runs day and night, the shortest first; which they are is policy, not code.</summary>
    public static IReadOnlyList<string> Urgent(CatalogueDay day) =>
    [
        .. day.Dictionary(DictionaryNames.Urgencies).Select(u => (u.Name, Limit: day.Policy(null, u.Name, null).HandleLimit))
            .Where(u => u.Limit.Unit == LimitUnit.UrgentHour).OrderBy(u => u.Limit.Value).Select(u => u.Name),
    ];

    private static IOrderedQueryable<WorkOrder> Ranked(IQueryable<WorkOrder> rows, IReadOnlyList<string> urgent) =>
        urgent.Aggregate(rows.OrderBy(x => x.Urgency == null || !urgent.Contains(x.Urgency)), (ranked, kind) => ranked.ThenBy(x => x.Urgency == null || x.Urgency != kind));
}
