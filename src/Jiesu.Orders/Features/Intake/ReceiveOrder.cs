using System.Globalization;
using System.Text.Json;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Actions;
using Jiesu.Orders.Features.Read;
using Jiesu.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Jiesu.Orders.Features.Intake;

/// <summary>登记 (T01) by REST: answered only after the commit; the same key gets the first answer again, letter by letter.</summary>
internal static class ReceiveOrder
{
    public static void MapApi(IEndpointRouteBuilder api) =>
        api.MapPost("/orders", PostAsync).RequireAuthorization(Permissions.Create).Produces<OrderView>(StatusCodes.Status201Created).Produces<OrderView>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> PostAsync(
        NewOrder order, [FromHeader(Name = "Idempotency-Key")] string? key, Handler handler, Actor actor, HttpContext http, CancellationToken ct)
    {
        var result = await handler.HandleAsync(order, key, actor, ct, mayAttach: true);
        if (result.Error is not null)
        {
            return result.Error.ToProblem();
        }

        http.SetVersion(result.Value.Version);
        http.Response.Headers.Location = $"/api/v1/orders/{result.Value.Id}";
        return TypedResults.Text(result.Value.Json, "application/json", statusCode: result.Value.Status);
    }

    /// <summary>Whose keys of new orders these are.</summary>
    public static string OwnerOf(Actor actor) => $"{actor.PersonId:N}/orders";

    /// <param name="Status">201 for a new order, 200 for one that had its orderNo already.</param>
    internal sealed record Answer(int Status, string Id, int Version, string Json)
    {
        /// <summary>As it is kept under the client's key.</summary>
        public string ToKept() => string.Create(CultureInfo.InvariantCulture, $$"""{"status":{{Status}},"order":{{Json}}}""");

        public static Answer FromKept(string kept)
        {
            using var json = JsonDocument.Parse(kept);
            var order = json.RootElement.GetProperty("order");
            return new(
                json.RootElement.GetProperty("status").GetInt32(), order.GetProperty("id").GetString()!, order.GetProperty("version").GetInt32(), order.GetRawText());
        }
    }

    internal sealed class Handler(
        JiesuDb db, OrderFactory factory, Intake intake, RepeatCalls calls, ActOnOrder.Mover mover, Idempotency idempotency, OrderReader reader, IOptions<JsonOptions> json, IOptions<OrdersSettings> settings)
    {
        private const int Attempts = 3;

        /// <summary>Nothing is looked up before the save: what stands in the way is asked for when the save was refused.</summary>
        /// <param name="mayAttach">A repeat call may become an urge where the installation wants it so; a seat decides by itself.</param>
        public async Task<Result<Answer>> HandleAsync(NewOrder request, string? key, Actor actor, CancellationToken ct, bool mayAttach = false)
        {
            var order = (await factory.CheckAsync([new(request)], ct))[0];
            if (order.Error is not null)
            {
                return order.Error;
            }

            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                var place = idempotency.Place(OwnerOf(actor), key, request);
                if (place.Error is not null)
                {
                    return place.Error;
                }

                var answer = (mayAttach ? await AttachAsync(order.Value, actor, ct) : null) ?? await AddAsync(order.Value, actor, ct);
                place.Value.Answer = answer.ToKept();
                if (await db.TrySaveAsync(ct))
                {
                    return answer;
                }

                db.ChangeTracker.Clear();
                if (await FindEarlierAsync(place.Value, order.Value, actor, ct) is { } earlier)
                {
                    return earlier;
                }
            }

            throw new InvalidOperationException("Numbers were taken three times in a row.");
        }

        /// <summary>记为催办: the open order with this call as an urge; null where it is no repeat, or the client may not urge.</summary>
        private async Task<Answer?> AttachAsync(Understood call, Actor actor, CancellationToken ct)
        {
            if (!settings.Value.AttachRepeatCalls || !actor.Can(Permissions.Urge) || await calls.FindOpenAsync(call, actor, ct) is not { } open)
            {
                return null;
            }

            var moved = await mover.MoveAsync(open.Id, OrderAction.Urge.Wire(), RepeatCalls.UrgeOf(call.Draft.Content), open.Version, actor, ct);
            return moved.Error is null ? ToAnswer(StatusCodes.Status200OK, (await reader.DescribeAsync([moved.Value], ct))[0]) : null;
        }

        private async Task<Answer> AddAsync(Understood order, Actor actor, CancellationToken ct)
        {
            var made = (await factory.MakeAsync([order], actor, ct))[0];
            db.Add(made);
            return ToAnswer(StatusCodes.Status201Created, await reader.DescribeNewAsync(made, order.Caller, ct));
        }

        private async Task<Result<Answer>?> FindEarlierAsync(IdempotentAnswer place, Understood order, Actor actor, CancellationToken ct)
        {
            var claim = await idempotency.FindEarlierAsync(place, ct);
            if (claim.Error is not null)
            {
                return claim.Error;
            }

            if (claim.Value.Earlier is { } kept)
            {
                return Answer.FromKept(kept);
            }

            return order.Draft.OrderNo is { } number ? await FindByNumberAsync(place, number, actor, ct) : null;
        }

        /// <summary>The city sent it before under another key: the order as it stands now, and this answer is kept under the new key.</summary>
        private async Task<Result<Answer>?> FindByNumberAsync(IdempotentAnswer place, string number, Actor actor, CancellationToken ct)
        {
            if (!(await intake.FindKnownAsync([number], actor, ct)).TryGetValue(number, out var known))
            {
                return null;
            }

            if (known is null || await reader.FindAsync(known.Id, actor, ct) is not { } order)
            {
                return IntakeErrors.NumberTaken();
            }

            var answer = ToAnswer(StatusCodes.Status200OK, order);
            place.Answer = answer.ToKept();
            db.Add(place);
            if (await db.TrySaveAsync(ct))
            {
                return answer;
            }

            db.ChangeTracker.Clear();
            return null;
        }

        private Answer ToAnswer(int status, OrderView order) =>
            new(status, order.Id.ToString(), order.Version, JsonSerializer.Serialize(order, json.Value.SerializerOptions));
    }
}
