using Jiesu.Catalog.Domain;
using Jiesu.Identity.Contracts;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Catalog.Seeds;

/// <summary>
/// 初始业务目录: adds each code that the database has never had, retired ones included, and touches nothing else, so what administrators
/// changed stays. Two nodes that start at once cannot both add a row: the second finds it there.
/// </summary>
internal sealed class CatalogSeed(JiesuDb db, IUnitDirectory units, CatalogueCache cache, TimeProvider clock) : ISeed
{
    private const string Why = "系统初始数据";

    /// <summary>The day on which the 《北京市接诉即办工作条例》 came into force: nothing that we compute lies before it.</summary>
    private static readonly DateOnly Begin = new(2021, 9, 24);

    public async Task SeedAsync(CancellationToken ct)
    {
        var added = await AddAsync(SeedRows.Classes().Select(From), ct)
            + await AddAsync(SeedRows.Directory().Select(From), ct)
            + await AddAsync(SeedRows.TimeLimits().Select(From), ct)
            + await AddAsync(SeedRows.Reasons().Select(From), ct)
            + await AddAsync(SeedRows.Approvals().Select(From), ct)
            + await AddAsync(SeedRows.Dictionaries().Select(From), ct)
            + await AddAsync(SeedRows.WorkingHours().Select(From), ct)
            + await AddAsync(SeedRows.CalendarYears(), ct)
            + await AddAsync(SeedRows.Places().Select(From), ct)
            + await AddAsync(SeedRows.Forms().Select(From), ct)
            + await AddAsync(SeedRows.Phrases().Select(From), ct)
            + await AddAsync(SeedRows.MassEvents().Select(From), ct);
        if (added > 0)
        {
            db.Add(new CatalogChange { Subject = "seed", At = clock.GetUtcNow() });
            await db.TrySaveAsync(ct);
            db.ChangeTracker.Clear();
        }

        await EnsureUnitsAsync(ct);
        cache.Forget();
    }

    private static (T Row, DateOnly From) From<T>(T row) => (row, Begin);

    private async Task<int> AddAsync<T>(IEnumerable<(T Row, DateOnly From)> seeds, CancellationToken ct)
        where T : DatedRow
    {
        var known = (await db.Set<T>().Select(x => x.Code).Distinct().ToListAsync(ct)).ToHashSet();
        var change = new Change(null, Why, clock.GetUtcNow());
        var fresh = seeds.Where(s => !known.Contains(s.Row.Code)).ToArray();
        foreach (var (row, from) in fresh)
        {
            row.Open(1, from, null, change);
            db.Add(row);
        }

        return fresh.Length;
    }

    /// <summary>Only units that are not there yet: names and parents belong to Identity afterwards. Places bear the names that they have now.</summary>
    private async Task EnsureUnitsAsync(CancellationToken ct)
    {
        var tree = await units.GetAsync(ct);
        var today = clock.Today();
        var places = await db.Set<PlaceRow>().AsNoTracking().Where(p => p.ValidFrom <= today && (p.ValidUntil == null || p.ValidUntil > today)).ToListAsync(ct);
        var missing = SeedRows.Units().Concat(places.OrderBy(p => p.Code.Length).ThenBy(p => p.Code, StringComparer.Ordinal).Select(PlaceUnits.Of))
            .Where(u => tree.Find(u.Code.Value) is null).ToArray();
        if (missing.Length > 0)
        {
            await units.EnsureAsync(missing, ct);
        }
    }
}
