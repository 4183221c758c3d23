using System.Text.Json;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Forms;
using Jiesu.Orders.Features.Read;
using Jiesu.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Jiesu.Orders.Features.Actions;

/// <summary>工单操作: the one way to move an order, for pages, API, imports, jobs and the rooms above. The permission depends on the action, so the guard asks it.</summary>
internal static class ActOnOrder
{
    private static readonly Dictionary<string, OrderAction> Actions =
        Enum.GetValues<OrderAction>().Where(a => a != OrderAction.Create).ToDictionary(a => a.Wire());

    public static void MapApi(IEndpointRouteBuilder api) =>
        api.MapPost("/orders/{id}/actions/{action}", PostAsync).RequireAuthorization().Produces<OrderView>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status428PreconditionRequired);

    private static async Task<IResult> PostAsync(
        string id, string action, ActionRequest request, [FromHeader(Name = "If-Match")] Seen? seen, [FromHeader(Name = "Idempotency-Key")] string? key,
        HttpContext http, Actor actor, Handler handler, CancellationToken ct)
    {
        OrderId? order = Guid.TryParse(id, out var guid) && guid != Guid.Empty ? OrderId.From(guid) : null;
        var result = await handler.HandleAsync(order, action, request, seen?.Version, key, actor, ct);
        if (result.Error is { } refusal)
        {
            return refusal.ToProblem();
        }

        http.SetVersion(result.Value.Version);
        return TypedResults.Text(result.Value.Json, "application/json");
    }

    /// <summary>The order as <c>GET</c> would answer it; kept under the client's key letter by letter.</summary>
    internal sealed record Answer(int Version, string Json)
    {
        public static Answer FromKept(string kept)
        {
            using var json = JsonDocument.Parse(kept);
            return new(json.RootElement.GetProperty("version").GetInt32(), kept);
        }
    }

    /// <summary>The use case without a client: rooms above, jobs, pages. Guard and deed, saved as one.</summary>
    internal sealed class Mover(JiesuDb db, OrderPolicies policies, KeepForms forms, TimeProvider clock) : IOrderActions
    {
        public async Task<Result<OrderStanding>> ActAsync(OrderId id, string action, ActionRequest request, int? seen, Actor actor, CancellationToken ct)
        {
            var moved = RefusesRole(action, request, actor) is { } refusal ? refusal : await MoveAsync(id, action, request, seen, actor, ct);
            if (moved.Error is { } refused)
            {
                return refused;
            }

            if (await db.TrySaveAsync(ct))
            {
                var order = moved.Value;
                return new OrderStanding(order.Id, order.CaseNo, order.State.ToString(), order.Version, order.UnitId);
            }

            db.ChangeTracker.Clear();
            return OrderErrors.Changed();
        }

        /// <summary>What can be said without the order: whether there is such an action, and whether this person may ever take it.</summary>
        public static Error? RefusesRole(string action, ActionRequest asked, Actor actor) =>
            Actions.TryGetValue(action, out var known) ? OrderGuard.RefusesRole(known, asked, actor) : OrderErrors.UnknownAction();

        /// <summary>The order after the step, in the session and not yet saved.</summary>
        /// <param name="id">Null where the client named what can be no order.</param>
        public async Task<Result<WorkOrder>> MoveAsync(OrderId? id, string action, ActionRequest asked, int? seen, Actor actor, CancellationToken ct)
        {
            if (id is not { } known || await FindAsync(known, actor, ct) is not { } order)
            {
                return OrderErrors.NotFound();
            }

            var deed = new Deed(actor, seen, clock.GetUtcNow());
            var attempt = new Attempt(order, Actions[action], asked, deed, await policies.GetAsync(ct)) { Files = await FilesOfAsync(known, asked, ct) };
            if (Act.Try(attempt).Error is { } refusal)
            {
                return refusal;
            }

            await forms.KeepAsync(order, ct);
            return order;
        }

        private async Task<IReadOnlySet<Guid>> FilesOfAsync(OrderId order, ActionRequest asked, CancellationToken ct) => asked.Attachments is { Count: > 0 }
            ? await db.Set<Attachment>().Where(a => a.OrderId == order).Select(a => a.Id).ToHashSetAsync(ct)
            : new HashSet<Guid>();

        private Task<WorkOrder?> FindAsync(OrderId id, Actor actor, CancellationToken ct) => db.Set<WorkOrder>()
            .Where(DataScope.Of(actor).Sees())
            .Include(x => x.Assignments)
            .Include(x => x.Applications.Where(a => a.DecidedAt == null))
            .AsSingleQuery()
            .SingleOrDefaultAsync(x => x.Id == id, ct);
    }

    /// <summary>The use case for a client: the same, with the answer that it gets now and each time it repeats its key.</summary>
    internal sealed class Handler(JiesuDb db, Mover mover, Idempotency keys, OrderReader reader, IOptions<JsonOptions> json)
    {
        /// <param name="key">幂等键; null does without.</param>
        public async Task<Result<Answer>> HandleAsync(OrderId? id, string action, ActionRequest asked, int? seen, string? key, Actor actor, CancellationToken ct)
        {
            if (Mover.RefusesRole(action, asked, actor) is { } refusal)
            {
                return refusal;
            }

            if (key is null)
            {
                return await SaveAsync(id, action, asked, seen, null, actor, ct) ?? OrderErrors.Changed();
            }

            var claim = await keys.ClaimAsync($"{actor.PersonId:N}/{id?.Value:N}/{action}", key, asked, ct);
            if (claim is not { Error: null, Value.Fresh: { } fresh })
            {
                return Repeated(claim)!.Value;
            }

            var done = await SaveAsync(id, action, asked, seen, fresh, actor, ct) ?? OrderErrors.Changed();
            return done.IsSuccess ? done : Repeated(await keys.FindEarlierAsync(fresh, ct)) ?? done;    // the same key may have come twice at once: then the other did it
        }

        /// <summary>What stands under the key; null when nothing does.</summary>
        private static Result<Answer>? Repeated(Result<KeyClaim> claim) =>
            claim.Error is { } used ? (Result<Answer>)used
            : claim.Value.Earlier is { } earlier ? (Result<Answer>)Answer.FromKept(earlier)
            : default(Result<Answer>?);

        /// <summary>Null when another change came first.</summary>
        private async Task<Result<Answer>?> SaveAsync(OrderId? id, string action, ActionRequest asked, int? seen, IdempotentAnswer? kept, Actor actor, CancellationToken ct)
        {
            var moved = await mover.MoveAsync(id, action, asked, seen, actor, ct);
            if (moved.Error is { } refusal)
            {
                db.ChangeTracker.Clear();    // nothing of a refused deed may leave with a later save of the same session
                return (Result<Answer>)refusal;
            }

            // Who gives an order away is told where it went, this once.
            var view = (await reader.DescribeAsync([moved.Value], ct))[0];
            var answer = new Answer(view.Version, JsonSerializer.Serialize(view, json.Value.SerializerOptions));
            kept?.Answer = answer.Json;
            if (await db.TrySaveAsync(ct))
            {
                return answer;
            }

            db.ChangeTracker.Clear();
            return null;
        }
    }
}
