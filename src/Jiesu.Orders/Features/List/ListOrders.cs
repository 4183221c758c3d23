using Jiesu.Catalog.Contracts;
using Jiesu.Identity.Contracts;
using Jiesu.Orders.Features.Read;
using Jiesu.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Jiesu.Orders.Features.List;

/// <summary>工单列表: filters combine; newest first; by page or, at any depth, by key.</summary>
internal static class ListOrders
{
    public static void MapApi(IEndpointRouteBuilder api) =>
        api.MapGet("/orders", GetAsync).RequireAuthorization(Permissions.Read).ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> GetAsync(HttpRequest request, Handler handler, Actor actor, CancellationToken ct)
    {
        var result = await handler.HandleAsync(request.Query, actor, ct);
        return result.Error is not null ? result.Error.ToProblem() : TypedResults.Ok(result.Value);
    }

    internal sealed record Response(int Total, IReadOnlyList<OrderView> Items, int Page, int PageSize, string? Next);

    internal sealed class Handler(OrderList list, IUnitDirectory units, ICatalogue catalogue)
    {
        public async Task<Result<Response>> HandleAsync(IQueryCollection query, Actor actor, CancellationToken ct)
        {
            var filter = new FilterReader(await units.GetAsync(ct), await catalogue.GetAsync(ct)).Read(query, beside: []);
            if (filter.Error is not null)
            {
                return filter.Error;
            }

            var page = await list.ReadAsync(filter.Value, actor, mostCounted: null, ct);
            return new Response(page.Total, page.Items, page.Page, page.PageSize, page.Next);
        }
    }
}
