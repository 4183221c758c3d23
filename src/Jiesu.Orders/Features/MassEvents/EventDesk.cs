using Jiesu.Catalog.Contracts;
using Jiesu.Identity.Contracts;
using Jiesu.Intelligence.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Advice;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Orders.Features.MassEvents;

/// <summary>Reads events as far as the reader may open their orders, and does what people decide on them.</summary>
internal sealed class EventDesk(JiesuDb db, ICatalogue catalogue, ICallers callers, IEventReading reading, IAuditLog audit, IServiceScopeFactory scopes, TimeProvider clock)
{
    private const int Most = 100, MostWords = 8, MostSaid = 4, AtOnce = 500;

    /// <summary>Texts that a summary is made from: of one event that is looked at, and of each in the list.</summary>
    private const int TextsOfOne = 200, TextsOfEach = 20;

    /// <summary>Highest level first; what has ended last. An event without an order that the reader may open is not told.</summary>
    public async Task<IReadOnlyList<ShowEvents.Item>> ListAsync(string? state, int? level, Actor actor, CancellationToken ct)
    {
        var events = await db.Set<MassEvent>().AsNoTracking().OrderBy(e => e.State == MassEventState.Ended ? 1 : 0).ThenBy(e => e.Level).ThenByDescending(e => e.LastAt).Take(Most).ToListAsync(ct);
        var items = await DescribeAsync([.. events.Where(e => (state is null || string.Equals(e.State.ToString(), state, StringComparison.OrdinalIgnoreCase)) && (level is null || e.Level == level))], TextsOfEach, actor, ct);
        return [.. items];
    }

    /// <summary>Null when there is none for this reader.</summary>
    public Task<ShowEvents.Item?> FindAsync(Guid id, Actor actor, CancellationToken ct) => FindAsync(id, TextsOfOne, actor, ct);

    /// <summary>地图: outlines of the house, and the points of orders that the reader may open.</summary>
    public EventMap.View? MapOf(IReadOnlyList<ShowEvents.Order> orders) => EventMap.Of(orders, reading.OutlinesIn);

    /// <summary>The open event that an order is in; null when there is none for this reader.</summary>
    public async Task<ShowEvents.Item?> OfOrderAsync(OrderId order, Actor actor, CancellationToken ct) => actor.Can(Permissions.ViewEvents)
        && await (from l in db.Set<MassEventOrder>() join e in db.Set<MassEvent>() on l.EventId equals e.Id where l.OrderId == order && e.State != MassEventState.Ended select (Guid?)e.Id).FirstOrDefaultAsync(ct) is { } id
            ? await FindAsync(id, 0, actor, ct) : null;

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
        return found is null || await FindAsync(found.Key, 0, actor, ct) is not { } item ? null
            : new(item.Id, item.Title, item.Level, item.LevelName, item.Size, string.Create(null, $"与该事件的 {found.Count} 件工单相似；{item.Why}"));
    }

    /// <summary>确认: one order leads, the others are merged into it one by one; what could not be merged is said for each.</summary>
    public async Task<Result<ShowEvents.Confirmed>> ConfirmAsync(Guid id, ShowEvents.ConfirmRequest asked, Actor actor, CancellationToken ct)
    {
        if (await FindAsync(id, 0, actor, ct) is not { } seen || await db.Set<MassEvent>().SingleAsync(e => e.Id == id, ct) is not { State: not MassEventState.Ended } found)
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

        if (await FindAsync(id, 0, actor, ct) is null || await db.Set<MassEvent>().SingleAsync(e => e.Id == id, ct) is not { State: not MassEventState.Ended } found)
        {
            return ShowEvents.NotFound();
        }

        decide(found);
        audit.Record(actor, act, $"event/{id}", why);
        return await db.TrySaveAsync(ct) ? new Done() : ShowEvents.Changed();
    }

    private async Task<ShowEvents.Item?> FindAsync(Guid id, int texts, Actor actor, CancellationToken ct) =>
        await db.Set<MassEvent>().AsNoTracking().SingleOrDefaultAsync(e => e.Id == id, ct) is { } found ? (await DescribeAsync([found], texts, actor, ct)).FirstOrDefault() : null;

    /// <param name="texts">So many texts of an event are read for its summary; 0: it has none.</param>
    private async Task<List<ShowEvents.Item>> DescribeAsync(IReadOnlyList<MassEvent> events, int texts, Actor actor, CancellationToken ct)
    {
        var (ids, day) = (events.Select(e => e.Id).ToArray(), await catalogue.GetAsync(ct));
        var rows = (await (
            from l in db.Set<MassEventOrder>()
            join x in db.Set<WorkOrder>().Where(DataScope.Of(actor).Sees()) on l.OrderId equals x.Id
            join a in db.Set<StoredAdvice>() on x.Id equals a.OrderId into advice
            from a in advice.DefaultIfEmpty()
            where ids.Contains(l.EventId)
            orderby x.CallTime, x.No
            select new Row(l.EventId, x.Id, x.CaseNo, x.Title, x.IsSecret, x.State, x.Version, x.CallTime, x.CallerId, x.CommunityCode ?? x.TownCode, x.ClassCode, x.Lon, x.Lat, a == null ? null : a.Json)).ToListAsync(ct))
            .GroupBy(r => r.EventId).ToDictionary(g => g.Key, g => g.ToArray());
        var persons = await callers.PersonsAsync([.. rows.Values.SelectMany(r => r).Select(r => r.CallerId).OfType<CallerId>()], ct);
        var said = await TextsAsync(rows.Values.SelectMany(r => Sample(r, texts)), ct);
        return [.. events.Where(e => rows.ContainsKey(e.Id)).Select(e => ItemOf(e, rows[e.Id], persons, [.. rows[e.Id].Select(r => said.GetValueOrDefault(r.Id)).OfType<string>()], day, actor))];
    }

    /// <summary>Evenly through the event; of secret orders nothing is told again.</summary>
    private static IEnumerable<OrderId> Sample(Row[] rows, int texts)
    {
        var open = rows.Where(r => !r.IsSecret).ToArray();
        return Enumerable.Range(0, Math.Min(texts, open.Length)).Select(i => open[(int)((long)i * open.Length / Math.Min(texts, open.Length))].Id);
    }

    private async Task<Dictionary<OrderId, string>> TextsAsync(IEnumerable<OrderId> ids, CancellationToken ct)
    {
        var texts = new Dictionary<OrderId, string>();
        foreach (var some in ids.Chunk(AtOnce))
        {
            (await db.Set<WorkOrder>().Where(x => some.Contains(x.Id)).Select(x => new { x.Id, x.Title, x.Content }).ToListAsync(ct)).ForEach(x => texts[x.Id] = $"{x.Title}\n{x.Content}");
        }

        return texts;
    }

    private ShowEvents.Item ItemOf(MassEvent e, Row[] mine, IReadOnlyDictionary<CallerId, CallerId> persons, IReadOnlyList<string> texts, CatalogueDay day, Actor actor)
    {
        var (now, isAll) = (clock.GetUtcNow(), actor.Units is null);
        string[] words =
        [
            .. mine.Select(r => r.Advice).OfType<string>().SelectMany(a => AdviceView.Read(a).Keywords.Distinct()).CountBy(w => w).Where(w => w.Value > 1)
                .OrderByDescending(w => w.Value).ThenBy(w => w.Key, StringComparer.Ordinal).Take(MostWords).Select(w => w.Key),
        ];
        var last = mine.Count(r => r.CallTime > now.AddDays(-1));
        return new(
            e.Id, mine[0].Title, e.Level, EventLevel.NameOf(e.Level), e.State.ToString(), Names[e.State], mine.Length, Callers.Count(mine.Select(r => Callers.PersonOf(r.CallerId, persons))),
            mine[0].CallTime, mine[^1].CallTime, Math.Round(last / 24.0, 2), isAll ? e.Why : WhyOf(mine.Length), e.StateWhy, e.SilencedUntil, words,
            Places(mine.Select(r => r.Place), day), Classes(mine.Select(r => r.ClassCode), day), mine.Any(r => r.Id == e.MasterOrderId) ? e.MasterOrderId?.ToString() : null,
            [.. mine.Select(r => new ShowEvents.Order(
                r.Id.ToString(), r.CaseNo, r.Title, r.State.Name(), r.Version, r.CallTime, r.Place is { } code ? day.FindPlace(code)?.Name : null, r.Lon is null ? null : new LonLat(r.Lon, r.Lat)))])
        {
            Basis = isAll && e.Basis.Length > 0 ? e.Basis : null,
            LevelledAt = e.LevelledAt,
            IsGathering = isAll ? e.IsGathering : texts.Any(t => reading.SignsOf(t, day.MassEvents.Words, day.MassEvents.Except).Words.Count > 0),
            Summary = reading.AskOf(texts) is { } ask ? SummaryOf(words, ask) : null,
            Growth = new(last, mine.Count(r => r.CallTime > now.AddDays(-2)) - last),
            Spread = Spread(mine),
        };
    }

    /// <summary>Words that the sentence says anyway are not said before it.</summary>
    private static string SummaryOf(string[] words, string ask) =>
        string.Join('：', new[] { string.Join('、', words.Where(w => !ask.Contains(w, StringComparison.Ordinal)).Take(MostSaid)), ask }.Where(s => s.Length > 0));

    private static ShowEvents.SpreadDay[] Spread(Row[] mine)
    {
        var (size, places) = (0, new HashSet<string>());
        return
        [
            .. mine.GroupBy(r => DateOnly.FromDateTime(r.CallTime.ToBeijing().DateTime)).OrderBy(g => g.Key).Select(g =>
            {
                places.UnionWith(g.Select(r => r.Place).OfType<string>());
                return new ShowEvents.SpreadDay(g.Key, size += g.Count(), places.Count);
            }),
        ];
    }

    /// <summary>An order of an event, within the reader's scope.</summary>
    /// <param name="Place">Code of the community, or of the town.</param>
    private sealed record Row(
        Guid EventId, OrderId Id, string CaseNo, string Title, bool IsSecret, OrderState State, int Version, DateTimeOffset CallTime, CallerId? CallerId, string? Place, string? ClassCode, double? Lon, double? Lat, string? Advice);

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
