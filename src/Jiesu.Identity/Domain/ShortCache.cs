using System.Collections.Concurrent;

namespace Jiesu.Identity.Domain;

/// <summary>Keeps what was read for a few seconds: a hot path asks the database once, a change on another node is seen soon.</summary>
internal sealed class ShortCache<TKey, TValue>(TimeSpan trust, int most, TimeProvider clock)
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, (TValue Value, DateTimeOffset Until)> _kept = new();
    private int _generation;

    /// <summary>What is kept, else what <paramref name="read"/> finds; null is not kept.</summary>
    public async ValueTask<TValue?> GetAsync(TKey key, Func<Task<TValue?>> read)
    {
        var now = clock.GetUtcNow();
        if (_kept.TryGetValue(key, out var kept) && now < kept.Until)
        {
            return kept.Value;
        }

        var generation = Volatile.Read(ref _generation);
        var value = await read();
        if (value is not null && generation == Volatile.Read(ref _generation))
        {
            MakeRoom();
            _kept[key] = (value, now + trust);
        }
        else
        {
            _kept.TryRemove(key, out _);
        }

        return value;
    }

    /// <summary>Of several keys what is kept, and for all others together what <paramref name="read"/> finds; a key that it leaves out is not kept.</summary>
    public async ValueTask<IReadOnlyDictionary<TKey, TValue>> GetAllAsync(IEnumerable<TKey> keys, Func<IReadOnlyList<TKey>, Task<IReadOnlyDictionary<TKey, TValue>>> read)
    {
        var (now, found, missing) = (clock.GetUtcNow(), new Dictionary<TKey, TValue>(), new List<TKey>());
        foreach (var key in keys.Distinct())
        {
            if (_kept.TryGetValue(key, out var kept) && now < kept.Until)
            {
                found[key] = kept.Value;
            }
            else
            {
                missing.Add(key);
            }
        }

        if (missing.Count == 0)
        {
            return found;
        }

        var generation = Volatile.Read(ref _generation);
        foreach (var (key, value) in await read(missing))
        {
            found[key] = value;
            if (generation == Volatile.Read(ref _generation))
            {
                MakeRoom();
                _kept[key] = (value, now + trust);
            }
        }

        return found;
    }

    /// <summary>After a change on this node.</summary>
    public void Clear()
    {
        Interlocked.Increment(ref _generation);
        _kept.Clear();
    }

    private void MakeRoom()
    {
        if (_kept.Count >= most)
        {
            _kept.Clear();
        }
    }
}
