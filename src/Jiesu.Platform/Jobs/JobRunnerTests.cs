using System.Collections.Concurrent;
using Jiesu.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Platform.Jobs;

/// <summary>REL-27: three nodes, one schedule.</summary>
public sealed class JobRunnerTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Of_three_nodes_one_runs_each_period_another_takes_over_after_a_kill_and_six_hours_are_caught_up_once(Database database)
    {
        var runs = new Runs();
        await using var first = await TestApp.StartAsync(database, s => s.AddSingleton(runs).AddSingleton(new Modules().Add<Hourly>()));
        await using var second = first.Twin();
        await using var third = first.Twin();
        TestApp[] nodes = [first, second, third];

        await LookAsync(nodes);                                         // the first look makes the lease
        await LookAsync(nodes);
        await LookAsync(nodes);
        Assert.Equal(1, runs.Ended);
        for (var period = 2; period <= 5; period++)
        {
            Pass(nodes, Hour);
            await LookAsync(nodes);
            Assert.Equal(period, runs.Ended);
        }

        Pass(nodes, Hour);
        using var kill = new CancellationTokenSource();
        var stopped = runs.HoldNext();
        var killed = first.Services.GetRequiredService<JobRunner>().RunDueAsync(kill.Token);
        await stopped;
        await LookAsync(second, third);
        Assert.Equal(5, runs.Ended);                                    // it is being done
        await kill.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => killed);
        await LookAsync(second, third);
        Assert.Equal(5, runs.Ended);                                    // nobody knows yet that it is not
        Pass(nodes, TimeSpan.FromMinutes(6));
        await LookAsync(second, third);
        Assert.Equal(6, runs.Ended);

        Pass(nodes, 6 * Hour);
        await LookAsync(nodes);
        await LookAsync(nodes);
        Assert.Equal(7, runs.Ended);
        Pass(nodes, Hour);
        await LookAsync(nodes);
        Assert.Equal(8, runs.Ended);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_run_prolongs_its_lease_and_one_that_slept_through_it_is_called_off_and_leaves_the_schedule_alone(Database database)
    {
        var runs = new Runs();
        await using var first = await TestApp.StartAsync(database, s => s.AddSingleton(runs).AddSingleton(new Modules().Add<Hourly>()));
        await using var second = first.Twin();
        await LookAsync(first);

        var stopped = runs.HoldNext();
        var work = first.Services.GetRequiredService<JobRunner>().RunDueAsync(Ct);
        await stopped;
        for (var i = 0; i < 10; i++)                                    // ten minutes of work, twice the lease
        {
            var before = await LeaseAsync(first);
            Pass([first, second], TimeSpan.FromSeconds(100));
            await UntilAsync(async () => (await LeaseAsync(first)).LeaseUntil > before.LeaseUntil);
            await LookAsync(second);
            Assert.Equal(0, runs.Ended);
        }

        second.Clock.Advance(TimeSpan.FromMinutes(6));                  // the first sleeps: its time stands still
        await LookAsync(second);
        Assert.Equal(1, runs.Ended);
        var planned = await LeaseAsync(second);
        first.Clock.Advance(TimeSpan.FromMinutes(6));
        await work.WaitAsync(TimeSpan.FromSeconds(30), Ct);

        Assert.Equal((1, 1), (runs.Ended, runs.CalledOff));
        Assert.Equal((planned.Fence, planned.NextRun, planned.LeaseUntil), (await LeaseAsync(second)) is var now ? (now.Fence, now.NextRun, now.LeaseUntil) : default);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task What_failed_is_tried_again_within_five_minutes_and_what_a_wrong_clock_planned_is_not_waited_for(Database database)
    {
        var runs = new Runs();
        await using var app = await TestApp.StartAsync(database, s => s.AddSingleton(runs).AddSingleton(new Modules().Add<Hourly>()));
        await LookAsync(app);
        runs.Fault = new InvalidOperationException("away");
        await LookAsync(app);
        runs.Fault = null;
        await LookAsync(app);
        Assert.Equal(0, runs.Ended);

        app.Clock.Advance(TimeSpan.FromMinutes(5));
        await LookAsync(app);
        Assert.Equal(1, runs.Ended);
        app.Clock.AdjustTime(app.Clock.GetUtcNow().AddDays(-2));        // it was two days ahead
        await LookAsync(app);
        Assert.Equal(2, runs.Ended);
    }

    [Fact]
    public async Task A_job_that_waits_for_somebody_outside_holds_up_no_other()
    {
        var runs = new Runs();
        await using var app = await TestApp.StartAsync(Database.Sqlite, s => s.AddSingleton(runs).AddSingleton(new Modules().Add<Endless>().Add<Hourly>()));
        var runner = app.Services.GetRequiredService<JobRunner>();
        await runner.StartAsync(Ct);

        await UntilAsync(() =>
        {
            app.Clock.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(runs.Waiting && runs.Ended > 0);
        });

        Assert.True(runs.Waiting);
        Assert.Equal(1, runs.Ended);
        await runner.StopAsync(Ct);
    }

    private static Task LookAsync(params TestApp[] nodes) => Task.WhenAll(nodes.Select(n => Task.Run(() => n.Services.GetRequiredService<JobRunner>().RunDueAsync(Ct), Ct)));

    private static void Pass(TestApp[] nodes, TimeSpan time) => Array.ForEach(nodes, n => n.Clock.Advance(time));

    private static Task<JobLease> LeaseAsync(TestApp app) => app.InDbAsync(db => db.Set<JobLease>().AsNoTracking().SingleAsync(Ct));

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        for (var i = 0; i < 1000 && !await isSo(); i++)
        {
            await Task.Delay(10, Ct);
        }
    }

    /// <summary>What the nodes did, told to one and the same.</summary>
    internal sealed class Runs
    {
        private readonly ConcurrentQueue<TaskCompletionSource> _held = [];
        public int Ended;
        public int CalledOff;
        public volatile bool Waiting;
        public Exception? Fault { get; set; }

        /// <summary>The next run goes on until it is called off; tells when it has begun.</summary>
        public Task HoldNext()
        {
            var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _held.Enqueue(begun);
            return begun.Task;
        }

        public async Task RunAsync(CancellationToken ct)
        {
            if (Fault is not null)
            {
                throw Fault;
            }

            if (_held.TryDequeue(out var begun))
            {
                begun.SetResult();
                try
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, ct);
                }
                finally
                {
                    Interlocked.Increment(ref CalledOff);
                }
            }

            Interlocked.Increment(ref Ended);
        }
    }

    private sealed class Hourly : IModule
    {
        public static IReadOnlyList<Job> Jobs => [Job.Of<HourlyJob>("tests.hourly", Hour)];

        public static void AddServices(IServiceCollection services) { }
    }

    private sealed class HourlyJob(Runs runs) : IJob
    {
        public Task RunAsync(CancellationToken ct) => runs.RunAsync(ct);
    }

    private sealed class Endless : IModule
    {
        public static IReadOnlyList<Job> Jobs => [Job.Of<EndlessJob>("tests.endless", Hour)];

        public static void AddServices(IServiceCollection services) { }
    }

    private sealed class EndlessJob(Runs runs) : IJob
    {
        public Task RunAsync(CancellationToken ct)
        {
            runs.Waiting = true;
            return Task.Delay(Timeout.InfiniteTimeSpan, ct);
        }
    }
}
