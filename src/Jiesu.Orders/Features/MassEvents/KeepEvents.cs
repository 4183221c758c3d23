using Jiesu.Catalog.Contracts;
using Jiesu.Identity.Contracts;
using Jiesu.Intelligence.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Notices;
using Jiesu.Platform;
using Jiesu.Platform.Text;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.MassEvents;

/// <summary>Writes what the groups have become to the table of events, in the session of the job, and tells people when a level rises.</summary>
internal sealed class KeepEvents(JiesuDb db, ICallers callers, IEventReading reading, NoticeWriter notices)
{
    private const int AtOnce = 500;
    private const string Joined = "所含工单已归入其他事件。";

    private Dictionary<Guid, MassEvent> _events = [];
    private Dictionary<Guid, MassEventOrder> _links = [];

    /// <param name="isOpen">Watched now; what is not, stays in its event.</param>
    public async Task KeepAsync(EventGroups groups, Func<Guid, bool> isOpen, MassEventRule rule, DateTimeOffset now, CancellationToken ct)
    {
        _events = await db.Set<MassEvent>().Where(e => e.State != MassEventState.Ended).ToDictionaryAsync(e => e.Id, ct);
        _links = await db.Set<MassEventOrder>().Where(l => _events.Keys.Contains(l.EventId)).ToDictionaryAsync(l => l.OrderId.Value, ct);
        var likely = Likely(groups, Math.Min(rule.CallersInDay, rule.CallersInWeek));
        Guid[] looked = [.. likely.Matters.SelectMany(g => g).Concat(likely.Points.SelectMany(p => p.Requests)).Distinct()];
        var (voices, settled) = (await VoicesAsync(looked, ct), await SettledAsync(looked, ct));
        var sorting = new EventSorting(
            id => _links.TryGetValue(id, out var link) ? _events[link.EventId] : null, settled.Contains,
            ids => EventLevel.IsReached(CallersSince(ids.Select(id => voices[id]), now.AddDays(-1)), CallersSince(ids.Select(id => voices[id]), now.AddDays(-7)), rule));
        var changed = await LinkAsync(sorting.Sort(likely, [.. _events.Values]), isOpen, now, ct);
        foreach (var one in _events.Values.Where(e => changed.Contains(e.Id) || (e.State == MassEventState.Silenced && e.SilencedUntil <= now)))
        {
            await GradeAsync(one, changed.Contains(one.Id), rule, now, ct);
        }
    }

    /// <summary>Groups that can be an event, or had to do with one.</summary>
    private EventGroups Likely(EventGroups groups, int fewest) => new(
        [.. groups.Matters.Where(g => g.Count >= fewest || g.Any(_links.ContainsKey))],
        [.. groups.Points.Where(p => p.Requests.Count >= fewest || _events.Values.Any(e => e.PointKey == p.Key))]);

    private async Task<Dictionary<Guid, Voice>> VoicesAsync(Guid[] ids, CancellationToken ct)
    {
        var voices = new Dictionary<Guid, Voice>();
        foreach (var some in ids.Chunk(AtOnce))
        {
            var wanted = some.Select(OrderId.From).ToArray();
            var rows = await db.Set<WorkOrder>().Where(x => wanted.Contains(x.Id)).Select(x => new { x.Id, x.CallTime, x.CallerId }).ToListAsync(ct);
            var persons = await callers.PersonsAsync([.. rows.Select(r => r.CallerId).OfType<CallerId>()], ct);
            rows.ForEach(r => voices[r.Id.Value] = new(r.CallTime, Callers.PersonOf(r.CallerId, persons)));
        }

        return voices;
    }

    /// <summary>Orders of an event that a person ended stay with it: only new ones make another.</summary>
    private async Task<HashSet<Guid>> SettledAsync(Guid[] ids, CancellationToken ct)
    {
        var settled = new HashSet<Guid>();
        foreach (var some in ids.Chunk(AtOnce))
        {
            var wanted = some.Select(OrderId.From).ToArray();
            settled.UnionWith((await (from l in db.Set<MassEventOrder>() join e in db.Set<MassEvent>() on l.EventId equals e.Id where wanted.Contains(l.OrderId) && e.State == MassEventState.Ended select l.OrderId).ToListAsync(ct))
                .ConvertAll(id => id.Value));
        }

        return settled;
    }

    /// <summary>
    /// Moves orders to their events; returns the events whose orders are others now. What a person confirmed only grows; of what is suspected, an order that is still open may
    /// also leave.
    /// </summary>
    private async Task<HashSet<Guid>> LinkAsync(IReadOnlyList<SortedEvent> sorted, Func<Guid, bool> isOpen, DateTimeOffset now, CancellationToken ct)
    {
        var (changed, placed, kept) = (new HashSet<Guid>(), new HashSet<Guid>(), new HashSet<Guid>());
        foreach (var one in sorted)
        {
            var found = one.Known ?? await NewAsync(one, now, ct);
            kept.Add(found.Id);
            placed.UnionWith(one.Requests);
            foreach (var order in one.Requests)
            {
                if (!_links.TryGetValue(order, out var link))
                {
                    db.Add(_links[order] = new() { OrderId = OrderId.From(order), EventId = found.Id });
                    changed.Add(found.Id);
                }
                else if (link.EventId != found.Id)
                {
                    changed.UnionWith([link.EventId, found.Id]);
                    link.EventId = found.Id;
                }
            }
        }

        foreach (var left in _links.Values.Where(l => kept.Contains(l.EventId) && _events[l.EventId].State != MassEventState.Confirmed && isOpen(l.OrderId.Value) && !placed.Contains(l.OrderId.Value)).ToArray())
        {
            changed.Add(left.EventId);
            _links.Remove(left.OrderId.Value);
            db.Remove(left);
        }

        return changed;
    }

    private async Task<MassEvent> NewAsync(SortedEvent one, DateTimeOffset now, CancellationToken ct)
    {
        var ids = one.Requests.Select(OrderId.From).ToArray();
        var title = await db.Set<WorkOrder>().Where(x => ids.Contains(x.Id)).OrderBy(x => x.IsSecret).ThenBy(x => x.CallTime).ThenBy(x => x.No).Select(x => x.Title).FirstAsync(ct);
        var made = new MassEvent { Title = UnicodeText.Head(title, 200), FoundAt = now, PointKey = one.PointKey };
        db.Add(made);
        return _events[made.Id] = made;
    }

    private async Task GradeAsync(MassEvent one, bool hasChanged, MassEventRule rule, DateTimeOffset now, CancellationToken ct)
    {
        var facts = await FactsAsync([.. _links.Values.Where(l => l.EventId == one.Id).Select(l => l.OrderId)], ct);
        if (facts.Count == 0)
        {
            one.End(Joined);    // nobody can see it, and nobody has decided on it: what is confirmed loses nothing
            return;
        }

        if (hasChanged)
        {
            var voices = facts.ConvertAll(f => f.Voice);
            one.Grow(facts.Count, voices.Max(v => v.At), EventLevel.Of(CallersSince(voices, now.AddDays(-1)), CallersSince(voices, now.AddDays(-7)), CrowdOf(facts, rule), rule), now);
        }

        if (one.TakeAlert(now))
        {
            await notices.WriteAsync([Tell(Permissions.DecideEvents), Tell(Permissions.Lead)], ct);
        }

        NoticeCall Tell(string permission) => new(facts[0].Id, NoticeKind.MassEvent, now, null, permission);
    }

    private Crowd CrowdOf(List<Fact> facts, MassEventRule rule)
    {
        var signs = facts.ConvertAll(f => reading.SignsOf(f.Text, rule.Words, rule.Except));
        return new([.. signs.SelectMany(s => s.Words).CountBy(w => w).OrderByDescending(w => w.Value).ThenBy(w => w.Key, StringComparer.Ordinal).Select(w => w.Key)], signs.Max(s => s.Headcount));
    }

    /// <summary>Earliest first.</summary>
    private async Task<List<Fact>> FactsAsync(OrderId[] ids, CancellationToken ct)
    {
        var rows = await db.Set<WorkOrder>().Where(x => ids.Contains(x.Id)).OrderBy(x => x.CallTime).ThenBy(x => x.No).Select(x => new { x.Id, x.Title, x.Content, x.CallTime, x.CallerId }).ToListAsync(ct);
        var persons = await callers.PersonsAsync([.. rows.Select(r => r.CallerId).OfType<CallerId>()], ct);
        return rows.ConvertAll(r => new Fact(r.Id, $"{r.Title}\n{r.Content}", new(r.CallTime, Callers.PersonOf(r.CallerId, persons))));
    }

    private static int CallersSince(IEnumerable<Voice> voices, DateTimeOffset from) => Callers.Count(voices.Where(v => v.At > from).Select(v => v.Caller));

    private sealed record Fact(OrderId Id, string Text, Voice Voice);

    /// <summary>来电: when, and by whom.</summary>
    private sealed record Voice(DateTimeOffset At, CallerId? Caller);
}

/// <summary>不同诉求人: each known caller once; of unknown ones each is taken for another.</summary>
internal static class Callers
{
    public static CallerId? PersonOf(CallerId? caller, IReadOnlyDictionary<CallerId, CallerId> persons) => caller is { } known ? persons.GetValueOrDefault(known, known) : null;

    public static int Count(IEnumerable<CallerId?> callers)
    {
        var all = callers.ToArray();
        return all.OfType<CallerId>().Distinct().Count() + all.Count(c => c is null);
    }
}
