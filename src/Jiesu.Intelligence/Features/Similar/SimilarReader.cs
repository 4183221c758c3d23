using System.Runtime.InteropServices;
using Jiesu.Intelligence.Domain;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Intelligence.Features.Similar;

/// <summary>Keeps the index level with the database: all rows at the first question, later what other nodes and commands wrote.</summary>
internal sealed class SimilarReader(IServiceScopeFactory scopes, SimilarIndex index, TimeProvider clock) : IDisposable
{
    /// <summary>So that an order that another node took in is found within a second.</summary>
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(800);

    /// <summary>Read again each time: a long transaction shows its rows later than their stamp says, and clocks of nodes differ a little.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(60);

    private const int AtOnce = 1000;
    private readonly SemaphoreSlim _one = new(1);
    private DateTimeOffset? _readTo;
    private DateTimeOffset _lookedAt;

    public static sbyte[] Numbers(byte[] vector) => MemoryMarshal.Cast<byte, sbyte>(vector).ToArray();

    public async Task CatchUpAsync(CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            if (_readTo is null || clock.GetUtcNow() - _lookedAt >= Often)
            {
                await using var scope = scopes.CreateAsyncScope();
                var texts = scope.ServiceProvider.GetRequiredService<JiesuDb>().Set<StoredText>().AsNoTracking();
                await (_readTo is { } readTo ? ReadNewAsync(texts, readTo - Overlap, ct) : ReadAllAsync(texts, ct));
                _lookedAt = clock.GetUtcNow();
            }
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task ReadAllAsync(IQueryable<StoredText> texts, CancellationToken ct)
    {
        var some = new List<Indexed>(AtOnce);
        await foreach (var text in texts.OrderBy(t => t.LearnedAt).ThenBy(t => t.Id).AsAsyncEnumerable().WithCancellation(ct))
        {
            some.Add(ToIndexed(text));
            if (some.Count == AtOnce)
            {
                Take(some);
            }
        }

        Take(some);
        _readTo ??= DateTimeOffset.MinValue + Overlap;
    }

    private async Task ReadNewAsync(IQueryable<StoredText> texts, DateTimeOffset from, CancellationToken ct)
    {
        var keys = await texts.Where(t => t.LearnedAt >= from).OrderBy(t => t.LearnedAt).ThenBy(t => t.Id).Select(t => new { t.Id, t.LearnedAt }).ToListAsync(ct);
        foreach (var ids in keys.Where(k => !index.Knows(k.Id, k.LearnedAt)).Select(k => k.Id).Chunk(AtOnce))
        {
            Take([.. (await texts.Where(t => ids.Contains(t.Id)).ToListAsync(ct)).Select(ToIndexed)]);
        }
    }

    private void Take(List<Indexed> some)
    {
        if (some.Count > 0)
        {
            index.Add(some);
            var newest = some.Max(t => t.LearnedAt);
            _readTo = _readTo > newest ? _readTo : newest;
            some.Clear();
        }
    }

    private static Indexed ToIndexed(StoredText text) => new(text.Id, text.At, text.LearnedAt, Numbers(text.Vector));
}
