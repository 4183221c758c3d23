using Jiesu.Identity.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Read;
using Jiesu.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.Merge;

/// <summary>关联工单: master, merged, linked and the same caller's; every one of them, and every count, within the reader's own scope.</summary>
public static class Related
{
    private const int Most = 50;

    internal static void MapApi(IEndpointRouteBuilder api) =>
        api.MapGet("/orders/{id:guid}/related", GetAsync).RequireAuthorization(Permissions.Read);

    private static async Task<Results<Ok<Answer>, ProblemHttpResult>> GetAsync(Guid id, Actor actor, Handler handler, CancellationToken ct) =>
        await handler.FindAsync(id, actor, ct) is { } answer ? TypedResults.Ok(answer) : OrderErrors.NotFound().ToProblem();

    /// <summary>关联工单.</summary>
    /// <param name="MonthCount">月次: orders of this caller in this Beijing month that the reader may see; null without a known caller.</param>
    /// <param name="YearCount">年次.</param>
    public sealed record Answer(Item? Master, IReadOnlyList<Item> Merged, IReadOnlyList<Item> Linked, IReadOnlyList<Item> OfCaller, int? MonthCount, int? YearCount);

    /// <summary>工单.</summary>
    public sealed record Item(string Id, string CaseNo, string Title, string State, string StateName, DateTimeOffset ReceivedAt);

    /// <summary>The use case.</summary>
    internal sealed class Handler(JiesuDb db, OrderCase cases, ICallers callers, TimeProvider clock)
    {
        /// <summary>Null when there is no such order for this actor.</summary>
        public async Task<Answer?> FindAsync(Guid id, Actor actor, CancellationToken ct)
        {
            if (await cases.FindAsync(id, actor, ct) is not { } order)
            {
                return null;
            }

            CallerId?[] same = order.CallerId is { } caller ? [.. await callers.SameAsync(caller, ct)] : [];
            OrderId[] linked = [.. order.Links.Select(l => l.OtherId)];
            var links = db.Set<OrderLink>();
            var near = await db.Set<WorkOrder>().AsNoTracking().Where(DataScope.Of(actor).Sees()).Where(x => x.Id == order.MasterOrderId || x.MasterOrderId == order.Id || linked.Contains(x.Id) || links.Any(l => l.OrderId == x.Id && l.OtherId == order.Id) || same.Contains(x.CallerId)).OrderByDescending(x => x.No).Take(Most)
                .Select(x => new { x.Id, x.CaseNo, x.Title, x.State, x.ReceivedAt, x.MasterOrderId, x.CallerId, IsLinked = linked.Contains(x.Id) || links.Any(l => l.OrderId == x.Id && l.OtherId == order.Id) }).ToListAsync(ct);
            var now = clock.GetUtcNow().ToBeijing();
            var (month, year) = (new DateOnly(now.Year, now.Month, 1).StartOfDay(), new DateOnly(now.Year, 1, 1).StartOfDay());
            var ofCaller = near.Where(x => same.Contains(x.CallerId)).ToList();
            return new(
                near.Where(x => x.Id == order.MasterOrderId).Select(x => ItemOf(x.Id, x.CaseNo, x.Title, x.State, x.ReceivedAt)).FirstOrDefault(),
                [.. near.Where(x => x.MasterOrderId == order.Id).Select(x => ItemOf(x.Id, x.CaseNo, x.Title, x.State, x.ReceivedAt))],
                [.. near.Where(x => x.IsLinked).Select(x => ItemOf(x.Id, x.CaseNo, x.Title, x.State, x.ReceivedAt))],
                [.. ofCaller.Select(x => ItemOf(x.Id, x.CaseNo, x.Title, x.State, x.ReceivedAt))],
                same.Length == 0 ? null : 1 + ofCaller.Count(x => x.ReceivedAt >= month), same.Length == 0 ? null : 1 + ofCaller.Count(x => x.ReceivedAt >= year));
        }

        private static Item ItemOf(OrderId id, string caseNo, string title, OrderState state, DateTimeOffset at) => new(id.ToString(), caseNo, title, state.ToString(), state.Name(), at);
    }
}
