using System.Globalization;
using Jiesu.Evaluation.Domain;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Jiesu.Platform.Spreadsheets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Jiesu.Evaluation.Features.ThreeRates;

/// <summary>三率考评: response, resolution and satisfaction rate with the composite score, by unit or class; each figure leads to its orders, the export equals the table.</summary>
public static class ShowThreeRates
{
    internal static void MapApi(IEndpointRouteBuilder api) =>
        api.MapGet("/evaluation/three-rates", GetAsync).RequireAuthorization(Permissions.Read)
            .Produces<Report>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);

    internal static void MapPages(IEndpointRouteBuilder pages) =>
        pages.MapGet("/evaluation/three-rates", ShowAsync).RequireAuthorization(Permissions.Read);

    private static async Task<IResult> GetAsync([AsParameters] Ask ask, Actor actor, RatesReport report, CancellationToken ct)
    {
        if (ask.Format is not (null or "" or "json" or "xlsx"))
        {
            return EvaluationErrors.UnknownFormat().ToProblem();
        }

        var built = await report.BuildAsync(ask, actor, null, ct);
        return built.Error is { } refusal ? refusal.ToProblem()
            : ask.Format == "xlsx" ? Workbook(built.Value, ct)
            : TypedResults.Ok(built.Value);
    }

    private static async Task<IResult> ShowAsync([AsParameters] Ask ask, HttpContext http, Actor actor, RatesReport report, JiesuDb db, TimeProvider clock, CancellationToken ct)
    {
        var built = await report.BuildAsync(ask, actor, null, ct);
        if (built.Error is { } refusal)
        {
            return refusal.ToProblem();
        }

        var periods = (await db.PeriodsAsync(ct)).Begun(clock.Today()).Select(p => new Choice(p.Code, p.Code));
        return Page.Show<ThreeRatesPage, ThreeRatesTable>(http, new View(built.Value, [.. periods]));
    }

    private static Microsoft.AspNetCore.Http.HttpResults.PushStreamHttpResult Workbook(Report report, CancellationToken ct)
    {
        var rows = report.Items.Select((row, i) => ((i + 1).ToString(CultureInfo.InvariantCulture), row)).Append(("", report.Total)).ToAsyncEnumerable();
        return TypedResults.Stream(
            stream => SpreadsheetWriter.WriteAsync(SpreadsheetFormat.Xlsx, stream, Columns(report), rows, ct),
            SpreadsheetWriter.ContentType(SpreadsheetFormat.Xlsx), $"三率考评-{report.Period}.xlsx");
    }

    /// <summary>The columns of the table with its numbers as it shows them.</summary>
    private static SpreadsheetColumn<(string No, Row Row)>[] Columns(Report report) =>
    [
        new("序号", x => x.No),
        new(report.RowTitle, x => x.Row.UnitName),
        .. Figure.All.Select(f => new SpreadsheetColumn<(string No, Row Row)>(f.Title, x => x.Row.CountOf(f.Name))),
        new("响应率", x => Score.Shown(x.Row.ResponseRate)),
        new("解决率", x => Score.Shown(x.Row.ResolutionRate)),
        new("满意率", x => Score.Shown(x.Row.SatisfactionRate)),
        new("综合成绩", x => Score.Shown(x.Row.CompositeScore)),
    ];

    /// <summary>What is asked for.</summary>
    public sealed record Ask
    {
        /// <summary>考核期代码; the current one where absent.</summary>
        public string? Period { get; init; }

        /// <summary>unit or class.</summary>
        public string? GroupBy { get; init; }

        /// <summary>streets, departments, companies or all.</summary>
        public string? Group { get; init; }

        /// <summary>json or xlsx.</summary>
        public string? Format { get; init; }
    }

    /// <summary>三率统计.</summary>
    public sealed record Report
    {
        /// <summary>考核期代码.</summary>
        public required string Period { get; init; }
        public required DateOnly FirstDay { get; init; }
        public required DateOnly LastDay { get; init; }

        /// <summary>是否暂行: the period is not over.</summary>
        public required bool Provisional { get; init; }
        public required DateTimeOffset CountedAt { get; init; }
        public required string GroupBy { get; init; }
        public required string Group { get; init; }
        public required WeightsUsed Weights { get; init; }

        /// <summary>Ranked first; those without a valid callback follow.</summary>
        public required IReadOnlyList<Row> Items { get; init; }

        /// <summary>汇总: pooled, from the sums of the counts.</summary>
        public required Row Total { get; init; }

        /// <summary>单位平均: the mean of the rates and scores of those that have one.</summary>
        public required Rates Mean { get; init; }

        /// <summary>口径: window and meaning of each figure.</summary>
        public required IReadOnlyList<Definition> Definitions { get; init; }

        internal string RowTitle => GroupBy == "class" ? "问题分类" : "承办单位";
    }

    /// <summary>统计行: rates in percent with four decimals, null without valid callbacks.</summary>
    public sealed record Row
    {
        /// <summary>单位代码; by class, its code. Null in the total.</summary>
        public required string? Unit { get; init; }

        /// <summary>单位名称; by class, its name.</summary>
        public required string UnitName { get; init; }
        public required int Received { get; init; }
        public required int Closed { get; init; }
        public required int ValidCallbacks { get; init; }
        public required int Contacted { get; init; }
        public required int Solved { get; init; }
        public required int Satisfied { get; init; }
        public required int MostlySatisfied { get; init; }
        public required decimal? ResponseRate { get; init; }
        public required decimal? ResolutionRate { get; init; }
        public required decimal? SatisfactionRate { get; init; }
        public required decimal? CompositeScore { get; init; }
        public required int? Rank { get; init; }

        /// <summary>下钻地址: by figure, the order list behind it; null beyond the data scope.</summary>
        public required IReadOnlyDictionary<string, string>? Links { get; init; }

        internal int CountOf(string figure) => figure switch
        {
            "received" => Received,
            "closed" => Closed,
            "validCallbacks" => ValidCallbacks,
            "contacted" => Contacted,
            "solved" => Solved,
            "satisfied" => Satisfied,
            "mostlySatisfied" => MostlySatisfied,
            _ => throw new ArgumentOutOfRangeException(nameof(figure), figure, "No such figure."),
        };
    }

    /// <summary>三率与综合成绩.</summary>
    public sealed record Rates(decimal? ResponseRate, decimal? ResolutionRate, decimal? SatisfactionRate, decimal? CompositeScore)
    {
        internal static Rates Of(Score score) => new(
            Score.Exact(score.ResponseRate), Score.Exact(score.ResolutionRate), Score.Exact(score.SatisfactionRate), Score.Exact(score.CompositeScore));
    }

    /// <summary>所用权重.</summary>
    public sealed record WeightsUsed(decimal Contacted, decimal Solved, decimal Satisfied, decimal MostlySatisfied, DateOnly ValidFrom);

    /// <summary>口径: Beijing days, both included.</summary>
    public sealed record Definition(string Figure, string Title, DateOnly From, DateOnly To, string Meaning);

    /// <summary>What the page shows.</summary>
    public sealed record View(Report Report, IReadOnlyList<Choice> Periods)
    {
        public string Url => Address.With("/evaluation/three-rates", ("period", Report.Period), ("groupBy", Report.GroupBy), ("group", Report.Group));
        public string ExportUrl => Address.With("/api/v1" + Url, ("format", "xlsx"));
        public IReadOnlyList<Tab> Groups => [.. UnitGroup.All.Select(g => new Tab(g.Title, Address.With(Url, ("group", g.Name)), g.Name == Report.Group))];
        public IReadOnlyList<Row> Charted => [.. Report.Items.Where(r => r.Rank is not null).Take(30)];

        internal static string? PageOf(Row row, string figure) => row.Links is null ? null : OrderLinks.Page(row.Links[figure]);
        internal static string Rate(decimal? rate) => rate is null ? Show.None : Show.Number(rate, 1) + "%";
        internal static string Points(decimal? score) => score is null ? Show.None : Show.Number(score, 1);
        internal static string Share(decimal weight) => Show.Number(weight * 100, 0) + "%";
        internal static string Tip(Definition d) => $"{d.Meaning}；统计 {Show.Date(d.From)} 至 {Show.Date(d.To)}";
    }
}
