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

    /// <summary>What reaches the surviving order when it is sent to a number that was merged into it.</summary>
    private static readonly OrderAction[] ForMaster = [OrderAction.SubmitReply, OrderAction.Contact, OrderAction.Meet, OrderAction.Sign];

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
            if (id is not { } known || await FindWholeAsync(known, actor, ct) is not { } whole)
            {
                return OrderErrors.NotFound();
            }

            var (order, deed, policy) = (whole.Order, new Deed(actor, seen, clock.GetUtcNow()), await policies.GetAsync(ct));
            if (IsForMaster(order, action) && seen is not null)
            {
                // Whoever answers a number that was merged answers the order that survived.
                return seen != order.Version ? OrderErrors.Changed()
                    : await FindWholeAsync(order.MasterOrderId!.Value, actor, ct) is not { } surviving ? OrderErrors.NotFound()
                    : await TryAsync(surviving, action, asked, deed with { Seen = surviving.Order.Version }, policy, ct);
            }

            return await TryAsync(whole, action, asked, deed, policy, ct);
        }

        private static bool IsForMaster(WorkOrder order, string action) => order.IsMerged && ForMaster.Contains(Actions[action]);

        private async Task<Result<WorkOrder>> TryAsync(Whole whole, string action, ActionRequest asked, Deed deed, OrderPolicy policy, CancellationToken ct)
        {
            var (order, known) = (whole.Order, Actions[action]);
            deed = deed with { At = deed.At < whole.LastAt ? whole.LastAt : deed.At };
            var attempt = new Attempt(order, known, asked, deed, policy) { Files = await FilesOfAsync(order.Id, asked, ct) };
            if (known is OrderAction.Merge or OrderAction.Link or OrderAction.Follow)
            {
                attempt = attempt with { Master = await FindMasterAsync(attempt, ct), Followers = await FollowersAsync(attempt, ct) };
            }

            if (Act.Try(attempt).Error is { } refusal)
            {
                return refusal;
            }

            await forms.KeepAsync(order, ct);
            return order;
        }

        /// <summary>By id or by number; where it was merged itself, the order that survived.</summary>
        private async Task<WorkOrder?> FindMasterAsync(Attempt attempt, CancellationToken ct)
        {
            var (actor, word) = (attempt.Actor, attempt.Asked.MasterOrderId?.Trim());
            var id = attempt.Action == OrderAction.Follow ? attempt.Order.MasterOrderId
                : Guid.TryParse(word, out var guid) && guid != Guid.Empty ? OrderId.From(guid)
                : string.IsNullOrEmpty(word) ? null
                : await db.Set<WorkOrder>().Where(DataScope.Of(actor).Sees()).Where(x => x.CaseNo == word || x.OrderNo == word).Select(x => (OrderId?)x.Id).SingleOrDefaultAsync(ct);
            var found = id is { } known ? (await FindWholeAsync(known, actor, ct))?.Order : null;
            return found is { IsMerged: true, MasterOrderId: { } root } && attempt.Action == OrderAction.Merge ? (await FindWholeAsync(root, actor, ct))?.Order : found;
        }

        private async Task<IReadOnlyList<WorkOrder>> FollowersAsync(Attempt attempt, CancellationToken ct) => attempt.Action != OrderAction.Merge ? []
            : await db.Set<WorkOrder>().Where(x => x.MasterOrderId == attempt.Order.Id && ((int)x.Overlays & (int)OrderOverlay.Merged) != 0).ToListAsync(ct);

        private async Task<IReadOnlySet<Guid>> FilesOfAsync(OrderId order, ActionRequest asked, CancellationToken ct) => asked.Attachments is { Count: > 0 }
            ? await db.Set<Attachment>().Where(a => a.OrderId == order).Select(a => a.Id).ToHashSetAsync(ct)
            : new HashSet<Guid>();

        /// <summary>With what the action may ask: shares, open applications, and whistles and supervisions where the overlays say that there are any.</summary>
        private async Task<Whole?> FindWholeAsync(OrderId id, Actor actor, CancellationToken ct)
        {
            var whole = await db.Set<WorkOrder>()
                .Where(DataScope.Of(actor).Sees())
                .Include(x => x.Assignments)
                .Include(x => x.Applications.Where(a => a.DecidedAt == null))
                .AsSingleQuery()
                .Where(x => x.Id == id)
                .Select(x => new Whole(x, x.History.Max(e => e.At)))
                .SingleOrDefaultAsync(ct);
            var order = whole?.Order;
            if (order?.Overlays.HasFlag(OrderOverlay.Whistled) == true)
            {
                await db.Entry(order).Collection(x => x.Whistles).Query().Where(w => w.EndedAt == null).LoadAsync(ct);
            }

            if (order?.Overlays.HasFlag(OrderOverlay.Supervised) == true)
            {
                await db.Entry(order).Collection(x => x.Supervisions).Query().Where(s => s.ClosedAt == null).LoadAsync(ct);
            }

            return whole;
        }
    }

    /// <summary>An order as the guard needs it.</summary>
    /// <param name="LastAt">When its last step was: none happens before the one that it follows, whatever the clock of this node says (REL-35).</param>
    private sealed record Whole(WorkOrder Order, DateTimeOffset LastAt);

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
