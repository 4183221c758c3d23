using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Jiesu.Identity.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Read;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.Joint;

/// <summary>吹哨报到双考核: the unit that whistled rates arrival and result, the department rates the whistle; each once, after the report (hotline guide 3.7).</summary>
public static class RateWhistle
{
    internal static void MapApi(IEndpointRouteBuilder api)
    {
        api.MapGet("/orders/{id:guid}/whistles", ListAsync).RequireAuthorization(Permissions.Read).Produces<List>().ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPost("/orders/{id:guid}/whistles/{whistleId:guid}/rating", PostAsync).RequireAuthorization(Permissions.ReportIn).Produces<Item>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    internal static void MapPages(IEndpointRouteBuilder pages) =>
        pages.MapPost("/orders/{id:guid}/whistles/{whistleId:guid}", SubmitAsync).RequireAuthorization(Permissions.ReportIn);

    private static async Task<IResult> ListAsync(Guid id, Actor actor, Handler handler, CancellationToken ct) =>
        await handler.ListAsync(id, actor, ct) is { } items ? TypedResults.Ok(new List(items)) : OrderErrors.NotFound().ToProblem();

    private static async Task<IResult> PostAsync(Guid id, Guid whistleId, Rating request, Actor actor, Handler handler, CancellationToken ct)
    {
        var result = await handler.RateAsync(id, whistleId, request, actor, ct);
        return result.Error is { } refusal ? refusal.ToProblem() : TypedResults.Ok(result.Value);
    }

    private static async Task<IResult> SubmitAsync(Guid id, Guid whistleId, [FromForm] RatingForm form, HttpContext http, Actor actor, Handler handler, CancellationToken ct)
    {
        var result = await handler.RateAsync(id, whistleId, new() { Score = form.Score, Words = form.Words }, actor, ct);
        return result.Error is { } refusal ? refusal.ToProblem() : Page.Next(http, $"/orders/{id}", "已评价。");
    }

    /// <summary>评价 as the page sends it.</summary>
    public sealed record RatingForm
    {
        public int? Score { get; init; }
        public string? Words { get; init; }
    }

    /// <summary>评价.</summary>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    internal sealed record Rating : IRequest
    {
        /// <summary>1–5.</summary>
        [Required(ErrorMessage = "请打分。"), Range(1, 5, ErrorMessage = "评分须是 1 到 5 的整数。")]
        public int? Score { get; init; }

        [MaxLength(500, ErrorMessage = "评价最多 500 字。")]
        public string? Words { get; init; }
    }

    internal sealed record List(IReadOnlyList<Item> Items);

    /// <summary>吹哨.</summary>
    /// <param name="ScoreOfArrival">吹哨方评价, 1–5.</param>
    /// <param name="ScoreOfWhistle">报到方评价, 1–5.</param>
    public sealed record Item(
        Guid Id, string ByUnit, string ByUnitName, string Unit, string UnitName, string Matter, DateTimeOffset BlownAt, DateTimeOffset ArriveBy, DateTimeOffset? ArrivedAt, bool IsLate,
        string? Result, bool? Solved, int? ScoreOfArrival, string? WordsOnArrival, int? ScoreOfWhistle, string? WordsOnWhistle)
    {
        /// <summary>The asker may rate now.</summary>
        [JsonIgnore]
        public bool MayRate { get; init; }
    }

    /// <summary>The use case.</summary>
    internal sealed class Handler(JiesuDb db, OrderCase cases, IUnitDirectory units)
    {
        /// <summary>Oldest first; null when there is no such order for this actor.</summary>
        public async Task<IReadOnlyList<Item>?> ListAsync(Guid id, Actor actor, CancellationToken ct)
        {
            var (order, tree) = (await cases.FindAsync(id, actor, ct), await units.GetAsync(ct));
            return order is null ? null : [.. order.Whistles.OrderBy(w => w.BlownAt).Select(w => ItemOf(w, tree, actor))];
        }

        public async Task<Result<Item>> RateAsync(Guid id, Guid whistleId, Rating rating, Actor actor, CancellationToken ct)
        {
            if (Shape.Refuses(rating) is { } misshapen)
            {
                return misshapen;
            }

            if (await OrdersOf(id, actor).SelectMany(x => x.Whistles).SingleOrDefaultAsync(w => w.Id == whistleId, ct) is not { } whistle)
            {
                return OrderErrors.NotFound();
            }

            var isByCaller = whistle.ByUnitId == actor.UnitId;
            if (!isByCaller && whistle.UnitId != actor.UnitId)
            {
                return new Error(ErrorKind.Forbidden, "whistle.not_yours", "只有吹哨单位和报到单位可以评价。");
            }

            if (whistle.ArrivedAt is null || !whistle.Rate(isByCaller, rating.Score!.Value, rating.Words))
            {
                return new Error(ErrorKind.Conflict, "whistle.not_now", whistle.ArrivedAt is null ? "报到之后才能评价。" : "已经评价过，不能再改。");
            }

            await db.SaveChangesAsync(ct);
            return ItemOf(whistle, await units.GetAsync(ct), actor);
        }

        private IQueryable<WorkOrder> OrdersOf(Guid id, Actor actor) => id == Guid.Empty
            ? db.Set<WorkOrder>().Where(x => false)
            : db.Set<WorkOrder>().Where(DataScope.Of(actor).Sees()).Where(x => x.Id == OrderId.From(id));

        private static Item ItemOf(Whistle w, UnitTree tree, Actor actor)
        {
            var (by, unit) = (tree.Find(w.ByUnitId), tree.Find(w.UnitId));
            return new(
                w.Id, by?.Code.Value ?? "", by?.Name ?? "", unit?.Code.Value ?? "", unit?.Name ?? "", w.Matter, w.BlownAt, w.ArriveBy, w.ArrivedAt, w.IsLate, w.Result, w.IsSolved,
                w.ScoreOfArrival, w.WordsOnArrival, w.ScoreOfWhistle, w.WordsOnWhistle)
            {
                MayRate = w.ArrivedAt is not null && actor.Can(Permissions.ReportIn)
                    && ((actor.UnitId == w.ByUnitId && w.ScoreOfArrival is null) || (actor.UnitId == w.UnitId && w.ScoreOfWhistle is null)),
            };
        }
    }
}
