using System.Net;
using System.Text.Json;
using Jiesu.Orders.Domain;
using Jiesu.Tests;
using Jiesu.Tests.Given;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.List;

public sealed class ListOrdersTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Filters_combine_and_each_finds_what_it_names(Database database)
    {
        await using var app = await DeskSteps.StartDeskAsync(database, DeskRules.Street);
        using var desk = app.As(Permissions.Create, Permissions.Read);
        await desk.PostOrderAsync("k1", new { title = "甲", content = "内容", channel = "电话", classL3 = DeskRules.Class, town = DeskRules.Street });
        app.Clock.Advance(TimeSpan.FromDays(1));
        await desk.PostOrderAsync("k2", new { title = "乙", content = "内容", channel = "网络", classL3 = "020101", community = DeskRules.Community });
        await desk.PostOrderAsync("k3", new { title = "丙", content = "内容", channel = "电话", originType = 2 });
        await app.GivenShareAsync("乙", await app.UnitIdAsync(DeskRules.Street));
        await app.InDbAsync(db => GiveClocksAsync(db, app.Clock.GetUtcNow()));

        (string Query, string Titles)[] cases =
        [
            ("", "丙乙甲"), ("state=Received", "丙甲"), ("state=PendingSign", "乙"), ("state=PendingSign,Received", "丙乙甲"), ("unit=QZX", "丙甲"), ($"unit={DeskRules.Street}", "乙"),
            ("class=010000", "甲"), ("class=020100", "乙"), ("class=健身卡", "甲"), ("class=none", "丙"), ("unitKind=Street", "乙"), ("unitKind=Centre", "丙甲"), ("class=室温不达标", "乙"), ($"town={DeskRules.Street}", "乙甲"), ("town=方庄街道&state=Received", "甲"),
            ($"community={DeskRules.Community}", "乙"), ("channel=电话", "丙甲"), ("channel=phone", "丙甲"), ("from=2026-03-02&to=2026-03-02", "甲"), ("from=2026-03-03", "丙乙"),
            ("to=2026-03-03T08:59:59%2B08:00", "甲"), ("to=2026-03-03T08:59:59+08:00", "甲"), ($"assignedTo={DeskRules.Street}", "乙"), ("originType=2", "丙"), ("closed=false", "丙乙甲"), ("closed=true", ""),
            ("validCallback=true", ""), ("excluded=false&channel=电话", "丙甲"), ("late=true", ""), ("satisfied=满意", ""), ("contacted=true", ""), ("solved=false", ""),
            ("lamp=red", "甲"), ("lamp=orange", "乙"), ("lamp=yellow", "丙"), ("lamp=green", ""), ("overlay=Urged", "丙"), ("overlay=ReturnApplied", "乙"), ("state=", "丙乙甲"),
        ];
        foreach (var (query, titles) in cases)
        {
            var list = await desk.ReadAsync("orders?" + query);
            Assert.True(titles == Titles(list), $"{query}: {Titles(list)} instead of {titles}");
            Assert.Equal(titles.Length, list.GetProperty("total").GetInt32());
        }

        var lamps = (await desk.ReadAsync("orders")).GetProperty("items").EnumerateArray().Select(x => x.GetProperty("lamp").GetString());
        Assert.Equal(["yellow", "orange", "red"], lamps);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Pages_by_key_are_the_pages_by_number_and_hold_each_order_once(Database database)
    {
        await using var app = await DeskSteps.StartDeskAsync(database);
        using var desk = app.As(Permissions.Create, Permissions.Read);
        for (var i = 0; i < 11; i++)
        {
            await desk.PostOrderAsync($"k{i}", new { title = $"{i}", content = "内容", channel = "电话" });
        }

        var (byKey, byNumber, after) = (new List<string>(), new List<string>(), "");
        for (var page = 1; page <= 4; page++)
        {
            var list = await desk.ReadAsync($"orders?pageSize=3&after={after}");
            byKey.Add(Titles(list));
            after = list.GetProperty("next").GetString() ?? "";
            byNumber.Add(Titles(await desk.ReadAsync($"orders?pageSize=3&page={page}")));
        }

        Assert.Equal(["1098", "765", "432", "10"], byNumber);
        Assert.Equal(byNumber, byKey);
        Assert.Equal("", after);
    }

    [Fact]
    public async Task A_value_that_means_nothing_is_refused_by_its_name()
    {
        await using var app = await DeskSteps.StartDeskAsync(Database.Sqlite);
        using var desk = app.As(Permissions.Read);
        string[] bad =
        [
            "state=Nowhere", "state=1", "unit=X", "class=X", "town=X", "town=110106012001", "community=X", "from=2026-13-01", "to=soon", "from=1", "page=0", "page=x", "pageSize=201", "pageSize=0", "after=x",
            "closed=1", "satisfied=好", "lamp=blue", "overlay=None", "originType=3", "assignedTo=X", "colour=red", "unit=QZX&unit=QZX",
        ];

        foreach (var query in bad)
        {
            using var response = await desk.GetAsync(new Uri("/api/v1/orders?" + query, UriKind.Relative), Ct);
            var problem = await response.ShouldBeRefusedAsync(HttpStatusCode.BadRequest, "request.invalid");
            Assert.True(problem.GetProperty("errors").TryGetProperty(query[..query.IndexOf('=', StringComparison.Ordinal)], out _), query);
        }
    }

    [Fact]
    public async Task An_end_before_its_beginning_is_named()
    {
        await using var app = await DeskSteps.StartDeskAsync(Database.Sqlite);
        using var desk = app.As(Permissions.Read);

        using var response = await desk.GetAsync(new Uri("/api/v1/orders?from=2026-03-03&to=2026-03-01", UriKind.Relative), Ct);

        await response.ShouldNameAsync(HttpStatusCode.BadRequest, "request.invalid", "to");
    }

    private static string Titles(JsonElement list) => string.Concat(list.GetProperty("items").EnumerateArray().Select(x => x.GetProperty("title").GetString()));

    private static async Task<int> GiveClocksAsync(Platform.JiesuDb db, DateTimeOffset now)
    {
        foreach (var order in await db.Set<WorkOrder>().ToListAsync(Ct))
        {
            var (start, due, overlay) = order.Title switch
            {
                "甲" => (now.AddHours(-9), now.AddHours(-1), OrderOverlay.None),
                "乙" => (now.AddHours(-8), now.AddHours(2), OrderOverlay.ReturnUpApplied),
                _ => (now.AddHours(-5), now.AddHours(5), OrderOverlay.Urged),
            };
            db.Entry(order).Property(x => x.ClockStartedAt).CurrentValue = start;
            db.Entry(order).Property(x => x.DueAt).CurrentValue = due;
            db.Entry(order).Property(x => x.Overlays).CurrentValue = overlay;
        }

        return await db.SaveChangesAsync(Ct);
    }
}
