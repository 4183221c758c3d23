using Jiesu.Callback.Domain;
using Jiesu.Orders.Contracts;
using Jiesu.Platform.Events;
using Jiesu.Tests;
using Jiesu.Tests.Given;
using Microsoft.EntityFrameworkCore;
using static Jiesu.Tests.Given.Heard;

namespace Jiesu.Callback.Features.Tasks;

public sealed class KeepTasksTests
{
    private static readonly Guid Street = Guid.CreateVersion7();
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_task_stands_while_the_order_waits_and_ends_with_the_answer(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var (order, at) = (OrderId.Next(app.Clock.GetUtcNow()), app.Clock.GetUtcNow());

        await app.HearAsync(order, Awaits(order, at, Street, isPre: true), Moved(order, at, "T22", "PendingPreCallback", Street));
        var open = Assert.Single(await TasksAsync(app));
        await app.HearAsync(order, Answered(order, at.AddHours(1), Street, true, true, "满意", isPre: true), Moved(order, at.AddHours(1), "T23", "PendingFinalReview", Street));
        await app.HearAsync(order, Awaits(order, at.AddHours(2), Street), Moved(order, at.AddHours(2), "T24", "PendingCallback", Street));
        await app.HearAsync(order, NotReached(order, at.AddHours(3), Street), Moved(order, at.AddHours(3), "T26", "PendingCallback", Street));

        Assert.Equal((CallbackKind.Pre, CallbackTaskState.Open, at.AddHours(24), Street), (open.Kind, open.State, open.DueAt, open.UnitId));
        var tasks = await TasksAsync(app);
        Assert.Equal([(CallbackKind.Pre, CallbackTaskState.Done), (CallbackKind.Final, CallbackTaskState.Open)], tasks.Select(t => (t.Kind, t.State)));
        Assert.Equal((at.AddHours(50), "CBF-01"), (tasks[1].DueAt, tasks[1].Attempts.Single().ResultCode));
    }

    [Theory]
    //          heard after the task began                  ends as
    [InlineData("answered closed", "Done")]
    [InlineData("closed answered", "Done")]
    [InlineData("missed closed", "GivenUp")]
    [InlineData("closed missed", "GivenUp")]
    [InlineData("missed waiting missed closed", "GivenUp")]
    [InlineData("cancelled", "Withdrawn")]
    [InlineData("missed waiting", "Open")]
    public async Task However_answer_and_move_come_the_task_ends_alike(string heard, string state)
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite);
        var (order, at) = (OrderId.Next(app.Clock.GetUtcNow()), app.Clock.GetUtcNow());
        var events = heard.Split(' ').Select<string, IEvent>(word => word switch
        {
            "answered" => Answered(order, at, Street, true, false, "不满意"),
            "missed" => NotReached(order, at, Street),
            "closed" => Moved(order, at, "T26", "Closed", Street),
            "waiting" => Moved(order, at, "T26", "PendingCallback", Street),
            _ => Moved(order, at, "T34", "Cancelled", Street),
        });

        await app.HearAsync(order, [Awaits(order, at, Street), .. events]);

        Assert.Equal(state, Assert.Single(await TasksAsync(app)).State.ToString());
    }

    [Fact]
    public async Task The_callback_of_a_city_order_is_the_citys()
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite);
        var (order, at) = (OrderId.Next(app.Clock.GetUtcNow()), app.Clock.GetUtcNow());

        await app.HearAsync(order, Awaits(order, at, Street, isPre: true, isLocal: false), Moved(order, at, "T23", "PendingFinalReview", Street), Awaits(order, at, Street, isLocal: false));

        Assert.Equal(CallbackKind.Pre, Assert.Single(await TasksAsync(app)).Kind);
    }

    private static Task<List<CallbackTask>> TasksAsync(TestApp app) =>
        app.InDbAsync(db => db.Set<CallbackTask>().AsNoTracking().Include(t => t.Attempts).OrderBy(t => t.CreatedAt).ToListAsync(Ct));
}
