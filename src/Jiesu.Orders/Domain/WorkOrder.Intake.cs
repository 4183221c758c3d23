using Jiesu.Orders.Contracts;
using Jiesu.Platform;

namespace Jiesu.Orders.Domain;

/// <summary>登记 (T01): how an order begins.</summary>
internal sealed partial class WorkOrder
{
    private static readonly Step<OrderState, OrderAction, OrderOutcome, OrderOverlay> Beginning = OrderLifeCycle.Steps.All.Single(s => s.Action == OrderAction.Create);

    /// <summary>A new order, in the hands of the Centre from the first moment, with its first event. The clock starts with the dispatch.</summary>
    public static WorkOrder Receive(OrderDraft draft, Guid centre, Deed deed)
    {
        var order = new WorkOrder
        {
            Id = OrderId.Next(deed.At),
            No = draft.No,
            CaseNo = draft.CaseNo,
            OrderNo = draft.OrderNo,
            OriginType = draft.OriginType,
            Title = draft.Title,
            Content = draft.Content,
            Channel = draft.Channel,
            RequestType = draft.RequestType,
            Urgency = draft.Urgency,
            Address = draft.Address,
            PointName = draft.PointName,
            TownCode = draft.TownCode,
            CommunityCode = draft.CommunityCode,
            Lon = draft.Lon,
            Lat = draft.Lat,
            ClassCode = draft.ClassCode,
            CallerId = draft.CallerId,
            IsSecret = draft.IsSecret,
            NeedReply = draft.NeedReply,
            CallTime = draft.CallTime ?? deed.At,
            ReceivedAt = deed.At,
            ExtraText = draft.ExtraText,
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
            ActorId = deed.Actor.PersonId,
            ActorUnitId = deed.Actor.UnitId,
            At = deed.At,
        });
        order.Raise(new OrderReceived(
            Guid.CreateVersion7(deed.At), deed.At, order.Id, centre, order.ClassCode, order.TownCode, order.Channel, order.OriginType == OriginType.Local));
        return order;
    }
}
