using System.Globalization;
using Jiesu.Catalog.Contracts;
using Jiesu.Identity.Contracts;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Catalog.Domain;

/// <summary>What this node holds of the catalogue.</summary>
/// <param name="Changes">How many changes had been made when it was read.</param>
internal sealed record CatalogueCopy(int Changes, LoadedDay Day, WorkingCalendar Calendar);

/// <summary>
/// Keeps one immutable copy of today's rows. At most once a second, when somebody asks, it counts the changes in the database and reads anew
/// when there are more or when the day has turned; so every node follows within two seconds and no call waits for a broadcast.
/// </summary>
internal sealed class CatalogueCache(IServiceScopeFactory scopes, TimeProvider clock) : ICatalogue, IWorkingCalendars, IDisposable
{
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _one = new(1);
    private CatalogueCopy? _copy;
    private long _looked = -1;

    /// <summary>Makes the next call look; for the node that made the change.</summary>
    public void Forget() => Volatile.Write(ref _looked, -1);

    public async ValueTask<CatalogueCopy> CopyAsync(CancellationToken ct)
    {
        if (IsFresh() is { } fresh)
        {
            return fresh;
        }

        await _one.WaitAsync(ct);
        try
        {
            return IsFresh() ?? await LookAsync(ct);
        }
        finally
        {
            _one.Release();
        }
    }

    async ValueTask<CatalogueDay> ICatalogue.GetAsync(CancellationToken ct) => (await CopyAsync(ct)).Day;

    async ValueTask<WorkingCalendar> IWorkingCalendars.GetAsync(CancellationToken ct) => (await CopyAsync(ct)).Calendar;

    public void Dispose() => _one.Dispose();

    private CatalogueCopy? IsFresh()
    {
        var (looked, copy) = (Volatile.Read(ref _looked), Volatile.Read(ref _copy));
        return looked >= 0 && copy is not null && clock.GetElapsedTime(looked) < Glance && copy.Day.Day == clock.Today() ? copy : null;
    }

    private async Task<CatalogueCopy> LookAsync(CancellationToken ct)
    {
        var (looked, today) = (clock.GetTimestamp(), clock.Today());
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<JiesuDb>();
        var changes = await db.Set<CatalogChange>().CountAsync(ct);    // counted before the rows are read: what comes between is seen by the next look
        var copy = _copy;
        if (copy is null || copy.Changes != changes || copy.Day.Day != today)
        {
            var units = await scope.ServiceProvider.GetRequiredService<IUnitDirectory>().GetAsync(ct);
            copy = await ReadAsync(db, changes, today, units, ct);
        }

        Volatile.Write(ref _copy, copy);
        Volatile.Write(ref _looked, looked);
        return copy;
    }

    private static async Task<CatalogueCopy> ReadAsync(JiesuDb db, int changes, DateOnly today, UnitTree units, CancellationToken ct)
    {
        var rows = new CatalogRows(
            await HoldingAsync<ClassRow>(db, today, ct),
            await HoldingAsync<DirectoryRow>(db, today, ct),
            await HoldingAsync<TimeLimitRow>(db, today, ct),
            await HoldingAsync<ReasonRow>(db, today, ct),
            await HoldingAsync<DictionaryRow>(db, today, ct),
            await HoldingAsync<PlaceRow>(db, today, ct))
        {
            Forms = await HoldingAsync<FormRow>(db, today, ct),
            Approvals = await HoldingAsync<ApprovalRow>(db, today, ct),
            Phrases = await HoldingAsync<PhraseRow>(db, today, ct),
            MassEvents = await HoldingAsync<MassEventRuleRow>(db, today, ct),
        };
        var years = await HoldingAsync<CalendarYearRow>(db, today, ct);
        var hours = await db.Set<WorkingHoursRow>().AsNoTracking().ToListAsync(ct);
        var centre = units.All.FirstOrDefault(u => u.Kind == UnitKind.Centre)?.Code.Value;
        return new(changes, new LoadedDay(today, rows, centre), CalendarText.CalendarOf(years, hours, today, await KnownAsync(db, years, ct)));
    }

    /// <summary>A revision of a notice that was known changes nothing of when it was.</summary>
    private static async Task<IReadOnlyDictionary<int, DateTimeOffset>> KnownAsync(JiesuDb db, IReadOnlyList<CalendarYearRow> holding, CancellationToken ct)
    {
        var written = await db.Set<CalendarYearRow>().AsNoTracking().Select(y => new { y.Code, y.ChangedAt }).ToListAsync(ct);
        return written.Where(w => holding.Any(y => y.Code == w.Code)).GroupBy(w => int.Parse(w.Code, CultureInfo.InvariantCulture)).ToDictionary(g => g.Key, g => g.Min(w => w.ChangedAt));
    }

    private static Task<List<T>> HoldingAsync<T>(JiesuDb db, DateOnly day, CancellationToken ct)
        where T : DatedRow =>
        db.Set<T>().AsNoTracking().Where(x => x.ValidFrom <= day && (x.ValidUntil == null || x.ValidUntil > day)).OrderBy(x => x.Code).ToListAsync(ct);
}
