using System.Data.Common;
using Jiesu.Orders.Domain;
using Jiesu.Platform.Jobs;
using Jiesu.Tests;
using Jiesu.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Jiesu.Tests.Given.OrderBuilder;

namespace Jiesu.Orders.Features.Conservation;

public sealed class ConservationTests
{
    private const string Order = "WHERE case_no = '{0}'";
    private const string OfOrder = "WHERE order_id = (SELECT id FROM orders_work_order WHERE case_no = '{0}')";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData($"UPDATE orders_assignment SET ended_at = assigned_at {OfOrder}", "已派发的工单有且只有一个主办单位")]
    [InlineData($"DELETE FROM orders_assignment {OfOrder}", "已派发的工单有且只有一个主办单位")]
    [InlineData($"UPDATE orders_work_order SET unit_id = '0197c9d4-0000-7000-8000-000000000099' {Order}", "每个工单都有责任单位，并与主办单位一致")]
    [InlineData($"UPDATE orders_work_order SET state = 'Handling' {Order}", "工单状态与最后一条流转记录一致")]
    [InlineData($"DELETE FROM orders_event {OfOrder}", "工单状态与最后一条流转记录一致")]
    [InlineData($"UPDATE orders_work_order SET due_at = NULL {Order}", "计时中的工单有截止时间")]
    public async Task A_row_that_breaks_a_law_is_named_with_its_law(string tamper, string law)
    {
        foreach (var database in Enum.GetValues<Database>())
        {
            await using var app = await TestApp.StartAsync(database, GivenRules.AddTo);
            var order = await app.GivenAsync(AnOrder().Accepted().Dispatched());
            await app.GivenAsync(AnOrder().Accepted().Dispatched());
            await app.LetGoAsync("orders_event");
            Assert.Empty(await FindAsync(app));

            await app.TypeAsync(Upper(database, tamper.Replace("{0}", order.CaseNo, StringComparison.Ordinal)));

            var found = Assert.Single(await FindAsync(app));
            Assert.Equal((law, 1, order.CaseNo), (found.Law, found.Count, Assert.Single(found.Named)));
        }
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_finished_order_in_hand_and_an_event_that_does_not_leave_are_named(Database database)
    {
        await using var app = await TestApp.StartAsync(database, GivenRules.AddTo);
        var order = await app.GivenAsync(AwaitingCallback().CalledBack());
        await app.DeliverAsync();
        var fresh = await app.GivenAsync(AnOrder());
        Assert.Empty(await FindAsync(app));

        await app.TypeAsync($"UPDATE orders_assignment SET ended_at = NULL {OfOrder.Replace("{0}", order.CaseNo, StringComparison.Ordinal)}");
        app.Clock.Advance(TimeSpan.FromMinutes(11));

        var found = await FindAsync(app);
        Assert.Equal(["未派发或已了的工单没有主办单位", "事件在 10 分钟内送达"], found.Select(v => v.Law));
        Assert.Equal([order.CaseNo, $"orders.received {fresh.Stream}"], found.Select(v => Assert.Single(v.Named)));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Orders_in_every_state_break_no_law(Database database)
    {
        await using var app = await TestApp.StartAsync(database, GivenRules.AddTo);
        WorkOrder[] orders =
        [
            AnOrder(), AnOrder().Accepted(), AnOrder().Accepted().Dispatched(coUnits: ["PARKS"]), AnOrder().Accepted().Dispatched().Signed(), AnOrder().Accepted().Dispatched().ReturnApplied(),
            AnOrder().Accepted().Dispatched(coUnits: ["PARKS"]).Returned(), AnOrder().Accepted().Dispatched().Signed().Replied(), AnOrder().Accepted().Dispatched().Signed().Replied().ReviewedInUnit(),
            AnOrder().Accepted().Dispatched().Signed().Replied().ReviewedInUnit().CalledBeforehand(), AwaitingCallback(), AwaitingCallback().CalledBack(), AwaitingCallback().CalledBack(Unhappy), AwaitingCallback().CalledBack(Unhappy).After(OrderAction.Rework, new() { Note = "重办" }),
            AwaitingCallback().CalledBack().After(OrderAction.Archive), AwaitingCallback().CalledBack().After(OrderAction.Reopen, new() { Reason = "复查" }),
        ];
        foreach (var order in orders)
        {
            await app.GivenAsync(order);
        }

        await app.DeliverAsync();
        Assert.Equal(11, orders.Select(o => o.State).Distinct().Count());
        Assert.Empty(await FindAsync(app));
    }

    [Fact]
    public async Task The_hourly_look_is_a_metric_and_a_leased_job()
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite, GivenRules.AddTo);
        using var operators = app.CreateClient();
        var order = await app.GivenAsync(AnOrder().Accepted().Dispatched());
        await app.TypeAsync($"UPDATE orders_work_order SET due_at = NULL {Order.Replace("{0}", order.CaseNo, StringComparison.Ordinal)}");
        var runner = app.Services.GetRequiredService<JobRunner>();

        await runner.RunDueAsync(Ct);          // the first look makes the leases, the next one runs them
        await runner.RunDueAsync(Ct);
        var told = await operators.GetStringAsync(new Uri("/metrics", UriKind.Relative), Ct);

        Assert.Matches(@"(?m)^jiesu_conservation_violations(\{[^}]*\})? 1\r?$", told);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task The_database_itself_refuses_to_change_or_remove_a_step_of_an_order(Database database)
    {
        await using var app = await TestApp.StartAsync(database, GivenRules.AddTo);
        await app.GivenAsync(AnOrder().Accepted());

        var changed = await Assert.ThrowsAnyAsync<DbException>(() => app.TypeAsync("UPDATE orders_event SET note = 'anders'"));
        var removed = await Assert.ThrowsAnyAsync<DbException>(() => app.TypeAsync("DELETE FROM orders_event"));

        Assert.All([changed, removed], e => Assert.Contains("append-only", e.Message, StringComparison.Ordinal));
        Assert.Equal(2, await app.InDbAsync(db => db.Set<OrderEvent>().CountAsync(Ct)));
    }

    /// <summary>SQLite keeps a Guid as text in capitals.</summary>
    private static string Upper(Database database, string sql) => database == Database.Postgres ? sql : sql.Replace("0197c9d4", "0197C9D4", StringComparison.Ordinal);

    private static async Task<IReadOnlyList<ConservationLaws.Violation>> FindAsync(TestApp app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ConservationLaws>().FindAsync(Ct);
    }
}
