using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Platform.Events;

/// <summary>收件记录: that a handler has dealt with an event; written in the transaction of its effect, so that a second delivery does nothing.</summary>
public sealed class InboxEntry
{
    public required string Handler { get; init; }
    public required Guid EventId { get; init; }
    public required DateTimeOffset At { get; init; }
}

internal static class Inbox
{
    private const string Postgres = """
        INSERT INTO platform_inbox (handler, event_id, at) SELECT {0}, e, {2} FROM unnest({1}) AS e ON CONFLICT DO NOTHING RETURNING event_id AS "Value"
        """;
    private const string Sqlite = """
        INSERT INTO platform_inbox (handler, event_id, at) SELECT {0}, value, {2} FROM json_each({1}) WHERE true ON CONFLICT DO NOTHING RETURNING event_id AS "Value"
        """;

    /// <summary>Notes these events as dealt with, in the transaction that is open; returns those that were not noted before. One statement, because it runs for every handler of every event.</summary>
    public static async Task<HashSet<Guid>> NoteAsync(this JiesuDb db, string handler, IReadOnlyCollection<Guid> events, DateTimeOffset at, CancellationToken ct)
    {
        var noted = db.Database.IsSqlite()
            ? db.Database.SqlQueryRaw<Guid>(Sqlite, handler, JsonSerializer.Serialize(events.Select(e => e.ToString().ToUpperInvariant())), at.UtcTicks)
            : db.Database.SqlQueryRaw<Guid>(Postgres, handler, events.ToArray(), at);
        return [.. await noted.ToListAsync(ct)];
    }
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
