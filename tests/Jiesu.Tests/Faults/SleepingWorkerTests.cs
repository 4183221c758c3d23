using Jiesu.Platform;
using Jiesu.Platform.Events;
using Jiesu.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Tests.Faults;

/// <summary>REL-12: four workers, one of which sleeps through its lease at a named step and wakes when the others have gone on.</summary>
public sealed class SleepingWorkerTests
{
    private const int Each = 6;
    private static readonly string[] Streams = [.. Enumerable.Range(1, 30).Select(i => $"order/{i}")];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <param name="step">Where it falls asleep.</param>
    /// <param name="turn">In which transaction: 1 claims, 2 hands over, 3 settles.</param>
    [Theory]
    [InlineData(Database.Postgres, FaultStep.AfterCommit, 1), InlineData(Database.Postgres, FaultStep.BeforeBegin, 2), InlineData(Database.Postgres, FaultStep.BeforeCommit, 2)]
    [InlineData(Database.Postgres, FaultStep.AfterCommit, 2), InlineData(Database.Postgres, FaultStep.BeforeBegin, 3), InlineData(Database.Postgres, FaultStep.BeforeCommit, 3)]
    [InlineData(Database.Sqlite, FaultStep.AfterCommit, 1), InlineData(Database.Sqlite, FaultStep.BeforeBegin, 2), InlineData(Database.Sqlite, FaultStep.AfterCommit, 2), InlineData(Database.Sqlite, FaultStep.BeforeBegin, 3)]
    public async Task Who_sleeps_through_the_lease_doubles_nothing_and_keeps_the_order(Database database, FaultStep step, int turn)
    {
        await using var first = await TestApp.StartAsync(database, AddTo);
        await using var second = first.Twin();
        await using var third = first.Twin();
        await using var fourth = first.Twin();
        TestApp[] others = [second, third, fourth];
        await Listening.GivenEventsAsync(first, Streams, Each);
        var (asleep, wake) = SleepAt(first, step, turn);

        var sleeper = Task.Run(() => first.Services.GetRequiredService<OutboxDelivery>().DeliverBatchAsync(Ct), Ct);
        await asleep.WaitAsync(TimeSpan.FromSeconds(30), Ct);
        Array.ForEach([first, .. others], app => app.Clock.Advance(OutboxDelivery.Lease + TimeSpan.FromSeconds(1)));
        var working = Task.WhenAll(others.Select(app => Task.Run(app.DeliverAsync, Ct)));
        if (step != FaultStep.BeforeCommit)
        {
            await working;                                  // nothing of what the sleeper holds is locked
            Assert.Equal(Streams.Length * Each, await first.InDbAsync(db => db.Outbox.CountAsync(m => m.DeliveredAt != null, Ct)));
        }

        wake();
        await Task.WhenAll(sleeper, working).WaitAsync(TimeSpan.FromSeconds(60), Ct);
        Array.ForEach(others, app => app.Clock.Advance(OutboxDelivery.Lease + TimeSpan.FromSeconds(1)));
        await second.DeliverAsync();

        await ShouldHaveHeardEachOnceAsync(first);
    }

    /// <summary>The server lets nobody sleep in the middle of a transaction for long: what the sleeper had begun is undone, and its commit fails when it wakes.</summary>
    [Fact]
    public async Task A_transaction_whose_worker_sleeps_is_ended_by_the_server_and_another_does_its_work()
    {
        await using var first = await TestApp.StartAsync(Database.Postgres, AddTo);
        await using var second = first.Twin();
        await Listening.GivenEventsAsync(first, Streams, Each);
        Assert.Equal("1min", await first.InDbAsync(db => db.Database.SqlQueryRaw<string>("SELECT current_setting('idle_in_transaction_session_timeout') AS \"Value\"").SingleAsync(Ct)));
        var (asleep, wake) = SleepAt(first, FaultStep.BeforeCommit, 2);

        var sleeper = Task.Run(() => first.Services.GetRequiredService<OutboxDelivery>().DeliverBatchAsync(Ct), Ct);
        await asleep.WaitAsync(TimeSpan.FromSeconds(30), Ct);
        var pid = await second.InDbAsync(db => db.Database.SqlQueryRaw<int>("SELECT pid AS \"Value\" FROM pg_stat_activity WHERE state = 'idle in transaction' AND datname = current_database() AND pid <> pg_backend_pid()").SingleAsync(Ct));
        second.Clock.Advance(OutboxDelivery.Lease + TimeSpan.FromSeconds(1));
        var working = Task.Run(second.DeliverAsync, Ct);
        await second.TypeAsync($"SELECT pg_terminate_backend({pid})");      // the sleeper's: the worker may stand between two statements of its own
        await working.WaitAsync(TimeSpan.FromSeconds(60), Ct);
        first.Clock.Advance(OutboxDelivery.Lease + TimeSpan.FromSeconds(1));
        wake();
        await sleeper;

        await ShouldHaveHeardEachOnceAsync(second);
    }

    private static void AddTo(IServiceCollection services)
    {
        Listening.AddTo(services);
        FaultPoint.AddTo(services);
    }

    private static async Task ShouldHaveHeardEachOnceAsync(TestApp app)
    {
        var heard = await app.InDbAsync(db => db.Set<Sequence>().Where(s => s.Name.StartsWith("heard/")).Select(s => s.Next).ToListAsync(Ct));
        Assert.Equal(Enumerable.Repeat((long)Each, Streams.Length), heard);
        Assert.Empty(await app.InDbAsync(db => db.Outbox.Where(m => m.DeliveredAt == null || m.LastFault != null).Select(m => m.LastFault).ToListAsync(Ct)));
    }

    private static (Task Asleep, Action Wake) SleepAt(TestApp app, FaultStep step, int turn)
    {
        var (asleep, wake) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var begun = 0;
        FaultPoint.Of(app).At = (at, _) =>
        {
            if (at == FaultStep.BeforeBegin)
            {
                begun++;
            }

            return at == step && begun == turn && asleep.TrySetResult() ? wake.Task : Task.CompletedTask;
        };
        return (asleep.Task, wake.SetResult);
    }
}
