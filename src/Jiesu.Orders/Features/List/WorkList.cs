using Jiesu.Catalog.Contracts;
using Jiesu.Identity.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Bulk;
using Jiesu.Orders.Features.Dispatch;
using Jiesu.Orders.Features.Live;
using Jiesu.Orders.Features.Read;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Jiesu.Orders.Features.List;

/// <summary>工单列表 as a page: filters, page and counters live in the address; the same query as the API.</summary>
public static class WorkList
{
    private const string Url = "/orders";

    /// <summary>Nobody reads a larger number than this; counting further would only cost.</summary>
    private const int MostCounted = 10_000;

    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapGet(Url, ShowAsync).RequireAuthorization(Permissions.Read);

    private static async Task<IResult> ShowAsync(HttpContext http, Handler handler, Actor actor, CancellationToken ct)
    {
        var result = await handler.HandleAsync(http.Request.Query, http.Request.QueryString.Value ?? "", actor, ct);
        return result.Error is { } refusal ? refusal.ToProblem() : Page.Show<WorkListPage, WorkListPart>(http, result.Value);
    }

    /// <summary>一行.</summary>
    public sealed record Row(
        string Id, string CaseNo, string Title, string State, string StateKind, string Unit, string Class, string Place, DateTimeOffset ReceivedAt,
        DateTimeOffset? Deadline, string? Lamp, IReadOnlyList<string> Marks);

    /// <summary>计数.</summary>
    public sealed record Tile(string Label, int Count, string Url, bool IsCurrent, string? Kind);

    /// <summary>常用视图.</summary>
    public sealed record Saved(string Name, string Url, bool IsCurrent);

    /// <summary>What the page shows.</summary>
    public sealed record View
    {
        public required string Query { get; init; }
        public required IReadOnlyDictionary<string, string> Values { get; init; }
        public required IReadOnlyList<Row> Rows { get; init; }
        public required int Total { get; init; }
        public required bool IsMore { get; init; }
        public required string? Next { get; init; }
        public required IReadOnlyList<Tile> Tiles { get; init; }
        public required IReadOnlyList<Choice> Towns { get; init; }

        /// <summary>常用视图 of this person.</summary>
        public required IReadOnlyList<Saved> Views { get; init; }

        /// <summary>显示列: all that there are, and whether this person sees them.</summary>
        public required IReadOnlyList<(string Key, string Title, bool IsShown)> Columns { get; init; }

        /// <summary>The filters that can be kept as a view; empty when there are none.</summary>
        public required string Filters { get; init; }
        public required DateTimeOffset Now { get; init; }
        public required bool MayExport { get; init; }
        public required bool MayCreate { get; init; }

        /// <summary>批量操作 that this person may take.</summary>
        public required IReadOnlyList<Choice> Bulk { get; init; }

        /// <summary>中断的批量办理: where it goes on; null when none was cut off.</summary>
        public required string? CutOff { get; init; }

        public string Address => Url + Query;
        public string? NextUrl => Next is null ? null : Platform.Kit.Address.With(Address, ("after", Next), ("page", null));
        public string? FirstUrl => Values.ContainsKey("after") ? Platform.Kit.Address.With(Address, ("after", null)) : null;
        public IReadOnlyList<Choice> States { get; } = [.. Enum.GetValues<OrderState>().Where(s => s != OrderState.Draft).Select(s => new Choice(s.ToString(), s.Name()))];
        public IReadOnlyList<Choice> Lamps { get; } = [new("red", "超期"), new("orange", "紧急"), new("yellow", "临期"), new("green", "正常")];

        /// <summary>Conditions that came with a link and have no control of their own here.</summary>
        public IReadOnlyList<KeyValuePair<string, string>> Beside => [.. Values.Where(v => !Controls.Contains(v.Key))];

        public bool Shows(string column) => Columns.Any(c => c.Key == column && c.IsShown);

        public string? Of(string name) => Values.GetValueOrDefault(name);

        public DateOnly? DayOf(string name) => DateOnly.TryParseExact(Of(name), "yyyy-MM-dd", out var day) ? day : null;

        public string Export(string format) => Platform.Kit.Address.With("/api/v1/orders/export" + Query, ("format", format), ("after", null), ("page", null), ("columns", Columns.All(c => c.IsShown) ? null : string.Join(',', Columns.Where(c => c.IsShown).Select(c => c.Key))));
    }

    private static readonly HashSet<string> Controls = ["q", "state", "town", "lamp", "from", "to", "after", "page", "pageSize"];

    /// <summary>The use case.</summary>
    internal sealed class Handler(OrderList list, OrderCounters counters, HeldReader held, ActInBulk.Handler bulk, SavedViews views, ListColumns columns, IUnitDirectory units, ICatalogue catalogue, TimeProvider clock)
    {
        public async Task<Result<View>> HandleAsync(IQueryCollection query, string address, Actor actor, CancellationToken ct)
        {
            var day = await catalogue.GetAsync(ct);
            var filter = new FilterReader(await units.GetAsync(ct), day).Read(query, beside: null);
            if (filter.Error is not null)
            {
                return filter.Error;
            }

            var page = await list.ReadAsync(filter.Value, actor, MostCounted, ct);
            var waits = await held.FindAsync([.. page.Items.Where(o => o.State == OrderState.PendingDispatch).Select(o => o.Id)], actor, ct);
            Choice[] actions = [.. BulkPages.Actions.Where(a => OrderLifeCycle.Steps.Permits(a, actor.Can)).Select(a => new Choice(a.Wire(), a.Name()))];
            var shown = await columns.FindAsync(actor, ct);
            var filters = SavedViews.Normal(address);
            return new View
            {
                Query = address,
                Filters = filters,
                Columns = [.. ListColumns.All.Select(c => (c.Key, c.Title, shown.Contains(c.Key)))],
                Views = [.. (await views.FindAsync(actor, ct)).Select(v => new Saved(v.Name, $"{Url}?{v.Query}", v.Query == filters))],
                Values = query.Where(q => FilterReader.IsCondition(q.Key) && q.Value.ToString().Length > 0).ToDictionary(q => q.Key, q => q.Value.ToString()),
                Rows = [.. page.Items.Select(o => RowOf(o, waits.ContainsKey(o.Id)))],
                Total = page.Total,
                IsMore = page.IsMore,
                Next = page.Next,
                Tiles = TilesOf(await counters.ReadAsync(actor, ct), filter.Value),
                Towns = [.. day.Places.Where(p => p.ParentCode is null).Select(p => new Choice(p.Code, p.Name))],
                Now = clock.GetUtcNow(),
                MayExport = actor.Can(Permissions.Export),
                MayCreate = actor.Can(Permissions.Create),
                Bulk = actions,
                CutOff = actions.Length > 0 ? await bulk.CutOffAsync(actor, ct) : null,
            };
        }

        private static List<Tile> TilesOf(OrderCounters.Counts counts, OrderFilter filter)
        {
            var states = OrderLifeCycle.Open.Where(s => counts.States[s.ToString()] > 0 || filter.States.Contains(s))
                .Select(s => new Tile(s.Name(), counts.States[s.ToString()], $"{Url}?state={s}", filter.States is [var only] && only == s, null));
            return [.. states, new Tile("超期", counts.Lamps["red"], Url + "?lamp=red", filter.Lamp == LampColour.Red, counts.Lamps["red"] > 0 ? "late" : null)];
        }
    }

    private static Row RowOf(OrderView o, bool isHeld) => new(
        o.Id.ToString(), o.CaseNo, o.Title, o.StateName, OrderMarks.KindOf(o.State), o.UnitName, o.ClassName ?? "未分类", o.CommunityName ?? o.TownName ?? "不详", o.ReceivedAt, o.Deadline, o.Lamp,
        [.. OrderMarks.Of(o), .. isHeld ? [HeldReader.Mark] : Array.Empty<string>()]);
}
