using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Intake;
using Jiesu.Orders.Features.Read;
using Jiesu.Orders.Features.Search;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.List;

/// <summary>工单列表, newest first. Pages, API, counts and exports ask here, so that they agree.</summary>
internal sealed class OrderList(JiesuDb db, OrderReader reader, OrderSearch search, TimeProvider clock)
{
    /// <summary>So many of a search are counted on a page, and looked at together. Further back the database would read every text that holds a frequent word.</summary>
    private const int MostFound = 1000;

    /// <param name="Total">How many match, or <paramref name="IsMore"/> than that.</param>
    /// <param name="Next">What to send as <c>after</c> for what follows; null at the end.</param>
    internal sealed record OrderPage(int Total, bool IsMore, IReadOnlyList<OrderView> Items, int Page, int PageSize, string? Next);

    /// <param name="mostCounted">Stop counting there: a page need not know more. Null counts all.</param>
    public async Task<OrderPage> ReadAsync(OrderFilter filter, Actor actor, int? mostCounted, CancellationToken ct)
    {
        var rows = Rows(filter, actor);
        var most = filter.Text is not null && mostCounted > MostFound ? MostFound : mostCounted;
        var (total, numbers) = filter.Text is null
            ? (await CountAsync(rows, most, ct), await KeysAsync(rows.Select(x => x.No), filter, ct))
            : await SearchAsync(NumbersFound(rows, filter, actor), filter, most, ct);
        var seen = numbers.Take(filter.PageSize).ToList();
        var items = await LoadAsync(seen, ct);
        var next = numbers.Count > filter.PageSize ? seen[^1].ToString(System.Globalization.CultureInfo.InvariantCulture) : null;
        return new(Math.Min(total, most ?? total), total > most, items, filter.Page, filter.PageSize, next);
    }

    /// <summary>Orders by number, as views, in the order of the numbers.</summary>
    public async Task<IReadOnlyList<OrderView>> LoadAsync(IReadOnlyList<long> numbers, CancellationToken ct)
    {
        var orders = await db.Set<WorkOrder>().AsNoTracking().AsSplitQuery().Include(x => x.Assignments).Where(x => numbers.Contains(x.No)).OrderByDescending(x => x.No).ToListAsync(ct);
        return await reader.DescribeAsync(orders, ct);
    }

    /// <summary>What matches and may be seen; in no order yet.</summary>
    public IQueryable<WorkOrder> Rows(OrderFilter f, Actor actor)
    {
        var rows = Source(f.Lamp).AsNoTracking().Where(DataScope.Of(actor).Sees());
        rows = ByFacts(rows, f);
        rows = ByCourse(rows, f);
        rows = ByTime(rows, f);
        rows = f.Form.Aggregate(rows, (found, condition) => condition.Among(found, db.Set<FormValue>()));
        return f.Text is { } text ? search.Among(rows, text) : rows;
    }

    /// <summary>Keys first: far pages walk over the index only, and the rows are fetched once.</summary>
    private static Task<List<long>> KeysAsync(IQueryable<long> numbers, OrderFilter f, CancellationToken ct)
    {
        var keys = (f.After is { } after ? numbers.Where(no => no < after) : numbers).OrderByDescending(no => no);
        return (f.After is null && f.Page > 1 ? keys.Skip((f.Page - 1) * f.PageSize) : keys).Take(f.PageSize + 1).ToListAsync(ct);
    }

    private static Task<int> CountAsync(IQueryable<WorkOrder> rows, int? most, CancellationToken ct)
    {
        var numbers = rows.Select(x => x.No);
        return (most is { } cap ? numbers.OrderByDescending(no => no).Take(cap + 1) : numbers).CountAsync(ct);
    }

    /// <summary>Numbers are never those of no order, so who sees everything and asks for a text alone is answered by the index alone.</summary>
    private IQueryable<long> NumbersFound(IQueryable<WorkOrder> rows, OrderFilter f, Actor actor) =>
        (f.IsTextOnly && DataScope.Of(actor).IsAll ? search.Numbers(f.Text!) : null) ?? rows.Select(x => x.No);

    /// <summary>What is newest is fetched once; total and page are cut from it. Only who goes further back, or wants an exact total of more, asks again.</summary>
    private static async Task<(int Total, List<long> Numbers)> SearchAsync(IQueryable<long> found, OrderFilter f, int? mostCounted, CancellationToken ct)
    {
        var newest = await found.OrderByDescending(no => no).Take(MostFound + 1).ToListAsync(ct);
        var total = newest.Count <= MostFound || mostCounted is not null ? newest.Count : await found.CountAsync(ct);
        var page = (f.After is { } after ? newest.SkipWhile(no => no >= after) : newest.Skip((f.Page - 1) * f.PageSize)).Take(f.PageSize + 1).ToList();
        return (total, page.Count > f.PageSize || newest.Count <= MostFound ? page : await KeysAsync(found, f, ct));
    }

    private static IQueryable<WorkOrder> ByFacts(IQueryable<WorkOrder> rows, OrderFilter f)
    {
        rows = f.UnitId is { } unit ? rows.Where(x => x.UnitId == unit) : rows;
        rows = f.UnitIds is { } kind ? rows.Where(x => kind.Contains(x.UnitId)) : rows;
        rows = f.IsUnclassified ? rows.Where(x => x.ClassCode == null) : rows;
        rows = f.TownCode is { } town ? rows.Where(x => x.TownCode == town) : rows;
        rows = f.CommunityCode is { } community ? rows.Where(x => x.CommunityCode == community) : rows;
        rows = f.Channels is { Count: > 0 } channels ? rows.Where(x => channels.Contains(x.Channel)) : rows;
        rows = f.Origin is { } origin ? rows.Where(x => x.OriginType == origin) : rows;
        if (f.ClassPrefix is { } first)
        {
            var last = first + "999999";
#pragma warning disable CA1309 // becomes a comparison in SQL, which takes no culture
            rows = rows.Where(x => string.Compare(x.ClassCode, first) >= 0 && string.Compare(x.ClassCode, last) <= 0);
#pragma warning restore CA1309
        }

        return rows;
    }

    private static IQueryable<WorkOrder> ByCourse(IQueryable<WorkOrder> rows, OrderFilter f)
    {
        rows = f.States switch
        {
            { Count: 0 } => rows,
            [var one] => rows.Where(x => x.State == one),
            var many => rows.Where(x => many.Contains(x.State)),
        };
        rows = f.AssignedTo is { } holder ? rows.Where(x => x.Assignments.Any(a => a.UnitId == holder && a.EndedAt == null)) : rows;
        rows = f.IsClosed is { } closed ? rows.Where(x => (x.State == OrderState.Closed || x.State == OrderState.Archived) == closed) : rows;
        rows = f.HasValidCallback is { } valid ? rows.Where(x => x.HasValidCallback == valid) : rows;
        rows = f.Contacted is { } contacted ? rows.Where(x => x.Contacted == contacted) : rows;
        rows = f.Solved is { } solved ? rows.Where(x => x.Solved == solved) : rows;
        rows = f.Satisfied is { } satisfied ? rows.Where(x => x.Satisfied == satisfied) : rows;
        rows = f.IsExcluded is { } excluded ? rows.Where(x => x.IsExcluded == excluded) : rows;
        rows = f.WasLate is { } late ? rows.Where(x => x.WasLate == late) : rows;
        return f.Overlay is { } overlay ? rows.Where(x => (x.Overlays & overlay) != 0) : rows;
    }

    private static IQueryable<WorkOrder> ByTime(IQueryable<WorkOrder> rows, OrderFilter f)
    {
        if (f.From is { } from)
        {
            var first = OrderClock.FirstAt(from);
            rows = rows.Where(x => x.No >= first);
        }

        if (f.Until is { } until)
        {
            var end = OrderClock.FirstAt(until);
            rows = rows.Where(x => x.No < end);
        }

        rows = f.ClosedFrom is { } closedFrom ? rows.Where(x => x.ClosedAt >= closedFrom) : rows;
        return f.ClosedUntil is { } closedUntil ? rows.Where(x => x.ClosedAt < closedUntil) : rows;
    }

    /// <summary>The lamp compares what is left of the limit with the whole: an arithmetic of instants that both databases know, but no common expression.</summary>
    private IQueryable<WorkOrder> Source(LampColour? lamp)
    {
        if (lamp is not { } colour)
        {
            return db.Set<WorkOrder>();
        }

        const string Left = "(due_at - {0})";
        const string Whole = "(due_at - clock_started_at)";
        var rule = colour switch
        {
            LampColour.Red => "due_at < {0}",
            LampColour.Orange => $"due_at >= {{0}} AND {Left} * 5 <= {Whole}",
            LampColour.Yellow => $"{Left} * 5 > {Whole} AND {Left} * 2 <= {Whole}",
            LampColour.Green => $"{Left} * 2 > {Whole}",
        };
        object now = db.Database.IsSqlite() ? clock.GetUtcNow().UtcTicks : clock.GetUtcNow().ToUniversalTime();
#pragma warning disable EF1002 // the rule is one of the four above; what varies is a parameter
        return db.Set<WorkOrder>().FromSqlRaw($"SELECT * FROM orders_work_order WHERE due_at IS NOT NULL AND clock_started_at IS NOT NULL AND {rule}", now);
#pragma warning restore EF1002
    }
}
