using Jiesu.Callback.Domain;
using Jiesu.Orders.Contracts;
using Jiesu.Platform;
using Jiesu.Platform.Events;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Jiesu.Callback.Features.Tasks;

/// <summary>
/// Begins and ends tasks as the events of orders tell: every pre-callback, and the callback of local orders; those of city orders are the city's.
/// The answer and the move of one deed may come in either order.
/// </summary>
internal sealed class KeepTasks(JiesuDb db, IOptions<CallbackSettings> settings) :
    IEventHandler<OrderAwaitsCallback>, IEventHandler<CallbackAnswered>, IEventHandler<OrderMoved>
{
    /// <summary>Name in the inbox.</summary>
    public const string Name = "callback.tasks";

    public static IReadOnlyList<Subscription> Subscriptions { get; } =
    [
        Subscription.Of<OrderAwaitsCallback, KeepTasks>(Name),
        Subscription.Of<CallbackAnswered, KeepTasks>(Name),
        Subscription.Of<OrderMoved, KeepTasks>(Name),
    ];

    public Task HandleAsync(IReadOnlyList<OrderAwaitsCallback> events, CancellationToken ct)
    {
        foreach (var e in events.Where(e => e.IsPreCallback || e.IsLocal))
        {
            var hours = e.IsPreCallback ? settings.Value.PreCallbackHours : settings.Value.CallbackHours;
            db.Add(CallbackTask.Begin(e, e.At.AddHours(hours)));
        }

        return Task.CompletedTask;
    }

    public async Task HandleAsync(IReadOnlyList<CallbackAnswered> events, CancellationToken ct)
    {
        var tasks = await FindAsync(events.Select(e => e.OrderId), ct);
        foreach (var e in events)
        {
            var kind = e.IsPreCallback ? CallbackKind.Pre : CallbackKind.Final;
            if (tasks.LastOrDefault(t => t.OrderId == e.OrderId && t.Kind == kind) is { } task)
            {
                task.Call(e.At, e.ActorId, e is { Contacted: not null, Solved: not null, Satisfied: not null } ? null : e.ReasonCode);
            }
        }
    }

    public async Task HandleAsync(IReadOnlyList<OrderMoved> events, CancellationToken ct)
    {
        var tasks = (await FindAsync(events.Select(e => e.OrderId), ct)).Where(t => t.State == CallbackTaskState.Open).ToLookup(t => t.OrderId);
        foreach (var e in events)
        {
            foreach (var task in tasks[e.OrderId])
            {
                task.UnitId = e.UnitId;
                if (e.State != task.OrderState)
                {
                    task.Leave(e.At);
                    }
            }
        }
    }

    /// <summary>Oldest first.</summary>
    private Task<List<CallbackTask>> FindAsync(IEnumerable<OrderId> orders, CancellationToken ct)
    {
        var ids = orders.Distinct().ToArray();
        return db.Set<CallbackTask>().Include(t => t.Attempts).Where(t => ids.Contains(t.OrderId)).OrderBy(t => t.Id).ToListAsync(ct);
    }
}
