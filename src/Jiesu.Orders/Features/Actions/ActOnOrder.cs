using System.Text.Json;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Read;
using Jiesu.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.Actions;

/// <summary>工单操作: the one way to move an order, for pages, API, imports, jobs and the rooms above. The permission depends on the action, so the guard asks it.</summary>
public static class ActOnOrder
{
    private static readonly Dictionary<string, OrderAction> Actions =
        Enum.GetValues<OrderAction>().Where(a => a != OrderAction.Create).ToDictionary(a => a.Wire());

    internal static void MapApi(IEndpointRouteBuilder api) =>
        api.MapPost("/orders/{id}/actions/{action}", PostAsync).RequireAuthorization();

    private static async Task<Results<Ok<OrderView>, ProblemHttpResult>> PostAsync(
        string id, string action, ActionRequest request, [FromHeader(Name = "If-Match")] Seen? seen, [FromHeader(Name = "Idempotency-Key")] string? key,
        HttpContext http, Actor actor, Handler handler, OrderReader reader, CancellationToken ct)
    {
        OrderId? order = Guid.TryParse(id, out var guid) && guid != Guid.Empty ? OrderId.From(guid) : null;
        var result = await handler.ActAsync(order, action, request, seen?.Version, key, actor, ct);
        if (result.Error is { } refusal)
        {
            return refusal.ToProblem();
        }

        // Who gave an order away is told where it went, this once.
        var view = (await reader.FindAsync(result.Value.Id, actor with { Units = null }, ct))!;
        http.SetVersion(view.Version);
        return TypedResults.Ok(view);
    }

    /// <summary>The use case.</summary>
    internal sealed class Handler(JiesuDb db, OrderPolicies policies, Idempotency keys, TimeProvider clock) : IOrderActions
    {
        public Task<Result<OrderStanding>> ActAsync(OrderId id, string action, ActionRequest request, int? seen, Actor actor, CancellationToken ct) =>
            ActAsync(id, action, request, seen, null, actor, ct);

        /// <param name="id">Null where the client named what can be no order.</param>
        /// <param name="key">幂等键: the first answer again for the same words, a refusal for others; null does without.</param>
        public async Task<Result<OrderStanding>> ActAsync(OrderId? id, string action, ActionRequest asked, int? seen, string? key, Actor actor, CancellationToken ct)
        {
            if (!Actions.TryGetValue(action, out var known))
            {
                return OrderErrors.UnknownAction();
            }

            if (OrderGuard.RefusesRole(known, asked, actor) is { } refusal)
            {
                return refusal;
            }

            return id is { } order ? await OnceAsync(order, known, asked, seen, key, actor, ct) : OrderErrors.NotFound();
        }

        private async Task<Result<OrderStanding>> OnceAsync(OrderId id, OrderAction action, ActionRequest asked, int? seen, string? key, Actor actor, CancellationToken ct)
        {
            if (key is null)
            {
                return await DoAsync(id, action, asked, seen, null, actor, ct) ?? OrderErrors.Changed();
            }

            var owner = $"{actor.PersonId:N}/{id.Value:N}/{action.Wire()}";
            var claim = await keys.ClaimAsync(owner, key, asked, ct);
            if (claim.Error is null && claim.Value.Fresh is { } fresh)
            {
                if (await DoAsync(id, action, asked, seen, fresh, actor, ct) is { } done)
                {
                    return done;
                }

                claim = await keys.ClaimAsync(owner, key, asked, ct);    // the same key may have come twice at once
            }

            return claim.Error is { } used ? used
                : claim.Value.Earlier is { } earlier ? JsonSerializer.Deserialize<OrderStanding>(earlier)!
                : OrderErrors.Changed();
        }

        /// <summary>Null when another change came first.</summary>
        private async Task<Result<OrderStanding>?> DoAsync(OrderId id, OrderAction action, ActionRequest asked, int? seen, IdempotentAnswer? answer, Actor actor, CancellationToken ct)
        {
            if (await FindAsync(id, actor, ct) is not { } order)
            {
                return Refused(OrderErrors.NotFound());
            }

            var attempt = new Attempt(order, action, asked, new Deed(actor, seen, clock.GetUtcNow()), await policies.GetAsync(ct));
            if (Act.Try(attempt).Error is { } refusal)
            {
                return Refused(refusal);
            }

            var standing = new OrderStanding(order.Id, order.CaseNo, order.State.ToString(), order.Version, order.UnitId);
            answer?.Answer = JsonSerializer.Serialize(standing);
            if (await db.TrySaveAsync(ct))
            {
                return standing;
            }

            db.ChangeTracker.Clear();
            return null;
        }

        /// <summary>Nothing of a refused deed may leave with a later save of the same session.</summary>
        private Result<OrderStanding> Refused(Error refusal)
        {
            foreach (var kept in db.ChangeTracker.Entries<IdempotentAnswer>().Where(e => e.State == EntityState.Added).ToArray())
            {
                kept.State = EntityState.Detached;
            }

            return refusal;
        }

        private Task<WorkOrder?> FindAsync(OrderId id, Actor actor, CancellationToken ct) => db.Set<WorkOrder>()
            .Where(DataScope.Of(actor).Sees())
            .Include(x => x.Assignments.Where(a => a.EndedAt == null))
            .Include(x => x.Applications.Where(a => a.DecidedAt == null))
            .AsSingleQuery()
            .SingleOrDefaultAsync(x => x.Id == id, ct);
    }
}
