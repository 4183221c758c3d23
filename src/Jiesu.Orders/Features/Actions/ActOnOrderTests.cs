using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
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

    private static string Path(WorkOrder order, string action) => $"orders/{order.Id}/actions/{action}";
}
