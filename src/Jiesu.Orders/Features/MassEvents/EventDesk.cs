using Jiesu.Catalog.Contracts;
using Jiesu.Identity.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Advice;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Orders.Features.MassEvents;

/// <summary>Reads events as far as the reader may open their orders, and does what people decide on them.</summary>
internal sealed class EventDesk(JiesuDb db, ICatalogue catalogue, ICallers callers, IAuditLog audit, IServiceScopeFactory scopes, TimeProvider clock)
{
    private const int Most = 100, MostWords = 8;
    private static readonly string[] Levels = ["一级", "二级", "三级", "四级"];

    /// <summary>Highest level first; what has ended last. An event without an order that the reader may open is not told.</summary>
    public async Task<IReadOnlyList<ShowEvents.Item>> ListAsync(string? state, int? level, Actor actor, CancellationToken ct)
    {
        var events = await db.Set<MassEvent>().AsNoTracking().OrderBy(e => e.State == MassEventState.Ended ? 1 : 0).ThenBy(e => e.Level).ThenByDescending(e => e.LastAt).Take(Most).ToListAsync(ct);
        var items = await DescribeAsync([.. events.Where(e => (state is null || string.Equals(e.State.ToString(), state, StringComparison.OrdinalIgnoreCase)) && (level is null || e.Level == level))], actor, ct);
        return [.. items];
    }

    /// <summary>Null when there is none for this reader.</summary>
    public async Task<ShowEvents.Item?> FindAsync(Guid id, Actor actor, CancellationToken ct) =>
        await db.Set<MassEvent>().AsNoTracking().SingleOrDefaultAsync(e => e.Id == id, ct) is { } found ? (await DescribeAsync([found], actor, ct)).FirstOrDefault() : null;

    /// <summary>The open event that an order is in; null when there is none for this reader.</summary>
    public async Task<ShowEvents.Item?> OfOrderAsync(OrderId order, Actor actor, CancellationToken ct) => actor.Can(Permissions.ViewEvents)
        && await (from l in db.Set<MassEventOrder>() join e in db.Set<MassEvent>() on l.EventId equals e.Id where l.OrderId == order && e.State != MassEventState.Ended select (Guid?)e.Id).FirstOrDefaultAsync(ct) is { } id
            ? await FindAsync(id, actor, ct) : null;

    /// <summary>群体性事件 that a new request seems to belong to: at least two of the requests that are most like it are in it.</summary>
    public async Task<ShowEvents.Hint?> SuspectAsync(IReadOnlyCollection<OrderId> alike, Actor actor, CancellationToken ct)
    {
        var ids = alike.ToArray();
        var found = ids.Length < 2 ? null : await (
            from l in db.Set<MassEventOrder>()
            join x in db.Set<WorkOrder>().Where(DataScope.Of(actor).Sees()) on l.OrderId equals x.Id
            join e in db.Set<MassEvent>() on l.EventId equals e.Id
            where ids.Contains(l.OrderId) && e.State != MassEventState.Ended
            group e by e.Id into g
            where g.Count() > 1
            orderby g.Count() descending
            select new { g.Key, Count = g.Count() }).FirstOrDefaultAsync(ct);
        return found is null || await FindAsync(found.Key, actor, ct) is not { } item ? null
            : new(item.Id, item.Title, item.Level, item.LevelName, item.Size, string.Create(null, $"与该事件的 {found.Count} 件工单相似；{item.Why}"));
    }

    /// <summary>确认: one order leads, the others are merged into it one by one; what could not be merged is said for each.</summary>
    public async Task<Result<ShowEvents.Confirmed>> ConfirmAsync(Guid id, ShowEvents.ConfirmRequest asked, Actor actor, CancellationToken ct)
    {
        if (await FindAsync(id, actor, ct) is not { } seen || await db.Set<MassEvent>().SingleAsync(e => e.Id == id, ct) is not { State: not MassEventState.Ended } found)
        {
            return ShowEvents.NotFound();
        }

        if (seen.Orders.FirstOrDefault(o => o.Id == asked.MasterOrderId) is not { } master)
        {
            return new Error(ErrorKind.Unprocessable, "event.unknown_master", "主单须是本事件中的一件工单，请从列表中选择。", "masterOrderId");
        }

        found.Confirm(OrderId.From(Guid.Parse(master.Id)), asked.Note);
        audit.Record(actor, "events.confirm", $"event/{id}", $"主单 {master.CaseNo}");
        if (!await db.TrySaveAsync(ct))
        {
            return ShowEvents.Changed();
        }

        var results = new List<ShowEvents.Merged>();
        foreach (var order in seen.Orders.Where(o => o.Id != master.Id && (asked.Orders is null || asked.Orders.Contains(o.Id))))
        {
            await using var scope = scopes.CreateAsyncScope();
            var done = await scope.ServiceProvider.GetRequiredService<IOrderActions>().ActAsync(
                OrderId.From(Guid.Parse(order.Id)), OrderAction.Merge.Wire(), new() { MasterOrderId = master.Id, Note = "群体性事件合并" }, order.Version, actor, ct);
            results.Add(new(order.Id, order.CaseNo, done.Error is null, done.Error?.Message));
        }

        return new ShowEvents.Confirmed(results);
    }

    public Task<Result<Done>> SilenceAsync(Guid id, ShowEvents.SilenceRequest asked, Actor actor, CancellationToken ct) =>
        asked.Until is { } until && until <= clock.GetUtcNow() ? Task.FromResult((Result<Done>)new Error(ErrorKind.Unprocessable, "event.until_past", "静默截止时间已过，请改为以后的时间。", "until"))
            : DecideAsync(id, asked, "events.silence", actor, e => e.Silence(asked.Until!.Value, asked.Reason!.Trim()), asked.Reason, ct);

    public Task<Result<Done>> EndAsync(Guid id, ShowEvents.EndRequest asked, Actor actor, CancellationToken ct) => DecideAsync(id, asked, "events.end", actor, e => e.End(asked.Reason!.Trim()), asked.Reason, ct);

    private async Task<Result<Done>> DecideAsync<TRequest>(Guid id, TRequest asked, string act, Actor actor, Action<MassEvent> decide, string? why, CancellationToken ct)
        where TRequest : IRequest
    {
        if (Shape.Refuses(asked) is { } refusal)
        {
            return refusal;
        }

        if (await FindAsync(id, actor, ct) is null || await db.Set<MassEvent>().SingleAsync(e => e.Id == id, ct) is not { State: not MassEventState.Ended } found)
        {
            return ShowEvents.NotFound();
        }

        decide(found);
        audit.Record(actor, act, $"event/{id}", why);
        return await db.TrySaveAsync(ct) ? new Done() : ShowEvents.Changed();
    }

    private async Task<List<ShowEvents.Item>> DescribeAsync(IReadOnlyList<MassEvent> events, Actor actor, CancellationToken ct)
    {
        var (ids, day, now) = (events.Select(e => e.Id).ToArray(), await catalogue.GetAsync(ct), clock.GetUtcNow());
        var rows = (await (
            from l in db.Set<MassEventOrder>()
            join x in db.Set<WorkOrder>().Where(DataScope.Of(actor).Sees()) on l.OrderId equals x.Id
            join a in db.Set<StoredAdvice>() on x.Id equals a.OrderId into advice
            from a in advice.DefaultIfEmpty()
            where ids.Contains(l.EventId)
            orderby x.CallTime, x.No
            select new { l.EventId, x.Id, x.CaseNo, x.Title, x.State, x.Version, x.CallTime, x.CallerId, x.TownCode, x.CommunityCode, x.ClassCode, Advice = a == null ? null : a.Json }).ToListAsync(ct))
            .ToLookup(r => r.EventId);
        var persons = await callers.PersonsAsync([.. rows.SelectMany(r => r).Select(r => r.CallerId).OfType<CallerId>()], ct);
        return [.. events.Where(e => rows[e.Id].Any()).Select(e =>
        {
            var mine = rows[e.Id].ToArray();
            var words = mine.Select(r => r.Advice).OfType<string>().SelectMany(a => AdviceView.Read(a).Keywords.Distinct()).CountBy(w => w).Where(w => w.Value > 1)
                .OrderByDescending(w => w.Value).ThenBy(w => w.Key, StringComparer.Ordinal).Take(MostWords).Select(w => w.Key);
            return new ShowEvents.Item(
                e.Id, mine[0].Title, e.Level, Levels[Math.Clamp(e.Level, 1, 4) - 1], e.State.ToString(), Names[e.State], mine.Length, Callers.Count(mine.Select(r => Callers.PersonOf(r.CallerId, persons))),
                mine[0].CallTime, mine[^1].CallTime, Math.Round(mine.Count(r => r.CallTime > now.AddHours(-24)) / 24.0, 2), actor.Units is null ? e.Why : WhyOf(mine.Length), e.StateWhy, e.SilencedUntil, [.. words],
                Places(mine.Select(r => r.CommunityCode ?? r.TownCode), day), Classes(mine.Select(r => r.ClassCode), day), mine.Any(r => r.Id == e.MasterOrderId) ? e.MasterOrderId?.ToString() : null,
                [.. mine.Select(r => new ShowEvents.Order(r.Id.ToString(), r.CaseNo, r.Title, r.State.Name(), r.Version, r.CallTime, (r.CommunityCode ?? r.TownCode) is { } code ? day.FindPlace(code)?.Name : null))]);
        })];
    }

    /// <summary>The reason counts the whole district: a reader of a part of it is told of that part.</summary>
    private static string WhyOf(int size) => string.Create(null, $"本单位可见 {size} 件");

    private static readonly Dictionary<MassEventState, string> Names = new()
    {
        [MassEventState.Suspected] = "疑似", [MassEventState.Confirmed] = "已确认", [MassEventState.Silenced] = "已静默", [MassEventState.Ended] = "已结束",
    };

    private static ShowEvents.Part[] Places(IEnumerable<string?> codes, CatalogueDay day) =>
        [.. codes.OfType<string>().CountBy(c => c).OrderByDescending(c => c.Value).Select(c => new ShowEvents.Part(c.Key, day.FindPlace(c.Key)?.Name ?? c.Key, c.Value))];

    private static ShowEvents.Part[] Classes(IEnumerable<string?> codes, CatalogueDay day) =>
        [.. codes.OfType<string>().CountBy(c => c).OrderByDescending(c => c.Value).Select(c => new ShowEvents.Part(c.Key, day.FindClass(c.Key)?.Path ?? c.Key, c.Value))];
}
