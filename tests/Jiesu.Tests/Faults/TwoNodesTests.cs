using System.Collections.Concurrent;
using System.Diagnostics;
using Jiesu.Orders;
using Jiesu.Orders.Contracts;
using Jiesu.Platform;
using Jiesu.Platform.Events;
using Jiesu.Platform.Jobs;
using Jiesu.Tests.Given;
using Microsoft.Extensions.DependencyInjection;
using static Jiesu.Tests.Given.GivenRules;
using static Jiesu.Tests.Given.OrderBuilder;

namespace Jiesu.Tests.Faults;

/// <summary>Two nodes over one PostgreSQL, each with its sender, its jobs and its ear to the other.</summary>
public sealed class TwoNodesTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The quickest of three: the machine may have other things to do.</summary>
    [Fact]
    public async Task What_is_dispatched_on_one_node_is_told_to_the_unit_on_the_other_within_two_seconds()
    {
        var (first, second) = await TestApp.StartTwoAsync(GivenRules.AddTo);
        await using var _ = first;
        await using var __ = second;
        using var dispatcher = first.As(Permissions.Dispatch, Permissions.Read);
        using var unit = second.AsOf(Heping, Permissions.Read);
        using var answer = await unit.GetAsync(new Uri("/live", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Ct);
        using var stream = new StreamReader(await answer.Content.ReadAsStreamAsync(Ct));
        await ReadUntilAsync(stream, "\"PendingSign\":0");
        List<TimeSpan> waited = [];

        for (var i = 1; i <= 3; i++)
        {
            var order = await first.GivenAsync(AnOrder().Accepted());
            using var dispatched = await dispatcher.ActAsync($"orders/{order.Id}/actions/dispatch", order.Version, new { lead = "HEPING" });
            var watch = Stopwatch.StartNew();
            Assert.True(dispatched.IsSuccessStatusCode, await dispatched.Content.ReadAsStringAsync(Ct));
            await ReadUntilAsync(stream, $"\"PendingSign\":{i}");
            waited.Add(watch.Elapsed);
        }

        Assert.InRange(waited.Min(), TimeSpan.Zero, Soon);
    }

    [Fact]
    public async Task Each_event_and_each_run_of_a_job_is_for_one_node_alone()
    {
        const int orders = 40, runs = 4;
        var tally = new Tally();
        var (first, second) = await TestApp.StartTwoAsync(s =>
        {
            GivenRules.AddTo(s);
            s.AddSingleton(tally).AddSingleton(Host.Composition.Modules().Add<Counting>());
        });
        await using var _ = first;
        await using var __ = second;

        for (var i = 0; i < orders; i++)
        {
            await (i % 2 == 0 ? first : second).GivenAsync(AnOrder());
        }

        await UntilAsync(() => tally.Heard.Count >= orders && tally.Runs.Count >= runs);
        var starts = tally.Runs.Order().ToArray();
        Assert.Equal(orders, tally.Heard.Distinct().Count());
        Assert.Equal(orders, tally.Heard.Count);
        Assert.All(starts.Zip(starts.Skip(1)), pair => Assert.True(pair.Second - pair.First >= Counting.Every, $"{pair.First:O} {pair.Second:O}"));
    }

    private static async Task ReadUntilAsync(StreamReader stream, string text)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(Patience);
        while (await stream.ReadLineAsync(limit.Token) is { } line && !line.Contains(text, StringComparison.Ordinal))
        {
        }
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(Patience);
        while (!isSo())
        {
            await Task.Delay(50, limit.Token);
        }
    }

    /// <summary>What both nodes did, told to one and the same.</summary>
    internal sealed class Tally
    {
        public ConcurrentBag<Guid> Heard { get; } = [];
        public ConcurrentBag<DateTimeOffset> Runs { get; } = [];
    }

    /// <summary>A module that only counts.</summary>
    private sealed class Counting : IModule
    {
        public static TimeSpan Every { get; } = TimeSpan.FromSeconds(1);
        public static IReadOnlyList<Job> Jobs => [Job.Of<CountedJob>("tests.count", Every)];
        public static IReadOnlyList<Subscription> Handlers => [Subscription.Of<OrderReceived, CountedHandler>("tests.count")];

        public static void AddServices(IServiceCollection services) { }
    }

    private sealed class CountedJob(Tally tally, TimeProvider clock) : IJob
    {
        public Task RunAsync(CancellationToken ct)
        {
            tally.Runs.Add(clock.GetUtcNow());
            return Task.CompletedTask;
        }
    }

    private sealed class CountedHandler(Tally tally) : IEventHandler<OrderReceived>
    {
        public Task HandleAsync(IReadOnlyList<OrderReceived> events, CancellationToken ct)
        {
            foreach (var e in events)
            {
                tally.Heard.Add(e.EventId);
            }

            return Task.CompletedTask;
        }
    }
}
