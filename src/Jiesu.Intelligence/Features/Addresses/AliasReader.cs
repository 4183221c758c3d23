using Jiesu.Intelligence.Domain;
using Jiesu.Intelligence.Features.Locate;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Intelligence.Features.Addresses;

/// <summary>别名 with where it comes from.</summary>
/// <param name="Id">Of the entry by hand, or of the first confirmation.</param>
internal sealed record KnownAlias(Guid Id, string Name, string Code, int Orders, int People, bool IsByHand, bool IsOff);

/// <summary>Aliases by hand and learned ones; what a person said of a name stands before what was learned.</summary>
internal sealed class AliasReader(JiesuDb db)
{
    public async Task<IReadOnlyList<KnownAlias>> ReadAsync(CancellationToken ct)
    {
        var all = db.Set<StoredConfirmation>().AsNoTracking();
        var often = all.GroupBy(c => new { c.Name, c.PlaceCode }).Where(g => g.Count() >= LearnedAliases.Fewest).Select(g => g.Key.Name);
        var counted = await all.Where(c => often.Contains(c.Name)).GroupBy(c => new { c.Name, c.PlaceCode })
            .Select(g => new { g.Key.Name, g.Key.PlaceCode, Orders = g.Count(), People = g.Select(c => c.By).Distinct().Count() }).ToListAsync(ct);
        var learned = LearnedAliases.Of(counted.Select(c => new NameTally(c.Name, c.PlaceCode, c.Orders, c.People)));
        var names = learned.Select(l => l.Name).ToArray();
        var ids = (await all.Where(c => names.Contains(c.Name)).Select(c => new { c.Name, c.Id }).ToListAsync(ct)).GroupBy(c => c.Name).ToDictionary(g => g.Key, g => g.Min(c => c.Id));
        var byHand = await db.Set<StoredAlias>().AsNoTracking().ToDictionaryAsync(a => a.Name, ct);
        return
        [
            .. byHand.Values.Select(a => learned.FirstOrDefault(l => l.Name == a.Name && l.Code == a.PlaceCode) is { } same
                    ? new KnownAlias(a.Id, a.Name, a.PlaceCode, same.Orders, same.People, IsByHand: true, a.IsOff)
                    : new KnownAlias(a.Id, a.Name, a.PlaceCode, 0, 0, IsByHand: true, a.IsOff))
                .Concat(learned.Where(l => !byHand.ContainsKey(l.Name)).Select(l => new KnownAlias(ids[l.Name], l.Name, l.Code, l.Orders, l.People, IsByHand: false, IsOff: false)))
                .OrderBy(a => a.Name, StringComparer.Ordinal),
        ];
    }
}
