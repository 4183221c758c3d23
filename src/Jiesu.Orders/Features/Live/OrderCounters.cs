using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.List;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.Live;

/// <summary>工作计数: open orders by state and by lamp, as far as the actor sees. Finished orders are not counted: there are too many, and nobody waits for them.</summary>
internal sealed class OrderCounters(OrderList list)
{
    private static readonly LampColour[] Warnings = [LampColour.Yellow, LampColour.Orange, LampColour.Red];

    /// <param name="States">在办 by state; a state without orders is 0.</param>
    /// <param name="Lamps">yellow, orange, red.</param>
    internal sealed record Counts(IReadOnlyDictionary<string, int> States, IReadOnlyDictionary<string, int> Lamps);

    public async Task<Counts> ReadAsync(Actor actor, CancellationToken ct)
    {
        var rows = list.Rows(new OrderFilter { States = OrderLifeCycle.Open }, actor);
        var found = await rows.GroupBy(x => x.State).Select(g => new { State = g.Key, Count = g.Count() }).ToDictionaryAsync(x => x.State, x => x.Count, ct);
        var lamps = new Dictionary<string, int>();
        foreach (var lamp in Warnings)
        {
            lamps[lamp.Wire()] = await list.Rows(new OrderFilter { Lamp = lamp }, actor).CountAsync(ct);
        }

        return new(OrderLifeCycle.Open.ToDictionary(s => s.ToString(), s => found.GetValueOrDefault(s)), lamps);
    }
}
