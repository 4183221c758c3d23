using System.Net;
using Jiesu.Identity.Domain;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Timers;
using Jiesu.Tests;
using Jiesu.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Jiesu.Tests.Given.GivenRules;
using static Jiesu.Tests.Given.OrderBuilder;

namespace Jiesu.Orders.Features.Notices;

public sealed class NoticeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Whoever_signs_at_the_unit_is_told_of_a_dispatch_and_nobody_else(Database database)
    {
        await using var app = await StartAsync(database);
        var clerk = await app.GivenAsync(At("clerk", Heping, "UC"));
        var reviewer = await app.GivenAsync(At("reviewer", Heping, "UR"));
        var other = await app.GivenAsync(At("other", Parks, "UC"));
        var gone = At("gone", Heping, "UC");
        gone.Disable(true);
        await app.GivenAsync(gone);

        var order = await app.GivenAsync(AnOrder().Accepted().Dispatched());
        await app.DeliverAsync();

        Assert.Equal([(NoticeKind.Sign, $"{order.CaseNo} 下水道堵塞")], await ToldAsync(app, clerk));
        Assert.Empty(await ToldAsync(app, reviewer));
        Assert.Empty(await ToldAsync(app, other));
        Assert.Empty(await ToldAsync(app, gone));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task What_is_urged_supervised_instructed_and_whistled_is_told_to_those_who_must_act(Database database)
    {
        await using var app = await StartAsync(database);
        var clerk = await app.GivenAsync(At("clerk", Heping, "UC"));
        var called = await app.GivenAsync(At("called", Parks, "UC"));
        var order = AnOrder().Accepted().Dispatched().Signed();

        await app.GivenAsync(order.After(OrderAction.Urge, new() { Note = "请尽快办理" }, at: Morning.AddMinutes(1)).After(OrderAction.Supervise, new() { Note = "三日内报结果", Until = Morning.AddDays(3) }, at: Morning.AddMinutes(2))
            .After(OrderAction.Instruct, new() { Note = "请妥善处理" }, at: Morning.AddMinutes(3)).After(OrderAction.Whistle, new() { CoUnits = ["PARKS"], Note = "到场", Until = Morning.AddHours(5) }, Heping, Morning.AddMinutes(4)));
        await app.DeliverAsync();

        Assert.Equal([NoticeKind.Urge, NoticeKind.Supervision, NoticeKind.Instruction], (await ToldAsync(app, clerk)).Select(t => t.Kind));
        Assert.Equal([NoticeKind.Whistle], (await ToldAsync(app, called)).Select(t => t.Kind));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task An_application_is_told_to_its_deciders_and_the_decision_to_who_applied(Database database)
    {
        await using var app = await StartAsync(database);
        var clerk = await app.GivenAsync(At("clerk", Heping, "UC"));
        var dispatcher = await app.GivenAsync(At("dispatcher", Centre, "DP"));
        var order = AnOrder().Accepted().Dispatched().Signed();
        Assert.Null(order.TryAs(Someone(Heping) with { PersonId = clerk.Id }, OrderAction.UnitReturn, new() { ReasonCode = "RTN-01", Basis = "辖区图" }, Morning.AddMinutes(1)).Error);
        await app.GivenAsync(order);
        await app.DeliverAsync();
        Assert.Equal([NoticeKind.Application], (await ToldAsync(app, dispatcher)).Select(t => t.Kind));

        await app.InDbAsync(async db =>
        {
            var stored = await db.Set<WorkOrder>().Include(x => x.History).Include(x => x.Assignments).Include(x => x.Applications).SingleAsync(x => x.Id == order.Id, Ct);
            stored.After(OrderAction.DecideReturn, new() { Decision = "approve" }, at: Morning.AddMinutes(2));
            return await db.SaveChangesAsync(Ct);
        });
        await app.DeliverAsync();

        Assert.Equal([NoticeKind.Decision], (await ToldAsync(app, clerk)).Select(t => t.Kind));
        Assert.Equal([NoticeKind.Application, NoticeKind.Returned], (await ToldAsync(app, dispatcher)).Select(t => t.Kind));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task An_event_that_comes_twice_and_a_warning_that_is_given_twice_are_told_once(Database database)
    {
        await using var app = await StartAsync(database);
        var clerk = await app.GivenAsync(At("clerk", Heping, "UC"));
        await app.GivenAsync(AnOrder().Accepted().Dispatched().Signed().After(OrderAction.Urge, new() { Note = "请尽快办理" }));
        await app.DeliverAsync();

        await app.InDbAsync(db => db.Outbox.ExecuteUpdateAsync(s => s.SetProperty(m => m.DeliveredAt, (DateTimeOffset?)null).SetProperty(m => m.LockedUntil, 0), Ct));
        await app.DeliverAsync();
        app.Clock.Advance(TimeSpan.FromDays(3.5));
        await app.RunAsync<GiveReminders>();
        await app.RunAsync<GiveReminders>();

        Assert.Equal([NoticeKind.Urge, NoticeKind.Reminder], (await ToldAsync(app, clerk)).Select(t => t.Kind));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_person_reads_and_marks_the_own_notices_as_long_as_the_order_is_in_scope(Database database)
    {
        await using var app = await StartAsync(database);
        using var mine = app.AsOf(Heping, Permissions.Read);
        using var other = app.AsOf(Heping, Permissions.Read);
        var order = await app.GivenAsync(AnOrder().Accepted().Dispatched());
        var foreign = await app.GivenAsync(AnOrder().Accepted().Dispatched("PARKS"));
        var first = await TellAsync(app, mine, order);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var second = await TellAsync(app, mine, order);
        var outside = await TellAsync(app, mine, foreign);

        var told = await mine.ReadAsync("notices?unread=true");
        var refused = await other.PostAsync(new Uri($"/api/v1/notices/{first.Id}/read", UriKind.Relative), null, Ct);
        var unseen = await mine.PostAsync(new Uri($"/api/v1/notices/{outside.Id}/read", UriKind.Relative), null, Ct);
        var read = await mine.PostAsync(new Uri($"/api/v1/notices/{first.Id}/read", UriKind.Relative), null, Ct);

        Assert.Equivalent(new[] { first.Id, second.Id }, told.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetGuid()), strict: true);
        await refused.ShouldBeRefusedAsync(HttpStatusCode.NotFound, "notice.not_found");
        await unseen.ShouldBeRefusedAsync(HttpStatusCode.NotFound, "notice.not_found");
        Assert.Equal(HttpStatusCode.NoContent, read.StatusCode);
        Assert.Equal(1, (await mine.ReadAsync("notices")).GetProperty("unread").GetInt32());
        Assert.Contains("1<span", await mine.GetStringAsync(new Uri(NoticeCentre.BellUrl, UriKind.Relative), Ct), StringComparison.Ordinal);
        await mine.SubmitAsync(NoticeCentre.Url, NoticeCentre.Url + "/read-all");
        Assert.Equal(0, (await mine.ReadAsync("notices")).GetProperty("unread").GetInt32());
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_notice_of_a_secret_order_bears_its_number_only_and_is_gone_after_thirty_days(Database database)
    {
        await using var app = await StartAsync(database);
        var clerk = await app.GivenAsync(At("clerk", Heping, "UC"));
        var order = WorkOrder.Receive(
            new OrderDraft { No = 7, CaseNo = "FT-S-7", OriginType = OriginType.Local, Title = "举报某人", Content = "门前下水道堵塞多日。", Channel = "电话", IsSecret = true }, Centre, new(Someone(Centre), null, Morning));
        await app.GivenAsync(order.Accepted().Dispatched());
        await app.DeliverAsync();
        Assert.Equal([(NoticeKind.Sign, "FT-S-7")], await ToldAsync(app, clerk));

        app.Clock.Advance(TimeSpan.FromDays(30.1));
        await app.RunAsync<ClearNotices>();

        Assert.Empty(await ToldAsync(app, clerk));
    }

    [Fact]
    public async Task A_page_that_asks_for_its_bell_does_not_keep_the_session_alive()
    {
        await using var app = await PeopleSteps.StartDistrictAsync(Database.Sqlite);
        await app.GivenPersonAsync("wang", ("UC", "S1"));
        var (browser, _) = await app.SignInAsync("wang");
        using var signedIn = browser;
        HttpStatusCode last = default;

        for (var minute = 0; minute < 32; minute++)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(1));
            last = (await browser.AskAsync(NoticeCentre.BellUrl, ("HX-Request", "true"))).StatusCode;
        }

        Assert.Equal(HttpStatusCode.Unauthorized, last);
    }

    private static async Task<TestApp> StartAsync(Database database)
    {
        var app = await TestApp.StartAsync(database, GivenRules.AddTo);
        await app.SeedRolesAsync();
        return app;
    }

    private static Person At(string login, Guid unit, string role)
    {
        var person = Person.Of(login, login, Morning);
        person.Take(unit, role);
        return person;
    }

    private static Task<Notice> TellAsync(TestApp app, HttpClient who, WorkOrder order) => app.GivenAsync(new Notice
    {
        PersonId = Guid.Parse(who.DefaultRequestHeaders.GetValues("X-Person").Single()),
        OrderId = order.Id,
        Kind = NoticeKind.Urge,
        Text = order.CaseNo,
        At = app.Clock.GetUtcNow(),
    });

    private static Task<List<(NoticeKind Kind, string Text)>> ToldAsync(TestApp app, Person person) => app.InDbAsync(async db =>
        (await db.Set<Notice>().AsNoTracking().Where(n => n.PersonId == person.Id).OrderBy(n => n.At).ThenBy(n => n.Id).ToListAsync(Ct)).ConvertAll(n => (n.Kind, n.Text)));
}
