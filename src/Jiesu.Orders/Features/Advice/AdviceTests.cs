using System.Net;
using System.Net.Http.Json;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Tests;
using Jiesu.Tests.Given;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.Advice;

public sealed class AdviceTests
{
    private const string Community = "110106013003";
    private static readonly string[] Everything = [.. Permissions.All.Select(p => p.Code)];
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Each_new_order_has_advice_and_its_like_is_found(Database database)
    {
        await using var app = await DeskSteps.StartDeskAsync(database);
        using var desk = app.As(Permissions.Create, Permissions.Read);
        var first = await (await desk.PostOrderAsync("k1", new { title = "健身卡退款难", content = "健身房关门，健身卡余额不给退款，请协调。", channel = "电话" })).JsonAsync();
        await desk.PostOrderAsync("k2", new { title = "健身卡不退款", content = "健身房关门了，健身卡的余额不给退款，请帮助协调。", channel = "电话" });
        await app.DeliverAsync();
        await app.DeliverAsync();

        var advice = await desk.ReadAsync($"orders/{first.GetProperty("id").GetString()}/advice");
        var similar = await desk.ReadAsync($"orders/{first.GetProperty("id").GetString()}/similar");
        using var live = await desk.PostAsJsonAsync("/api/v1/advice", new { text = "健身房关门，健身卡余额不退", town = DeskRules.StreetName, lonLat = new { lon = 116.4, lat = 39.8 } }, Ct);

        Assert.Equal(2, await app.InDbAsync(db => db.Set<StoredAdvice>().CountAsync(Ct)));
        Assert.NotEqual("", advice.GetProperty("modelVersion").GetString());
        Assert.Equal("健身卡不退款", similar.GetProperty("items")[0].GetProperty("title").GetString());
        var told = await live.JsonAsync();
        string[] promised = ["classes", "units", "addresses", "keywords", "entities", "spans", "elements", "flags", "flagWords", "similar", "modelVersion", "elapsedMs"];
        Assert.All(promised, name => Assert.True(told.TryGetProperty(name, out _), name));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Similar_orders_are_grouped_by_matter_place_and_caller_with_the_answer_that_solved_one(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        await app.GivenCatalogueAsync();
        using var desk = app.As(Everything);
        using var elsewhere = app.AsOf(await app.UnitIdAsync("110106001"), Everything);
        const string Here = "芳古园二区12号楼";
        var id = await CreateAsync(desk, "路灯不亮", "芳古园二区12号楼前路灯不亮，夜里看不清路。", Here, "13812345678");
        var solved = await CreateAsync(desk, "楼前路灯不亮", "芳古园二区12号楼前路灯不亮，夜里看不清路，请修。", Here);
        var beside = await CreateAsync(desk, "垃圾桶满溢", "垃圾桶好几天没有人清运，气味难闻。", Here);
        var ofCaller = await CreateAsync(desk, "公交车次太少", "早高峰等车四十分钟，请加密车次。", null, "13812345678");
        await CreateAsync(desk, "暖气不热", "室温只有十四度。", "芳古园二区3号楼");
        await app.InDbAsync(db => db.Set<WorkOrder>().Where(x => x.Id == OrderId.From(Guid.Parse(solved))).ExecuteUpdateAsync(
            x => x.SetProperty(o => o.State, OrderState.Closed).SetProperty(o => o.Solved, true).SetProperty(o => o.ReplyText, "已联系张先生13900001111，更换灯泡。"), Ct));
        await app.DeliverAsync();
        await app.DeliverAsync();

        var items = (await desk.ReadAsync($"orders/{id}/similar")).GetProperty("items").EnumerateArray().ToArray();
        var page = WebUtility.HtmlDecode(await desk.GetStringAsync(new Uri($"/orders/{id}", UriKind.Relative), Ct));

        Assert.Equal([(solved, "matter"), (beside, "place"), (ofCaller, "caller")], items.Select(i => (i.GetProperty("id").GetString()!, i.GetProperty("kind").GetString()!)));
        Assert.Equal($"同在{Here}", items[1].GetProperty("evidence").GetString());
        Assert.Equal("已联系〔姓名〕〔电话〕，更换灯泡。", items[0].GetProperty("reply").GetString());
        Assert.All(["同类事项", "同一地点的其他事项", "同一诉求人的其他事项", "曾怎样解决"], words => Assert.Contains(words, page, StringComparison.Ordinal));
        using var hidden = await elsewhere.GetAsync(new Uri($"/api/v1/orders/{id}/similar", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task While_it_is_typed_a_request_is_told_the_same_matter_and_the_same_place_within_the_scope_of_the_asker(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        await app.GivenCatalogueAsync();
        using var desk = app.As(Everything);
        using var elsewhere = app.AsOf(await app.UnitIdAsync("110106001"), Everything);
        await CreateAsync(desk, "路灯不亮", "芳古园二区12号楼前路灯不亮，夜里看不清路。", "芳古园二区12号楼");
        await CreateAsync(desk, "垃圾桶满溢", "垃圾桶好几天没有人清运，气味难闻。", "芳古园二区12号楼");
        await app.DeliverAsync();
        await app.DeliverAsync();
        var asked = new { text = "芳古园二区社区芳古园二区12号楼前路灯不亮，从11月28日起夜里看不清路", address = "芳古园二区社区芳古园二区12号楼" };

        using var told = await desk.PostAsJsonAsync("/api/v1/advice", asked, Ct);
        using var toldElsewhere = await elsewhere.PostAsJsonAsync("/api/v1/advice", asked, Ct);

        var advice = await told.JsonAsync();
        Assert.Equal([("路灯不亮", "matter"), ("垃圾桶满溢", "place")], advice.GetProperty("similar").EnumerateArray().Select(s => (s.GetProperty("title").GetString()!, s.GetProperty("kind").GetString()!)));
        Assert.Contains(advice.GetProperty("spans").EnumerateArray(), s => s.GetProperty("kind").GetString() == "time" && s.GetProperty("text").GetString() == "11月28日");
        Assert.Empty((await toldElsewhere.JsonAsync()).GetProperty("similar").EnumerateArray());
    }

    [Fact]
    public async Task A_question_that_cannot_be_read_is_refused_by_the_name_of_the_field()
    {
        await using var app = await DeskSteps.StartDeskAsync(Database.Sqlite);
        using var desk = app.As(Permissions.Read);
        (object Body, HttpStatusCode Status, string Field)[] cases =
        [
            (new { text = "" }, HttpStatusCode.BadRequest, "text"), (new { text = new string('水', 5000) }, HttpStatusCode.BadRequest, "text"), (new { text = "x", lonLat = new { lon = 200, lat = 0 } }, HttpStatusCode.BadRequest, "lonLat"),
            (new { text = "x", town = "没有街道" }, HttpStatusCode.UnprocessableEntity, "town"), (new { text = "x", colour = "red" }, HttpStatusCode.BadRequest, "colour"), (new { text = 1 }, HttpStatusCode.BadRequest, "text"),
        ];

        foreach (var (body, status, field) in cases)
        {
            using var answer = await desk.PostAsJsonAsync("/api/v1/advice", body, Ct);
            Assert.Equal(status, answer.StatusCode);
            Assert.True((await answer.JsonAsync()).GetProperty("errors").TryGetProperty(field, out _), field);
        }
    }

    private static async Task<string> CreateAsync(HttpClient desk, string title, string content, string? address, string? phone = null)
    {
        using var made = await desk.PostOrderAsync(title, new { title, content, channel = "电话", community = address is null ? null : Community, address, callerName = phone is null ? null : "张小明", callerPhone = phone });
        Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync(Ct));
        return (await made.JsonAsync()).GetProperty("id").GetString()!;
    }
}
