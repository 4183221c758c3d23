using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Jiesu.Identity.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.Read;

/// <summary>查看诉求人 (SEC-32): the caller in clear, for a purpose, while the order is in the person's hands; each time written down.</summary>
internal static class RevealCaller
{
    /// <summary>Whose hands an order is in when no unit holds it: the post that takes the next step.</summary>
    private static readonly Dictionary<OrderState, string> Posts = new()
    {
        [OrderState.PendingPreCallback] = Permissions.PreCallback,
        [OrderState.PendingFinalReview] = Permissions.FinalReview,
        [OrderState.PendingCallback] = Permissions.Callback,
        [OrderState.Rework] = Permissions.Dispatch,
    };

    public static void MapApi(IEndpointRouteBuilder api) =>
        api.MapPost("/orders/{id:guid}/caller/reveal", PostAsync).RequireAuthorization(Permissions.RevealCaller)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<Results<Ok<RevealedCaller>, ProblemHttpResult>> PostAsync(Guid id, Request request, Handler handler, Actor actor, HttpContext http, CancellationToken ct)
    {
        var result = await handler.HandleAsync(id, request, actor, ct);
        if (result.Error is not null)
        {
            return result.Error.ToProblem();
        }

        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(result.Value);
    }

    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    internal sealed record Request : IRequest
    {
        /// <summary>查看目的.</summary>
        [Required(ErrorMessage = "请填写查看目的。"), StringLength(200, ErrorMessage = "查看目的最多 200 个字。")]
        public string? Purpose { get; init; }
    }

    internal sealed class Handler(JiesuDb db, ICallers callers, IUnitDirectory units)
    {
        public async Task<Result<RevealedCaller>> HandleAsync(Guid id, Request request, Actor actor, CancellationToken ct)
        {
            var order = id == Guid.Empty ? null : await db.Set<WorkOrder>().AsNoTracking().Include(x => x.Assignments)
                .Where(DataScope.Of(actor).Sees()).SingleOrDefaultAsync(x => x.Id == OrderId.From(id), ct);
            if (order is null)
            {
                return OrderErrors.NotFound();
            }

            if (Shape.Refuses(request) is { } refusal)
            {
                return refusal;
            }

            if (order.CallerId is not { } caller)
            {
                return new Error(ErrorKind.NotFound, "order.no_caller", "这个工单没有登记诉求人。");
            }

            if (!IsInHandsOf(order, actor, (await units.GetAsync(ct)).Centre.Id))
            {
                return new Error(ErrorKind.Conflict, "order.not_in_hands", "工单不在您手上，不能查看诉求人，请由当前承办人查看。") { State = order.State.ToString() };
            }

            return await callers.RevealAsync(caller, $"order/{order.Id}", request.Purpose, actor.Can(Permissions.RevealSecret), actor, ct);
        }

        /// <summary>The unit has a live share; or the Centre holds the order itself and this is its post.</summary>
        private static bool IsInHandsOf(WorkOrder order, Actor actor, Guid centre) =>
            order.Assignments.Any(a => a.IsLive && a.UnitId == actor.UnitId)
            || (actor.Units is null && OrderLifeCycle.Open.Contains(order.State) && (Posts.TryGetValue(order.State, out var post) ? actor.Can(post) : order.UnitId == centre));
    }
}
