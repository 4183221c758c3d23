using Jiesu.Evaluation.Domain;
using Jiesu.Orders.Contracts;
using Jiesu.Platform;
using Jiesu.Platform.Events;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Evaluation.Features.Facts;

/// <summary>Keeps one fact an order from the events of the order. Delivery gives each order's events once and in order; how to build all facts anew: README.md.</summary>
internal sealed class RecordFacts(JiesuDb db) :
    IEventHandler<OrderReceived>, IEventHandler<OrderMoved>, IEventHandler<CallbackAnswered>, IEventHandler<OrderClosed>, IEventHandler<ExclusionDecided>
{
    /// <summary>Name in the inbox.</summary>
    public const string Name = "evaluation.facts";

    public static IReadOnlyList<Subscription> Subscriptions { get; } =
    [
        Subscription.Of<OrderReceived, RecordFacts>(Name),
        Subscription.Of<OrderMoved, RecordFacts>(Name),
        Subscription.Of<CallbackAnswered, RecordFacts>(Name),
        Subscription.Of<OrderClosed, RecordFacts>(Name),
        Subscription.Of<ExclusionDecided, RecordFacts>(Name),
    ];

    public Task HandleAsync(IReadOnlyList<OrderReceived> events, CancellationToken ct) => RecordAsync(events, e => e.OrderId, (fact, e) => fact.Hear(e), ct);

    public Task HandleAsync(IReadOnlyList<OrderMoved> events, CancellationToken ct) => RecordAsync(events, e => e.OrderId, (fact, e) => fact.Hear(e), ct);

    public Task HandleAsync(IReadOnlyList<CallbackAnswered> events, CancellationToken ct) => RecordAsync(events, e => e.OrderId, (fact, e) => fact.Hear(e), ct);

    public Task HandleAsync(IReadOnlyList<OrderClosed> events, CancellationToken ct) => RecordAsync(events, e => e.OrderId, (fact, e) => fact.Hear(e), ct);

    public Task HandleAsync(IReadOnlyList<ExclusionDecided> events, CancellationToken ct) => RecordAsync(events, e => e.OrderId, (fact, e) => fact.Hear(e), ct);

    private async Task RecordAsync<TEvent>(IReadOnlyList<TEvent> events, Func<TEvent, OrderId> order, Action<EvaluationFact, TEvent> hear, CancellationToken ct)
        where TEvent : IEvent
    {
        var ids = events.Select(order).Distinct().ToArray();
        var facts = await db.Set<EvaluationFact>().Where(f => ids.Contains(f.OrderId)).ToDictionaryAsync(f => f.OrderId, ct);
        foreach (var e in events)
        {
            if (!facts.TryGetValue(order(e), out var fact))
            {
                facts[order(e)] = fact = EvaluationFact.Begin(order(e), e.At);
                db.Add(fact);
            }

            hear(fact, e);
        }
    }
}
