using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Jiesu.Catalog.Contracts;
using Jiesu.Intelligence.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Orders.Features.MassEvents;

public sealed class MassEventTests
{
    private static readonly string[] Others =
    [
        "路灯不亮走夜路害怕", "井盖松动车一过就响", "小区垃圾桶满了没人清运", "快递员乱放快递", "幼儿园报名政策咨询", "公交站牌被撞歪", "楼上装修半夜敲墙", "楼道里堆满纸箱",
        "健身卡退费商家拖着不办", "社保卡丢失怎样补办", "公园长椅断了一条腿", "河道里有死鱼漂浮", "出租房中介扣押金", "电动车在楼道里充电", "饭馆油烟直排窗口", "工资拖了三个月没发",
        "路口红绿灯时间太短", "树枝挡住了路牌", "狗不拴绳吓到孩子", "水表读数和账单对不上",
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Ten_like_complaints_within_an_hour_among_forty_others_raise_one_alert_with_these_ten(Database database)
    {
        await using var app = await StartAsync(database);
        using var desk = Desk(app);
        var ten = new List<string>();
        for (var i = 0; i < 50; i++)
        {
            if (i % 5 == 0)
            {
                ten.Add(await CallAsync(desk, HeatingText(i), $"1380000{i:D4}"));
            }
            else
            {
                await CallAsync(desk, $"{Others[i % 20]}，第{i}号", $"1390000{i:D4}");
            }

            app.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await app.DeliverAsync();
        await app.RunAsync<WatchMassEvents>();
        await app.RunAsync<WatchMassEvents>();

        var found = Assert.Single((await desk.ReadAsync("intelligence/events")).GetProperty("items").EnumerateArray());
        Assert.Equal(ten.Order(StringComparer.Ordinal), found.GetProperty("orders").EnumerateArray().Select(o => Text(o, "id")).Order(StringComparer.Ordinal));
        Assert.Equal(("Suspected", 3, 10), (Text(found, "state"), found.GetProperty("level").GetInt32(), found.GetProperty("callers").GetInt32()));
        Assert.Equal("24 小时内 10 位市民反映同一问题", Text(found, "why"));
        Assert.Contains("供暖", found.GetProperty("words").EnumerateArray().Select(w => w.GetString()));

        using var live = await desk.PostAsJsonAsync("/api/v1/advice", new { title = "星河苑小区供暖不热", text = "星河苑小区暖气冰凉，家里只有十四度" }, Ct);
        Assert.Equal(Text(found, "id"), Text((await live.JsonAsync()).GetProperty("massEvent"), "id"));
        Assert.Contains("24 小时内", await desk.GetStringAsync(new Uri($"/intelligence/events/{Text(found, "id")}", UriKind.Relative), Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_caller_ten_times_is_no_mass_event()
    {
        await using var app = await StartAsync(Database.Sqlite);
        using var desk = Desk(app);
        for (var i = 0; i < 10; i++)
        {
            await CallAsync(desk, HeatingText(i), "13800001111");
        }

        await app.RunAsync<WatchMassEvents>();

        Assert.Empty((await desk.ReadAsync("intelligence/events")).GetProperty("items").EnumerateArray());
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_job_that_begins_anew_finds_the_same_event_and_words_of_gathering_lift_it(Database database)
    {
        await using var app = await StartAsync(database);
        using var desk = Desk(app);
        await CallAsync(desk, HeatingText(0), "13800000000", 6);
        await app.RunAsync<WatchMassEvents>();
        var first = (await desk.ReadAsync("intelligence/events")).GetProperty("items")[0];

        app.Services.GetRequiredService<IEventGrouping>().Update([], [.. app.Services.GetRequiredService<IEventGrouping>().Known.Keys]);    // another node knows none
        await CallAsync(desk, HeatingText(7) + "，业主准备集体上访", "13900000000");
        await app.DeliverAsync();
        await app.RunAsync<WatchMassEvents>();

        var second = Assert.Single((await desk.ReadAsync("intelligence/events")).GetProperty("items").EnumerateArray());
        Assert.Equal((Text(first, "id"), 7, 4, 3), (Text(second, "id"), second.GetProperty("size").GetInt32(), first.GetProperty("level").GetInt32(), second.GetProperty("level").GetInt32()));
        Assert.Contains("“上访”", Text(second, "why"), StringComparison.Ordinal);
        Assert.Contains("如有人员聚集，请同时报 110", await desk.GetStringAsync(new Uri($"/intelligence/events/{Text(second, "id")}", UriKind.Relative), Ct), StringComparison.Ordinal);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_person_confirms_by_a_master_silences_until_it_doubles_and_ends(Database database)
    {
        await using var app = await StartAsync(database);
        using var desk = Desk(app);
        await CallAsync(desk, HeatingText(0), "13800000000", 5);
        await app.RunAsync<WatchMassEvents>();
        var found = (await desk.ReadAsync("intelligence/events")).GetProperty("items")[0];
        var url = $"intelligence/events/{Text(found, "id")}";

        await (await desk.ActAsync(url + "/silence", null, new { until = app.Clock.GetUtcNow().AddDays(-1), reason = "x" })).ShouldBeRefusedAsync(HttpStatusCode.UnprocessableEntity, "event.until_past");
        using var blank = await desk.ActAsync(url + "/end", null, new { });
        Assert.True((await blank.JsonAsync()).GetProperty("errors").TryGetProperty("reason", out _));
        Assert.Equal(HttpStatusCode.NoContent, (await desk.ActAsync(url + "/silence", null, new { until = app.Clock.GetUtcNow().AddDays(3), reason = "已知管线抢修" })).StatusCode);
        await CallAsync(desk, HeatingText(9), "13700000000");
        await app.RunAsync<WatchMassEvents>();
        Assert.Equal("Silenced", Text(await desk.ReadAsync(url), "state"));
        await CallAsync(desk, HeatingText(11), "13600000000", 4);
        await app.RunAsync<WatchMassEvents>();
        Assert.Equal("Suspected", Text(await desk.ReadAsync(url), "state"));

        await (await desk.ActAsync(url + "/confirm", null, new { masterOrderId = Guid.CreateVersion7().ToString() })).ShouldBeRefusedAsync(HttpStatusCode.UnprocessableEntity, "event.unknown_master");
        var master = Text((await desk.ReadAsync(url)).GetProperty("orders")[0], "id");
        var confirmed = await (await desk.ActAsync(url + "/confirm", null, new { masterOrderId = master })).JsonAsync();
        Assert.All(confirmed.GetProperty("items").EnumerateArray(), i => Assert.True(i.GetProperty("isMerged").GetBoolean(), i.ToString()));
        Assert.Equal(9, confirmed.GetProperty("items").GetArrayLength());
        Assert.Equal(9, await app.InDbAsync(db => db.Set<WorkOrder>().CountAsync(x => x.MasterOrderId != null, Ct)));
        Assert.Equal(HttpStatusCode.NoContent, (await desk.ActAsync(url + "/end", null, new { reason = "已恢复供暖" })).StatusCode);
        await (await desk.ActAsync(url + "/end", null, new { reason = "再来一次" })).ShouldBeRefusedAsync(HttpStatusCode.NotFound, "event.not_found");

        await CallAsync(desk, HeatingText(20), "13500000000", 5);    // like the ended ones, which stay where they are
        await app.RunAsync<WatchMassEvents>();
        Assert.Equal([5, 10], (await desk.ReadAsync("intelligence/events")).GetProperty("items").EnumerateArray().Select(e => e.GetProperty("size").GetInt32()));
    }

    [Fact]
    public async Task Who_may_open_a_part_of_its_orders_is_told_of_that_part_and_who_may_open_none_of_nothing()
    {
        await using var app = await StartAsync(Database.Sqlite);
        using var desk = Desk(app);
        await CallAsync(desk, HeatingText(0), "13800000000", 6);
        await app.RunAsync<WatchMassEvents>();
        using var other = app.AsOf(Guid.CreateVersion7(), Permissions.ViewEvents, Permissions.DecideEvents, Permissions.Read);
        var id = Text((await desk.ReadAsync("intelligence/events")).GetProperty("items")[0], "id");

        await app.GivenShareAsync("FT-20260302-000001", MineId);
        using var part = app.AsOf(MineId, Permissions.ViewEvents, Permissions.Read);
        var seen = Assert.Single((await part.ReadAsync("intelligence/events")).GetProperty("items").EnumerateArray());
        Assert.Equal((1, 1, "本单位可见 1 件"), (seen.GetProperty("size").GetInt32(), seen.GetProperty("orders").GetArrayLength(), Text(seen, "why")));

        Assert.Empty((await other.ReadAsync("intelligence/events")).GetProperty("items").EnumerateArray());
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(new Uri($"/api/v1/intelligence/events/{id}", UriKind.Relative), Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.ActAsync($"intelligence/events/{id}/end", null, new { reason = "x" })).StatusCode);
    }

    [Theory]
    [InlineData(4, 9, null, null), InlineData(5, 5, null, 4), InlineData(1, 10, null, 4), InlineData(10, 10, null, 3), InlineData(10, 40, null, 2), InlineData(40, 40, null, 1), InlineData(400, 400, "聚集", 1), InlineData(5, 5, "聚集", 3)]
    public void Each_doubling_and_signs_of_a_crowd_lift_the_level(int day, int week, string? word, int? level) =>
        Assert.Equal(level, EventLevel.Of(day, week, word is null ? Crowd.None : new([word], 0), MassEventRule.Assumed)?.Level);

    [Fact]
    public void A_grade_says_what_was_seen_and_by_which_rule()
    {
        var grade = EventLevel.Of(day: 11, week: 12, new(["上访"], 30), MassEventRule.Assumed with { Number = 3, From = new(2026, 1, 1) })!;

        Assert.Equal("24 小时内 11 位市民反映同一问题；出现“上访”", grade.Why);
        Assert.Equal("依据 2026-01-01 起的规则（第 3 号）：24 小时内 ≥ 5 位，2 倍（10 位）为三级；出现聚集词升一级", grade.Basis);
        Assert.Equal((2, true), (grade.Level, grade.IsGathering));
    }

    private static Guid MineId { get; } = Guid.CreateVersion7();

    private static string HeatingText(int i) => $"星河苑小区供暖不热，{(i % 2 == 0 ? "家里暖气冰凉，室温只有十四度" : "暖气片一点不热，老人冻得受不了")}，{i}号楼住户";

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static async Task<TestApp> StartAsync(Database database)
    {
        var app = await TestApp.StartAsync(database);
        await app.SeedAsync();
        return app;
    }

    private static HttpClient Desk(TestApp app) => app.As(Permissions.Create, Permissions.Read, Permissions.Dispatch, Permissions.ViewEvents, Permissions.DecideEvents);

    private static async Task<string> CallAsync(HttpClient desk, string text, string phone, int times = 1)
    {
        var id = "";
        for (var i = 0; i < times; i++)
        {
            var number = times == 1 ? phone : phone[..^2] + i.ToString("D2", System.Globalization.CultureInfo.InvariantCulture);
            id = Text(await (await desk.PostOrderAsync(Guid.CreateVersion7().ToString(), new { title = text[..9], content = text, channel = "电话", callerPhone = number })).JsonAsync(), "id");
        }

        return id;
    }
}
