using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Jiesu.Orders.Domain;
using Jiesu.Tests;
using Jiesu.Tests.Given;
using static Jiesu.Tests.Given.GivenRules;
using static Jiesu.Tests.Given.OrderBuilder;

namespace Jiesu.Orders.Features.Supervision;

public sealed class SupervisionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Supervision_goes_to_and_fro_through_the_api_and_a_unit_sees_its_own(Database database)
    {
        await using var app = await TestApp.StartAsync(database, GivenRules.AddTo);
        var order = await app.GivenAsync(AnOrder().Accepted().Dispatched(coUnits: ["PARKS"]).Signed());
        using var supervisor = app.As(Permissions.Supervise, Permissions.Read);
        using var unit = app.AsOf(Heping, Permissions.AnswerSupervision, Permissions.Read);
        using var other = app.AsOf(Water, Permissions.AnswerSupervision, Permissions.Read);

        (await supervisor.ActAsync($"orders/{order.Id}/actions/supervise", order.Version, new { note = "三日内反馈", until = Morning.AddDays(3), level = "重点" })).EnsureSuccessStatusCode();
        Assert.Equal("Pending", (await ItemsAsync(unit))[0].GetProperty("state").GetString());
        Assert.Empty(await ItemsAsync(other));
        Assert.Equal(["supervise-feedback", "supervise-return"], await OfferedAsync(unit, order));

        (await unit.ActAsync($"orders/{order.Id}/actions/supervise-feedback", order.Version + 1, new { result = "已清掏" })).EnsureSuccessStatusCode();
        var page = await supervisor.GetStringAsync(new Uri("/orders/supervisions", UriKind.Relative), Ct);
        Assert.Contains("已清掏", page, StringComparison.Ordinal);
        (await supervisor.ActAsync($"orders/{order.Id}/actions/supervise-review", order.Version + 2, new { decision = "approve" })).EnsureSuccessStatusCode();

        Assert.Empty(await ItemsAsync(unit));
        await (await unit.ActAsync($"orders/{order.Id}/actions/supervise-feedback", order.Version + 3, new { result = "再报" })).ShouldBeRefusedAsync(HttpStatusCode.Conflict, "order.not_now");
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task An_application_lies_on_the_desk_of_whoever_decides_it_and_of_nobody_else(Database database)
    {
        await using var app = await TestApp.StartAsync(database, GivenRules.AddTo);
        var order = await app.GivenAsync(AnOrder().Accepted().Dispatched().Signed().After(OrderAction.Extend, new() { ReasonCode = "EXT-03", Reason = "须采购水泵", Until = Morning.AddDays(9) }, Heping));
        using var reviewer = app.As(Permissions.DecideExtension, Permissions.Read);
        using var dispatcher = app.As(Permissions.DecideReturn, Permissions.Read);
        using var unit = app.AsOf(Heping, Permissions.Extend, Permissions.Read);
        using var other = app.AsOf(Parks, Permissions.DecideExtension, Permissions.Read);

        var item = Assert.Single(await DeskAsync(reviewer, "forMe"));
        Assert.Equal((order.CaseNo, "延期", "须采购水泵"), (item.GetProperty("caseNo").GetString(), item.GetProperty("kind").GetString(), item.GetProperty("reason").GetString()));
        Assert.Empty(await DeskAsync(dispatcher, "forMe"));
        Assert.Empty(await DeskAsync(other, "forMe"));
        Assert.Single(await DeskAsync(unit, "ofMyUnit"));
        Assert.Contains("审批", await reviewer.GetStringAsync(new Uri("/orders/approvals", UriKind.Relative), Ct), StringComparison.Ordinal);

        (await unit.ActAsync($"orders/{order.Id}/actions/extend", order.Version, new { decision = "withdraw" })).EnsureSuccessStatusCode();
        Assert.Empty(await DeskAsync(reviewer, "forMe"));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Both_sides_of_a_whistle_rate_each_other_once_after_the_report(Database database)
    {
        await using var app = await TestApp.StartAsync(database, GivenRules.AddTo);
        var order = await app.GivenAsync(AnOrder().Accepted().Dispatched().Signed().After(OrderAction.Whistle, new() { CoUnits = ["PARKS"], Note = "清运树根", Until = Morning.AddHours(4) }, Heping));
        using var street = app.AsOf(Heping, Permissions.ReportIn, Permissions.Read);
        using var department = app.AsOf(Parks, Permissions.ReportIn, Permissions.Read);
        using var stranger = app.As(Permissions.ReportIn, Permissions.Read);
        var whistle = (await street.GetFromJsonAsync<JsonElement>($"/api/v1/orders/{order.Id}/whistles", Ct)).GetProperty("items")[0].GetProperty("id").GetString();
        var path = $"orders/{order.Id}/whistles/{whistle}/rating";

        await (await street.ActAsync(path, null, new { score = 5 })).ShouldBeRefusedAsync(HttpStatusCode.Conflict, "whistle.not_now");
        Assert.Equal(["report-in"], await OfferedAsync(department, order));
        (await department.ActAsync($"orders/{order.Id}/actions/report-in", order.Version, new { result = "已到场", solved = true })).EnsureSuccessStatusCode();
        (await street.ActAsync(path, null, new { score = 5, words = "到场及时" })).EnsureSuccessStatusCode();
        (await department.ActAsync(path, null, new { score = 4 })).EnsureSuccessStatusCode();

        await (await street.ActAsync(path, null, new { score = 1 })).ShouldBeRefusedAsync(HttpStatusCode.Conflict, "whistle.not_now");
        await (await department.ActAsync(path, null, new { score = 6 })).ShouldNameAsync(HttpStatusCode.BadRequest, "request.invalid", "score");
        await (await stranger.ActAsync(path, null, new { score = 3 })).ShouldBeRefusedAsync(HttpStatusCode.Forbidden, "whistle.not_yours");
        var told = (await stranger.GetFromJsonAsync<JsonElement>($"/api/v1/orders/{order.Id}/whistles", Ct)).GetProperty("items")[0];
        Assert.Equal((5, "到场及时", 4), (told.GetProperty("scoreOfArrival").GetInt32(), told.GetProperty("wordsOnArrival").GetString(), told.GetProperty("scoreOfWhistle").GetInt32()));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Another_limit_is_tried_on_last_month_and_changes_nothing(Database database)
    {
        await using var app = await TestApp.StartAsync(database, GivenRules.AddTo);
        var order = await app.GivenAsync(AnOrder().Accepted().Dispatched().Signed());
        app.Clock.Advance(TimeSpan.FromDays(5));
        using var supervisor = app.As(Permissions.Supervise, Permissions.Read);

        var same = await PreviewAsync(supervisor, new { });
        var shorter = await PreviewAsync(supervisor, new { policy = "D7", handle = new { value = 3, unit = "natural_day" } });

        Assert.Equal((1, 0, 0), (same.GetProperty("orders").GetInt32(), same.GetProperty("changed").GetInt32(), same.GetProperty("lateAfter").GetInt32()));
        Assert.Equal((1, 1, 0, 1), (shorter.GetProperty("orders").GetInt32(), shorter.GetProperty("changed").GetInt32(), shorter.GetProperty("lateBefore").GetInt32(), shorter.GetProperty("lateAfter").GetInt32()));
        Assert.Contains(order.CaseNo, await supervisor.GetStringAsync(new Uri("/orders/policy-preview?value=3&unit=natural_day", UriKind.Relative), Ct), StringComparison.Ordinal);
        var deadline = await supervisor.GetFromJsonAsync<JsonElement>($"/api/v1/orders/{order.Id}/deadline", Ct);
        Assert.Equal(Morning.AddDays(7), deadline.GetProperty("due").GetDateTimeOffset());
    }

    [Fact]
    public async Task The_page_of_an_order_shows_what_stands_beside_its_state()
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite, GivenRules.AddTo);
        var master = await app.GivenAsync(AnOrder().Accepted().Dispatched().Signed().Supervised().After(OrderAction.Whistle, new() { CoUnits = ["PARKS"], Note = "清运树根", Until = Morning.AddHours(4) }, Heping));
        using var reader = app.As(Permissions.Read, Permissions.Dispatch);

        var page = await reader.GetStringAsync(new Uri($"/orders/{master.Id}", UriKind.Relative), Ct);

        Assert.All(["未了事项", "一般督办", "请三日内报结果", "吹哨报到", "清运树根", "未报到", "期限是怎么算的", "吹哨中"], text => Assert.Contains(text, page, StringComparison.Ordinal));
    }

    private static async Task<string?[]> OfferedAsync(HttpClient client, WorkOrder order) =>
        [.. (await client.GetFromJsonAsync<JsonElement>($"/api/v1/orders/{order.Id}/actions", Ct)).GetProperty("items").EnumerateArray().Select(a => a.GetProperty("action").GetString())];

    private static async Task<JsonElement> PreviewAsync(HttpClient client, object body)
    {
        using var answer = await client.PostAsJsonAsync("/api/v1/clock/policy-preview", body, Ct);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }

    private static async Task<JsonElement[]> ItemsAsync(HttpClient client) => [.. (await client.GetFromJsonAsync<JsonElement>("/api/v1/orders/supervisions", Ct)).GetProperty("items").EnumerateArray()];

    private static async Task<JsonElement[]> DeskAsync(HttpClient client, string side) => [.. (await client.GetFromJsonAsync<JsonElement>("/api/v1/orders/applications", Ct)).GetProperty(side).EnumerateArray()];
}
