using Jiesu.Identity.Contracts;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Identity.Domain;

/// <summary>The tree as this node last saw it.</summary>
internal sealed class UnitSnapshot
{
    private Seen? _seen;
    private int _generation;

    public Seen? Current => Volatile.Read(ref _seen);
    public int Generation => Volatile.Read(ref _generation);

    /// <summary>Keeps what was read, unless the units changed meanwhile.</summary>
    public void Keep(Seen seen, int generation)
    {
        if (generation == Generation)
        {
            Volatile.Write(ref _seen, seen);
        }
    }

    public void Forget()
    {
        Interlocked.Increment(ref _generation);
        Volatile.Write(ref _seen, null);
    }

    internal sealed record Seen(UnitTree Tree, Guid Stamp, DateTimeOffset At);
}

internal sealed class UnitDirectory(JiesuDb db, UnitSnapshot snapshot, TimeProvider clock) : IUnitDirectory
{
    /// <summary>Half of what a change may take to be seen on another node.</summary>
    private static readonly TimeSpan Trust = TimeSpan.FromSeconds(1);

    public ValueTask<UnitTree> GetAsync(CancellationToken ct) =>
        snapshot.Current is { } seen && clock.GetUtcNow() - seen.At < Trust ? new(seen.Tree) : new(LookAsync(ct));

    public async Task EnsureAsync(IReadOnlyList<UnitSeed> units, CancellationToken ct)
    {
        var known = await db.Set<Unit>().ToDictionaryAsync(x => x.Code, ct);
        foreach (var seed in units)
        {
            if (!known.TryGetValue(seed.Code, out var unit))
            {
                known[seed.Code] = unit = new Unit { Code = seed.Code, Name = seed.Name, Kind = seed.Kind };
                db.Add(unit);
            }

            unit.Name = seed.Name;
            unit.ParentId = seed.Parent is { } parent ? known[parent].Id : null;
        }

        if (db.ChangeTracker.HasChanges())
        {
            await MarkAsync(ct);
            await db.SaveChangesAsync(ct);
            snapshot.Forget();
        }
    }

    /// <summary>The stamp is read before the rows: the tree is never older than it says.</summary>
    private async Task<UnitTree> LookAsync(CancellationToken ct)
    {
        var (seen, generation, now) = (snapshot.Current, snapshot.Generation, clock.GetUtcNow());
        var stamp = await db.Set<Stamp>().Where(x => x.Name == Stamp.Units).Select(x => x.Value).SingleOrDefaultAsync(ct);
        var tree = seen?.Stamp == stamp
            ? seen.Tree
            : new UnitTree(await db.Set<Unit>().AsNoTracking().OrderBy(x => x.Code).Select(x => new UnitView(x.Id, x.Code, x.Name, x.Kind, x.ParentId) { IsClosed = x.ClosedAt != null, SuccessorId = x.SuccessorId }).ToListAsync(ct));
        snapshot.Keep(new(tree, stamp, now), generation);
        return tree;
    }

    private async Task MarkAsync(CancellationToken ct)
    {
        if (await db.Set<Stamp>().SingleOrDefaultAsync(x => x.Name == Stamp.Units, ct) is { } stamp)
        {
            stamp.Value = Guid.CreateVersion7();
        }
        else
        {
            db.Add(new Stamp { Name = Stamp.Units, Value = Guid.CreateVersion7() });
        }
    }
}

/// <summary>单位撤并: marks a unit closed in the session; the next look of every node sees it.</summary>
internal sealed class UnitCloser(JiesuDb db, UnitSnapshot snapshot, TimeProvider clock)
{
    public async Task CloseAsync(Guid id, Guid? successor, CancellationToken ct)
    {
        (await db.Set<Unit>().SingleAsync(x => x.Id == id, ct)).Close(successor, clock.GetUtcNow());
        if (await db.Set<Stamp>().SingleOrDefaultAsync(x => x.Name == Stamp.Units, ct) is { } stamp)
        {
            stamp.Value = Guid.CreateVersion7();
        }
    }

    /// <summary>After the save: this node looks again.</summary>
    public void Forget() => snapshot.Forget();
}
