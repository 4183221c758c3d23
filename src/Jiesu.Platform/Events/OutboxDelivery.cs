using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Jiesu.Platform.Events;

/// <summary>
/// Takes what is due from the outbox to its handlers: at least once, each stream in order, on any number of nodes.
/// A handler's effect and its inbox entry are one transaction; a message that fails waits longer each time and holds back its own stream only.
/// </summary>
public sealed class OutboxDelivery(IServiceScopeFactory scopes, Modules modules, LiveHub live, TimeProvider clock, ILogger<OutboxDelivery> log)
{
    /// <summary>So many messages leave together at most.</summary>
    internal const int BatchSize = 200;

    /// <summary>How long messages wait for a node that was killed with them in hand. A slow node that loses them does no harm: the inbox lets each handler act once.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);
    private readonly ILookup<string, Subscription> _subscriptions = modules.Handlers.ToLookup(s => s.Event);

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
        var faults = new Dictionary<Guid, string>();
        foreach (var kind in batch.GroupBy(m => m.Type))
        {
            foreach (var subscription in _subscriptions[kind.Key])
            {
                await HandOverAsync(subscription, [.. kind], faults, ct);
            }
        }

        await SettleAsync(batch, faults, ct);
        return batch.Count - faults.Count;
    }

    /// <summary>The whole batch in one transaction; if that fails, one by one, so that a poisoned message delays no other.</summary>
    private async Task HandOverAsync(Subscription subscription, List<OutboxMessage> messages, Dictionary<Guid, string> faults, CancellationToken ct)
    {
        try
        {
            await HandleAsync(subscription, messages, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            if (messages.Count == 1)
            {
                faults[messages[0].Id] = e.GetType().Name;
                log.LogError(e, "Event {Event} {EventId} failed in {Handler}", subscription.Event, messages[0].Id, subscription.Handler);
                return;
            }

            foreach (var message in messages)
            {
                await HandOverAsync(subscription, [message], faults, ct);
            }
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

    private async Task SettleAsync(List<OutboxMessage> batch, Dictionary<Guid, string> faults, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<JiesuDb>();
        var now = clock.GetUtcNow();
        var done = batch.Where(m => !faults.ContainsKey(m.Id)).Select(m => m.Id).ToList();
        await db.WriteAsync(
            async () =>
            {
                await db.Outbox.Where(m => done.Contains(m.Id)).ExecuteUpdateAsync(s => s.SetProperty(m => m.DeliveredAt, now), ct);
                foreach (var message in batch.Where(m => faults.ContainsKey(m.Id)))
                {
                    var wait = TimeSpan.FromSeconds(Math.Min(LongestWait.TotalSeconds, Math.Pow(2, message.Attempts)));
                    await db.Outbox.Where(m => m.Id == message.Id).ExecuteUpdateAsync(
                        s => s.SetProperty(m => m.Attempts, message.Attempts + 1).SetProperty(m => m.LastFault, faults[message.Id]).SetProperty(m => m.LockedUntil, (now + wait).ToUnixTimeMilliseconds()), ct);
                }

                return done.Count;
            },
            ct);
    }
}
