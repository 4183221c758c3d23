using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Jiesu.Identity.Domain;
using Jiesu.Intelligence.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Notices;
using Jiesu.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Orders.Features.MassEvents;

/// <summary>What the rule of the day does to events, and how corrected orders move.</summary>
public sealed class EventRuleTests
{
    private const string RuleUrl = "/catalog/mass-event-rules/standard";
    private static readonly string[] Unlike = ["路灯不亮走夜路害怕", "井盖松动车一过就响", "垃圾桶满了没人清运", "公交站牌被撞歪", "楼上装修半夜敲墙", "健身卡退费商家拖着不办"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_new_rule_grades_what_changes_from_its_day_on_and_old_events_keep_their_reason(Database database)
    {
        await using var app = await StartAsync(database);
        using var desk = Desk(app);
        await CallAsync(desk, 5, i => new { title = "星河苑小区供暖不热", content = $"星河苑小区暖气冰凉，{i}号楼住户", channel = "电话", callerPhone = $"1380000000{i}" });
        await CallAsync(desk, 3, i => new { title = "银杏里自来水发黄", content = $"银杏里自来水又黄又浑，{i}单元", channel = "电话", callerPhone = $"1390000000{i}" });
        await app.RunAsync<WatchMassEvents>();
        await ReviseAsync(app, "2026-03-03", ("day", "3"));

        await app.RunAsync<WatchMassEvents>();
        var before = Assert.Single(await EventsAsync(desk));
        app.Clock.Advance(TimeSpan.FromHours(16));
        await app.RunAsync<WatchMassEvents>();
        var after = await EventsAsync(desk);
        await CallAsync(desk, 1, _ => new { title = "星河苑小区供暖不热", content = "星河苑小区暖气冰凉，九号楼住户", channel = "电话", callerPhone = "13700000000" });
        await app.RunAsync<WatchMassEvents>();
        var grown = (await EventsAsync(desk)).Single(e => Text(e, "id") == Text(before, "id"));

        Assert.Equal(("依据 2021-09-24 起的规则（第 1 号）：24 小时内 ≥ 5 位", 4), (Text(before, "basis"), before.GetProperty("level").GetInt32()));
        Assert.Equal(2, after.Length);
        Assert.Equal(Text(before, "basis"), Text(after.Single(e => Text(e, "id") == Text(before, "id")), "basis"));
        Assert.Equal("依据 2026-03-03 起的规则（第 2 号）：24 小时内 ≥ 3 位", Text(after.Single(e => Text(e, "id") != Text(before, "id")), "basis"));
        Assert.Equal(("依据 2026-03-03 起的规则（第 2 号）：24 小时内 ≥ 3 位，2 倍（6 位）为三级", 3), (Text(grown, "basis"), grown.GetProperty("level").GetInt32()));
    }

    [Fact]
    public async Task A_rule_whose_levels_do_not_rise_is_refused_and_it_cannot_be_retired()
    {
        await using var app = await StartAsync(Database.Sqlite);
        using var editor = app.As(Catalog.Permissions.Read, Catalog.Permissions.Edit);

        var refused = await editor.SubmitAsync(RuleUrl, Typed("2026-03-02", ("second", "2")));
        var page = await editor.GetStringAsync(new Uri(RuleUrl, UriKind.Relative), Ct);

        Assert.Contains("倍数须逐级增加", await refused.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Contains("name=\"headcount\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"retire\"", page, StringComparison.Ordinal);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Households_in_Chinese_numerals_lift_the_level(Database database)
    {
        await using var app = await StartAsync(database);
        using var desk = Desk(app);

        await CallAsync(desk, 5, i => new { title = "星河苑小区供暖不热", content = $"星河苑小区暖气冰凉，{(i == 2 ? "三十多户都这样" : "请尽快修好")}", channel = "电话", callerPhone = $"1380000000{i}" });
        await app.RunAsync<WatchMassEvents>();

        var found = Assert.Single(await EventsAsync(desk));
        Assert.Equal(("24 小时内 5 位市民反映同一问题；提到 30 人（户）", 3, false), (Text(found, "why"), found.GetProperty("level").GetInt32(), found.GetProperty("isGathering").GetBoolean()));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Unlike_texts_of_one_point_and_second_level_class_are_one_event_and_a_corrected_order_leaves_it(Database database)
    {
        await using var app = await StartAsync(database);
        using var desk = Desk(app);
        var ids = await CallAsync(desk, 6, i => AtPoint(i, i % 2 == 0 ? "银地家园 " : "银地·家园"));
        await CallAsync(desk, 1, _ => AtPoint(1, "别处花园"));

        await app.RunAsync<WatchMassEvents>();
        var found = Assert.Single(await EventsAsync(desk));
        Assert.Equal(HttpStatusCode.OK, (await desk.ActAsync($"orders/{ids[3]}/actions/correct", 1, new { note = "点位听错", pointName = "南岸花园" })).StatusCode);
        await app.RunAsync<WatchMassEvents>();
        var corrected = Assert.Single(await EventsAsync(desk));

        Assert.Equal((6, 4), (found.GetProperty("size").GetInt32(), found.GetProperty("level").GetInt32()));
        Assert.Equal((Text(found, "id"), 5), (Text(corrected, "id"), corrected.GetProperty("size").GetInt32()));
        Assert.DoesNotContain(ids[3], OrdersOf(corrected));

        app.Services.GetRequiredService<IEventGrouping>().Update([], [.. app.Services.GetRequiredService<IEventGrouping>().Known.Keys]);    // another node knows none
        Assert.Equal(HttpStatusCode.OK, (await desk.ActAsync($"orders/{ids[4]}/actions/correct", 1, new { note = "点位听错", pointName = "南岸花园" })).StatusCode);
        await app.RunAsync<WatchMassEvents>();
        Assert.Equal(ids.Except([ids[3], ids[4]]).Order(StringComparer.Ordinal), OrdersOf(Assert.Single(await EventsAsync(desk))).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Where_the_rule_does_not_group_by_point_unlike_texts_are_no_event()
    {
        await using var app = await StartAsync(Database.Sqlite);
        using var desk = Desk(app);
        await ReviseAsync(app, "2026-03-02", ("byPoint", ""));

        await CallAsync(desk, 6, i => AtPoint(i, "银地家园"));
        await app.RunAsync<WatchMassEvents>();

        Assert.Empty(await EventsAsync(desk));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Leaders_of_the_Centre_are_told_at_once_and_once(Database database)
    {
        await using var app = await StartAsync(database);
        using var desk = Desk(app);
        var centre = await app.InDbAsync(db => db.Set<Unit>().Where(u => u.Kind == Identity.Contracts.UnitKind.Centre).Select(u => u.Id).SingleAsync(Ct));
        var leader = Person.Of("leader", "leader", app.Clock.GetUtcNow());
        leader.Take(centre, "DL");
        await app.GivenAsync(leader);

        await CallAsync(desk, 5, i => new { title = "星河苑小区供暖不热", content = "星河苑小区暖气冰凉，业主要去市里上访", channel = "电话", callerPhone = $"1380000000{i}" });
        await app.RunAsync<WatchMassEvents>();
        await app.RunAsync<WatchMassEvents>();

        var told = await app.InDbAsync(db => db.Set<Notice>().Where(n => n.PersonId == leader.Id).ToListAsync(Ct));
        Assert.Equal([NoticeKind.MassEvent], told.Select(n => n.Kind));
        Assert.True(WatchMassEvents.Every < TimeSpan.FromMinutes(10));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_closed_order_stays_in_its_event(Database database)
    {
        await using var app = await StartAsync(database);
        using var desk = Desk(app);
        var ids = await CallAsync(desk, 6, i => new { title = "星河苑小区供暖不热", content = $"星河苑小区暖气冰凉，{i}号楼", channel = "电话", callerPhone = $"1380000000{i}" });
        await app.RunAsync<WatchMassEvents>();

        await app.InDbAsync(async db =>
        {
            var order = await db.Set<WorkOrder>().SingleAsync(x => x.Title.StartsWith("星河苑") && x.Id == Contracts.OrderId.From(Guid.Parse(ids[0])), Ct);
            db.Entry(order).Property(x => x.State).CurrentValue = OrderState.Closed;
            return await db.SaveChangesAsync(Ct);
        });
        await CallAsync(desk, 1, _ => new { title = "星河苑小区供暖不热", content = "星河苑小区暖气冰凉，九号楼", channel = "电话", callerPhone = "13700000000" });
        await app.RunAsync<WatchMassEvents>();

        Assert.Contains(ids[0], OrdersOf(Assert.Single(await EventsAsync(desk))));
        Assert.Equal(7, (await EventsAsync(desk))[0].GetProperty("size").GetInt32());
    }

    private static object AtPoint(int i, string point) =>
        new { title = Unlike[i], content = Unlike[i], channel = "电话", callerPhone = $"1380000000{i}", town = "110106001", classL3 = i % 2 == 0 ? "030103" : "030104", pointName = point };

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static IEnumerable<string> OrdersOf(JsonElement found) => found.GetProperty("orders").EnumerateArray().Select(o => Text(o, "id"));

    private static async Task<JsonElement[]> EventsAsync(HttpClient desk) => [.. (await desk.ReadAsync("intelligence/events")).GetProperty("items").EnumerateArray()];

    private static async Task<TestApp> StartAsync(Database database)
    {
        var app = await TestApp.StartAsync(database);
        await app.SeedAsync();
        return app;
    }

    private static HttpClient Desk(TestApp app) => app.As(Permissions.Create, Permissions.Read, Permissions.Dispatch, Permissions.Correct, Permissions.ViewEvents, Permissions.DecideEvents);

    private static async Task<string[]> CallAsync(HttpClient desk, int times, Func<int, object> order)
    {
        var ids = new string[times];
        for (var i = 0; i < times; i++)
        {
            ids[i] = Text(await (await desk.PostOrderAsync(Guid.CreateVersion7().ToString(), order(i))).JsonAsync(), "id");
        }

        return ids;
    }

    private static (string, string)[] Typed(string from, params (string Name, string Value)[] other) =>
    [
        .. new[] { ("day", "5"), ("week", "10"), ("third", "2"), ("second", "4"), ("first", "8"), ("headcount", "10"), ("words", "聚集、上访"), ("except", ""), ("byPoint", "yes") }.Where(t => !other.Any(o => o.Name == t.Item1)),
        .. other.Where(o => o.Value.Length > 0), ("validFrom", from), ("reason", "调整"),
    ];

    private static async Task ReviseAsync(TestApp app, string from, params (string, string)[] other)
    {
        using var editor = app.As(Catalog.Permissions.Read, Catalog.Permissions.Edit);
        var compared = await (await editor.SubmitAsync(RuleUrl, Typed(from, other))).Content.ReadAsStringAsync(Ct);
        var saved = await editor.SubmitAsync(RuleUrl, [.. Typed(from, other), ("confirm", Regex.Match(compared, "name=\"confirm\" value=\"([0-9a-f]+)\"").Groups[1].Value)]);
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
    }
}
