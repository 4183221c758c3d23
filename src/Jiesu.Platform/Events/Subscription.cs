using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Platform.Events;

/// <summary>事件订阅: which handler hears which event.</summary>
public abstract record Subscription(string Handler, string Event)
{
    /// <param name="handler">Stable name of the handler, the key of its inbox: <c>module.what</c>.</param>
    public static Subscription Of<TEvent, THandler>(string handler)
        where TEvent : class, IEvent
        where THandler : class, IEventHandler<TEvent> => new Typed<TEvent, THandler>(handler);

    internal abstract Task HandleAsync(IServiceProvider services, IEnumerable<OutboxMessage> messages, CancellationToken ct);

    private sealed record Typed<TEvent, THandler>(string Handler) : Subscription(Handler, EventNameAttribute.Of(typeof(TEvent)))
        where TEvent : class, IEvent
        where THandler : class, IEventHandler<TEvent>
    {
        internal override Task HandleAsync(IServiceProvider services, IEnumerable<OutboxMessage> messages, CancellationToken ct) =>
            ActivatorUtilities.GetServiceOrCreateInstance<THandler>(services).HandleAsync([.. messages.Select(m => JsonSerializer.Deserialize<TEvent>(m.Payload)!)], ct);
    }
}
