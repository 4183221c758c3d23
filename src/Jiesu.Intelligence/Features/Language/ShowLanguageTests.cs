using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Jiesu.Intelligence.Contracts;
using Jiesu.Tests;
using Jiesu.Tests.Given;

namespace Jiesu.Intelligence.Features.Language;

public sealed class ShowLanguageTests
{
    private static readonly Uri Page = new(ShowLanguage.Url, UriKind.Relative);
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Calls_failures_times_and_costs_are_told_by_task_and_Beijing_day(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var yesterday = app.Clock.GetUtcNow().AddDays(-1);    // 09:00 in Beijing
        for (var i = 1; i <= 20; i++)
        {
            await app.GivenAsync(Call(LanguageTask.Rank, i == 20 ? LanguageOutcome.NotOffered : LanguageOutcome.Answered, i * 10, yesterday));
        }

        await app.GivenAsync(Call(LanguageTask.Rank, LanguageOutcome.Resting, 0, yesterday));
        await app.GivenAsync(Call(LanguageTask.Reply, LanguageOutcome.TimedOut, 8_000, yesterday.AddHours(-9.5)));     // 23:30 the day before
        await app.GivenAsync(Call(LanguageTask.Reply, LanguageOutcome.Answered, 1, yesterday.AddDays(-30)));
        using var viewer = app.As(Permissions.View);

        var told = await viewer.GetFromJsonAsync<JsonElement>(new Uri("/api/v1" + ShowLanguage.Url, UriKind.Relative), Ct);
        var page = WebUtility.HtmlDecode(await viewer.GetStringAsync(Page, Ct));

        Assert.False(told.GetProperty("enabled").GetBoolean());
        var items = told.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["2026-03-01 Rank", "2026-02-28 Reply"], items.Select(i => $"{i.GetProperty("day").GetString()} {i.GetProperty("task").GetString()}"));
        Assert.Equal((21, 19, 2, 100, 190), (Number("calls"), Number("answered"), Number("fallbacks"), Number("p50Ms"), Number("p95Ms")));
        Assert.Equal((1, 1), (items[0].GetProperty("failures").GetProperty("NotOffered").GetInt32(), items[0].GetProperty("failures").GetProperty("Resting").GetInt32()));
        Assert.Equal((2_100, 0.021m), (Number("inputTokens"), items[0].GetProperty("cost").GetDecimal()));
        Assert.All(["未启用", "分类重排", "选项之外 1", "0.0210"], words => Assert.Contains(words, page, StringComparison.Ordinal));

        int Number(string name) => items[0].GetProperty(name).GetInt32();
    }

    [Fact]
    public async Task The_test_button_asks_one_harmless_question_and_says_what_came_back()
    {
        await using var server = await FakeLanguageServer.StartAsync();
        await using var app = await TestApp.StartAsync(Database.Sqlite, s => server.AddTo(s));
        await using var off = await TestApp.StartAsync(Database.Sqlite);
        using var viewer = app.As(Permissions.View);
        using var other = off.As(Permissions.View);

        server.Says("""{"text": "十二个月<script>alert(1)</script>"}""");
        var well = await TextAsync(await viewer.SubmitAsync(ShowLanguage.Url));
        server.Fails(401);
        var refused = await TextAsync(await viewer.SubmitAsync(ShowLanguage.Url));
        var none = await TextAsync(await other.SubmitAsync(ShowLanguage.Url));

        Assert.Contains("大模型回答：十二个月", well, StringComparison.Ordinal);
        Assert.DoesNotContain("alert(1)", well, StringComparison.Ordinal);
        Assert.Contains("测试失败（服务拒绝）", refused, StringComparison.Ordinal);
        Assert.Contains("大模型未启用", none, StringComparison.Ordinal);
        Assert.All([well, refused], page => Assert.DoesNotContain(FakeLanguageServer.Key, page, StringComparison.Ordinal));
        Assert.Equal(2, server.Asked.Count);
    }

    [Fact]
    public async Task Who_may_not_look_at_models_may_not_look_at_this_one()
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite);
        using var nobody = app.As("orders.read");

        using var answer = await nobody.GetAsync(Page, Ct);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    private static LanguageCall Call(LanguageTask task, LanguageOutcome outcome, int milliseconds, DateTimeOffset at) =>
        new() { Task = task, Outcome = outcome, Milliseconds = milliseconds, InputTokens = 100, OutputTokens = 10, Cost = 1_000, At = at };

    private static async Task<string> TextAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Ct));
    }
}
