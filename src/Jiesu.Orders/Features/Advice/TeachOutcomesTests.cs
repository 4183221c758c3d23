using System.Net.Http.Json;
using System.Text.Json;
using Jiesu.Catalog.Contracts;
using Jiesu.Identity.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Platform;
using Jiesu.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Orders.Features.Advice;

public sealed class TeachOutcomesTests
{
    private const string Text = "小区东门外的广场上每天晚上放音响跳舞，吵得孩子没法写作业";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_correction_changes_the_next_advice_of_the_same_kind(Database database)
    {
        await using var app = await StartAsync(database);
        using var desk = Dispatcher(app);
        var before = await AdviseAsync(desk, Text);
        var other = before.GetProperty("classes").EnumerateArray().Select(c => c.GetProperty("code").GetString()!).Skip(1).Append("080301").First();

        await DispatchAsync(app, desk, Text, other, "110106-CGW");
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        var after = await AdviseAsync(desk, Text.Replace("每天晚上", "天天夜里", StringComparison.Ordinal));

        Assert.NotEqual(other, before.GetProperty("classes")[0].GetProperty("code").GetString());
        var first = after.GetProperty("classes")[0];
        Assert.Equal(other, first.GetProperty("code").GetString());
        Assert.StartsWith("1 件相似工单经人工改为此类", first.GetProperty("evidence").GetString(), StringComparison.Ordinal);
    }

    /// <summary>One slip among many confirmed orders changes nothing.</summary>
    [Fact]
    public async Task One_correction_does_not_outvote_the_orders_that_were_confirmed()
    {
        await using var app = await StartAsync(Database.Sqlite);
        using var desk = Dispatcher(app);
        var usual = (await AdviseAsync(desk, Text)).GetProperty("classes")[0].GetProperty("code").GetString()!;

        for (var i = 0; i < 4; i++)
        {
            await DispatchAsync(app, desk, Text + $"，第 {i} 次反映。", usual, "110106-CGW");
        }

        await DispatchAsync(app, desk, Text, "080301", "110106-CGW");
        app.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(usual, (await AdviseAsync(desk, Text)).GetProperty("classes")[0].GetProperty("code").GetString());
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Units_that_were_given_such_orders_are_advised_and_those_that_gave_them_back_are_not(Database database)
    {
        await using var app = await StartAsync(database);
        using var desk = Dispatcher(app);
        var (text, code) = ("马家堡街道小区门口的路灯不亮", "080301");
        var usual = Leads(await AdviseAsync(desk, text))[0];

        var orders = new List<(string Id, int Version)>();
        for (var i = 0; i < 12; i++)
        {
            orders.Add(await DispatchAsync(app, desk, $"马家堡街道第 {i} 号院门口的路灯不亮", code, "110106-YLLH"));
        }

        var taught = await AdviseAsync(desk, text);
        Assert.NotEqual("110106-YLLH", usual);
        Assert.Equal("110106-YLLH", Leads(taught)[0]);
        Assert.Contains(" 件中 12 件派给该单位", taught.GetProperty("units").EnumerateArray().First(u => u.GetProperty("role").GetString() == "lead").GetProperty("evidence").GetString(), StringComparison.Ordinal);

        await ReturnAsync(app, orders, "110106-YLLH");
        Assert.Equal(usual, Leads(await AdviseAsync(desk, text))[0]);
    }

    /// <summary>The name is told to Intelligence with the community, the house is not kept.</summary>
    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task The_community_of_a_dispatched_order_confirms_the_name_in_its_address(Database database)
    {
        await using var app = await StartAsync(database);
        using var desk = Dispatcher(app);
        await using var scope = app.Services.CreateAsyncScope();
        var place = (await scope.ServiceProvider.GetRequiredService<ICatalogue>().GetAsync(Ct)).Places.First(p => p.ParentCode is not null);

        var made = await (await desk.PostOrderAsync("k", new { title = "停水", content = Text, channel = "电话", town = place.ParentCode, community = place.Code, address = "锦绣嘉苑小区3号楼2单元" })).JsonAsync();
        await app.DeliverAsync();
        await AcceptAndDispatchAsync(app, desk, made, "110106-CGW", "080301");

        var kept = await app.InDbAsync(db => db.Set<Intelligence.Domain.StoredConfirmation>().SingleAsync(Ct));
        Assert.Equal(("锦绣嘉苑小区", place.Code), (kept.Name, kept.PlaceCode));
    }

    private static async Task<TestApp> StartAsync(Database database)
    {
        var app = await TestApp.StartAsync(database);
        await app.SeedAsync();
        return app;
    }

    private static HttpClient Dispatcher(TestApp app) => app.As(Permissions.Create, Permissions.Read, Permissions.Accept, Permissions.Dispatch);

    private static string[] Leads(JsonElement advice) =>
        [.. advice.GetProperty("units").EnumerateArray().Where(u => u.GetProperty("role").GetString() == "lead").Select(u => u.GetProperty("unit").GetString()!)];

    private static async Task<JsonElement> AdviseAsync(HttpClient desk, string text)
    {
        using var answer = await desk.PostAsJsonAsync("/api/v1/advice", new { text }, Ct);
        return await answer.JsonAsync();
    }

    private static async Task<(string Id, int Version)> DispatchAsync(TestApp app, HttpClient desk, string text, string classL3, string lead)
    {
        var made = await (await desk.PostOrderAsync(Guid.CreateVersion7().ToString(), new { title = text[..Math.Min(20, text.Length)], content = text, channel = "电话", town = "马家堡街道" })).JsonAsync();
        await app.DeliverAsync();
        return await AcceptAndDispatchAsync(app, desk, made, lead, classL3);
    }

    private static async Task<(string Id, int Version)> AcceptAndDispatchAsync(TestApp app, HttpClient desk, JsonElement made, string lead, string classL3)
    {
        var path = $"orders/{made.GetProperty("id").GetString()}/actions/";
        var accepted = await (await desk.ActAsync(path + "accept", made.GetProperty("version").GetInt32(), new { })).JsonAsync();
        using var sent = await desk.ActAsync(path + "dispatch", accepted.GetProperty("version").GetInt32(), new { lead, classL3 });
        Assert.Equal(System.Net.HttpStatusCode.OK, sent.StatusCode);
        await app.DeliverAsync();
        return (made.GetProperty("id").GetString()!, (await sent.JsonAsync()).GetProperty("version").GetInt32());
    }

    private static async Task ReturnAsync(TestApp app, IEnumerable<(string Id, int Version)> orders, string unit)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var units = await scope.ServiceProvider.GetRequiredService<IUnitDirectory>().GetAsync(Ct);
        using var clerk = app.AsOf(units.Find(unit)!.Id, Permissions.Read, Permissions.UnitReturn);
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
