using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Tests;
using Jiesu.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Jiesu.Tests.Given.GivenRules;
using static Jiesu.Tests.Given.OrderBuilder;

namespace Jiesu.Orders.Features.Actions;

public sealed class ActOnOrderTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task An_order_goes_from_intake_to_a_contented_caller(Database database)
    {
        await using var app = await TestApp.StartAsync(database, GivenRules.AddTo);
        var order = await app.GivenAsync(AnOrder());
        var all = Permissions.All.Select(p => p.Code).ToArray();
        using var centre = app.As(all);
        using var street = app.AsOf(Heping, all);
        (HttpClient Who, string Action, object Body, string State)[] path =
        [
            (centre, "accept", new { classL3 = "下水道堵塞" }, "PendingDispatch"),
            (centre, "dispatch", new { lead = "HEPING", coUnits = new[] { "PARKS" }, limit = new { value = 8, unit = "work_hour" } }, "PendingSign"),
            (street, "sign", new { }, "Handling"),
            (street, "contact", new { note = "已与诉求人通话" }, "Handling"),
            (street, "submit-reply", new { result = "已疏通" }, "PendingUnitReview"),
            (street, "unit-review", new { decision = "approve" }, "PendingPreCallback"),
            (centre, "pre-callback", new { contacted = true, solved = true, satisfied = "满意" }, "PendingFinalReview"),
            (centre, "final-review", new { decision = "approve" }, "PendingCallback"),
            (centre, "callback-result", new { contacted = true, solved = true, satisfied = "基本满意" }, "Closed"),
        ];
        var version = order.Version;

        foreach (var (who, action, body, state) in path)
        {
            var response = await who.ActAsync(Path(order, action), version, body);
            Assert.True(response.StatusCode == HttpStatusCode.OK, $"{action}: {await response.Content.ReadAsStringAsync(Ct)}");
            Assert.Equal(state, (await response.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("state").GetString());
            version = int.Parse(response.Headers.ETag!.Tag.Trim('"'), System.Globalization.CultureInfo.InvariantCulture);
        }

        var stored = await app.InDbAsync(db => db.Set<WorkOrder>().Include(x => x.History).Include(x => x.Assignments).AsSplitQuery().SingleAsync(Ct));
        Assert.Equal(["T01", "T02", "T07", "T08", "T13", "T21", "T22", "T23", "T24", "T26"], stored.History.OrderBy(e => e.Seq).Select(e => e.StepId));
        Assert.Equal(
            ("010203", Heping, false, true, Satisfaction.MostlySatisfied), (stored.ClassCode, stored.UnitId, stored.WasLate, stored.HasValidCallback, stored.Satisfied));
        Assert.All(stored.Assignments, a => Assert.Equal(AssignmentState.Ended, a.State));
        var told = await app.InDbAsync(db => db.Outbox.OrderBy(m => m.Seq).Select(m => m.Type).ToListAsync(Ct));
        Assert.Equal(
            ["orders.dispatched", "orders.awaits-callback", "orders.callback-answered", "orders.awaits-callback", "orders.callback-answered", "orders.closed"],
            told.Where(t => t is not ("orders.moved" or "orders.received")));
        Assert.Equal(path.Length, told.Count(t => t == "orders.moved"));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task The_rooms_above_pass_the_same_guard(Database database)
    {
        await using var app = await TestApp.StartAsync(database, GivenRules.AddTo);
        var order = await app.GivenAsync(AnOrder().Accepted());
        await using var scope = app.Services.CreateAsyncScope();
        var actions = scope.ServiceProvider.GetRequiredService<IOrderActions>();
        ActionRequest toHeping = new() { Lead = "HEPING", CoUnits = ["PARKS"] };

        var refused = await actions.ActAsync(order.Id, "dispatch", toHeping, order.Version, Someone(Centre) with { Permissions = new HashSet<string>() }, Ct);
        var stale = await actions.ActAsync(order.Id, "dispatch", toHeping, 1, Someone(Centre), Ct);
        var done = await actions.ActAsync(order.Id, "dispatch", toHeping, order.Version, Someone(Centre), Ct);

        Assert.Equal(("order.not_permitted", "order.changed"), (refused.Error!.Code, stale.Error!.Code));
        Assert.Equal(("PendingSign", 3, Heping), (done.Value.State, done.Value.Version, done.Value.UnitId));
    }

    [Fact]
    public async Task The_guard_asks_in_this_order_permission_scope_version_state_fields_policy()
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite, GivenRules.AddTo);
        using var dispatcher = app.As(Permissions.Dispatch);
        using var clerk = app.As(Permissions.Accept);
        using var stranger = app.AsOf(Parks, Permissions.Dispatch);
        using var nobody = app.CreateClient();
        var order = await app.GivenAsync(AnOrder().Accepted());
        var early = await app.GivenAsync(AnOrder());
        var nothing = new { };
        var nowhere = new { lead = "NOWHERE" };

        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.ActAsync(Path(order, "dispatch"), null, nothing)).StatusCode);
        await (await clerk.ActAsync(Path(order, "dispatch"), null, nothing)).ShouldBeRefusedAsync(HttpStatusCode.Forbidden, "order.not_permitted");
        await (await clerk.ActAsync($"orders/{Guid.CreateVersion7()}/actions/dispatch", null, nothing)).ShouldBeRefusedAsync(HttpStatusCode.Forbidden, "order.not_permitted");
        await (await clerk.ActAsync("orders/nothing/actions/dispatch", null, nothing)).ShouldBeRefusedAsync(HttpStatusCode.Forbidden, "order.not_permitted");
        await (await dispatcher.ActAsync("orders/nothing/actions/dispatch", null, nothing)).ShouldBeRefusedAsync(HttpStatusCode.NotFound, "order.not_found");
        await (await dispatcher.ActAsync(Path(order, "vanish"), null, nothing)).ShouldBeRefusedAsync(HttpStatusCode.NotFound, "order.action_unknown");
        await (await stranger.ActAsync(Path(order, "dispatch"), null, nothing)).ShouldBeRefusedAsync(HttpStatusCode.NotFound, "order.not_found");
        await (await dispatcher.ActAsync(Path(early, "dispatch"), null, nothing)).ShouldBeRefusedAsync((HttpStatusCode)428, "order.version_missing");
        await (await dispatcher.ActAsync(Path(early, "dispatch"), 9, nothing)).ShouldBeRefusedAsync(HttpStatusCode.PreconditionFailed, "order.changed");
        var conflict = await (await dispatcher.ActAsync(Path(early, "dispatch"), 1, nothing)).ShouldBeRefusedAsync(HttpStatusCode.Conflict, "order.not_now");
        Assert.Equal("Received", conflict.GetProperty("state").GetString());
        await (await dispatcher.ActAsync(Path(order, "dispatch"), 2, nothing)).ShouldNameAsync(HttpStatusCode.BadRequest, "request.invalid", "lead");
        await (await dispatcher.ActAsync(Path(order, "dispatch"), 2, nowhere)).ShouldNameAsync(HttpStatusCode.UnprocessableEntity, "unit.unknown", "lead");
    }

    [Theory]
    [InlineData("""{"lead":"HEPING","score":9}""", "request.unreadable", "score")]
    [InlineData("""{"lead":"HEPING","deadline":"2026-01-01T00:00:00Z"}""", "request.unreadable", "deadline")]
    [InlineData("""{"lead":"HEPING","solved":true}""", "request.invalid", "solved")]
    [InlineData("""{"lead":"HEPING","limit":{"value":721,"unit":"work_hour"}}""", "request.invalid", "limit.value")]
    [InlineData("""{"lead":"HEPING","limit":{"value":7,"unit":"fortnight"}}""", "request.invalid", "limit.unit")]
    [InlineData("""{"lead":"HEPING","limit":{"value":"seven","unit":"work_day"}}""", "request.unreadable", "limit.value")]
    [InlineData("""{"lead":7}""", "request.unreadable", "lead")]
    [InlineData("""{"lead":"HEPING","note":"\u0000"}""", "request.invalid", "note")]
    public async Task What_does_not_belong_or_cannot_be_is_refused_with_the_name_of_the_field(string body, string code, string field)
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite, GivenRules.AddTo);
        using var dispatcher = app.As(Permissions.Dispatch);
        var order = await app.GivenAsync(AnOrder().Accepted());

        var response = await dispatcher.ActAsync(Path(order, "dispatch"), order.Version, JsonDocument.Parse(body).RootElement);

        await response.ShouldNameAsync(HttpStatusCode.BadRequest, code, field);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task An_action_with_a_long_name_keeps_its_key_too(Database database)
    {
        await using var app = await TestApp.StartAsync(database, GivenRules.AddTo);
        var (waiting, supervised) = (await app.GivenAsync(AwaitingCallback()), await app.GivenAsync(AnOrder().Accepted().Dispatched().Signed().Supervised()));
        using var caller = app.As(Permissions.Callback);
        using var unit = app.AsOf(Heping, Permissions.AnswerSupervision);

        var answers = await caller.ActAsync(Path(waiting, "callback-result"), waiting.Version, Happy, new string('k', 128));
        var feedback = await unit.ActAsync(Path(supervised, "supervise-feedback"), supervised.Version, new { result = "已办" }, new string('k', 128));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (answers.StatusCode, feedback.StatusCode));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task The_same_key_gets_the_first_answer_and_another_body_is_refused(Database database)
    {
        await using var app = await TestApp.StartAsync(database, GivenRules.AddTo);
        using var dispatcher = app.As(Permissions.Dispatch);
        var order = await app.GivenAsync(AnOrder().Accepted());
        var toHeping = new { lead = "HEPING" };

        var atOnce = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => dispatcher.ActAsync(Path(order, "dispatch"), order.Version, toHeping, key: "k1")));
        var other = await dispatcher.ActAsync(Path(order, "dispatch"), order.Version, new { lead = "PARKS" }, key: "k1");

        Assert.All(atOnce, r => Assert.Equal((HttpStatusCode.OK, "\"3\""), (r.StatusCode, r.Headers.ETag!.Tag)));
        Assert.Single((await Task.WhenAll(atOnce.Select(r => r.Content.ReadAsStringAsync(Ct)))).Distinct());
        await other.ShouldBeRefusedAsync(HttpStatusCode.UnprocessableEntity, "request.key_used");
        Assert.Equal(1, await app.InDbAsync(db => db.Set<OrderEvent>().CountAsync(e => e.StepId == "T06", Ct)));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Of_eight_at_once_one_wins_and_the_others_are_told(Database database)
    {
        await using var app = await TestApp.StartAsync(database, GivenRules.AddTo);
        using var dispatcher = app.As(Permissions.Dispatch);
        using var unit = app.AsOf(Heping, Permissions.Sign, Permissions.UnitReturn);
        var accepted = await app.GivenAsync(AnOrder().Accepted());
        var dispatched = await app.GivenAsync(AnOrder().Accepted().Dispatched());

        var dispatches = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            dispatcher.ActAsync(Path(accepted, "dispatch"), accepted.Version, new { lead = i % 2 == 0 ? "HEPING" : "PARKS" })));
        var signsAndReturns = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => i % 2 == 0
            ? unit.ActAsync(Path(dispatched, "sign"), dispatched.Version, new { })
            : unit.ActAsync(Path(dispatched, "unit-return"), dispatched.Version, new { reasonCode = "RTN-01", basis = "辖区图" })));

        foreach (var race in new[] { dispatches, signsAndReturns })
        {
            var refused = race.Where(r => r.StatusCode != HttpStatusCode.OK).ToArray();
            Assert.Equal(7, refused.Length);
            await Task.WhenAll(refused.Select(r => r.ShouldBeRefusedAsync(HttpStatusCode.PreconditionFailed, "order.changed")));
        }

        Assert.Equal(1, await app.InDbAsync(db => db.Set<Assignment>().CountAsync(a => a.OrderId == accepted.Id && a.EndedAt == null, Ct)));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_return_by_two_people_takes_the_order_out_of_the_units_sight(Database database)
    {
        await using var app = await TestApp.StartAsync(database, GivenRules.AddTo);
        using var unit = app.AsOf(Heping, Permissions.UnitReturn, Permissions.DecideReturn, Permissions.Read);
        using var centre = app.As(Permissions.DecideReturn, Permissions.Dispatch);
        var order = await app.GivenAsync(AnOrder().Accepted().Dispatched());

        var applied = await unit.ActAsync(Path(order, "unit-return"), 3, new { reasonCode = "RTN-01", basis = "辖区图", proposedUnit = "PARKS" });
        Assert.Equal(["ReturnApplied"], (await applied.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("overlays").EnumerateArray().Select(o => o.GetString()));
        await (await unit.ActAsync(Path(order, "decide-return"), 4, new { decision = "approve" })).ShouldBeRefusedAsync(HttpStatusCode.Forbidden, "order.same_person");
        Assert.Equal(HttpStatusCode.OK, (await centre.ActAsync(Path(order, "decide-return"), 4, new { decision = "approve" })).StatusCode);
        await (await unit.ActAsync(Path(order, "unit-return"), 5, new { })).ShouldBeRefusedAsync(HttpStatusCode.NotFound, "order.not_found");
        var again = await centre.ActAsync(Path(order, "redispatch"), 5, new { lead = "PARKS" });

        var stored = await app.InDbAsync(db => db.Set<WorkOrder>().Include(x => x.Assignments).Include(x => x.Applications).AsSplitQuery().SingleAsync(Ct));
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal((Parks, 2, 1, true), (stored.UnitId, stored.Dispatches, stored.Returns, stored.Applications.Single().IsApproved));
        Assert.Equal([AssignmentState.Returned, AssignmentState.PendingSign], stored.Assignments.OrderBy(a => a.Id).Select(a => a.State));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Files_of_another_order_or_of_none_are_refused_by_name(Database database)
    {
        await using var app = await TestApp.StartAsync(database, GivenRules.AddTo);
        using var unit = app.AsOf(Heping, Permissions.UnitReturn);
        var (order, other) = (await app.GivenAsync(AnOrder().Accepted().Dispatched()), await app.GivenAsync(AnOrder().Accepted().Dispatched()));
        var (map, foreign) = (await FileOfAsync(app, order), await FileOfAsync(app, other));

        foreach (var files in new[] { [foreign], [map, foreign], [Guid.CreateVersion7().ToString()], new[] { "地图.jpg" } })
        {
            var refused = await unit.ActAsync(Path(order, "unit-return"), 3, new { reasonCode = "RTN-01", basis = "辖区图", attachments = files });
            await refused.ShouldNameAsync(HttpStatusCode.UnprocessableEntity, "attachment.unknown", "attachments");
        }

        var done = await unit.ActAsync(Path(order, "unit-return"), 3, new { reasonCode = "RTN-01", basis = "辖区图", attachments = new[] { map } });

        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        Assert.Equal([map], await app.InDbAsync(async db => StepDetails.Read((await db.Set<OrderEvent>().SingleAsync(e => e.StepId == "T09", Ct)).Details).Attachments!));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task The_answer_is_the_order_as_it_reads_afterwards(Database database)
    {
        await using var app = await TestApp.StartAsync(database, GivenRules.AddTo);
        using var unit = app.AsOf(Heping, Permissions.Read, Permissions.Sign);
        var order = await app.GivenAsync(AnOrder().Accepted().Dispatched(coUnits: ["PARKS"]).Returned().Dispatched());
        app.Clock.Advance(TimeSpan.FromTicks(1_234_567));

        var answer = await unit.ActAsync(Path(order, "sign"), order.Version, new { });

        Assert.Equal(await unit.GetStringAsync(new Uri($"/api/v1/orders/{order.Id}", UriKind.Relative), Ct), await answer.Content.ReadAsStringAsync(Ct));
    }

    private static async Task<string> FileOfAsync(TestApp app, WorkOrder order)
    {
        var file = await app.GivenAsync(new Attachment
        {
            Id = Guid.CreateVersion7(), OrderId = order.Id, Name = "辖区图.jpg", Size = 1, Kind = "jpg", Hash = new('0', 64), ById = Guid.CreateVersion7(), ByUnitId = Heping, At = Morning,
        });
        return file.Id.ToString();
    }

    private static string Path(WorkOrder order, string action) => $"orders/{order.Id}/actions/{action}";
}
