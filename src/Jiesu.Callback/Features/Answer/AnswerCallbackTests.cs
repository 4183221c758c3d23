using System.Net;
using System.Text.Json;
using Jiesu.Callback.Domain;
using Jiesu.Orders.Domain;
using Jiesu.Platform.Events;
using Jiesu.Tests;
using Jiesu.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Jiesu.Tests.Given.OrderBuilder;

namespace Jiesu.Callback.Features.Answer;

public sealed class AnswerCallbackTests
{
    private static readonly string[] Agent = [Permissions.Work, "orders.read", "orders.pre-callback", "orders.callback"];
    private static readonly (string, string)[] Unhappy =
        [("reached", "yes"), ("contacted", "true"), ("solved", "false"), ("satisfied", "不满意"), ("reasonCode", "UNS-02"), ("reason", "没有清干净"), ("note", "希望周末前清完")];
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task The_three_answers_go_through_the_guard_of_the_order_once(Database database)
    {
        await using var app = await StartAsync(database, AwaitingCallback());
        using var agent = app.As(Agent);
        var url = await UrlAsync(agent);
        var page = await agent.GetStringAsync(new Uri(url, UriKind.Relative), Ct);

        var (first, second) = await SubmitTwiceAsync(agent, url, Unhappy);
        await DrainAsync(app);

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (first.StatusCode, second.StatusCode));
        var order = await OrderAsync(app);
        var answer = Assert.Single(order.History, e => e.StepId == "T26");
        Assert.Equal(("UNS-02", "不满意原因：没有清干净\n希望周末前清完"), (answer.ReasonCode, answer.Note));
        Assert.Equal((OrderState.Rework, true, false, Satisfaction.Dissatisfied), (order.State, order.Contacted, order.Solved, order.Satisfied));
        Assert.Equal(CallbackTaskState.Done, (await TaskAsync(app, CallbackKind.Final)).State);
        Assert.Contains("3月2日", page, StringComparison.Ordinal);
        Assert.Contains($"/orders/{order.Id.Value}#caller", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_keeps_what_was_typed()
    {
        await using var app = await StartAsync(Database.Sqlite, AwaitingCallback());
        using var agent = app.As(Agent);
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
        await using var app = await StartAsync(database, AnOrder().Accepted().Dispatched().Signed().Replied().ReviewedInUnit());
        using var agent = app.As(Agent);
        var url = await UrlAsync(agent);
        (string, string)[] nobody = [("reached", "no"), ("notReached", "CBF-01")];

        await SubmitTwiceAsync(agent, url, nobody);
        await agent.SubmitAsync(url, nobody);
        var task = await TaskAsync(app, CallbackKind.Pre);
        var before = await OrderAsync(app);
        var passed = await agent.SubmitAsync(url, [.. nobody, ("passOn", "true")]);
        await DrainAsync(app);

        Assert.Equal((2, CallbackTaskState.Open, OrderState.PendingPreCallback), (task.Attempts.Count, task.State, before.State));
        Assert.Equal(HttpStatusCode.Redirect, passed.StatusCode);
        Assert.Equal(OrderState.PendingFinalReview, (await OrderAsync(app)).State);
        task = await TaskAsync(app, CallbackKind.Pre);
        Assert.Equal((3, CallbackTaskState.GivenUp), (task.Attempts.Count, task.State));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task The_list_names_what_is_due_and_hides_what_is_out_of_scope(Database database)
    {
        var order = AwaitingCallback();
        await using var app = await StartAsync(database, order);
        using var agent = app.As(Agent);
        using var stranger = app.AsOf(GivenRules.Parks, Agent);
        using var nobody = app.As("orders.read");
        var url = await UrlAsync(agent);

        var taken = await agent.SubmitAsync(url, url + "/take");
        app.Clock.Advance(TimeSpan.FromHours(49));
        var list = await agent.ReadAsync("callbacks?kind=final&mine=true");
        var none = await agent.ReadAsync("callbacks?kind=pre");
        var hidden = await stranger.ReadAsync("callbacks");
        var page = await agent.GetStringAsync(new Uri("/callbacks?kind=final", UriKind.Relative), Ct);

        Assert.Equal(HttpStatusCode.Redirect, taken.StatusCode);
        var item = Assert.Single(list.GetProperty("items").EnumerateArray());
        Assert.Equal(("final", "open", order.CaseNo, "HEPING"), (Text(item, "kind"), Text(item, "state"), Text(item, "caseNo"), Text(item, "unit")));
        Assert.True(item.GetProperty("isOverdue").GetBoolean());
        Assert.Equal((0, 0), (none.GetProperty("total").GetInt32(), hidden.GetProperty("total").GetInt32()));
        Assert.Contains("已过时限", page, StringComparison.Ordinal);
        Assert.Contains(url, page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(new Uri(url, UriKind.Relative), Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await nobody.GetAsync(new Uri("/api/v1/callbacks", UriKind.Relative), Ct)).StatusCode);
        await (await agent.GetAsync(new Uri("/api/v1/callbacks?kind=x", UriKind.Relative), Ct)).ShouldBeRefusedAsync(HttpStatusCode.BadRequest, "callback.kind_unknown");
    }

    private static async Task<TestApp> StartAsync(Database database, WorkOrder order)
    {
        var app = await TestApp.StartAsync(database, GivenRules.AddTo);
        await app.GivenAsync(order);
        await DrainAsync(app);
        return app;
    }

    private static Task<int> DrainAsync(TestApp app) => app.Services.GetRequiredService<OutboxDelivery>().DrainAsync(Ct);

    private static async Task<string> UrlAsync(HttpClient agent)
    {
        var list = await agent.ReadAsync("callbacks");
        return "/callbacks/" + Text(Assert.Single(list.GetProperty("items").EnumerateArray()), "id");
    }

    /// <summary>The same page sent twice, as a double click would.</summary>
    private static async Task<(HttpResponseMessage First, HttpResponseMessage Second)> SubmitTwiceAsync(HttpClient client, string url, params (string Name, string Value)[] typed)
    {
        var fields = await client.FillInAsync(url, url, typed);
        return (await client.SendAsync(url, fields), await client.SendAsync(url, fields));
    }

    private static Task<WorkOrder> OrderAsync(TestApp app) => app.InDbAsync(db => db.Set<WorkOrder>().AsNoTracking().Include(x => x.History).SingleAsync(Ct));

    private static Task<CallbackTask> TaskAsync(TestApp app, CallbackKind kind) =>
        app.InDbAsync(db => db.Set<CallbackTask>().AsNoTracking().Include(t => t.Attempts).SingleAsync(t => t.Kind == kind, Ct));

    private static string? Text(JsonElement item, string name) => item.GetProperty(name).GetString();
}
