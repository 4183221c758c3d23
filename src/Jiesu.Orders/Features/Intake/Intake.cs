using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.Intake;

/// <summary>The door inside the house: forms, imports, demo and the rooms above come in here; REST has its own, with a client key (<see cref="ReceiveOrder"/>).</summary>
internal sealed class Intake(JiesuDb db, OrderFactory factory) : IIntake
{
    private const int Attempts = 3;
    private const int LookUpSize = 500;

    public async Task<Result<Receipt>> ReceiveAsync(NewOrder order, Actor actor, CancellationToken ct) =>
        (await ReceiveManyAsync([new(order)], actor, ct))[0];

    public Task<IReadOnlyList<Result<Receipt>>> ReceiveManyAsync(IReadOnlyList<IncomingOrder> orders, Actor actor, CancellationToken ct) =>
        ReceiveManyAsync(orders, actor, settle: null, ct);

    /// <summary>A save that finds a number taken meanwhile is tried again, with what is known then.</summary>
    /// <param name="settle">Hears what became of each before the save, and puts into the session what must be saved with them; once more at each new attempt.</param>
    public async Task<IReadOnlyList<Result<Receipt>>> ReceiveManyAsync(
        IReadOnlyList<IncomingOrder> orders, Actor actor, Action<IReadOnlyList<Result<Receipt>>>? settle, CancellationToken ct)
    {
        var facts = await factory.CheckAsync(orders, ct);
        for (var attempt = 1; attempt < Attempts; attempt++)
        {
            var earlier = db.ChangeTracker.Entries().Select(e => e.Entity).ToHashSet(ReferenceEqualityComparer.Instance);
            var receipts = await AddAsync(facts, actor, ct);
            settle?.Invoke(receipts);
            if (await db.TrySaveAsync(ct))
            {
                return receipts;
            }

            foreach (var entry in db.ChangeTracker.Entries().Where(e => !earlier.Contains(e.Entity)).ToList())
            {
                entry.State = EntityState.Detached;
            }
        }

        var last = await AddAsync(facts, actor, ct);
        settle?.Invoke(last);
        await db.SaveChangesAsync(ct);
        return last;
    }

    /// <summary>Orders already known by their orderNo, as the actor may see them; a number alone when the actor may not.</summary>
    public async Task<Dictionary<string, Receipt?>> FindKnownAsync(IEnumerable<string> orderNos, Actor actor, CancellationToken ct)
    {
        var known = new Dictionary<string, Receipt?>();
        foreach (var some in orderNos.Distinct().Chunk(LookUpSize))
        {
            var rows = db.Set<WorkOrder>().AsNoTracking().Where(x => some.Contains(x.OrderNo!));
            foreach (var taken in actor.Units is null ? [] : await rows.Select(x => x.OrderNo!).ToListAsync(ct))
            {
                known[taken] = null;
            }

            foreach (var row in await rows.Where(DataScope.Of(actor).Sees()).Select(x => new { x.OrderNo, x.Id, x.CaseNo, x.Version }).ToListAsync(ct))
            {
                known[row.OrderNo!] = new(row.Id, row.CaseNo, row.Version, IsDuplicate: true);
            }
        }

        return known;
    }

    private async Task<IReadOnlyList<Result<Receipt>>> AddAsync(IReadOnlyList<Result<Understood>> facts, Actor actor, CancellationToken ct)
    {
        var known = await FindKnownAsync(facts.Where(f => f.IsSuccess).Select(f => f.Value.Draft.OrderNo).OfType<string>(), actor, ct);
        var inBatch = new HashSet<string>(known.Keys);
        var fresh = facts.Index().Where(f => f.Item.IsSuccess && (f.Item.Value.Draft.OrderNo is not { } number || inBatch.Add(number))).ToList();
        var made = await factory.MakeAsync([.. fresh.Select(f => f.Item.Value)], actor, ct);
        db.AddRange(made);
        var orders = fresh.Zip(made).ToDictionary(x => x.First.Index, x => x.Second);
        foreach (var order in made.Where(o => o.OrderNo is not null))
        {
            known[order.OrderNo!] = ReceiptOf(order) with { IsDuplicate = true };
        }

        return [.. facts.Index().Select(f => f.Item.Error is { } refusal ? refusal : Answer(f.Index, f.Item.Value.Draft.OrderNo))];

        Result<Receipt> Answer(int index, string? number) =>
            orders.TryGetValue(index, out var order) ? ReceiptOf(order) : known[number!] is { } there ? there : IntakeErrors.NumberTaken();
    }

    private static Receipt ReceiptOf(WorkOrder order) => new(order.Id, order.CaseNo, order.Version, IsDuplicate: false);
}
