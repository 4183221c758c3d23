using System.Text.Json;
using Jiesu.Orders.Contracts;
using Jiesu.Tests;

namespace Jiesu.Orders.Features.MassEvents;

/// <summary>What the page of one event tells: map, summary, growth, time.</summary>
public sealed class EventPageTests
{
    private static readonly DateTimeOffset Morning = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task It_shows_points_what_is_asked_without_names_and_numbers_and_to_a_street_only_its_own(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        await app.SeedAsync();
        using var desk = app.As(Permissions.Create, Permissions.Read, Permissions.ViewEvents, Permissions.DecideEvents);
        var cases = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            var order = await (await desk.PostOrderAsync(Guid.CreateVersion7().ToString(), new
            {
                title = "星河苑小区供暖不热",
                content = $"星河苑小区暖气冰凉，{i}号楼住户。我是王建国，电话13800001234，{(i == 0 ? "请先给我家单独检修" : "请尽快恢复供暖")}。",
                channel = "电话",
                callerPhone = $"1380000000{i}",
                town = "110106001",
                lonLat = i < 4 ? new { lon = 116.36 + (i * 0.003), lat = 39.86 } : null,
            })).JsonAsync();
            cases.Add(Text(order, "caseNo"));
            app.Clock.Advance(TimeSpan.FromMinutes(20));
        }

        await app.DeliverAsync();
        await app.RunAsync<WatchMassEvents>();
        var found = Assert.Single((await desk.ReadAsync("intelligence/events")).GetProperty("items").EnumerateArray());
        var url = $"intelligence/events/{Text(found, "id")}";
        var (item, html) = (await desk.ReadAsync(url), await desk.GetStringAsync(new Uri("/" + url, UriKind.Relative), Ct));
        await app.GivenShareAsync(cases[1], MineId);
        using var street = app.AsOf(MineId, Permissions.ViewEvents, Permissions.Read);
        var (part, partHtml) = (await street.ReadAsync(url), await street.GetStringAsync(new Uri("/" + url, UriKind.Relative), Ct));

        Assert.Equal("不热、小区、暖气、电话：请尽快恢复供暖", Text(item, "summary"));
        Assert.DoesNotContain("13800001234", Text(item, "summary") + html, StringComparison.Ordinal);
        Assert.DoesNotContain("王建国", Text(item, "summary") + html, StringComparison.Ordinal);
        Assert.Equal(4, html.Split("<circle").Length - 1);
        Assert.Contains("有坐标的工单 4 件，4 处", html, StringComparison.Ordinal);
        Assert.Contains("另有 2 件没有坐标：右安门街道 2 件", html, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", html[html.IndexOf("event-map", StringComparison.Ordinal)..html.IndexOf("</svg>", html.IndexOf("event-map", StringComparison.Ordinal), StringComparison.Ordinal)], StringComparison.Ordinal);
        Assert.Equal((6, 0), (item.GetProperty("growth").GetProperty("last24").GetInt32(), item.GetProperty("growth").GetProperty("before24").GetInt32()));
        Assert.Equal(("2026-03-02", 6, 1), (Text(item.GetProperty("spread")[0], "day"), item.GetProperty("spread")[0].GetProperty("size").GetInt32(), item.GetProperty("spread")[0].GetProperty("places").GetInt32()));

        Assert.Equal(1, part.GetProperty("size").GetInt32());
        Assert.Equal(JsonValueKind.Null, part.GetProperty("basis").ValueKind);
        Assert.Equal(1, partHtml.Split("<circle").Length - 1);
        Assert.All(cases.Where(c => c != cases[1]), c => Assert.DoesNotContain(c, partHtml, StringComparison.Ordinal));
    }

    [Fact]
    public void An_event_without_points_has_no_map_and_points_of_one_place_are_one_spot()
    {
        Assert.Null(EventMap.Of([Order(null, null)], (_, _, _, _) => []));

        var map = EventMap.Of([Order(116.36, 39.86), Order(116.36, 39.86), Order(116.40, 39.86)], (_, _, _, _) => [new("110106001", [[(116.35, 39.85), (116.41, 39.85), (116.41, 39.87)]])])!;

        Assert.Equal([2, 1], map.Spots.Select(s => s.Orders.Count));
        Assert.All(map.Spots, s => Assert.True(s.X is >= EventMap.Margin - 1 and <= EventMap.Width - EventMap.Margin + 1, $"{s.X}"));
        Assert.Equal(("town", "1 公里"), (Assert.Single(map.Outlines).Kind, map.Scale.Text));
        Assert.Null(map.Missing);
    }

    [Theory]
    //          hours after nine of 2 March, label title, labels
    [InlineData(new[] { 0.0 }, "小时", "03-02 09 时 1")]
    [InlineData(new[] { 0.0, 0.5, 3 }, "小时", "03-02 09 时 2、03-02 10 时 0、03-02 11 时 0、03-02 12 时 1")]
    [InlineData(new[] { 0.0, 72 }, "日期", "2026-03-02 1、2026-03-03 0、2026-03-04 0、2026-03-05 1")]
    public void Bars_stand_for_every_hour_or_day_also_for_those_without_a_call(double[] hours, string title, string bars)
    {
        var found = EventBars.Of([.. hours.Select(h => Order(null, null) with { CallTime = Morning.AddHours(h) })]);

        Assert.Equal((title, bars), (found.LabelTitle, string.Join('、', found.Bars.Select(b => $"{b.Label} {b.Count}"))));
    }

    private static Guid MineId { get; } = Guid.CreateVersion7();

    private static ShowEvents.Order Order(double? lon, double? lat) => new("1", "FT-1", "供暖不热", "待派发", 1, Morning, "翠林社区", lon is null ? null : new LonLat(lon, lat));

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
