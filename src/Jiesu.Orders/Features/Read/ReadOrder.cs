using Jiesu.Identity.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Jiesu.Orders.Features.Read;

/// <summary>工单详情, 流转记录: one order and what happened to it. Absent and out of scope look alike.</summary>
internal static class ReadOrder
{
    public static void MapApi(IEndpointRouteBuilder api)
    {
        api.MapGet("/orders/{id:guid}", GetAsync).RequireAuthorization(Permissions.Read).ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/orders/{id:guid}/timeline", GetTimelineAsync).RequireAuthorization(Permissions.Read).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<OrderView>, ProblemHttpResult>> GetAsync(Guid id, OrderReader reader, Actor actor, HttpContext http, CancellationToken ct)
    {
        if (id == Guid.Empty || await reader.FindAsync(OrderId.From(id), actor, ct) is not { } order)
        {
            return OrderErrors.NotFound().ToProblem();
        }

        http.SetVersion(order.Version);
        return TypedResults.Ok(order);
    }

    private static async Task<Results<Ok<Timeline>, ProblemHttpResult>> GetTimelineAsync(Guid id, TimelineReader reader, Actor actor, CancellationToken ct)
    {
        if (id == Guid.Empty || await reader.FindAsync(OrderId.From(id), actor, ct) is not { } timeline)
        {
            return OrderErrors.NotFound().ToProblem();
        }

        return TypedResults.Ok(timeline);
    }

    internal sealed record Timeline(IReadOnlyList<TimelineItem> Items);

    /// <param name="Transition">T01 …</param>
    /// <param name="Action">Word of the wire.</param>
    /// <param name="By">姓名.</param>
    /// <param name="Unit">单位代码 of the actor's post.</param>
    internal sealed record TimelineItem(
        int Seq, string Transition, string Action, string ActionName, string? Outcome, DateTimeOffset At, string By, string Unit, string UnitName,
        OrderState? From, OrderState To, string? Note, string? ReasonCode);

    internal sealed class TimelineReader(OrderCase cases, IUnitDirectory units, IPeople people)
    {
        /// <summary>Oldest first; null when there is no such order, or none that the actor may see.</summary>
        public async Task<Timeline?> FindAsync(OrderId id, Actor actor, CancellationToken ct)
        {
            var events = await cases.HistoryAsync(id, actor, ct);
            if (events.Count == 0)
            {
                return null;
            }

            var names = await people.NamesAsync([.. events.Select(e => e.ActorId).Distinct()], ct);
            var tree = await units.GetAsync(ct);
            return new([.. events.Select(e => new TimelineItem(
                e.Seq, e.StepId, e.Action.Wire(), e.Action.Name(), e.Outcome?.ToString(), e.At, names.GetValueOrDefault(e.ActorId, ""),
                tree.Find(e.ActorUnitId)?.Code.Value ?? "", tree.Find(e.ActorUnitId)?.Name ?? "", e.FromState, e.ToState, e.Note, e.ReasonCode))]);
        }
    }
}
