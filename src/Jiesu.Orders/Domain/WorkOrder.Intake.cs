using Jiesu.Identity.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Platform;

namespace Jiesu.Orders.Domain;

/// <summary>登记 (T01): how an order begins.</summary>
internal sealed partial class WorkOrder
{
    private static readonly Step<OrderState, OrderAction, OrderOutcome, OrderOverlay> Beginning = OrderLifeCycle.Steps.All.Single(s => s.Action == OrderAction.Create);

    /// <summary>A new order, in the hands of the Centre, with its first event. The clock starts with the dispatch.</summary>
    /// <param name="at">Moment of receipt, UTC.</param>
    /// <param name="centre">区中心: accountable until a unit is.</param>
    public static WorkOrder Receive(OrderFacts facts, OrderNumber number, CallerId? caller, Guid centre, Actor actor, DateTimeOffset at)
    {
        var order = new WorkOrder
        {
            Id = OrderId.Next(at),
            No = number.No,
            CaseNo = number.CaseNo,
            OrderNo = facts.OrderNo,
            OriginType = facts.OriginType,
            Title = facts.Title,
            Content = facts.Content,
            Channel = facts.Channel,
            RequestType = facts.RequestType,
            Urgency = facts.Urgency,
            Address = facts.Address,
            PointName = facts.PointName,
            TownCode = facts.TownCode,
            CommunityCode = facts.CommunityCode,
            Lon = facts.Lon,
            Lat = facts.Lat,
            ClassCode = facts.ClassCode,
            CallerId = caller,
            IsSecret = facts.IsSecret,
            NeedReply = facts.NeedReply,
            CallTime = facts.CallTime ?? at,
            ReceivedAt = at,
            ExtraText = facts.ExtraText,
            State = Beginning.To!.Value,
            UnitId = centre,
            Version = 1,
        };
        order._history.Add(new OrderEvent
        {
            OrderId = order.Id,
            Seq = order.NextSeq(),
            StepId = Beginning.Id,
            Action = Beginning.Action,
            ToState = order.State,
            Clock = Beginning.Clock,
            ActorId = actor.PersonId,
            ActorUnitId = actor.UnitId,
            At = at,
        });
        order.Raise(new OrderReceived(Guid.CreateVersion7(at), at, order.Id, centre, facts.ClassCode, facts.TownCode, facts.Channel, facts.OriginType == OriginType.Local));
        return order;
    }
}
