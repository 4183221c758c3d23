using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Jiesu.Evaluation.Domain;
using Jiesu.Identity.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Platform;
using Jiesu.Platform.Events;
using Jiesu.Platform.Spreadsheets;
using Jiesu.Tests;
using Jiesu.Tests.Given;
using Microsoft.Extensions.DependencyInjection;
using static Jiesu.Tests.Given.Heard;

namespace Jiesu.Evaluation.Features.ThreeRates;

public sealed class ShowThreeRatesTests
{
    private const string Uri = "/api/v1/evaluation/three-rates";

    /// <summary>The clock of the test host begins on 2 March 2026: period 2026-03, from 19 February.</summary>
    private static readonly DateTimeOffset FirstInstant = new(2026, 2, 18, 16, 0, 0, TimeSpan.Zero);
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Each_unit_gets_its_counts_rates_rank_and_the_lists_behind_them(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var units = await GivenAsync(app);
        using var evaluator = app.As(Permissions.Read);

        var report = await ReadAsync(evaluator, "");

        Assert.Equal(("2026-03", true), (report.GetProperty("period").GetString(), report.GetProperty("provisional").GetBoolean()));
        var items = report.GetProperty("items").EnumerateArray().ToArray();
        Assert.Equal(["A", "B", "C"], items.Select(i => i.GetProperty("unit").GetString()));
        Assert.Equal([1, 2, null], items.Select(i => i.GetProperty("rank").ValueKind == JsonValueKind.Null ? null : (int?)i.GetProperty("rank").GetInt32()));
        //           received, closed, valid, contacted, solved, satisfied, mostly
        Assert.Equal([2, 1, 2, 2, 2, 1, 1], Counts(items[0]));
        Assert.Equal([4, 3, 2, 1, 1, 1, 0], Counts(items[1]));
        Assert.Equal([0, 1, 0, 0, 0, 0, 0], Counts(items[2]));
        Assert.Equal((100m, 100m, 95m, 98m), (Of(items[0], "responseRate"), Of(items[0], "resolutionRate"), Of(items[0], "satisfactionRate"), Of(items[0], "compositeScore")));
        var total = report.GetProperty("total");
        Assert.Equal([6, 5, 4, 3, 3, 2, 1], Counts(total));
        Assert.Equal(74m, Of(total, "compositeScore"));
        Assert.Equal(74m, Of(report.GetProperty("mean"), "compositeScore"));

        var links = items[1].GetProperty("links");
        Assert.Equal("/api/v1/orders?unit=B&from=2026-02-19&to=2026-03-18", links.GetProperty("received").GetString());
        Assert.Equal("/api/v1/orders?unit=B&closedFrom=2026-02-19&closedTo=2026-03-18&closed=true", links.GetProperty("closed").GetString());
        Assert.Equal(
            "/api/v1/orders?unit=B&from=2026-02-19&to=2026-03-18&validCallback=true&excluded=false&satisfied=满意", WebUtility.UrlDecode(links.GetProperty("satisfied").GetString()));
        Assert.Equal("/api/v1/orders?from=2026-02-19&to=2026-03-18", total.GetProperty("links").GetProperty("received").GetString());
        Assert.DoesNotContain(units["A"].ToString(), report.GetRawText(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Every_figure_opens_exactly_as_many_orders_as_it_says(Database database)
    {
        await using var app = await TestApp.StartAsync(database, GivenRules.AddTo);
        await SeedAsync(app);
        using var centre = app.As([.. app.Services.GetRequiredService<Modules>().Permissions.Select(p => p.Code)]);
        using var street = app.AsOf(GivenRules.Heping, [.. app.Services.GetRequiredService<Modules>().Permissions.Select(p => p.Code)]);
        await WalkAsync(centre, street, "k1", new { contacted = true, solved = true, satisfied = "满意" });
        await WalkAsync(centre, street, "k2", new { contacted = true, solved = true, satisfied = "基本满意" });
        await WalkAsync(centre, street, "k3", new { contacted = false, solved = false, satisfied = "不满意", reasonCode = "UNS-02" });
        await WalkAsync(centre, street, "k4", new { reasonCode = "CBF-01" });
        await centre.PostOrderAsync("k5", new { title = "路灯不亮", content = "路灯不亮", channel = "电话" });
        await app.Services.GetRequiredService<OutboxDelivery>().DrainAsync(Ct);

        foreach (var query in new[] { "", "?group=streets", "?groupBy=class" })
        {
            var report = await ReadAsync(centre, query);
            foreach (var row in report.GetProperty("items").EnumerateArray().Append(report.GetProperty("total")))
            {
                foreach (var link in row.GetProperty("links").EnumerateObject())
                {
                    var list = await centre.GetFromJsonAsync<JsonElement>(new Uri(link.Value.GetString()!, UriKind.Relative), Ct);
                    Assert.True(row.GetProperty(link.Name).GetInt32() == list.GetProperty("total").GetInt32(), $"{link.Value}: {row.GetRawText()}");
                }
            }
        }

        var total = (await ReadAsync(centre, "")).GetProperty("total");
        Assert.Equal([5, 2, 3, 2, 2, 1, 1], Counts(total));
    }

    [Fact]
    public async Task The_workbook_is_the_table_of_the_page()
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite);
        await GivenAsync(app);
        using var evaluator = app.As(Permissions.Read);

        var file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, await evaluator.GetByteArrayAsync(new Uri(Uri + "?format=xlsx", UriKind.Relative), Ct), Ct);
        await using var stream = File.OpenRead(file);
        using var sheet = SpreadsheetReader.Open(stream).Value;
        var page = await evaluator.GetStringAsync(new Uri("/evaluation/three-rates", UriKind.Relative), Ct);

        Assert.Equal(["序号", "承办单位", "受理量", "办结量", "有效回访", "联系数", "解决数", "满意数", "基本满意", "响应率", "解决率", "满意率", "综合成绩"], sheet.Header);
        var rows = sheet.Rows().Select(r => string.Join('|', r.Cells)).ToArray();
        Assert.Equal(["1|甲街道|2|1|2|2|2|1|1|100|100|95|98", "2|乙部门|4|3|2|1|1|1|0|50|50|50|50", "3|丙企业|0|1|0|0|0|0|0||||", "|汇总|6|5|4|3|3|2|1|75|75|72.5|74"], rows.Select(Plain));
        Assert.Contains("98.0", page, StringComparison.Ordinal);
        Assert.Contains("72.5%", page, StringComparison.Ordinal);
        Assert.Contains("""<a href="/orders?unit=B&amp;from=2026-02-19&amp;to=2026-03-18">4</a>""", page, StringComparison.Ordinal);
        Assert.Contains("暂行数据", page, StringComparison.Ordinal);
        File.Delete(file);
    }

    [Fact]
    public async Task A_unit_sees_the_ranking_of_all_but_leads_to_its_own_rows_only()
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite);
        var units = await GivenAsync(app);
        using var clerk = app.AsOf(units["B"], Permissions.Read);

        var report = await ReadAsync(clerk, "");
        var classes = await ReadAsync(clerk, "?groupBy=class");

        var linked = report.GetProperty("items").EnumerateArray().Append(report.GetProperty("total")).Where(i => i.GetProperty("links").ValueKind != JsonValueKind.Null);
        Assert.Equal("B", Assert.Single(linked).GetProperty("unit").GetString());
        Assert.Equal(["010301", "none"], classes.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("unit").GetString()).Order());
        Assert.Equal(4, classes.GetProperty("total").GetProperty("received").GetInt32());
    }

    [Fact]
    public async Task Groups_are_compared_among_themselves_and_classes_across_units()
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite, DeskRules.AddTo);
        await GivenAsync(app);
        using var evaluator = app.As(Permissions.Read);

        var streets = await ReadAsync(evaluator, "?group=streets&period=2026-03");
        var classes = await ReadAsync(evaluator, "?groupBy=class");

        Assert.Equal("A", Assert.Single(streets.GetProperty("items").EnumerateArray()).GetProperty("unit").GetString());
        Assert.Equal("/api/v1/orders?unitKind=Street&from=2026-02-19&to=2026-03-18", streets.GetProperty("total").GetProperty("links").GetProperty("received").GetString());
        Assert.Equal([("健身卡", 5), ("未分类", 1)], classes.GetProperty("items").EnumerateArray()
            .Select(i => (i.GetProperty("unitName").GetString(), i.GetProperty("received").GetInt32())).OrderByDescending(x => x.Item2));
    }

    [Theory]
    [InlineData("?period=2031-01", HttpStatusCode.NotFound, "evaluation.period_unknown")]
    [InlineData("?groupBy=town", HttpStatusCode.BadRequest, "evaluation.group_by_unknown")]
    [InlineData("?group=x", HttpStatusCode.BadRequest, "evaluation.group_unknown")]
    [InlineData("?format=pdf", HttpStatusCode.BadRequest, "evaluation.format_unknown")]
    public async Task What_does_not_exist_is_refused(string query, HttpStatusCode status, string code)
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite);
        await SeedAsync(app);
        using var evaluator = app.As(Permissions.Read);

        await (await evaluator.GetAsync(new Uri(Uri + query, UriKind.Relative), Ct)).ShouldBeRefusedAsync(status, code);
    }

    /// <summary>A: two good answers. B: one good and one bad answer, one excluded, one not reached. C: closed one of the period before.</summary>
    private static async Task<Dictionary<string, Guid>> GivenAsync(TestApp app)
    {
        await SeedAsync(app);
        await using var scope = app.Services.CreateAsyncScope();
        var directory = scope.ServiceProvider.GetRequiredService<IUnitDirectory>();
        await directory.EnsureAsync(
            [new(UnitCode.From("A"), "甲街道", UnitKind.Street, null), new(UnitCode.From("B"), "乙部门", UnitKind.Department, null), new(UnitCode.From("C"), "丙企业", UnitKind.Company, null)], Ct);
        var units = (await directory.GetAsync(Ct)).All.ToDictionary(u => u.Code.Value, u => u.Id);
        await OrderAsync(units["A"], 0, (id, at, unit) => [Answered(id, at, unit, true, true, "满意"), Closed(id, at, unit), Moved(id, at, "T26", "Closed", unit, "010301")]);
        await OrderAsync(units["A"], 1, (id, at, unit) => [Answered(id, at, unit, true, true, "基本满意")]);
        await OrderAsync(units["B"], 2, (id, at, unit) => [Answered(id, at, unit, true, true, "满意"), Closed(id, at, unit)]);
        await OrderAsync(units["B"], 3, (id, at, unit) => [Answered(id, at, unit, false, false, "不满意")]);
        await OrderAsync(units["B"], 4, (id, at, unit) => [Answered(id, at, unit, true, false, "不满意"), Closed(id, at, unit), Excluded(id, at, unit)]);
        await OrderAsync(units["B"], 5, (id, at, unit) => [NotReached(id, at, unit), Closed(id, at, unit)], classCode: null);
        await OrderAsync(units["C"], -1, (id, at, unit) => [Closed(id, at.AddHours(3), unit)]);
        return units;

        async Task OrderAsync(Guid unit, int hour, Func<OrderId, DateTimeOffset, Guid, IEvent[]> then, string? classCode = "010301")
        {
            var at = FirstInstant.AddHours(hour);
            var id = OrderId.Next(at);
            await app.HearAsync(id, [Received(id, at, unit, classCode), .. then(id, at, unit)]);
        }
    }

    /// <summary>From intake through the guard to the first callback.</summary>
    private static async Task WalkAsync(HttpClient centre, HttpClient street, string key, object callback)
    {
        var received = await (await centre.PostOrderAsync(key, new { title = "下水道堵塞", content = "门前下水道堵塞多日", channel = "电话" })).JsonAsync();
        var (id, version) = (received.GetProperty("id").GetString(), received.GetProperty("version").GetInt32());
        (HttpClient Who, string Action, object Body)[] path =
        [
            (centre, "accept", new { classL3 = "下水道堵塞" }), (centre, "dispatch", new { lead = "HEPING", limit = new { value = 8, unit = "work_hour" } }), (street, "sign", new { }),
            (street, "submit-reply", new { result = "已疏通" }), (street, "unit-review", new { decision = "approve" }),
            (centre, "pre-callback", new { contacted = true, solved = true, satisfied = "满意" }), (centre, "final-review", new { decision = "approve" }), (centre, "callback-result", callback),
        ];
        foreach (var (who, action, body) in path)
        {
            var response = await who.ActAsync($"orders/{id}/actions/{action}", version++, body);
            Assert.True(response.IsSuccessStatusCode, $"{action}: {await response.Content.ReadAsStringAsync(Ct)}");
        }
    }

    private static Task<int> SeedAsync(TestApp app) => app.InDbAsync(async db =>
    {
        await new EvaluationSeed(db, app.Clock).SeedAsync(Ct);
        return 0;
    });

    private static async Task<JsonElement> ReadAsync(HttpClient client, string query) => await client.GetFromJsonAsync<JsonElement>(new Uri(Uri + query, UriKind.Relative), Ct);

    private static int[] Counts(JsonElement row) => [.. Figure.All.Select(f => row.GetProperty(f.Name).GetInt32())];

    private static decimal Of(JsonElement row, string name) => row.GetProperty(name).GetDecimal();

    /// <summary>100.0 and 100 are the same number in a sheet.</summary>
    private static string Plain(string row) => string.Join('|', row.Split('|').Select(c =>
        decimal.TryParse(c, CultureInfo.InvariantCulture, out var number) ? number.ToString("0.####", CultureInfo.InvariantCulture) : c));
}
