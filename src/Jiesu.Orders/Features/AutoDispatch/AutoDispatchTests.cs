using System.Net;
using System.Text.Json;
using Jiesu.Identity.Contracts;
using Jiesu.Intelligence.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Platform;
using Jiesu.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Orders.Features.AutoDispatch;

public sealed class AutoDispatchTests
{
    private const string Lamp = "080301", Green = "110106-YLLH", Town = "马家堡街道";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The life of a rule: mined from what people did, looked at, approved by another person, at work, and stopped when its unit gives orders back.</summary>
    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_rule_is_mined_replayed_approved_dispatches_and_is_suspended_when_orders_come_back(Database database)
    {
        await using var app = await StartAsync(database);
        using var desk = Dispatcher(app);
        using var head = app.As(Permissions.ViewRules, Permissions.ApproveRules, Permissions.Read);
        for (var i = 0; i < 22; i++)
        {
            await DispatchAsync(desk, await AcceptAsync(app, desk, $"第 {i} 号院门口路灯不亮", Lamp), Green);
        }

        app.Clock.Advance(TimeSpan.FromDays(31));
        var mined = await (await desk.ActAsync("intelligence/rules/mine", null, new { })).JsonAsync();
        Assert.Equal(1, mined.GetProperty("candidates").GetInt32());
        var rule = (await desk.ReadAsync("intelligence/rules")).GetProperty("items")[0];
        Assert.Equal(("Candidate", Lamp, Green, 22, 1.0), (Text(rule, "state"), Text(rule, "classCode"), Text(rule, "lead"), rule.GetProperty("support").GetInt32(), rule.GetProperty("precision").GetDouble()));
        var url = $"intelligence/rules/{Text(rule, "id")}";
        var approval = new { validUntil = Day(app, 60), dailyLimit = 10 };
        await (await head.ActAsync(url + "/approve", null, approval)).ShouldBeRefusedAsync(HttpStatusCode.Conflict, "rule.not_replayed");

        await DispatchAsync(desk, await AcceptAsync(app, desk, "小区里路灯不亮", Lamp), Green);
        await DispatchAsync(desk, await AcceptAsync(app, desk, "胡同里路灯不亮", Lamp), "110106-CGW");
        Assert.Equal(HttpStatusCode.NoContent, (await desk.ActAsync(url + "/replay", null, new { })).StatusCode);
        var replay = (await head.ReadAsync(url)).GetProperty("replay");
        Assert.Equal((2, 1, 1), (replay.GetProperty("dispatched").GetInt32(), replay.GetProperty("right").GetInt32(), replay.GetProperty("otherUnit").GetInt32()));
        Assert.Equal("胡同里路灯不亮", Text(replay.GetProperty("exceptions")[0], "title"));
        Assert.Equal(HttpStatusCode.NoContent, (await head.ActAsync(url + "/approve", null, approval)).StatusCode);

        var sent = new List<(string Id, int Version)>();
        for (var i = 0; i < 3; i++)
        {
            var order = await AcceptAsync(app, desk, $"又有 {i} 盏路灯不亮", Lamp);
            var now = await desk.ReadAsync($"orders/{order.Id}");
            Assert.Equal((nameof(OrderState.PendingSign), Green), (Text(now, "state"), Text(now, "unit")));
            sent.Add((order.Id, now.GetProperty("version").GetInt32()));
        }

        Assert.Contains("自动派单：标准 R-0001", (await desk.ReadAsync($"orders/{sent[0].Id}/timeline")).ToString(), StringComparison.Ordinal);
        await app.RunAsync<WatchRules>();
        Assert.Equal("Active", Text((await head.ReadAsync(url)).GetProperty("rule"), "state"));
        await ReturnAsync(app, sent);
        await app.RunAsync<WatchRules>();

        var stopped = (await head.ReadAsync(url)).GetProperty("rule");
        Assert.Equal(("Suspended", "近 14 日自动派单 3 件，退回或改派 3 件"), (Text(stopped, "state"), Text(stopped, "stateWhy")));
        var left = await AcceptAsync(app, desk, "还是路灯不亮", Lamp);
        Assert.Equal(nameof(OrderState.PendingDispatch), Text(await desk.ReadAsync($"orders/{left.Id}"), "state"));
        await (await head.ActAsync(url + "/approve", null, approval)).ShouldBeRefusedAsync(HttpStatusCode.Conflict, "rule.not_replayed");

        app.Clock.Advance(TimeSpan.FromMinutes(5));
        await desk.ActAsync(url + "/replay", null, new { });
        Assert.Equal(HttpStatusCode.NoContent, (await head.ActAsync(url + "/approve", null, approval)).StatusCode);
        await app.RunAsync<WatchRules>();
        Assert.Equal("Active", Text((await head.ReadAsync(url)).GetProperty("rule"), "state"));    // what came back before is known by now
        app.Clock.Advance(TimeSpan.FromDays(61));
        Assert.Contains("有效期已过，可再次批准", await head.GetStringAsync(new Uri("/" + url, UriKind.Relative), Ct), StringComparison.Ordinal);
        await desk.ActAsync(url + "/replay", null, new { });
        Assert.Equal(HttpStatusCode.NoContent, (await head.ActAsync(url + "/approve", null, new { validUntil = Day(app, 30), dailyLimit = 10, note = "继续执行" })).StatusCode);
    }

    [Fact]
    public async Task A_replay_without_an_order_is_approved_only_with_a_reason()
    {
        await using var app = await StartAsync(Database.Sqlite);
        using var desk = Dispatcher(app);
        using var head = app.As(Permissions.ViewRules, Permissions.ApproveRules);
        var url = $"intelligence/rules/{Text(await (await desk.ActAsync("intelligence/rules", null, new { classCode = Lamp, lead = Green })).JsonAsync(), "id")}";
        await desk.ActAsync(url + "/replay", null, new { });

        await (await head.ActAsync(url + "/approve", null, new { validUntil = Day(app, 30), dailyLimit = 5 })).ShouldBeRefusedAsync(HttpStatusCode.UnprocessableEntity, "rule.empty_replay");
        Assert.Equal(HttpStatusCode.NoContent, (await head.ActAsync(url + "/approve", null, new { validUntil = Day(app, 30), dailyLimit = 5, note = "新设分类" })).StatusCode);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task An_event_that_comes_again_dispatches_nothing_again_and_the_order_says_which_rule_sent_or_kept_it(Database database)
    {
        await using var app = await StartAsync(database);
        using var desk = Dispatcher(app);
        using var head = app.As(Permissions.ViewRules, Permissions.ApproveRules);
        await GivenRuleAsync(app, desk, head, new { classCode = Lamp, lead = Green }, dailyLimit: 1);
        var sent = await AcceptAsync(app, desk, "路灯不亮", Lamp);
        var kept = await AcceptAsync(app, desk, "又一盏路灯不亮", Lamp);
        await app.InDbAsync(db => db.Database.ExecuteSqlRawAsync("UPDATE platform_outbox SET delivered_at = NULL", Ct));

        await app.DeliverAsync();

        Assert.Equal([1, 1], await app.InDbAsync(db => db.Set<Domain.AutoDispatch>().GroupBy(d => d.OrderId).Select(g => g.Count()).ToListAsync(Ct)));
        Assert.Single((await desk.ReadAsync($"orders/{sent.Id}")).GetProperty("assignments").EnumerateArray());
        Assert.Contains("自动派单：标准 R-0001", await TextOfAsync($"/orders/{sent.Id}"), StringComparison.Ordinal);
        Assert.Contains("未自动派单（标准 R-0001）：超过每日上限", await TextOfAsync($"/orders/desk?order={kept.Id}"), StringComparison.Ordinal);

        async Task<string> TextOfAsync(string url) => WebUtility.HtmlDecode(await desk.GetStringAsync(new Uri(url, UriKind.Relative), Ct));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task What_calls_for_a_person_is_left_to_the_desk_and_the_rule_says_why(Database database)
    {
        await using var app = await StartAsync(database);
        using var desk = Dispatcher(app);
        using var head = app.As(Permissions.ViewRules, Permissions.ApproveRules);
        var url = await GivenRuleAsync(app, desk, head, new { classCode = Lamp, lead = Green }, dailyLimit: 1);

        var waiting = new[]
        {
            await AcceptAsync(app, desk, "保密的路灯不亮", Lamp, isSecret: true), await AcceptAsync(app, desk, "急着要修的路灯不亮", Lamp, urgency: "2小时"),
            await AcceptAsync(app, desk, "路灯不亮，再不修就扬言报复", Lamp), await AcceptAsync(app, desk, $"路灯不亮，{await NameAsync(app, Green)}工作人员推诿不管", Lamp),
        };
        var gone = await AcceptAsync(app, desk, "普通的路灯不亮", Lamp);
        var above = await AcceptAsync(app, desk, "再一盏路灯不亮", Lamp);

        foreach (var order in waiting.Append(above))
        {
            Assert.Equal(nameof(OrderState.PendingDispatch), Text(await desk.ReadAsync($"orders/{order.Id}"), "state"));
        }

        Assert.Equal(nameof(OrderState.PendingSign), Text(await desk.ReadAsync($"orders/{gone.Id}"), "state"));
        var heldBack = (await head.ReadAsync(url)).GetProperty("heldBack").EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal);
        Assert.Equal(new[] { "保密工单", "反映的是承办单位自身", "标记词：扬言", "紧急工单", "超过每日上限" }.Order(StringComparer.Ordinal), heldBack);
    }

    [Fact]
    public async Task The_narrower_rule_wins_and_rules_that_disagree_leave_it_to_a_person()
    {
        await using var app = await StartAsync(Database.Sqlite);
        using var desk = Dispatcher(app);
        using var head = app.As(Permissions.ViewRules, Permissions.ApproveRules);
        await GivenRuleAsync(app, desk, head, new { classCode = "080000", lead = "110106-CGW" });
        await GivenRuleAsync(app, desk, head, new { classCode = Lamp });

        var territorial = await desk.ReadAsync($"orders/{(await AcceptAsync(app, desk, "路灯不亮", Lamp)).Id}");
        Assert.Equal(Town, Text(territorial, "unitName"));
        var wide = await desk.ReadAsync($"orders/{(await AcceptAsync(app, desk, "井盖丢了", "080201")).Id}");
        Assert.Equal("110106-CGW", Text(wide, "unit"));

        await GivenRuleAsync(app, desk, head, new { classCode = Lamp, lead = Green });
        var doubtful = await desk.ReadAsync($"orders/{(await AcceptAsync(app, desk, "路灯又不亮", Lamp)).Id}");
        Assert.Equal(nameof(OrderState.PendingDispatch), Text(doubtful, "state"));
    }

    [Fact]
    public async Task Who_wrote_a_rule_does_not_approve_it_and_words_that_mean_nothing_are_refused_by_field()
    {
        await using var app = await StartAsync(Database.Sqlite);
        using var both = app.As(Permissions.ViewRules, Permissions.EditRules, Permissions.ApproveRules);
        using var reader = app.As(Permissions.ViewRules);
        var made = await (await both.ActAsync("intelligence/rules", null, new { classCode = Lamp, lead = Green })).JsonAsync();
        var url = $"intelligence/rules/{Text(made, "id")}";
        await both.ActAsync(url + "/replay", null, new { });

        await (await both.ActAsync(url + "/approve", null, new { validUntil = Day(app, 9), dailyLimit = 5 })).ShouldBeRefusedAsync(HttpStatusCode.Forbidden, "rule.own");
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.ActAsync(url + "/replay", null, new { })).StatusCode);
        await (await both.ActAsync("intelligence/rules", null, new { classCode = Lamp, lead = Green })).ShouldBeRefusedAsync(HttpStatusCode.Conflict, "rule.known");
        await (await both.ActAsync("intelligence/rules", null, new { classCode = "没有这类" })).ShouldBeRefusedAsync(HttpStatusCode.UnprocessableEntity, "rule.unknown_value");
        using var blank = await both.ActAsync(url + "/approve", null, new { });
        Assert.True((await blank.JsonAsync()).GetProperty("errors").TryGetProperty("dailyLimit", out _));
        Assert.Equal(HttpStatusCode.NotFound, (await both.GetAsync(new Uri($"/api/v1/intelligence/rules/{Guid.CreateVersion7()}", UriKind.Relative), Ct)).StatusCode);
        Assert.Contains("派给", await both.GetStringAsync(new Uri(ShowRules.Url, UriKind.Relative), Ct), StringComparison.Ordinal);
        Assert.Contains("日期须写成", await (await both.SendAsync($"/{url}/replay", await both.FillInAsync("/" + url, $"/{url}/replay", ("from", "三月二日")))).Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Contains("批准启用", await both.GetStringAsync(new Uri("/" + url, UriKind.Relative), Ct), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_conditions_under_which_nearly_all_went_right_become_candidates_and_the_widest_of_them()
    {
        SentOrder[] orders =
        [
            .. Sent("010101", "T1", "U1", 40), .. Sent("010101", "T2", "U1", 40),
            .. Sent("020101", "T1", "T1", 30), .. Sent("020101", "T2", "T2", 30),
            .. Sent("030101", "T1", "U1", 30), .. Sent("030101", "T2", "U2", 15), .. Sent("030101", "T2", "U3", 15),
            .. Sent("040101", "T1", "U1", 30, "水管漏水"), .. Sent("040101", "T1", "U2", 30, "电线断了"),
            .. Sent("050101", "T1", "U1", 19), .. Sent("060101", "T1", "U1", 30, returns: 1),
        ];

        var mined = RuleMiner.Mine(orders, _ => ["水管"], leastSupport: 20, leastPrecision: 0.9);

        Assert.Equal(
            [("010101", null, null, "U1", 80), ("020101", null, null, null, 60), ("030101", "T1", null, "U1", 30), ("040101", null, "水管", "U1", 30)],
            mined.Select(m => (m.ClassCode, m.TownCode, m.Word, m.LeadCode, m.Support)));
    }

    [Theory]
    [InlineData("马家堡街道办事处工作人员态度恶劣", "马家堡街道", true)]
    [InlineData("马家堡街道某小区路灯不亮，请派人维修", "马家堡街道", false)]
    [InlineData("多次向园林绿化局反映，园林绿化局推诿", "园林绿化局", true)]
    public void An_accusation_stands_close_behind_the_name(string text, string unit, bool accuses) => Assert.Equal(accuses, Accusations.Against(unit, text));

    private static IEnumerable<SentOrder> Sent(string classCode, string town, string lead, int count, string text = "", int returns = 0) =>
        Enumerable.Range(0, count).Select(_ => new SentOrder(OrderId.From(Guid.CreateVersion7()), classCode, town, text, lead, returns, true, null));

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static string Day(TestApp app, int days) => app.Clock.Today().AddDays(days).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<TestApp> StartAsync(Database database)
    {
        var app = await TestApp.StartAsync(database);
        await app.SeedAsync();
        return app;
    }

    private static HttpClient Dispatcher(TestApp app) => app.As(Permissions.Create, Permissions.Read, Permissions.Accept, Permissions.Dispatch, Permissions.ViewRules, Permissions.EditRules);

    private static async Task<string> NameAsync(TestApp app, string unit)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<IUnitDirectory>().GetAsync(Ct)).Find(unit)!.Name;
    }

    private static async Task<string> GivenRuleAsync(TestApp app, HttpClient desk, HttpClient head, object rule, int dailyLimit = 100)
    {
        var url = $"intelligence/rules/{Text(await (await desk.ActAsync("intelligence/rules", null, rule)).JsonAsync(), "id")}";
        Assert.Equal(HttpStatusCode.NoContent, (await desk.ActAsync(url + "/replay", null, new { })).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await head.ActAsync(url + "/approve", null, new { validUntil = Day(app, 30), dailyLimit, note = "新设标准，没有历史派单" })).StatusCode);
        return url;
    }

    private static async Task<(string Id, int Version)> AcceptAsync(TestApp app, HttpClient desk, string title, string classL3, bool isSecret = false, string? urgency = null)
    {
        var made = await (await desk.PostOrderAsync(Guid.CreateVersion7().ToString(), new { title, content = title, channel = "电话", town = Town, classL3, isSecret, urgency })).JsonAsync();
        await app.DeliverAsync();
        var accepted = await (await desk.ActAsync($"orders/{Text(made, "id")}/actions/accept", made.GetProperty("version").GetInt32(), new { })).JsonAsync();
        await app.DeliverAsync();
        await app.DeliverAsync();
        return (Text(made, "id"), accepted.GetProperty("version").GetInt32());
    }

    private static async Task DispatchAsync(HttpClient desk, (string Id, int Version) order, string lead)
    {
        using var sent = await desk.ActAsync($"orders/{order.Id}/actions/dispatch", order.Version, new { lead });
        Assert.True(sent.IsSuccessStatusCode, await sent.Content.ReadAsStringAsync(Ct));
    }

    private static async Task ReturnAsync(TestApp app, IEnumerable<(string Id, int Version)> orders)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var units = await scope.ServiceProvider.GetRequiredService<IUnitDirectory>().GetAsync(Ct);
        using var clerk = app.AsOf(units.Find(Green)!.Id, Permissions.Read, Permissions.UnitReturn);
        var desk = new Actor(Guid.CreateVersion7(), units.Centre.Id, "DP", new HashSet<string> { Permissions.DecideReturn });
        foreach (var (id, version) in orders)
        {
            var asked = await (await clerk.ActAsync($"orders/{id}/actions/unit-return", version, new { reasonCode = "RTN-01", basis = "不属于本单位职责" })).JsonAsync();
            await using var one = app.Services.CreateAsyncScope();
            var back = await one.ServiceProvider.GetRequiredService<IOrderActions>()
                .ActAsync(OrderId.From(Guid.Parse(id)), OrderAction.DecideReturn.Wire(), new() { Decision = "approve" }, asked.GetProperty("version").GetInt32(), desk, Ct);
            Assert.Null(back.Error);
        }

        await app.DeliverAsync();
    }
}
