using Jiesu.Identity.Contracts;
using Jiesu.Intelligence.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Advice;
using Jiesu.Orders.Features.Notices;
using Jiesu.Platform;
using Jiesu.Platform.Jobs;
using Jiesu.Platform.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Jiesu.Orders.Features.MassEvents;

/// <summary>
/// 群体性事件监测: brings the grouping level with the open orders, and the table of events with the groups. The table is what everybody reads and what keeps an event the
/// same when the job moves to another node, which groups anew: the event with most of a group's orders is that group's.
/// </summary>
internal sealed class WatchMassEvents(JiesuDb db, IEventGrouping grouping, ICallers callers, NoticeWriter notices, IOptions<OrdersSettings> settings, TimeProvider clock) : IJob
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    /// <summary>The newest; an arrival among so many costs a few milliseconds.</summary>
    private const int Most = 20_000;

    private const int AtOnce = 500;
    private static readonly OrderState[] Over = [OrderState.Draft, OrderState.Closed, OrderState.Archived, OrderState.ReturnedToCity, OrderState.NotAccepted, OrderState.Cancelled];

    public async Task RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var since = now.AddDays(-settings.Value.MassEventDays);
        var open = (await db.Set<WorkOrder>().Where(x => !Over.Contains(x.State) && x.ReceivedAt >= since).OrderByDescending(x => x.No).Select(x => x.Id).Take(Most).ToListAsync(ct)).ConvertAll(id => id.Value).ToHashSet();
        var known = grouping.Known;
        Guid[] arrived = [.. open.Except(known)], gone = [.. known.Except(open)];
        if (arrived.Length == 0 && gone.Length == 0 && !await db.Set<MassEvent>().AnyAsync(e => e.State == MassEventState.Silenced && e.SilencedUntil <= now, ct))
        {
            return;
        }

        var groups = grouping.Update(await ReadAsync(arrived, ct), gone).Where(g => g.Count >= Fewest).ToArray();
        var events = await db.Set<MassEvent>().Where(e => e.State != MassEventState.Ended).ToDictionaryAsync(e => e.Id, ct);
        var links = await db.Set<MassEventOrder>().Where(l => events.Keys.Contains(l.EventId)).ToDictionaryAsync(l => l.OrderId.Value, ct);
        var ended = await EndedAsync(groups, ct);
        var taken = new HashSet<Guid>();
        foreach (var group in groups.Select(g => (IReadOnlyList<Guid>)[.. g.Where(o => !ended.Contains(o))]).Where(g => g.Count >= Fewest).OrderByDescending(g => g.Count))
        {
            await KeepAsync(group, events, links, taken, now, ct);
        }

        await db.SaveChangesAsync(ct);
    }

    /// <summary>Orders of an event that a person ended stay with it: only new ones make another.</summary>
    private async Task<HashSet<Guid>> EndedAsync(IReadOnlyList<Guid>[] groups, CancellationToken ct)
    {
        var ids = groups.SelectMany(g => g).Select(OrderId.From).ToArray();
        return (await (from l in db.Set<MassEventOrder>() join e in db.Set<MassEvent>() on l.EventId equals e.Id where ids.Contains(l.OrderId) && e.State == MassEventState.Ended select l.OrderId).ToListAsync(ct))
            .ConvertAll(id => id.Value).ToHashSet();
    }

    private int Fewest => Math.Min(settings.Value.MassEventInDay, settings.Value.MassEventInWeek);

    private async Task<List<GroupedText>> ReadAsync(Guid[] ids, CancellationToken ct)
    {
        var texts = new List<GroupedText>();
        foreach (var some in ids.Chunk(AtOnce))
        {
            var wanted = some.Select(OrderId.From).ToArray();
            texts.AddRange((await db.Set<WorkOrder>().Where(x => wanted.Contains(x.Id)).Select(x => new { x.Id, x.Title, x.Content, x.CallTime, x.TownCode, x.ClassCode }).ToListAsync(ct))
                .Select(x => new GroupedText(x.Id.Value, $"{x.Title}\n{x.Content}", x.CallTime, x.TownCode, x.ClassCode)));
        }

        return texts;
    }

    private async Task KeepAsync(IReadOnlyList<Guid> group, Dictionary<Guid, MassEvent> events, Dictionary<Guid, MassEventOrder> links, HashSet<Guid> taken, DateTimeOffset now, CancellationToken ct)
    {
        var facts = await FactsAsync(group, ct);
        var crowd = EventLevel.CrowdIn([.. facts.Select(f => f.Text)], facts.Exists(f => f.IsFlagged), settings.Value.MassEventHeadcount);
        var level = EventLevel.Of(CallersSince(now.AddHours(-24)), CallersSince(now.AddDays(-7)), crowd, settings.Value);
        var id = group.Select(links.GetValueOrDefault).OfType<MassEventOrder>().Where(l => !taken.Contains(l.EventId)).CountBy(l => l.EventId).OrderByDescending(c => c.Value).Select(c => (Guid?)c.Key).FirstOrDefault();
        if (id is null && level is null)
        {
            return;
        }

        var found = id is { } one ? events[one] : New(facts[0].Title, level!.Value.Why, now);
        taken.Add(found.Id);
        var last = facts.Max(f => f.At);
        found.Grow(level?.Level ?? found.Level, level?.Why ?? found.Why, group.Count, last);
        Link(found, group, links);
        if (found.TakeAlert(now))
        {
            await notices.WriteAsync([new NoticeCall(facts[0].Id, NoticeKind.MassEvent, now, null, Permissions.DecideEvents)], ct);
        }

        int CallersSince(DateTimeOffset from) => Callers.Count(facts.Where(f => f.At > from).Select(f => f.Caller));
    }

    private MassEvent New(string title, string why, DateTimeOffset now)
    {
        var made = new MassEvent { Title = UnicodeText.Head(title, 200), Why = why, FoundAt = now };
        db.Add(made);
        return made;
    }

    /// <summary>What a person confirmed only grows; of what is suspected, an order may also leave.</summary>
    private void Link(MassEvent found, IReadOnlyList<Guid> group, Dictionary<Guid, MassEventOrder> links)
    {
        foreach (var order in group)
        {
            if (links.TryGetValue(order, out var link))
            {
                link.EventId = found.Id;
            }
            else
            {
                db.Add(links[order] = new() { OrderId = OrderId.From(order), EventId = found.Id });
            }
        }

        if (found.State != MassEventState.Confirmed)
        {
            foreach (var left in links.Values.Where(l => l.EventId == found.Id && !group.Contains(l.OrderId.Value)).ToArray())
            {
                links.Remove(left.OrderId.Value);
                db.Remove(left);
            }
        }
    }

    /// <summary>Earliest first.</summary>
    private async Task<List<Fact>> FactsAsync(IReadOnlyList<Guid> group, CancellationToken ct)
    {
        var ids = group.Select(OrderId.From).ToArray();
        var rows = await (
            from x in db.Set<WorkOrder>()
            join a in db.Set<StoredAdvice>() on x.Id equals a.OrderId into advice
            from a in advice.DefaultIfEmpty()
            where ids.Contains(x.Id)
            orderby x.CallTime, x.No
            select new { x.Id, x.Title, x.Content, x.CallTime, x.CallerId, Advice = a == null ? null : a.Json }).ToListAsync(ct);
        var persons = await callers.PersonsAsync([.. rows.Select(r => r.CallerId).OfType<CallerId>()], ct);
        return rows.ConvertAll(r => new Fact(
            r.Id, r.Title, $"{r.Title}\n{r.Content}", r.CallTime, Callers.PersonOf(r.CallerId, persons), r.Advice is not null && AdviceView.Read(r.Advice).Flags.Contains("群诉")));
    }

    private sealed record Fact(OrderId Id, string Title, string Text, DateTimeOffset At, CallerId? Caller, bool IsFlagged);
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
