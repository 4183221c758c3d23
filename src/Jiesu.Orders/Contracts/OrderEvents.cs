using Jiesu.Platform.Events;

namespace Jiesu.Orders.Contracts;

/// <summary>工单已登记: an order exists; unit is the Centre.</summary>
[EventName("orders.received")]
public sealed record OrderReceived(Guid EventId, DateTimeOffset At, OrderId OrderId, Guid UnitId, string? ClassCode, string? TownCode, string Channel, bool IsLocal) : IEvent;

/// <summary>工单已流转: any step after intake; ids and codes only. Raised for each step, so that lists, counters and figures can follow.</summary>
/// <param name="Step">T02 …</param>
/// <param name="Units">Units whose lists may have changed: the accountable unit before and after, and those with a live assignment.</param>
/// <param name="State">State after the step.</param>
/// <param name="UnitId">责任单位 after the step.</param>
[EventName("orders.moved")]
public sealed record OrderMoved(Guid EventId, DateTimeOffset At, OrderId OrderId, string Step, string Action, string? Outcome, string State, Guid UnitId, IReadOnlyList<Guid> Units, string? ClassCode) : IEvent;

/// <summary>工单已派发: a unit became accountable for an order.</summary>
[EventName("orders.dispatched")]
public sealed record OrderDispatched(Guid EventId, DateTimeOffset At, OrderId OrderId, Guid UnitId, DateTimeOffset DueAt) : IEvent;

/// <summary>工单待回访: handling is done, the caller is to be asked.</summary>
/// <param name="IsPreCallback">预回访 before the final review, else 回访.</param>
/// <param name="IsLocal">本地工单: the district calls back; else the city does.</param>
[EventName("orders.awaits-callback")]
public sealed record OrderAwaitsCallback(Guid EventId, DateTimeOffset At, OrderId OrderId, Guid UnitId, int Round, bool IsPreCallback, bool IsLocal) : IEvent;

/// <summary>回访已有结果: three answers, or the reason why there are none (then the answers are null and the callback is not valid).</summary>
/// <param name="Satisfied">满意, 基本满意 or 不满意.</param>
[EventName("orders.callback-answered")]
public sealed record CallbackAnswered(
    Guid EventId, DateTimeOffset At, OrderId OrderId, Guid UnitId, int Round, bool IsPreCallback, bool? Contacted, bool? Solved, string? Satisfied, string? ReasonCode, Guid ActorId) : IEvent;

/// <summary>工单已办结.</summary>
[EventName("orders.closed")]
public sealed record OrderClosed(Guid EventId, DateTimeOffset At, OrderId OrderId, Guid UnitId, bool WasLate) : IEvent;

/// <summary>剔除已审批.</summary>
[EventName("orders.exclusion-decided")]
public sealed record ExclusionDecided(Guid EventId, DateTimeOffset At, OrderId OrderId, Guid UnitId, bool IsExcluded) : IEvent;

/// <summary>外部质检已有结果.</summary>
/// <param name="IsFalse">虚假办结: nothing had been done; the order is handled again.</param>
[EventName("orders.field-checked")]
public sealed record FieldChecked(Guid EventId, DateTimeOffset At, OrderId OrderId, Guid UnitId, bool IsFalse) : IEvent;
