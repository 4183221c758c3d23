using System.Text.Json.Serialization;
using Jiesu.Catalog.Contracts;
using Jiesu.Intelligence.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Merge;
using Jiesu.Orders.Features.Read;
using Jiesu.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.Advice;

/// <summary>相似工单 of an order, grouped: the nearest texts, the same place, the same caller, as far as the asker may open them.</summary>
public static class SimilarOrders
{
    internal static void MapApi(IEndpointRouteBuilder api) =>
        api.MapGet("/orders/{id:guid}/similar", GetAsync).RequireAuthorization(Permissions.Read).ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> GetAsync(Guid id, Handler handler, Actor actor, CancellationToken ct) =>
        await handler.FindAsync(id, actor, ct) is { } items ? TypedResults.Ok(new Response(items)) : OrderErrors.NotFound().ToProblem();

    internal sealed record Response(IReadOnlyList<Item> Items);

    /// <summary>相似工单: only what the asker may open.</summary>
    /// <param name="Score">Likeness of the texts, 0–1; 0 where the texts are not alike.</param>
    /// <param name="Kind">matter, place or caller.</param>
    /// <param name="Evidence">What the two have in common.</param>
    /// <param name="Reply">曾怎样解决: the beginning of its answer, without names and numbers; null unless it was solved.</param>
    public sealed record Item(OrderId Id, string CaseNo, string Title, string State, double Score, string Kind, string KindName, string Evidence, string? Reply)
    {
        [JsonIgnore]
        public string StateName => Enum.Parse<OrderState>(State).Name();

        [JsonIgnore]
        public string Url => $"/orders/{Id}";
    }

    /// <summary>What stands near an order: related by people's acts, and alike.</summary>
    internal sealed record Surroundings(Related.Answer Related, IReadOnlyList<Item> Similar);

    internal sealed class Handler(JiesuDb db, OrderCase cases, IOrderTexts texts, Related.Handler related, ICatalogue catalogue, ILanguageModel model)
    {
        /// <summary>Asked for more than shown: some are out of scope.</summary>
        private const int Asked = 50;

        /// <summary>Null when there is no such order for this actor.</summary>
        public async Task<IReadOnlyList<Item>?> FindAsync(Guid id, Actor actor, CancellationToken ct) => (await FindNearAsync(id, actor, ct))?.Similar;

        /// <summary>The same with what is related, both from one question to the database.</summary>
        public async Task<Surroundings?> FindNearAsync(Guid id, Actor actor, CancellationToken ct)
        {
            if (await cases.FindAsync(id, actor, ct) is not { } order)
            {
                return null;
            }

            var alike = await NearestAsync(order, ct);
            var near = (await related.FindNearAsync(id, [.. alike.Select(s => OrderId.From(s.Id))], actor, ct))!;
            var advice = (await cases.EnclosedAsync(order.Id, actor, ct))?.Advice is { } stored ? AdviceView.Read(stored) : null;
            var spot = new Spot(
                order.TownCode, order.CommunityCode, order.PointName, order.Lon, order.Lat, order.ClassCode ?? (advice?.Classes is [var best, ..] ? best.Code : null), advice?.PlaceNames ?? [], ((await cases.CallerAsync(order.Id, actor, ct))?.Same ?? []).ToHashSet());
            return new(near.Related, new SimilarGroups(await catalogue.GetAsync(ct), model).Of(spot, alike, near.Orders));
        }

        /// <summary>Best first, whoever may open them: for a reader who asks for their scope together with that of others.</summary>
        public Task<IReadOnlyList<SimilarText>> NearestAsync(WorkOrder order, CancellationToken ct) => texts.FindSimilarAsync($"{order.Title}\n{order.Content}", order.Id.Value, Asked, ct);

        /// <summary>For a request that is no order yet; what the asker may not open is not told, not even by number.</summary>
        public async Task<IReadOnlyList<Item>> ShowAsync(IReadOnlyList<SimilarText> alike, Spot spot, Actor actor, CancellationToken ct)
        {
            var orders = db.Set<WorkOrder>().AsNoTracking();
            OrderId[] named = [.. alike.Select(s => OrderId.From(s.Id))];
            var ids = orders.Where(x => named.Contains(x.Id)).Select(x => x.Id);
            ids = spot.Community is null ? ids : ids.Union(orders.InCommunity(spot.Town, spot.Community));
            var near = await orders.Where(DataScope.Of(actor).Sees()).Where(x => ids.Contains(x.Id))
                .Select(x => new NearOrder(
                    x.Id, x.CaseNo, x.Title, x.State, x.ReceivedAt, x.Address, x.PointName, x.TownCode, x.CommunityCode, x.Lon, x.Lat, x.ClassCode, x.CallerId,
                    named.Contains(x.Id) && !x.IsSecret && x.Solved != false && (x.State == OrderState.Closed || x.State == OrderState.Archived) ? x.ReplyText!.Substring(0, NearOrder.LongestReply) : null))
                .ToListAsync(ct);
            return new SimilarGroups(await catalogue.GetAsync(ct), model).Of(spot, alike, near);
        }
    }
}
