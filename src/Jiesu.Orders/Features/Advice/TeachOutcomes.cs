using Jiesu.Identity.Contracts;
using Jiesu.Intelligence.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Platform;
using Jiesu.Platform.Events;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.Advice;

/// <summary>
/// 学习闭环: tells Intelligence what people made of the advice. The dispatcher confirms or changes class, place and unit with the dispatch; a correction afterwards and
/// another unit count again; a unit that gives the order back was the wrong one. What the house does by itself teaches nothing.
/// </summary>
internal sealed class TeachOutcomes(JiesuDb db, IAdviceOutcomes outcomes, IUnitDirectory units) : IEventHandler<OrderMoved>
{
    private static readonly string[] Dispatches = [OrderAction.Dispatch.Wire(), OrderAction.Redispatch.Wire()];
    private static readonly OrderAction[] Decisive = [OrderAction.Dispatch, OrderAction.Redispatch, OrderAction.Correct, OrderAction.DecideReturn];
    private static readonly string Correct = OrderAction.Correct.Wire();
    private static readonly string Return = OrderAction.DecideReturn.Wire();
    private static readonly string?[] Returned = [nameof(OrderOutcome.Approve), nameof(OrderOutcome.Transfer)];

    public async Task HandleAsync(IReadOnlyList<OrderMoved> events, CancellationToken ct)
    {
        var back = events.Where(e => e.Action == Return && Returned.Contains(e.Outcome)).Select(e => e.OrderId.Value).ToArray();
        if (back.Length > 0)
        {
            await outcomes.ReturnedAsync(back, ct);
        }

        var taught = events.Where(e => Dispatches.Contains(e.Action) || e.Action == Correct || (e.Action == Return && e.Outcome == nameof(OrderOutcome.Transfer))).ToArray();
        if (taught.Length > 0)
        {
            var tree = await units.GetAsync(ct);
            await outcomes.LearnAsync([.. (await ReadAsync([.. taught.Select(e => e.OrderId)], ct)).SelectMany(order => Decisions(order, taught.Last(e => e.OrderId == order.Id), tree))], ct);
        }
    }

    private async Task<List<Decided>> ReadAsync(OrderId[] ids, CancellationToken ct) => await (
        from x in db.Set<WorkOrder>().AsNoTracking()
        join a in db.Set<StoredAdvice>() on x.Id equals a.OrderId
        where ids.Contains(x.Id)
        select new Decided(x.Id, x.ClassCode, x.TownCode, x.CommunityCode, x.Address, a.Json, x.History.Where(e => Decisive.Contains(e.Action)).OrderByDescending(e => e.Seq).Select(e => e.ActorId).FirstOrDefault()))
        .ToListAsync(ct);

    private static IEnumerable<Decision> Decisions(Decided order, OrderMoved moved, UnitTree tree)
    {
        if (order.By == Guid.Empty)
        {
            yield break;
        }

        var advice = AdviceView.Read(order.Advice);
        Decision Of(AdvisedMatter matter, string chosen, IReadOnlyList<(string Code, double Score)> advised) => new(
            order.Id.Value, matter, advised.Count > 0 ? advised[0].Code : null, advised.Count > 0 ? advised[0].Score : 0, chosen,
            advised.TakeWhile(a => a.Code != chosen).Count() is var before && before < advised.Count ? before + 1 : 0, order.ClassCode, order.Town, advice.ModelVersion, order.By, moved.At, matter == AdvisedMatter.Place ? order.Address : null);

        if (order.ClassCode is { } code)
        {
            yield return Of(AdvisedMatter.Class, code, [.. advice.Classes.Select(c => (c.Code, c.Score))]);
        }

        if (order.Community is { } community)
        {
            yield return Of(AdvisedMatter.Place, community, [.. advice.Addresses.Where(a => a.Community is not null).Select(a => (a.Community!, a.Score))]);
        }

        if (moved.Action != Correct && tree.Find(moved.UnitId) is { } unit)
        {
            yield return Of(AdvisedMatter.Unit, unit.Code.Value, [.. advice.Units.Where(u => u.Role == "lead").Select(u => (u.Unit, u.Score))]);
        }
    }

    /// <summary>What stands in the order now, and the advice that it had.</summary>
    /// <param name="By">Who took the last decisive step; empty when the house did.</param>
    private sealed record Decided(OrderId Id, string? ClassCode, string? Town, string? Community, string? Address, string Advice, Guid By);
}
