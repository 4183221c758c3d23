using Jiesu.Intelligence.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Language;
using Jiesu.Orders.Features.Read;
using Jiesu.Platform;
using Jiesu.Platform.Events;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.Advice;

/// <summary>Understands new orders after their commit: keeps the advice with the model's version, and teaches the index of similar texts.</summary>
internal sealed class AdviseOrders(JiesuDb db, IOrderAdvisor advisor, IOrderTexts texts, TimeProvider clock) : IEventHandler<OrderReceived>
{
    public async Task HandleAsync(IReadOnlyList<OrderReceived> events, CancellationToken ct)
    {
        var ids = events.Select(e => e.OrderId).ToList();
        var orders = await db.Set<WorkOrder>().Where(x => ids.Contains(x.Id))
            .Select(x => new { x.Id, x.Title, x.Content, x.Address, x.TownCode, x.Lon, x.Lat, x.Channel, x.ClassCode, x.CallTime }).ToListAsync(ct);
        var advice = await advisor.AdviseAsync([.. orders.Select(o => new AdviceQuestion(o.Content, o.Title, o.Address, o.TownCode, o.Lon, o.Lat, o.Channel, o.CallTime))], ct);
        var stored = await db.Set<StoredAdvice>().Where(x => ids.Contains(x.OrderId)).ToDictionaryAsync(x => x.OrderId, ct);
        foreach (var (order, given) in orders.Zip(advice))
        {
            Keep(stored.GetValueOrDefault(order.Id), order.Id, AdviceView.Of(given, clock.GetUtcNow()));
        }

        await texts.LearnAsync([.. orders.Select(o => new LearnedText(o.Id.Value, $"{o.Title}\n{o.Content}", o.ClassCode, o.TownCode, o.CallTime))], ct);
    }

    private void Keep(StoredAdvice? earlier, OrderId order, AdviceView view)
    {
        var (json, now) = (view.Write(), view.At!.Value);
        if (earlier is null)
        {
            db.Add(new StoredAdvice { OrderId = order, ModelVersion = view.ModelVersion, At = now, Json = json });
        }
        else
        {
            (earlier.ModelVersion, earlier.At, earlier.Json) = (view.ModelVersion, now, json);
        }
    }

    /// <summary>工单的智能建议: as it was given after intake; given now when the order has just come in.</summary>
    internal static class Read
    {
        public static void MapApi(IEndpointRouteBuilder api) =>
            api.MapGet("/orders/{id:guid}/advice", GetAsync).RequireAuthorization(Permissions.Read).ProducesProblem(StatusCodes.Status404NotFound);

        private static async Task<Results<Ok<AdviceView>, ProblemHttpResult>> GetAsync(Guid id, Handler handler, Actor actor, CancellationToken ct) =>
            await handler.FindAsync(id, actor, ct) is { } advice ? TypedResults.Ok(advice) : OrderErrors.NotFound().ToProblem();
    }

    internal sealed class Handler(OrderCase cases, IOrderAdvisor advisor, TimeProvider clock)
    {
        /// <summary>Null when there is no such order for this actor.</summary>
        public async Task<AdviceView?> FindAsync(Guid id, Actor actor, CancellationToken ct)
        {
            var order = await cases.FindAsync(id, actor, ct);
            if (order is null)
            {
                return null;
            }

            var beside = await cases.EnclosedAsync(order.Id, actor, ct);
            if (beside?.Advice is { } stored)
            {
                return AdviceView.Read(stored) with { Language = ModelOpinion.View.Read(beside.Opinion) };
            }

            var now = await advisor.AdviseAsync([new AdviceQuestion(order.Content, order.Title, order.Address, order.TownCode, order.Lon, order.Lat, order.Channel, order.CallTime)], ct);
            return AdviceView.Of(now[0], clock.GetUtcNow());
        }
    }
}
