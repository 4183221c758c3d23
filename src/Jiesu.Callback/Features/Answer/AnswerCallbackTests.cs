using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Jiesu.Callback.Domain;
using Jiesu.Orders.Contracts;
using Jiesu.Tests;
using Jiesu.Tests.Given;
using Microsoft.EntityFrameworkCore;
using static Jiesu.Tests.Given.Heard;

namespace Jiesu.Callback.Features.Answer;

public sealed class AnswerCallbackTests
{
    private static readonly Guid Street = Guid.CreateVersion7();
    private static readonly (string, string)[] Unhappy =
        [("reached", "yes"), ("contacted", "true"), ("solved", "false"), ("satisfied", "不满意"), ("reasonCode", "UNS-02"), ("reason", "没有清干净"), ("note", "希望周末前清完")];
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_three_answers_go_through_the_guard_of_the_order_once()
    {
        var orders = Waiting("PendingCallback");
        await using var app = await StartAsync(Database.Sqlite, orders, isPre: false);
        using var agent = app.As(Permissions.Work);
        var url = await UrlAsync(agent);
        var page = await agent.GetStringAsync(new Uri(url, UriKind.Relative), Ct);

        var (first, second) = await SubmitTwiceAsync(agent, url, Unhappy);

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (first.StatusCode, second.StatusCode));
        var (action, request) = Assert.Single(orders.Ledger);
        Assert.Equal(("callback-result", true, false, "不满意", "UNS-02", "不满意原因：没有清干净\n希望周末前清完"),
            (action, request.Contacted, request.Solved, request.Satisfied, request.ReasonCode, request.Note));
        Assert.Contains("2月27日", page, StringComparison.Ordinal);
        Assert.Contains("138****5678", page, StringComparison.Ordinal);
        Assert.Contains($"/orders/{orders.OrderId.Value}#caller", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_keeps_what_was_typed()
    {
        await using var app = await StartAsync(Database.Sqlite, Waiting("PendingCallback"), isPre: false);
        using var agent = app.As(Permissions.Work);
        var url = await UrlAsync(agent);

        var undecided = await agent.SubmitAsync(url, ("note", "稍后再打"));
        var incomplete = await agent.SubmitAsync(url, ("reached", "yes"), ("contacted", "true"), ("solved", "true"), ("note", "说到一半挂断"));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (undecided.StatusCode, incomplete.StatusCode));
        Assert.Contains("请选择是否联系到诉求人。", await undecided.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        var html = await incomplete.Content.ReadAsStringAsync(Ct);
        Assert.Contains("说到一半挂断", html, StringComparison.Ordinal);
        Assert.Contains("id=\"satisfied-problem\"", html, StringComparison.Ordinal);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_pre_callback_that_reaches_nobody_is_tried_again_and_may_be_passed_on_at_the_third_attempt(Database database)
    {
        var orders = Waiting("PendingPreCallback");
        await using var app = await StartAsync(database, orders, isPre: true);
        using var agent = app.As(Permissions.Work);
        var url = await UrlAsync(agent);
        (string, string)[] nobody = [("reached", "no"), ("notReached", "CBF-01")];

        await SubmitTwiceAsync(agent, url, nobody);
        await agent.SubmitAsync(url, nobody);
        var stored = await app.InDbAsync(db => db.Set<CallbackTask>().Include(t => t.Attempts).SingleAsync(Ct));
        var ledger = orders.Ledger;
        var passed = await agent.SubmitAsync(url, [.. nobody, ("passOn", "true")]);

        Assert.Equal((2, CallbackTaskState.Open), (stored.Attempts.Count, stored.State));
        Assert.Empty(ledger);
        Assert.Equal(HttpStatusCode.Redirect, passed.StatusCode);
        Assert.Equal(("pre-callback", "approve", "CBF-01"), orders.Ledger.Select(l => (l.Action, l.Request.Decision, l.Request.ReasonCode)).Single());
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task The_list_names_what_is_due_and_hides_what_is_out_of_scope(Database database)
    {
        await using var app = await StartAsync(database, Waiting("PendingCallback"), isPre: false);
        using var agent = app.As(Permissions.Work);
        using var stranger = app.AsOf(Guid.CreateVersion7(), Permissions.Work);
        using var nobody = app.As("orders.read");
        var url = await UrlAsync(agent);

        var taken = await agent.SubmitToAsync(url, url + "/take");
        app.Clock.Advance(TimeSpan.FromHours(49));
        var list = await agent.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/callbacks?kind=final&mine=true", UriKind.Relative), Ct);
        var none = await agent.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/callbacks?kind=pre", UriKind.Relative), Ct);
        var hidden = await stranger.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/callbacks", UriKind.Relative), Ct);
        var page = await agent.GetStringAsync(new Uri("/callbacks?kind=final", UriKind.Relative), Ct);

        Assert.Equal(HttpStatusCode.Redirect, taken.StatusCode);
        var item = Assert.Single(list.GetProperty("items").EnumerateArray());
        Assert.Equal(("final", "open", "FT-1", true), (item.GetProperty("kind").GetString(), item.GetProperty("state").GetString(), item.GetProperty("caseNo").GetString(), item.GetProperty("isOverdue").GetBoolean()));
        Assert.Equal((0, 0), (none.GetProperty("total").GetInt32(), hidden.GetProperty("total").GetInt32()));
        Assert.Contains("已过时限", page, StringComparison.Ordinal);
        Assert.Contains(url, page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(new Uri(url, UriKind.Relative), Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await nobody.GetAsync(new Uri("/api/v1/callbacks", UriKind.Relative), Ct)).StatusCode);
        await (await agent.GetAsync(new Uri("/api/v1/callbacks?kind=x", UriKind.Relative), Ct)).ShouldBeRefusedAsync(HttpStatusCode.BadRequest, "callback.kind_unknown");
    }

    private static CallbackOrders Waiting(string state) => new() { OrderId = OrderId.From(Guid.CreateVersion7()), State = state };

    private static async Task<TestApp> StartAsync(Database database, CallbackOrders orders, bool isPre)
    {
        var app = await TestApp.StartAsync(database, orders.AddTo);
        await app.HearAsync(orders.OrderId, Awaits(orders.OrderId, app.Clock.GetUtcNow(), Street, isPre));
        return app;
    }

    private static async Task<string> UrlAsync(HttpClient agent)
    {
        var list = await agent.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/callbacks", UriKind.Relative), Ct);
        return "/callbacks/" + Assert.Single(list.GetProperty("items").EnumerateArray()).GetProperty("id").GetString();
    }

    /// <summary>The same page sent twice, as a double click would.</summary>
    private static async Task<(HttpResponseMessage First, HttpResponseMessage Second)> SubmitTwiceAsync(HttpClient client, string url, params (string Name, string Value)[] typed)
    {
        var fields = await client.FieldsAsync(url, typed);
        return (await client.PostFieldsAsync(url, fields), await client.PostFieldsAsync(url, fields));
    }
}
