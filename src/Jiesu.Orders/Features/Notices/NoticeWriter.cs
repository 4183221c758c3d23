using Jiesu.Identity.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.Notices;

/// <summary>Adds the notices to the session; they are saved with what they tell of. Nobody is told the same thing of the same moment twice.</summary>
internal sealed class NoticeWriter(JiesuDb db, IPeople people, IUnitDirectory units)
{
    public async Task WriteAsync(IReadOnlyCollection<NoticeCall?> calls, CancellationToken ct)
    {
        var told = new HashSet<(NoticeCall Call, Guid Person)>();
        foreach (var call in calls.OfType<NoticeCall>())
        {
            told.UnionWith((await PeopleOfAsync(call, ct)).Where(p => p != call.Except).Select(p => (call, p)));
        }

        if (told.Count == 0)
        {
            return;
        }

        var ids = told.Select(t => t.Call.OrderId).Distinct().ToArray();
        var texts = await db.Set<WorkOrder>().Where(x => ids.Contains(x.Id)).Select(x => new { x.Id, x.CaseNo, x.Title, x.IsSecret })
            .ToDictionaryAsync(x => x.Id, x => x.IsSecret ? x.CaseNo : $"{x.CaseNo} {x.Title}", ct);
        var times = told.Select(t => Stored(t.Call.At)).Distinct().ToArray();
        var before = (await db.Set<Notice>().Where(n => ids.Contains(n.OrderId) && times.Contains(n.At)).Select(n => new { n.OrderId, n.PersonId, n.Kind, n.At }).ToListAsync(ct))
            .Select(n => (n.OrderId, n.PersonId, n.Kind, n.At)).ToHashSet();    // two steps of one moment may both point at the same row
        db.AddRange(told.Select(t => (t.Call.OrderId, PersonId: t.Person, t.Call.Kind, At: Stored(t.Call.At))).Distinct().Where(n => !before.Contains(n))
            .Select(n => new Notice { PersonId = n.PersonId, OrderId = n.OrderId, Kind = n.Kind, Text = texts[n.OrderId], At = n.At }));
    }

    /// <summary>In microseconds, as PostgreSQL keeps it.</summary>
    private static DateTimeOffset Stored(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    private async Task<IEnumerable<Guid>> PeopleOfAsync(NoticeCall call, CancellationToken ct)
    {
        if (call.Person is { } one)
        {
            return [one];
        }

        List<Holder> holders = [];
        foreach (var unit in call.Unit is { } own ? [own] : (await units.GetAsync(ct)).All.Where(u => u.Kind is UnitKind.Centre or UnitKind.CentreOffice).Select(u => u.Id))
        {
            holders.AddRange(await people.HoldersAsync(unit, call.Permission!, ct));
        }

        return holders.Where(h => call.IsFor(h.Role)).Select(h => h.PersonId);
    }
}
