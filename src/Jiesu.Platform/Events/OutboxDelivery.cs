using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Jiesu.Platform.Events;

/// <summary>
/// Takes what is due from the outbox to its handlers: at least once, each stream in order, on any number of nodes.
/// A handler's effect and its inbox entry are one transaction; a message that fails waits longer each time and holds back its own stream only. One that cannot pass is put
/// aside, and a consumer that keeps failing is tried once a minute.
/// </summary>
public sealed class OutboxDelivery(IServiceScopeFactory scopes, Modules modules, LiveHub live, TimeProvider clock, ILogger<OutboxDelivery> log)
{
    /// <summary>So many messages leave together at most.</summary>
    internal const int BatchSize = 200;

    /// <summary>
    /// How long messages wait for a node that was killed with them in hand. The end of the lease is its fence: a node that slept through it hands nothing over any more and
    /// settles nothing; and what it had begun, the inbox lets each handler do once.
    /// </summary>
    internal static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);
    private readonly ILookup<string, Subscription> _subscriptions = modules.Handlers.ToLookup(s => s.Event);
    private readonly ConcurrentDictionary<string, Circuit> _circuits = new();

    /// <summary>Delivers until nothing is due; returns how many messages left.</summary>
    public async Task<int> DrainAsync(CancellationToken ct)
    {
        var delivered = 0;
        while (await ClaimAsync(ct) is { Count: > 0 } batch)
        {
            delivered += await DeliverAsync(batch, ct);
        }

        return delivered;
    }

    /// <summary>Delivers one batch of what is due; returns how many messages it held.</summary>
    internal async Task<int> DeliverBatchAsync(CancellationToken ct)
    {
        var batch = await ClaimAsync(ct);
        if (batch.Count > 0)
        {
            await DeliverAsync(batch, ct);
        }

        return batch.Count;
    }

    private async Task<List<OutboxMessage>> ClaimAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<JiesuDb>();
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var until = now + (long)Lease.TotalMilliseconds;
        if (!await db.Outbox.AnyAsync(m => m.DeliveredAt == null && m.LockedUntil <= now, ct))
        {
            return [];
        }

        // Two nodes never take the same row: PostgreSQL skips what another has locked, SQLite lets one writer in at a time.
        var skip = db.Database.IsNpgsql() ? "FOR UPDATE OF m SKIP LOCKED" : "";
        var sql = $$"""
            UPDATE platform_outbox SET locked_until = {0} WHERE id IN (
                SELECT m.id FROM platform_outbox m
                WHERE m.delivered_at IS NULL AND m.locked_until <= {1}
                  AND NOT EXISTS (SELECT 1 FROM platform_outbox o WHERE o.stream = m.stream AND o.seq < m.seq AND o.delivered_at IS NULL)
                ORDER BY m.at LIMIT {{BatchSize}} {{skip}})
            RETURNING *
            """;
        var claimed = await db.WriteAsync(() => db.Outbox.FromSqlRaw(sql, until, now).AsNoTracking().ToListAsync(ct), ct);
        return [.. claimed.OrderBy(m => m.At).ThenBy(m => m.Stream, StringComparer.Ordinal)];
    }

    private async Task<int> DeliverAsync(List<OutboxMessage> batch, CancellationToken ct)
    {
        var faults = new Dictionary<Guid, Fault>();
        foreach (var kind in batch.GroupBy(m => m.Type))
        {
            foreach (var subscription in _subscriptions[kind.Key])
            {
                if (IsOver(batch[0]))
                {
                    log.LogWarning("The lease of {Count} events ended before they were handed over; another node has them", batch.Count);
                    return 0;
                }

                await HandOverAsync(subscription, [.. kind], faults, ct);
            }
        }

        return await SettleAsync(batch, faults, ct);
    }

    /// <summary>Its end is the fence, kept in each message as it was claimed.</summary>
    private bool IsOver(OutboxMessage claimed) => clock.GetUtcNow().ToUnixTimeMilliseconds() >= claimed.LockedUntil;

    /// <summary>The whole batch in one transaction; if that fails, one by one, so that a poisoned message delays no other. A consumer that failed too often is tried with one.</summary>
    private async Task HandOverAsync(Subscription subscription, List<OutboxMessage> messages, Dictionary<Guid, Fault> faults, CancellationToken ct)
    {
        var circuit = _circuits.GetOrAdd(subscription.Handler, _ => new Circuit(clock));
        if (circuit.IsOpen)
        {
            messages.ForEach(m => faults.TryAdd(m.Id, Fault.Postponed(circuit.Until)));
            return;
        }

        if (messages.Count == 1 || !circuit.IsTrying)
        {
            var fault = await TryAsync(subscription, messages, circuit, ct);
            if (fault is null)
            {
                return;
            }

            if (messages.Count == 1)
            {
                faults[messages[0].Id] = fault;
                return;
            }
        }

        foreach (var message in messages)
        {
            await HandOverAsync(subscription, [message], faults, ct);
        }
    }

    /// <summary>What went wrong; null when all is done.</summary>
    private async Task<Fault?> TryAsync(Subscription subscription, List<OutboxMessage> messages, Circuit circuit, CancellationToken ct)
    {
        try
        {
            await HandleAsync(subscription, messages, ct);
            circuit.Succeed();
            return null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            if (messages.Count == 1)
            {
                circuit.Fail();
                log.LogError(e, "Event {Event} {EventId} failed in {Handler}", subscription.Event, messages[0].Id, subscription.Handler);
            }

            return Fault.Of(e);
        }
    }

    private async Task HandleAsync(Subscription subscription, List<OutboxMessage> messages, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<JiesuDb>();
        await db.WriteAsync(
            async () =>
            {
                var noted = await db.NoteAsync(subscription.Handler, messages.ConvertAll(m => m.Id), clock.GetUtcNow(), ct);
                var fresh = messages.Where(m => noted.Contains(m.Id)).ToList();
                if (fresh.Count == 0)
                {
                    return 0;
                }

                await subscription.HandleAsync(scope.ServiceProvider, fresh, ct);
                return await db.SaveChangesAsync(ct);
            },
            ct);
        await live.AnnounceAsync(scope.ServiceProvider.GetRequiredService<Announcements>().Topics, ct);
    }

    /// <summary>Writes down what became of the messages that are still ours; returns how many left.</summary>
    private async Task<int> SettleAsync(List<OutboxMessage> batch, Dictionary<Guid, Fault> faults, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<JiesuDb>();
        var (now, fence) = (clock.GetUtcNow(), batch[0].LockedUntil);
        var done = batch.Where(m => !faults.ContainsKey(m.Id)).Select(m => m.Id).ToList();
        return await db.WriteAsync(
            async () =>
            {
                var left = await db.Outbox.Where(m => done.Contains(m.Id) && m.LockedUntil == fence).ExecuteUpdateAsync(s => s.SetProperty(m => m.DeliveredAt, now), ct);
                foreach (var message in batch.Where(m => faults.ContainsKey(m.Id)))
                {
                    var (attempts, kind, until) = After(message, faults[message.Id], now);
                    await db.Outbox.Where(m => m.Id == message.Id && m.LockedUntil == fence).ExecuteUpdateAsync(
                        s => s.SetProperty(m => m.Attempts, attempts).SetProperty(m => m.LastFault, kind).SetProperty(m => m.LockedUntil, until), ct);
                }

                return left;
            },
            ct);
    }

    /// <summary>How the message waits now: longer each time, by chance a little less, so that not all come at once; put aside when it cannot pass or has been tried too often.</summary>
    private (int Attempts, string? Kind, long LockedUntil) After(OutboxMessage message, Fault fault, DateTimeOffset now)
    {
        if (fault.NotBefore is { } closed)
        {
            return (message.Attempts, message.LastFault, (closed + Shorter(Circuit.Pause / 4)).ToUnixTimeMilliseconds());
        }

        var attempts = message.Attempts + 1;
        if (fault.IsForGood || attempts >= OutboxMessage.MostAttempts)
        {
            log.LogError("Event {Event} {EventId} is put aside after {Attempts} tries; mend the cause, then run: outbox retry", message.Type, message.Id, attempts);
            return (attempts, fault.Kind, OutboxMessage.PutAside);
        }

        var wait = TimeSpan.FromSeconds(Math.Min(LongestWait.TotalSeconds, Math.Pow(2, message.Attempts)));
        return (attempts, fault.Kind, (now + Shorter(wait)).ToUnixTimeMilliseconds());
    }

    /// <summary>Between half of it and the whole.</summary>
    private static TimeSpan Shorter(TimeSpan wait) => wait - (wait * (RandomNumberGenerator.GetInt32(0, 500) / 1000d));

    /// <summary>失败.</summary>
    /// <param name="Kind">The kind of fault, never its data.</param>
    /// <param name="IsForGood">What cannot be read today cannot be read tomorrow.</param>
    /// <param name="NotBefore">Not tried at all: its consumer rests until then.</param>
    private sealed record Fault(string Kind, bool IsForGood, DateTimeOffset? NotBefore)
    {
        public static Fault Of(Exception e) => new(e.GetType().Name, e is JsonException or NotSupportedException, null);

        public static Fault Postponed(DateTimeOffset until) => new("", false, until);
    }
}
