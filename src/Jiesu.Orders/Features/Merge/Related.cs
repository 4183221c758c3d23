using Jiesu.Identity.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Advice;
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

    /// <summary>More than are shown: the counts of month and year are taken from them.</summary>
    private const int MostRead = 250;

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

    /// <summary>What stands near an order, asked for in one question.</summary>
    /// <param name="Orders">All that was read, those that were named and those of the same community among them.</param>
    internal sealed record Near(Answer Related, IReadOnlyList<NearOrder> Orders);

    private sealed record Row(NearOrder Order, OrderId? MasterOrderId, bool IsLinked)
    {
        public Item Item => new(Order.Id.ToString(), Order.CaseNo, Order.Title, Order.State.ToString(), Order.State.Name(), Order.ReceivedAt);
    }

    /// <summary>The use case.</summary>
    internal sealed class Handler(JiesuDb db, OrderCase cases, TimeProvider clock)
    {
        /// <summary>Null when there is no such order for this actor.</summary>
        public async Task<Answer?> FindAsync(Guid id, Actor actor, CancellationToken ct) => (await FindNearAsync(id, [], actor, ct))?.Related;

        /// <summary>The same, and what else a page wants to name: similar orders, and the newest of the same community. Scope is asked for all of them alike.</summary>
        public async Task<Near?> FindNearAsync(Guid id, IReadOnlyCollection<OrderId> also, Actor actor, CancellationToken ct)
        {
            if (await cases.FindAsync(id, actor, ct) is not { } order)
            {
                return null;
            }

            CallerId?[] same = [.. (await cases.CallerAsync(order.Id, actor, ct))?.Same ?? []];
            var rows = await ReadAsync(order, also, same, actor, ct);
            return new(AnswerOf(order, rows, same), rows.ConvertAll(r => r.Order));
        }

        /// <summary>Ids first, each kind by its own index: one condition with OR would read all orders. Those that are named come whole, the rest as far as there is room.</summary>
        private Task<List<Row>> ReadAsync(WorkOrder order, IReadOnlyCollection<OrderId> also, CallerId?[] same, Actor actor, CancellationToken ct)
        {
            var (orders, links) = (db.Set<WorkOrder>().AsNoTracking(), db.Set<OrderLink>());
            OrderId[] linked = [.. order.Links.Select(l => l.OtherId)];
            OrderId[] named = [.. also.Concat(linked).Append(order.MasterOrderId ?? order.Id).Where(x => x != order.Id).Distinct()];
            var ids = orders.Where(x => named.Contains(x.Id)).Select(x => x.Id)
                .Union(orders.Where(x => x.MasterOrderId == order.Id).Select(x => x.Id))
                .Union(links.Where(l => l.OtherId == order.Id).Select(l => l.OrderId));
            ids = same.Length == 0 ? ids : ids.Union(orders.Where(x => same.Contains(x.CallerId)).Select(x => x.Id));
            ids = order.CommunityCode is null ? ids : ids.Union(orders.InCommunity(order.TownCode, order.CommunityCode));
            return orders.Where(DataScope.Of(actor).Sees()).Where(x => ids.Contains(x.Id) && x.Id != order.Id)
                .OrderByDescending(x => named.Contains(x.Id)).ThenByDescending(x => x.No).Take(named.Length + NearOrder.MostOfPlace + MostRead)
                .Select(x => new Row(
                    new(
                        x.Id, x.CaseNo, x.Title, x.State, x.ReceivedAt, x.Address, x.PointName, x.TownCode, x.CommunityCode, x.Lon, x.Lat, x.ClassCode, x.CallerId,
                        also.Contains(x.Id) && !x.IsSecret && x.Solved != false && (x.State == OrderState.Closed || x.State == OrderState.Archived) ? x.ReplyText!.Substring(0, NearOrder.LongestReply) : null),
                    x.MasterOrderId, linked.Contains(x.Id) || links.Any(l => l.OrderId == x.Id && l.OtherId == order.Id)))
                .ToListAsync(ct);
        }

        private Answer AnswerOf(WorkOrder order, IReadOnlyList<Row> rows, CallerId?[] same)
        {
            var now = clock.GetUtcNow().ToBeijing();
            var (month, year) = (new DateOnly(now.Year, now.Month, 1).StartOfDay(), new DateOnly(now.Year, 1, 1).StartOfDay());
            Row[] ofCaller = [.. rows.Where(x => same.Contains(x.Order.CallerId)).OrderByDescending(x => x.Order.ReceivedAt)];
            return new(
                rows.FirstOrDefault(x => x.Order.Id == order.MasterOrderId)?.Item, Items(rows.Where(x => x.MasterOrderId == order.Id)), Items(rows.Where(x => x.IsLinked)), Items(ofCaller),
                same.Length == 0 ? null : 1 + ofCaller.Count(x => x.Order.ReceivedAt >= month), same.Length == 0 ? null : 1 + ofCaller.Count(x => x.Order.ReceivedAt >= year));
        }

        private static IReadOnlyList<Item> Items(IEnumerable<Row> rows) => [.. rows.Take(Most).Select(r => r.Item)];
    }
}
