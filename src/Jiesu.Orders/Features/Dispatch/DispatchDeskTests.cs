using System.Net;
using Jiesu.Orders.Domain;
using Jiesu.Tests;
using Jiesu.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Jiesu.Tests.Given.GivenRules;
using static Jiesu.Tests.Given.OrderBuilder;

namespace Jiesu.Orders.Features.Dispatch;

public sealed class DispatchDeskTests
{
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(10);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_dispatch_of_the_desk_waits_ten_seconds_and_is_then_carried_out(Database database)
    {
        await using var app = await TestApp.StartAsync(database, GivenRules.AddTo);
        using var dispatcher = app.As(Permissions.Dispatch, Permissions.Read);
        var (first, second) = (await app.GivenAsync(AnOrder().Accepted()), await app.GivenAsync(AnOrder().Accepted()));

        var sent = await SendAsync(dispatcher, first, ("lead", "HEPING"), ("coUnits", "PARKS"), ("limit.value", "8"), ("limit.unit", "work_hour"), ("classL3", "010203"), ("note", "请尽快"));
        app.Clock.Advance(Hold - TimeSpan.FromSeconds(1));
        await CarryOutAsync(app);
        var waiting = await StoredAsync(app, first);
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await CarryOutAsync(app);

        Assert.Equal((HttpStatusCode.Redirect, $"/orders/desk?order={second.Id}"), (sent.StatusCode, sent.Headers.Location?.OriginalString));
        Assert.Equal((OrderState.PendingDispatch, first.Version), (waiting.State, waiting.Version));
        var done = await StoredAsync(app, first);
        Assert.Equal((OrderState.PendingSign, Heping, "010203"), (done.State, done.UnitId, done.ClassCode));
        Assert.Equal(("T07", "请尽快", app.Clock.GetUtcNow()), done.History.OrderBy(e => e.Seq).Select(e => (e.StepId, e.Note!, e.At)).Last());
        Assert.Empty(await HeldAsync(app));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task What_was_taken_back_in_time_is_never_sent_and_stands_there_as_it_was_typed(Database database)
    {
        await using var app = await TestApp.StartAsync(database, GivenRules.AddTo);
        using var dispatcher = app.As(Permissions.Dispatch, Permissions.Read);
        using var other = app.As(Permissions.Dispatch, Permissions.Read);
        var order = await app.GivenAsync(AnOrder().Accepted());
        await SendAsync(dispatcher, order, ("lead", "PARKS"), ("limit.value", "3"), ("limit.unit", "work_day"), ("note", "请尽快疏通"));
        var takeBack = $"/orders/desk/held/{(await HeldAsync(app)).Single().Id}/take-back";

        var foreign = await other.SendAsync(takeBack, await other.FillInAsync($"/orders/desk?order={order.Id}", $"/orders/desk/{order.Id}"));
        var stands = await HeldAsync(app);
        var back = await dispatcher.SubmitAsync("/orders/desk", takeBack);
        var html = await back.Content.ReadAsStringAsync(Ct);
        app.Clock.Advance(Hold * 2);
        await CarryOutAsync(app);

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.OK), (foreign.StatusCode, back.StatusCode));
        Assert.Single(stands);
        Assert.Contains("请尽快疏通", html, StringComparison.Ordinal);
        Assert.Contains("value=\"PARKS\" data-py=\"PARKS\" selected", html, StringComparison.Ordinal);
        Assert.Equal((OrderState.PendingDispatch, order.Version), await StandingAsync(app, order));
        Assert.Empty(await HeldAsync(app));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_dispatch_that_is_refused_in_the_end_says_why_and_the_order_waits_again(Database database)
    {
        await using var app = await TestApp.StartAsync(database, GivenRules.AddTo);
        using var dispatcher = app.As(Permissions.Dispatch, Permissions.Read);
        using var supervisor = app.As(Permissions.Urge, Permissions.Read);
        var order = await app.GivenAsync(AnOrder().Accepted());
        await SendAsync(dispatcher, order, ("lead", "HEPING"), ("note", "请尽快疏通"));

        await supervisor.ActAsync($"orders/{order.Id}/actions/urge", order.Version, new { note = "再次来电" });
        app.Clock.Advance(Hold);
        await CarryOutAsync(app);
        var desk = await PageAsync(dispatcher, "/orders/desk");
        var again = await dispatcher.SubmitAsync("/orders/desk", $"/orders/desk/held/{(await HeldAsync(app)).Single().Id}/take-back");

        Assert.Contains("未派出", desk, StringComparison.Ordinal);
        Assert.Contains(OrderErrors.Changed().Message, desk, StringComparison.Ordinal);
        Assert.Contains($"row-{order.Id}", desk, StringComparison.Ordinal);
        Assert.Contains("请尽快疏通", await again.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal(OrderState.PendingDispatch, (await StandingAsync(app, order)).State);
        Assert.Empty(await HeldAsync(app));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task What_a_killed_process_held_is_carried_out_by_the_next_and_by_two_at_once_only_once(Database database)
    {
        await using var app = await TestApp.StartAsync(database, GivenRules.AddTo);
        using var dispatcher = app.As(Permissions.Dispatch, Permissions.Read);
        var order = await app.GivenAsync(AnOrder().Accepted());
        await SendAsync(dispatcher, order, ("lead", "HEPING"));

        await using var next = app.Twin();
        await using var third = app.Twin();
        next.Clock.Advance(Hold);
        third.Clock.Advance(Hold);
        await Task.WhenAll(CarryOutAsync(next), CarryOutAsync(third));
        await CarryOutAsync(next);

        Assert.Equal(["T01", "T02", "T06"], (await StoredAsync(app, order)).History.OrderBy(e => e.Seq).Select(e => e.StepId));
        Assert.Empty(await HeldAsync(app));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task The_second_of_two_dispatchers_is_told_and_loses_nothing(Database database)
    {
        await using var app = await TestApp.StartAsync(database, GivenRules.AddTo);
        using var dispatcher = app.As(Permissions.Dispatch, Permissions.Read);
        using var second = app.As(Permissions.Dispatch, Permissions.Read);
        using var unit = app.AsOf(Heping, Permissions.Read);
        var order = await app.GivenAsync(AnOrder().Accepted());
        var (url, action) = ($"/orders/desk?order={order.Id}", $"/orders/desk/{order.Id}");
        var mine = await dispatcher.FillInAsync(url, action, ("lead", "HEPING"));
        var theirs = await second.FillInAsync(url, action, ("lead", "PARKS"), ("note", "转园林绿化局"));
        var onOwnPage = await second.FillInAsync($"/orders/{order.Id}/act/dispatch", $"/orders/{order.Id}/act/dispatch", ("lead", "PARKS"), ("note", "转园林绿化局"));

        var presses = (await dispatcher.SendAsync(action, mine), await dispatcher.SendAsync(action, mine));
        var held = await second.SendAsync(action, theirs);
        var elsewhere = await second.SendAsync($"/orders/{order.Id}/act/dispatch", onOwnPage);
        app.Clock.Advance(Hold);
        var (list, page) = (await PageAsync(second, "/orders?state=PendingDispatch"), await PageAsync(second, $"/orders/{order.Id}"));
        await CarryOutAsync(app);
        var late = await second.SendAsync(action, theirs);

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (presses.Item1.StatusCode, presses.Item2.StatusCode));
        foreach (var (answer, words) in new[] { (held, "工单已被他人派发"), (elsewhere, "工单已被他人派发"), (late, "工单已被他人更新") })
        {
            var html = await answer.Content.ReadAsStringAsync(Ct);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            Assert.Contains(words, html, StringComparison.Ordinal);
            Assert.Contains("转园林绿化局", html, StringComparison.Ordinal);
        }

        Assert.Contains("即将派发", list, StringComparison.Ordinal);
        Assert.Contains("已派发给和平街道", page, StringComparison.Ordinal);
        Assert.Equal(1, (await StoredAsync(app, order)).Dispatches);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task The_queue_begins_with_what_is_urgent_then_with_what_is_due_then_with_what_is_old(Database database)
    {
        await using var app = await TestApp.StartAsync(database, GivenRules.AddTo);
        using var dispatcher = app.As(Permissions.Dispatch, Permissions.Read);
        var old = await app.GivenAsync(AnOrder().Accepted());
        var ordinary = await app.GivenAsync(AnOrder(urgency: "普通").Accepted());
        var returned = await app.GivenAsync(AnOrder().Accepted().Dispatched().Returned());
        var urgent = await app.GivenAsync(AnOrder(urgency: "2小时").Accepted());
        await app.GivenAsync(AnOrder());
        await app.GivenAsync(AnOrder().Accepted().Dispatched());

        var html = await PageAsync(dispatcher, "/orders/desk");

        var rows = System.Text.RegularExpressions.Regex.Matches(html, "id=\"row-([0-9a-f-]+)\"").Select(m => m.Groups[1].Value);
        Assert.Equal(new[] { urgent, returned, old, ordinary }.Select(o => o.Id.ToString()), rows);
        Assert.Contains($"data-order=\"{urgent.Id}\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_is_said_at_once_and_a_press_on_a_proposal_keeps_what_was_typed()
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite, GivenRules.AddTo);
        using var dispatcher = app.As(Permissions.Dispatch, Permissions.Read);
        using var clerk = app.As(Permissions.Read);
        var order = await app.GivenAsync(AnOrder().Accepted());
        var action = $"/orders/desk/{order.Id}";

        var refused = await SendAsync(dispatcher, order, ("lead", "PARKS"), ("limit.value", "eight"), ("limit.unit", "work_day"), ("note", "转园林绿化局"));
        var picked = await dispatcher.SendAsync($"{action}/pick", await dispatcher.FillInAsync("/orders/desk", action, ("pick", "co:WATER"), ("lead", "PARKS"), ("note", "转园林绿化局")));

        var (problem, form) = (await refused.Content.ReadAsStringAsync(Ct), await picked.Content.ReadAsStringAsync(Ct));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.OK), (refused.StatusCode, picked.StatusCode));
        Assert.Contains("value=\"eight\"", problem, StringComparison.Ordinal);
        Assert.Contains("办理时限须是 1 到 720 的整数", problem, StringComparison.Ordinal);
        Assert.All([problem, form], html => Assert.Contains("转园林绿化局", html, StringComparison.Ordinal));
        Assert.Contains("value=\"WATER\" data-py=\"WATER\" selected", form, StringComparison.Ordinal);
        Assert.Empty(await HeldAsync(app));
        Assert.Equal(HttpStatusCode.Forbidden, (await clerk.GetAsync(new Uri("/orders/desk", UriKind.Relative), Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await dispatcher.GetAsync(new Uri($"/orders/desk?order={Guid.CreateVersion7()}", UriKind.Relative), Ct)).StatusCode);
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient dispatcher, WorkOrder order, params (string Name, string Value)[] typed) =>
        dispatcher.SubmitAsync($"/orders/desk?order={order.Id}", $"/orders/desk/{order.Id}", typed);

    private static Task CarryOutAsync(TestApp app) => app.Services.GetRequiredService<CarryOutHeld>().RunDueAsync(Ct);

    private static Task<string> PageAsync(HttpClient client, string url) => client.GetStringAsync(new Uri(url, UriKind.Relative), Ct);

    private static Task<WorkOrder> StoredAsync(TestApp app, WorkOrder order) => app.InDbAsync(db => db.Set<WorkOrder>().Include(x => x.History).SingleAsync(x => x.Id == order.Id, Ct));

    private static async Task<(OrderState State, int Version)> StandingAsync(TestApp app, WorkOrder order) => await StoredAsync(app, order) is var stored ? (stored.State, stored.Version) : default;

    private static Task<List<HeldDispatch>> HeldAsync(TestApp app) => app.InDbAsync(db => db.Set<HeldDispatch>().ToListAsync(Ct));
}
