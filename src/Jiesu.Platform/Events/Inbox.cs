namespace Jiesu.Platform.Events;

/// <summary>收件记录: that a handler has dealt with an event; written in the transaction of its effect, so that a second delivery does nothing.</summary>
public sealed class InboxEntry
{
    public required string Handler { get; init; }
    public required Guid EventId { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>
/// Hears one kind of event. Gets those that it has not dealt with yet, each stream in order, inside one transaction that also writes the inbox;
/// what it adds to the database is saved with it. Nothing outside the database may be touched here.
/// </summary>
public interface IEventHandler<in TEvent>
    where TEvent : IEvent
{
    Task HandleAsync(IReadOnlyList<TEvent> events, CancellationToken ct);
}
