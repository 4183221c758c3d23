using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Actions;
using Jiesu.Orders.Features.Live;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Jiesu.Orders.Features.Dispatch;

/// <summary>派发并保留撤销时间: what the desk sends is checked by the guard at once and carried out a little later, so that a slip can be taken back before a unit hears of it.</summary>
internal static class HoldDispatch
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static ActionRequest RequestOf(HeldDispatch held) => JsonSerializer.Deserialize<ActionRequest>(held.Request, Json)!;

    /// <summary>The use case.</summary>
    internal sealed class Handler(JiesuDb db, ActOnOrder.Mover mover, LiveHub hub, IOptions<OrdersSettings> settings, TimeProvider clock)
    {
        private static readonly string Action = OrderAction.Dispatch.Wire();
        private static readonly string Again = OrderAction.Redispatch.Wire();

        /// <param name="key">Of the form; the same key again is the same dispatch.</param>
        public async Task<Result<Done>> HoldAsync(OrderId order, Guid key, ActionRequest asked, int? seen, Actor actor, CancellationToken ct)
        {
            if (await FindOpenAsync(order, ct) is { } open)
            {
                return AnswerOf(open, key);
            }

            var tried = ActOnOrder.Mover.RefusesRole(Action, asked, actor) is { } refusal ? refusal : await mover.MoveAsync(order, Action, asked, seen, actor, ct);
            db.ChangeTracker.Clear();    // only asked whether it would pass; nothing of it may leave
            if (tried.Error is { } refused)
            {
                return refused;
            }

            db.RemoveRange(await db.Set<HeldDispatch>().Where(x => x.OrderId == order && x.ById == actor.PersonId).ToListAsync(ct));    // refusals of earlier tries
            var now = clock.GetUtcNow();
            db.Add(new HeldDispatch
            {
                Id = key,
                OrderId = order,
                Request = JsonSerializer.Serialize(asked, Json),
                Seen = seen!.Value,
                ById = actor.PersonId,
                ByUnitId = actor.UnitId,
                ByRole = actor.Role,
                ByScope = actor.Units is { } units ? JsonSerializer.Serialize(units) : null,
                At = now,
                DueAt = now.AddSeconds(settings.Value.DispatchHoldSeconds),
            });
            if (await db.TrySaveAsync(ct))
            {
                await hub.AnnounceAsync([OrderTopics.District], ct);
                return new Done();
            }

            db.ChangeTracker.Clear();
            return await FindOpenAsync(order, ct) is { } first ? AnswerOf(first, key) : OrderErrors.Changed();
        }

        /// <summary>撤销, or putting a refusal away; the row as it was, null when there is none of this person's any more.</summary>
        public async Task<HeldDispatch?> TakeBackAsync(Guid id, Actor actor, CancellationToken ct)
        {
            if (await db.Set<HeldDispatch>().SingleOrDefaultAsync(x => x.Id == id && x.ById == actor.PersonId, ct) is not { } held)
            {
                return null;
            }

            db.Remove(held);
            if (!await db.TrySaveAsync(ct))
            {
                db.ChangeTracker.Clear();
                return null;
            }

            await hub.AnnounceAsync([OrderTopics.District], ct);
            return held;
        }

        /// <summary>Why the form of a dispatch may not be sent now; null when nothing is held, or when another action is meant.</summary>
        public async Task<Error?> BarsAsync(Guid order, string action, CancellationToken ct) =>
            order != Guid.Empty && (action == Action || action == Again) && await FindOpenAsync(OrderId.From(order), ct) is not null
                ? OrderErrors.DispatchHeld(OrderState.PendingDispatch)
                : null;

        private Task<HeldDispatch?> FindOpenAsync(OrderId order, CancellationToken ct) =>
            db.Set<HeldDispatch>().AsNoTracking().SingleOrDefaultAsync(x => x.OrderId == order && x.RefusedAt == null, ct);

        private static Result<Done> AnswerOf(HeldDispatch standing, Guid key) =>
            standing.Id == key ? new Done() : OrderErrors.DispatchHeld(OrderState.PendingDispatch);
    }
}
