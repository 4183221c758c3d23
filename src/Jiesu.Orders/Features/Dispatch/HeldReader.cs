using Jiesu.Identity.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Read;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.Dispatch;

/// <summary>What pages say of dispatches that are held.</summary>
internal sealed class HeldReader(JiesuDb db, OrderCase cases, IPeople people, IUnitDirectory units, TimeProvider clock)
{
    /// <summary>标记 of an order whose dispatch is held.</summary>
    public const string Mark = "即将派发";

    /// <summary>待送派发 in words.</summary>
    /// <param name="Units">主办 and, after it, 协办 by name.</param>
    /// <param name="SecondsLeft">0 when it is being carried out.</param>
    internal sealed record Words(OrderId OrderId, Guid ById, string By, string Units, int SecondsLeft);

    /// <summary>Of these orders, those whose dispatch is held. Who sees single units only hears nothing: it may still be taken back.</summary>
    public async Task<IReadOnlyDictionary<OrderId, Words>> FindAsync(IReadOnlyCollection<OrderId> orders, Actor actor, CancellationToken ct)
    {
        var held = orders.Count == 0 || !Hears(actor) ? [] : await db.Set<HeldDispatch>().AsNoTracking().Where(x => x.RefusedAt == null && orders.Contains(x.OrderId)).ToListAsync(ct);
        return await TellAsync(held, ct);
    }

    /// <summary>The same of the one order that a page is about; null when nothing is held, or nothing may be heard.</summary>
    public async Task<Words?> FindAsync(OrderId order, Actor actor, CancellationToken ct) =>
        Hears(actor) && await cases.EnclosedAsync(order, actor, ct) is { Held: { } held } ? (await TellAsync([held], ct))[order] : null;

    /// <summary>What this person sent and nobody has heard of yet, or what came back; the latest first.</summary>
    public Task<List<HeldDispatch>> OfAsync(Actor actor, CancellationToken ct) =>
        db.Set<HeldDispatch>().AsNoTracking().Where(x => x.ById == actor.PersonId).OrderByDescending(x => x.At).ThenByDescending(x => x.Id).Take(50).ToListAsync(ct);

    public int SecondsLeft(HeldDispatch held) => Math.Max(0, (int)Math.Ceiling((held.DueAt - clock.GetUtcNow()).TotalSeconds));

    public static string UnitsOf(HeldDispatch held, UnitTree tree)
    {
        var asked = HoldDispatch.RequestOf(held);
        return string.Join('、', new[] { asked.Lead }.Concat(asked.CoUnits ?? []).Select(code => tree.Find(code)?.Name ?? code));
    }

    private static bool Hears(Actor actor) => actor.Units is null || actor.Can(Permissions.Dispatch);

    private async Task<IReadOnlyDictionary<OrderId, Words>> TellAsync(List<HeldDispatch> held, CancellationToken ct)
    {
        if (held.Count == 0)
        {
            return new Dictionary<OrderId, Words>();
        }

        var (names, tree) = (await people.NamesAsync([.. held.Select(x => x.ById).Distinct()], ct), await units.GetAsync(ct));
        return held.ToDictionary(x => x.OrderId, x => new Words(x.OrderId, x.ById, names.GetValueOrDefault(x.ById, "他人"), UnitsOf(x, tree), SecondsLeft(x)));
    }
}
