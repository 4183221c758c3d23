using System.Net;
using System.Text.Json;
using Jiesu.Orders.Domain;
using Jiesu.Tests;
using Jiesu.Tests.Given;
using Microsoft.EntityFrameworkCore;
using static Jiesu.Tests.Given.ManyOrders;

namespace Jiesu.Orders.Features.HotIssues;

public sealed class HotIssuesTests
{
    private const string Steady = DeskRules.Class, Surging = "020101";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_surging_issue_stands_above_a_large_steady_one_and_is_marked_with_its_reason(Database database)
    {
        await using var app = await DeskSteps.StartDeskAsync(database);
        await GivenNineWeeksAsync(app);
        using var reader = app.As(Permissions.ViewHot, Permissions.Read);

        var found = await reader.ReadAsync("intelligence/hot?period=week");

        var (first, second) = (found.GetProperty("issues")[0], found.GetProperty("issues")[1]);
        Assert.Equal((Surging, 1, 2, 14, 2), (Text(first, "code"), Number(first, "rank"), Number(first, "previousRank"), Number(first, "orders"), Number(first, "previous")));
        Assert.Equal((Steady, 2, 1, 20, 20), (Text(second, "code"), Number(second, "rank"), Number(second, "previousRank"), Number(second, "orders"), Number(second, "previous")));
        Assert.Equal("14 件，超过前八期均值 2 + 2 × 标准差 0 = 2", Text(first, "alert"));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("alert").ValueKind);
        Assert.Equal(6, first.GetProperty("change").GetDouble());
        Assert.Equal(Enumerable.Repeat(2, 8), first.GetProperty("history").EnumerateArray().Select(n => n.GetInt32()));
        Assert.StartsWith($"热度 {first.GetProperty("heat").GetDouble().ToString("0.0", System.Globalization.CultureInfo.InvariantCulture)} = 件数 14 × 增长 ", first.GetProperty("how")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal(DeskRules.StreetName, Text(first.GetProperty("towns")[0], "name"));
        Assert.Equal(35, Number(found, "total"));
        Assert.Equal(1, Number(found, "unranked"));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Each_number_is_the_total_of_the_list_that_it_leads_to(Database database)
    {
        await using var app = await DeskSteps.StartDeskAsync(database);
        await GivenNineWeeksAsync(app);
        using var reader = app.As(Permissions.ViewHot, Permissions.Read);

        foreach (var question in new[] { "period=day", "period=week", "period=month", "period=quarter", "period=year", "period=week&town=" + DeskRules.Street, "period=month&class=020000", "period=week&to=2026-02-20" })
        {
            var found = await reader.ReadAsync("intelligence/hot?" + question);
            foreach (var issue in found.GetProperty("issues").EnumerateArray())
            {
                await ShouldLeadToAsync(issue);
                foreach (var place in issue.GetProperty("towns").EnumerateArray().Concat(issue.GetProperty("communityPlaces").EnumerateArray()))
                {
                    await ShouldLeadToAsync(place);
                }
            }

            var (from, to) = (Text(found, "from"), Text(found, "to"));
            var town = found.GetProperty("town").GetString() is { } code ? "&town=" + code : "";
            var branch = found.GetProperty("class").GetString() is { } known ? "&class=" + known : "";
            Assert.Equal(Number(await reader.ReadAsync($"orders?from={from}&to={to}{town}{branch}"), "total"), Number(found, "total"));
        }

        async Task ShouldLeadToAsync(JsonElement counted) => Assert.Equal(Number(await reader.ReadAsync(Text(counted, "listUrl").TrimStart('/')), "total"), Number(counted, "orders"));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Nobody_is_told_of_orders_out_of_scope_not_even_their_number(Database database)
    {
        await using var app = await DeskSteps.StartDeskAsync(database);
        var cases = await app.GivenCallsAsync(Enumerable.Range(0, 6).Select(i => Heating(app, 0, i)));
        var unit = Guid.CreateVersion7();
        await app.GivenShareAsync(cases[0], unit);
        await app.GivenShareAsync(cases[1], unit);
        using var one = app.AsOf(unit, Permissions.ViewHot, Permissions.Read);
        using var other = app.AsOf(Guid.CreateVersion7(), Permissions.ViewHot, Permissions.Read);

        var seen = await one.ReadAsync("intelligence/hot");
        var none = await other.ReadAsync("intelligence/hot");

        var issue = Assert.Single(seen.GetProperty("issues").EnumerateArray());
        Assert.Equal((2, 2, 2, 2), (Number(seen, "total"), Number(issue, "orders"), Number(issue, "callers"), issue.GetProperty("towns").EnumerateArray().Sum(t => Number(t, "orders"))));
        Assert.Equal((0, 0, 0), (Number(none, "total"), none.GetProperty("issues").GetArrayLength(), none.GetProperty("terms").GetArrayLength()));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Callers_are_persons_and_an_unknown_one_counts_each_time(Database database)
    {
        await using var app = await DeskSteps.StartDeskAsync(database);
        await app.GivenCallsAsync(new[] { "13800000001", "13800000001", "13800000001", "13800000002", null, null }.Select((phone, i) => Heating(app, 0, i) with { Phone = phone, Name = i == 5 ? "无号码" : null }));
        await app.InDbAsync(async db =>
        {
            var orders = await db.Set<WorkOrder>().OrderBy(x => x.No).Take(2).ToListAsync(Ct);
            db.Entry(orders[0]).Property(x => x.Urges).CurrentValue = 2;
            db.Entry(orders[0]).Property(x => x.Reworks).CurrentValue = 1;
            db.Entry(orders[1]).Property(x => x.HasValidCallback).CurrentValue = true;
            db.Entry(orders[1]).Property(x => x.Solved).CurrentValue = false;
            return await db.SaveChangesAsync(Ct);
        });
        using var reader = app.As(Permissions.ViewHot);

        var issue = (await reader.ReadAsync("intelligence/hot?period=day")).GetProperty("issues")[0];

        Assert.Equal((6, 4, 2, 1), (Number(issue, "orders"), Number(issue, "callers"), Number(issue, "discontent"), Number(issue, "communities")));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Words_of_the_period_are_counted_by_orders_beside_those_of_the_period_before(Database database)
    {
        await using var app = await DeskSteps.StartDeskAsync(database);
        await app.GivenCallsAsync([.. Enumerable.Range(0, 3).Select(i => Heating(app, 0, i)), Heating(app, 7, 3), Gym(app, 0, 4)]);
        while (await app.DeliverAsync() > 0)
        {
        }

        using var reader = app.As(Permissions.ViewHot);
        var found = await reader.ReadAsync("intelligence/hot?period=week");

        Assert.Equal((4, 1), (Number(found, "termsOf"), Number(found, "previousTermsOf")));
        var heating = found.GetProperty("terms").EnumerateArray().Single(t => Text(t, "word") == "供暖");
        Assert.Equal((3, 1), (Number(heating, "orders"), Number(heating, "previous")));
        Assert.Contains("健身卡", found.GetProperty("terms").EnumerateArray().Select(t => Text(t, "word")));
    }

    [Theory]
    [InlineData("period=fortnight", "period"), InlineData("to=2026-02-30", "to"), InlineData("to=2026-03-03", "to"), InlineData("to=1999-12-31", "to"), InlineData("town=没有街道", "town"),
     InlineData("town=" + DeskRules.Community, "town"), InlineData("class=没有分类", "class")]
    public async Task A_question_that_cannot_be_read_is_refused_by_the_name_of_the_field(string question, string field)
    {
        await using var app = await DeskSteps.StartDeskAsync(Database.Sqlite);
        using var reader = app.As(Permissions.ViewHot);

        using var answer = await reader.GetAsync(new Uri("/api/v1/intelligence/hot?" + question, UriKind.Relative), Ct);
        using var page = await reader.GetAsync(new Uri("/intelligence/hot?" + question, UriKind.Relative), Ct);

        await answer.ShouldNameAsync(HttpStatusCode.BadRequest, "hot.unreadable", field);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.StatusCode);
        Assert.Contains("class=\"refused\"", await page.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_says_how_each_heat_came_about_and_leads_to_its_orders()
    {
        await using var app = await DeskSteps.StartDeskAsync(Database.Sqlite);
        await GivenNineWeeksAsync(app);
        using var reader = app.As(Permissions.ViewHot, Permissions.Read);
        using var nobody = app.As(Permissions.Read);

        var page = WebUtility.HtmlDecode(await reader.GetStringAsync(new Uri("/intelligence/hot?period=week", UriKind.Relative), Ct));
        using var refused = await nobody.GetAsync(new Uri("/api/v1/intelligence/hot", UriKind.Relative), Ct);

        Assert.Contains("热度 = 件数 × 增长 × 扩散 × 不满", page, StringComparison.Ordinal);
        Assert.Contains("= 件数 14 × 增长 2.71", page, StringComparison.Ordinal);
        Assert.Contains("/orders?class=020101&from=2026-02-24&to=2026-03-02", page, StringComparison.Ordinal);
        Assert.Contains("升 1", page, StringComparison.Ordinal);
        Assert.Contains("预警", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Theory]
    [InlineData("day", "2026-03-02", "2026-03-02", "2026-03-01"), InlineData("week", "2026-03-02", "2026-02-24", "2026-02-23"), InlineData("month", "2026-03-31", "2026-03-01", "2026-02-28"),
     InlineData("month", "2026-03-30", "2026-02-28", "2026-02-27"), InlineData("quarter", "2026-03-31", "2026-01-01", "2025-12-31"), InlineData("year", "2025-12-31", "2025-01-01", "2024-12-31")]
    public void Periods_stand_one_beside_the_other(string kind, string to, string from, string previousTo)
    {
        var period = new HotPeriod(kind, Day(to));

        Assert.Equal((Day(from), Day(previousTo)), (period.First(0), period.Last(1)));
        Assert.All(Enumerable.Range(0, HotPeriod.Before + 1), back => Assert.Equal(period.First(back), period.Last(back + 1).AddDays(1)));

        static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Without_weights_the_heat_is_the_number_of_orders() =>
        Assert.Equal(37, Heat.Of(new(37, [1, 2, 3, 4, 5, 6, 7, 8], 30, 9, 12), new() { HotGrowthWeight = 0, HotSpreadWeight = 0, HotDiscontentWeight = 0 }).Value);

    [Theory]
    [InlineData(4, 0, 0, false), InlineData(5, 0, 0, true), InlineData(26, 20, 30, false), InlineData(27, 20, 30, true), InlineData(19, 10, 30, false), InlineData(90, 90, 30, true)]
    public void An_alert_needs_a_number_far_above_the_usual_or_a_large_growth_of_many(int orders, int previous, int earlier, bool isAlert) =>
        Assert.Equal(isAlert, Heat.Alert(orders, [previous, .. Enumerable.Repeat(earlier, 7)], new()) is not null);

    /// <summary>Week by week: 20 of one issue from one street; of another 2, and 14 in the last; and one order without a class.</summary>
    private static Task<IReadOnlyList<string>> GivenNineWeeksAsync(TestApp app) => app.GivenCallsAsync(
    [
        .. from week in Enumerable.Range(0, 10) from i in Enumerable.Range(0, 20) select Gym(app, 7 * week, i),
        .. from week in Enumerable.Range(0, 10) from i in Enumerable.Range(0, week == 0 ? 14 : 2) select Heating(app, 7 * week, i),
        new Call(app.Clock.GetUtcNow(), "未分类", "不知道属于哪一类"),
    ]);

    private static Call Gym(TestApp app, int days, int i) =>
        new(app.Clock.GetUtcNow().AddDays(-days).AddMinutes(-i), "健身卡退款难", "健身房关门，健身卡余额不给退款", Steady, "110106001", "110106001001", $"1380000{i:D4}");

    private static Call Heating(TestApp app, int days, int i) =>
        new(app.Clock.GetUtcNow().AddDays(-days).AddMinutes(-i), "供暖不热", "供暖不热，室温不达标", Surging, DeskRules.Street, DeskRules.Community, $"1390000{i:D4}");

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static int Number(JsonElement json, string name) => json.GetProperty(name).GetInt32();
}
