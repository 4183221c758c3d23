using System.Net;
using Jiesu.Orders;
using Jiesu.Orders.Domain;
using Jiesu.Platform;
using Jiesu.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Jiesu.Tests.Given.OrderBuilder;

namespace Jiesu.Tests.Faults;

/// <summary>REL-26: the database gives a transaction up for another; the house does it again, at most three times more, and nothing is doubled.</summary>
public sealed class ConflictTests
{
    private static readonly object Lamp = new { title = "路灯不亮", content = "小区路灯不亮", channel = "电话" };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void What_the_driver_says_of_a_connection_that_broke_is_a_database_away_and_a_fault_of_ours_is_not()
    {
        Assert.True(DatabaseFaults.IsAway(new DbUpdateException("", new ObjectDisposedException("NpgsqlTransaction") { Source = "Npgsql" })));
        Assert.False(DatabaseFaults.IsAway(new InvalidOperationException("ours") { Source = "Jiesu.Orders" }));
    }

    [Theory]
    [InlineData(Database.Sqlite, 1), InlineData(Database.Sqlite, 3), InlineData(Database.Postgres, 1), InlineData(Database.Postgres, 3)]
    public async Task A_conflict_at_intake_an_action_or_a_page_is_done_again_and_nothing_is_doubled(Database database, int times)
    {
        await using var app = await StartAsync(database);
        using var desk = app.As(Permissions.Create, Permissions.Read, Permissions.Accept, Permissions.Dispatch);

        var met = Meet(app, database, times);
        var made = await desk.PostOrderAsync("k1", Lamp);
        Assert.Equal(times, met());
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var id = (await made.JsonAsync()).GetProperty("id").GetString()!;

        met = Meet(app, database, times);
        var accepted = await desk.ActAsync($"orders/{id}/actions/accept", 1, new { }, "k2");
        Assert.Equal(times, met());
        Assert.True(accepted.IsSuccessStatusCode, await accepted.Content.ReadAsStringAsync(Ct));

        var typed = await desk.FillInAsync($"/orders/{id}/act/dispatch", $"/orders/{id}/act/dispatch", ("lead", "HEPING"));
        met = Meet(app, database, times);
        var dispatched = await desk.SendAsync($"/orders/{id}/act/dispatch", typed);
        Assert.Equal(times, met());
        Assert.Equal(HttpStatusCode.Redirect, dispatched.StatusCode);

        met = Meet(app, database, times);
        var typedIn = await desk.SubmitAsync("/orders/new", ("title", "路灯不亮"), ("content", "又一盏"), ("channel", "电话"));
        Assert.Equal(times, met());
        Assert.Equal(HttpStatusCode.Redirect, typedIn.StatusCode);
        Assert.Equal((2, 1, 4, 4), await app.InDbAsync(async db => (
            await db.Set<WorkOrder>().CountAsync(Ct), await db.Set<Assignment>().CountAsync(Ct), await db.Set<OrderEvent>().CountAsync(Ct), await db.Set<IdempotentAnswer>().CountAsync(Ct))));
        Assert.Equal(4, await app.InDbAsync(db => db.Outbox.CountAsync(m => m.Type == "orders.received" || m.Type == "orders.moved", Ct)));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task After_three_more_tries_the_client_is_told_when_to_come_again_and_then_the_same_key_makes_one_order(Database database)
    {
        await using var app = await StartAsync(database);
        using var desk = app.As(Permissions.Create, Permissions.Read);

        var met = Meet(app, database, 100);
        var busy = await desk.PostOrderAsync("k1", Lamp);
        await busy.ShouldBeRefusedAsync(HttpStatusCode.ServiceUnavailable, "database.busy");
        Assert.Equal(4, met());
        Assert.Equal(TimeSpan.FromSeconds(5), busy.Headers.RetryAfter?.Delta);
        Assert.Equal(0, await app.InDbAsync(db => db.Set<WorkOrder>().CountAsync(Ct)));

        Meet(app, database, 0);
        Assert.Equal(HttpStatusCode.Created, (await desk.PostOrderAsync("k1", Lamp)).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await desk.PostOrderAsync("k1", Lamp)).StatusCode);
        Assert.Equal(1, await app.InDbAsync(db => db.Set<WorkOrder>().CountAsync(Ct)));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_bulk_run_that_meets_conflicts_does_each_order_once(Database database)
    {
        await using var app = await StartAsync(database);
        using var desk = app.As(Permissions.Accept, Permissions.Read);
        List<string> ids = [];
        for (var i = 0; i < 10; i++)
        {
            ids.Add((await app.GivenAsync(AnOrder())).Id.ToString());
        }

        var met = Meet(app, database, 3);
        var done = await (await desk.ActAsync("orders/bulk/accept", null, new { ids }, "night")).JsonAsync();

        Assert.Equal(3, met());
        Assert.Equal((10, 0, 0), (done.GetProperty("done").GetInt32(), done.GetProperty("refused").GetInt32(), done.GetProperty("left").GetInt32()));
        Assert.Equal(20, await app.InDbAsync(db => db.Set<OrderEvent>().CountAsync(Ct)));
    }

    /// <summary>No injected fault: PostgreSQL finds the circle itself and gives one of the two up.</summary>
    [Fact]
    public async Task Two_who_lock_each_others_rows_both_get_through()
    {
        await using var app = await TestApp.StartAsync(Database.Postgres);
        await app.GivenAsync(new Sequence { Name = "a", Next = 0 });
        await app.GivenAsync(new Sequence { Name = "b", Next = 0 });
        using var both = new Barrier(2);
        var tries = 0;

        await Task.WhenAll(AddAsync("a", "b"), AddAsync("b", "a")).WaitAsync(TimeSpan.FromSeconds(60), Ct);

        Assert.Equal(3, tries);
        Assert.Equal([2, 2], await app.InDbAsync(db => db.Set<Sequence>().Where(s => s.Name == "a" || s.Name == "b").Select(s => s.Next).ToListAsync(Ct)));

        Task AddAsync(string first, string second) => Task.Run(() => app.InDbAsync(db => db.WriteAsync(
            async () =>
            {
                var isFirst = Interlocked.Increment(ref tries) <= 2;
                await db.Set<Sequence>().Where(s => s.Name == first).ExecuteUpdateAsync(s => s.SetProperty(x => x.Next, x => x.Next + 1), Ct);
                if (isFirst)
                {
                    both.SignalAndWait(Ct);
                }

                return await db.Set<Sequence>().Where(s => s.Name == second).ExecuteUpdateAsync(s => s.SetProperty(x => x.Next, x => x.Next + 1), Ct);
            },
            Ct)));
    }

    private static Task<TestApp> StartAsync(Database database) => TestApp.StartAsync(database, services =>
    {
        GivenRules.AddTo(services);
        FaultPoint.AddTo(services);
    });

    /// <summary>
    /// The next so many saves of an order's history meet a conflict; tells how many have. On SQLite in turn before and after the rows are written; PostgreSQL takes intake as one
    /// statement, which stands once it is answered.
    /// </summary>
    private static Func<int> Meet(TestApp app, Database database, int times)
    {
        var met = 0;
        FaultPoint.Of(app).At = (step, sql) =>
        {
            var isHere = step == (met % 2 == 0 || database == Database.Postgres ? FaultStep.BeforeStatement : FaultStep.AfterStatement)
                && sql.Replace("\"", "", StringComparison.Ordinal).Contains("INSERT INTO orders_event", StringComparison.Ordinal);
            return isHere && Interlocked.Increment(ref met) <= times ? Task.FromException(FaultPoint.Conflict(database)) : Task.CompletedTask;
        };
        return () => Math.Min(met, times);
    }
}
