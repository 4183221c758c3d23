using Jiesu.Catalog.Contracts;
using Jiesu.Platform;

namespace Jiesu.Orders.Domain;

/// <summary>重算: what an order must be, told by its history alone (REL-28).</summary>
internal sealed record Retold(OrderState State, int Version, DateTimeOffset? DueAt, int Dispatches, int Returns, int Reworks, int Urges, int Extensions)
{
    private static readonly Retold Nothing = new(OrderState.Received, 0, null, 0, 0, 0, 0, 0);

    /// <summary>As it is stored.</summary>
    public static Retold Of(WorkOrder order) => new(order.State, order.Version, order.DueAt, order.Dispatches, order.Returns, order.Reworks, order.Urges, order.Extensions);

    /// <summary>As its history tells it.</summary>
    public static Retold From(IReadOnlyCollection<OrderEvent> history, WorkingCalendar calendar) =>
        history.OrderBy(e => e.Seq).Aggregate(Nothing, (order, e) => order.After(e)) with { DueAt = Deadline.From(history, calendar).DueAt };

    /// <summary>In one line, the same on every machine.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{State} v{Version} due {Retelling.Told(DueAt)} dispatches {Dispatches} returns {Returns} reworks {Reworks} urges {Urges} extensions {Extensions}");

    private Retold After(OrderEvent e)
    {
        var next = this with { State = e.ToState, Version = Version + 1 };
        return (e.Action, e.Outcome) switch
        {
            (OrderAction.Dispatch or OrderAction.Redispatch, _) => next with { Dispatches = Dispatches + 1 },
            (OrderAction.DecideReturn, OrderOutcome.Transfer) => next with { Dispatches = Dispatches + 1, Returns = Returns + 1 },
            (OrderAction.DecideReturn or OrderAction.Objection, OrderOutcome.Approve) => next with { Returns = Returns + 1 },
            (OrderAction.Follow, _) => next with { Dispatches = Math.Max(Dispatches, 1) },
            (OrderAction.CityReject, _) or (OrderAction.CallbackResult, OrderOutcome.Discontent) => next with { Reworks = Reworks + 1 },
            (OrderAction.Urge, _) => next with { Urges = Urges + 1 },
            (OrderAction.Extend, OrderOutcome.Approve) => next with { Extensions = Extensions + 1 },
            _ => next,
        };
    }
}
