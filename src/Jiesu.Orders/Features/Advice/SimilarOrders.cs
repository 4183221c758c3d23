using Jiesu.Intelligence.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Read;
using Jiesu.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Jiesu.Orders.Features.Advice;

/// <summary>相似工单 of an order: the nearest texts, as far as the asker may open them.</summary>
internal static class SimilarOrders
{
    public static void MapApi(IEndpointRouteBuilder api) =>
        api.MapGet("/orders/{id:guid}/similar", GetAsync).RequireAuthorization(Permissions.Read).ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> GetAsync(Guid id, Handler handler, Actor actor, CancellationToken ct) =>
        await handler.FindAsync(id, actor, ct) is { } items ? TypedResults.Ok(new Response(items)) : OrderErrors.NotFound().ToProblem();

    internal sealed record Response(IReadOnlyList<SimilarView> Items);

    internal sealed class Handler(OrderCase cases, IOrderTexts texts, IOrderQueries orders)
    {
        /// <summary>Asked for more than shown: some are out of scope.</summary>
        public const int Asked = 50;
        public const int Shown = 10;

        /// <summary>Null when there is no such order for this actor.</summary>
        public async Task<IReadOnlyList<SimilarView>?> FindAsync(Guid id, Actor actor, CancellationToken ct)
        {
            var order = await cases.FindAsync(id, actor, ct);
            return order is null ? null : await ShowAsync(await NearestAsync(order, ct), actor, ct);
        }

        /// <summary>Best first, whoever may open them: for a reader who asks for their scope together with that of others.</summary>
        public Task<IReadOnlyList<SimilarText>> NearestAsync(WorkOrder order, CancellationToken ct) => texts.FindSimilarAsync($"{order.Title}\n{order.Content}", order.Id.Value, Asked, ct);

        /// <summary>Best first; what the asker may not open is not told, not even by number.</summary>
        public async Task<IReadOnlyList<SimilarView>> ShowAsync(IReadOnlyList<SimilarText> similar, Actor actor, CancellationToken ct)
        {
            var seen = (await orders.FindAsync([.. similar.Select(s => OrderId.From(s.Id))], actor, ct)).ToDictionary(o => o.Id.Value);
            return [.. similar.Where(s => seen.ContainsKey(s.Id)).Take(Shown)
                .Select(s => new SimilarView(seen[s.Id].Id, seen[s.Id].CaseNo, seen[s.Id].Title, seen[s.Id].State, Math.Round(s.Score, 4)))];
        }
    }
}
