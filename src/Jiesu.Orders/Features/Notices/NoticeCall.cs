using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;

namespace Jiesu.Orders.Features.Notices;

/// <summary>通知对象: who is to be told of what: whoever holds the permission at the unit (null: at the Centre and its offices), or one person.</summary>
internal sealed record NoticeCall(OrderId OrderId, NoticeKind Kind, DateTimeOffset At, Guid? Unit, string? Permission)
{
    /// <summary>The one person who is told, whatever the post.</summary>
    public Guid? Person { get; init; }

    /// <summary>审批级别: only these of the holders may decide.</summary>
    public Func<string, bool> IsFor { get; init; } = _ => true;

    /// <summary>Who need not be told.</summary>
    public Guid? Except { get; init; }

    /// <summary>下一步: whoever goes on with an order in this state; null where nobody does.</summary>
    public static NoticeCall? ToNext(OrderId order, NoticeKind kind, DateTimeOffset at, OrderState state, Guid unit) => Next(state) is var (permission, isCentre)
        ? new(order, kind, at, isCentre ? null : unit, permission)
        : null;

    /// <summary>时限提醒: late by a day or three, the leaders hear of it; before, whoever has the order in hand.</summary>
    public static NoticeCall? Of(Reminder reminder, OrderState state) => reminder.Stage switch
    {
        ReminderStage.Leader => new(reminder.OrderId, NoticeKind.Reminder, reminder.FiredAt, reminder.UnitId, Permissions.Lead),
        ReminderStage.District => new(reminder.OrderId, NoticeKind.Reminder, reminder.FiredAt, null, Permissions.Lead),
        ReminderStage.Half or ReminderStage.FourFifths or ReminderStage.Due => ToNext(reminder.OrderId, NoticeKind.Reminder, reminder.FiredAt, state, reminder.UnitId),
    };

    private static (string Permission, bool IsCentre)? Next(OrderState state) => state switch
    {
        OrderState.Received => (Permissions.Accept, true),
        OrderState.PendingDispatch or OrderState.Rework => (Permissions.Dispatch, true),
        OrderState.PendingSign => (Permissions.Sign, false),
        OrderState.Handling => (Permissions.SubmitReply, false),
        OrderState.PendingUnitReview => (Permissions.UnitReview, false),
        OrderState.PendingPreCallback => (Permissions.PreCallback, true),
        OrderState.PendingFinalReview or OrderState.Submitted => (Permissions.FinalReview, true),
        OrderState.PendingCallback => (Permissions.Callback, true),
        OrderState.OnHold => (Permissions.Release, true),
        OrderState.Draft or OrderState.Closed or OrderState.Archived or OrderState.ReturnedToCity or OrderState.NotAccepted or OrderState.Cancelled => null,
    };
}
