using System.Net;
using Jiesu.Intelligence.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Platform;
using Jiesu.Tests;
using Jiesu.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Jiesu.Tests.Given.GivenRules;
using static Jiesu.Tests.Given.OrderBuilder;

namespace Jiesu.Orders.Features.Language;

public sealed class DraftReplyTests
{
    private const string Solved = "已疏通，现场畅通。";
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_draft_stands_under_the_form_and_gets_into_the_field_when_the_person_says_so(Database database)
    {
        await using var server = await FakeLanguageServer.StartAsync();
        server.Says("""{"text": "您好，已派人疏通。<b>请放心</b> http://evil.example.com"}""");
        await using var app = await StartAsync(database, server);
        var order = await app.GivenAsync(AnOrder().Accepted().Dispatched().Signed());
        await GivenSolvedAsync(app, AnOrder().Accepted().Dispatched());
        using var officer = app.AsOf(Heping, Permissions.Read, Permissions.SubmitReply);
        var (page, action) = ($"/orders/{order.Id}/act/submit-reply", $"/orders/{order.Id}/draft");

        Assert.Contains("拟答复草稿", await officer.GetStringAsync(new Uri(page, UriKind.Relative), Ct), StringComparison.Ordinal);
        var drafted = await TextAsync(await officer.SubmitAsync(page, action, ("draft", "ask"), ("result", "我已到场")));
        var adopted = await TextAsync(await officer.SubmitAsync(page, action, ("draft", "adopt"), ("result", "我已到场"), ("draftText", "您好，已派人疏通。")));

        Assert.Contains("您好，已派人疏通。请放心 （链接已去除）", drafted, StringComparison.Ordinal);
        Assert.Contains($"大模型 {FakeLanguageServer.Model}", drafted, StringComparison.Ordinal);
        Assert.Matches("<textarea[^>]*name=\"result\"[^>]*>我已到场</textarea>", drafted);
        Assert.Matches("<textarea[^>]*name=\"result\"[^>]*>我已到场\n您好，已派人疏通。</textarea>", adopted);
        Assert.Contains(Solved, FakeLanguageServer.TextOf(Assert.Single(server.Asked)), StringComparison.Ordinal);
        Assert.Equal(OrderState.Handling, (await app.InDbAsync(db => db.Set<WorkOrder>().SingleAsync(x => x.Id == order.Id, Ct))).State);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Replies_of_orders_that_the_asker_may_not_open_or_that_are_secret_are_no_examples(Database database)
    {
        await using var server = await FakeLanguageServer.StartAsync();
        server.Says("""{"text": "好"}""");
        await using var app = await StartAsync(database, server);
        var order = await app.GivenAsync(AnOrder().Accepted().Dispatched().Signed());
        await GivenSolvedAsync(app, AnOrder().Accepted().Dispatched("PARKS"), Parks);
        var secret = await GivenSolvedAsync(app, AnOrder().Accepted().Dispatched());
        await app.InDbAsync(db => db.Set<WorkOrder>().Where(x => x.Id == secret.Id).ExecuteUpdateAsync(x => x.SetProperty(o => o.IsSecret, true), Ct));
        using var officer = app.AsOf(Heping, Permissions.Read, Permissions.SubmitReply);

        await officer.SubmitAsync($"/orders/{order.Id}/act/submit-reply", $"/orders/{order.Id}/draft", ("draft", "ask"));

        Assert.DoesNotContain(Solved, FakeLanguageServer.TextOf(Assert.Single(server.Asked)), StringComparison.Ordinal);
    }

    /// <summary>Off, failing, and for a secret order: the same button, the house's own words, and never a 500.</summary>
    [Theory]
    [InlineData("off", "未启用大模型，以下为本地建议。")]
    [InlineData("failing", "大模型暂不可用，以下为本地建议。")]
    [InlineData("secret", "保密工单不发送给大模型，以下为本地建议。")]
    public async Task Without_the_model_the_best_reply_of_the_nearest_order_is_the_example(string how, string words)
    {
        await using var server = await FakeLanguageServer.StartAsync();
        server.Fails(500);
        await using var app = await StartAsync(Database.Sqlite, how == "off" ? null : server);
        var order = await app.GivenAsync(AnOrder().Accepted().Dispatched().Signed());
        var solved = await GivenSolvedAsync(app, AnOrder().Accepted().Dispatched());
        await app.InDbAsync(db => db.Set<WorkOrder>().Where(x => x.Id == solved.Id).ExecuteUpdateAsync(x => x.SetProperty(o => o.ReplyText, "已联系李四先生 139 0000 1111，已疏通。"), Ct));
        await app.InDbAsync(db => db.Set<WorkOrder>().Where(x => x.Id == order.Id).ExecuteUpdateAsync(x => x.SetProperty(o => o.IsSecret, how == "secret"), Ct));
        using var officer = app.AsOf(Heping, Permissions.Read, Permissions.SubmitReply);

        var drafted = await TextAsync(await officer.SubmitAsync($"/orders/{order.Id}/act/submit-reply", $"/orders/{order.Id}/draft", ("draft", "ask")));
        var summary = await TextAsync(await officer.SubmitAsync($"/orders/{order.Id}", $"/orders/{order.Id}/summary"));

        Assert.All([words, $"示例：相似工单 {solved.CaseNo} 的答复", "已联系〔姓名〕 〔电话〕，已疏通。"], text => Assert.Contains(text, drafted, StringComparison.Ordinal));
        Assert.All([words, "本地摘录", "门前下水道堵塞多日"], text => Assert.Contains(text, summary, StringComparison.Ordinal));
        Assert.Equal(how == "failing" ? 2 : 0, server.Asked.Count);
    }

    [Fact]
    public async Task Nobody_drafts_or_sums_up_what_they_may_not_open_or_not_answer()
    {
        await using var server = await FakeLanguageServer.StartAsync();
        await using var app = await StartAsync(Database.Sqlite, server);
        var order = await app.GivenAsync(AnOrder().Accepted().Dispatched().Signed());
        var theirs = await app.GivenAsync(AnOrder().Accepted().Dispatched("PARKS"));
        using var other = app.AsOf(Parks, Permissions.Read, Permissions.SubmitReply);
        using var reader = app.AsOf(Heping, Permissions.Read);

        foreach (var (client, page, door, status) in new[]
        {
            (other, theirs, "draft", HttpStatusCode.NotFound), (other, theirs, "summary", HttpStatusCode.NotFound), (reader, order, "draft", HttpStatusCode.Forbidden),
        })
        {
            using var answer = await client.SendAsync($"/orders/{order.Id}/{door}", await client.FillInAsync($"/orders/{page.Id}", $"/orders/{page.Id}/summary", ("draft", "ask")));
            Assert.Equal(status, answer.StatusCode);
        }

        Assert.Empty(server.Asked);
    }

    private static Task<TestApp> StartAsync(Database database, FakeLanguageServer? server) => TestApp.StartAsync(database, s =>
    {
        GivenRules.AddTo(s);
        server?.AddTo(s);
    });

    private static async Task<WorkOrder> GivenSolvedAsync(TestApp app, WorkOrder dispatched, Guid? unit = null)
    {
        var by = unit ?? Heping;
        var order = await app.GivenAsync(dispatched.Signed(by).Replied(by).After(OrderAction.UnitReview, new() { Decision = "approve" }, by).CalledBeforehand().ReviewedFinally().CalledBack());
        Assert.Equal(OrderState.Closed, order.State);
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IOrderTexts>().LearnAsync([new(order.Id.Value, $"{order.Title}\n{order.Content}", null, null, order.CallTime)], Ct);
        await scope.ServiceProvider.GetRequiredService<JiesuDb>().SaveChangesAsync(Ct);
        return order;
    }

    private static async Task<string> TextAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Ct));
    }
}
