using Jiesu.Catalog.Contracts;
using Jiesu.Intelligence.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Platform;
using Jiesu.Platform.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Jiesu.Orders.Features.MassEvents;

/// <summary>
/// 群体性事件监测: brings the grouping level with the open orders, and the table of events with the groups. The table is what everybody reads and what keeps an event the
/// same when the job moves to another node, which groups anew. An event is graded by the rule of the day on which its orders change; until then it keeps grade and reason.
/// Closes and merges no order.
/// </summary>
internal sealed class WatchMassEvents(
    JiesuDb db, IEventGrouping grouping, ICatalogue catalogue, KeepEvents keeper, LastWatch last, IOptions<OrdersSettings> settings, TimeProvider clock) : IJob
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    /// <summary>The newest; an arrival among so many costs a few milliseconds.</summary>
    private const int Most = 20_000;

    private const int AtOnce = 500;
    private const string CompanyField = "companyName";
    private static readonly OrderState[] Over = [OrderState.Draft, OrderState.Closed, OrderState.Archived, OrderState.ReturnedToCity, OrderState.NotAccepted, OrderState.Cancelled];

    public async Task RunAsync(CancellationToken ct)
    {
        var (now, rule) = (clock.GetUtcNow(), (await catalogue.GetAsync(ct)).MassEvents);
        var open = await OpenAsync(now.AddDays(-settings.Value.MassEventDays), ct);
        var known = grouping.Known;
        Guid[] arrived = [.. open.Where(o => known.GetValueOrDefault(o.Key, -1) != o.Value).Select(o => o.Key)], gone = [.. known.Keys.Where(id => !open.ContainsKey(id))];
        if (arrived.Length == 0 && gone.Length == 0 && last.Rule == (rule.Number, rule.From) && !await db.Set<MassEvent>().AnyAsync(e => e.State == MassEventState.Silenced && e.SilencedUntil <= now, ct))
        {
            return;
        }

        last.Rule = null;    // should this round fail, the next one looks at everything again
        var groups = grouping.Update(await ReadAsync(arrived, ct), gone);
        await keeper.KeepAsync(rule.ByPoint ? groups : groups with { Points = [] }, open.ContainsKey, rule, now, ct);
        await db.SaveChangesAsync(ct);
        last.Rule = (rule.Number, rule.From);
    }

    private Task<Dictionary<Guid, int>> OpenAsync(DateTimeOffset since, CancellationToken ct) =>
        db.Set<WorkOrder>().Where(x => !Over.Contains(x.State) && x.ReceivedAt >= since).OrderByDescending(x => x.No).Take(Most).Select(x => new { x.Id, x.Version }).ToDictionaryAsync(x => x.Id.Value, x => x.Version, ct);

    private async Task<List<GroupedText>> ReadAsync(Guid[] ids, CancellationToken ct)
    {
        var texts = new List<GroupedText>();
        foreach (var some in ids.Chunk(AtOnce))
        {
            var wanted = some.Select(OrderId.From).ToArray();
            var companies = await db.Set<FormValue>().Where(f => wanted.Contains(f.OrderId) && f.Field == CompanyField).Select(f => new { f.OrderId, f.Head }).ToListAsync(ct);
            var company = companies.DistinctBy(c => c.OrderId).ToDictionary(c => c.OrderId, c => c.Head);
            texts.AddRange((await db.Set<WorkOrder>().Where(x => wanted.Contains(x.Id)).Select(x => new { x.Id, x.Version, x.Title, x.Content, x.CallTime, x.TownCode, x.ClassCode, x.PointName }).ToListAsync(ct))
                .Select(x => new GroupedText(x.Id.Value, x.Version, $"{x.Title}\n{x.Content}", x.CallTime, x.TownCode, x.ClassCode, x.PointName, company.GetValueOrDefault(x.Id))));
        }

        return texts;
    }
}

/// <summary>上轮规则: by which this node looked at all groups last; null before the first round and after one that failed.</summary>
internal sealed class LastWatch
{
    public (int Number, DateOnly From)? Rule { get; set; }
}
