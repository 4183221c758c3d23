using System.Collections.Concurrent;
using System.Globalization;
using Jiesu.Orders.Domain;
using Jiesu.Platform;
using Jiesu.Tests;
using Jiesu.Tests.Faults;
using Jiesu.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Orders.Features.Intake;

/// <summary>REL-04: a case number names one order for ever, whatever stops on the way.</summary>
public sealed class OrderNumbersTests
{
    private static readonly DateTimeOffset Midnight = new DateOnly(2026, 3, 3).StartOfDay();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Twenty_thousand_numbers_over_midnight_from_two_nodes_with_five_kills_are_twenty_thousand(Database database)
    {
        const int each = 1_000, rounds = 10;
        await using var first = await TestApp.StartAsync(database);
        var taken = new ConcurrentBag<(string CaseNo, DateTimeOffset At)>();
        List<TestApp> nodes = [first.Twin(), first.Twin()];
        for (var round = 0; round < rounds; round++)
        {
            var at = Midnight.AddMilliseconds((round - (rounds / 2)) * 10);
            await Task.WhenAll(nodes.Select(node => Task.Run(async () =>
            {
                var numbers = node.Services.GetRequiredService<OrderNumbers>();
                for (var i = 0; i < each / 4; i++)
                {
                    foreach (var number in await numbers.TakeAsync(4, at, Ct))
                    {
                        taken.Add((number.CaseNo, at));
                    }
                }
            })));
            if (round % 2 == 1)
            {
                var killed = nodes[round / 2 % 2];              // with the rest of its block in memory
                nodes[round / 2 % 2] = first.Twin();
                await killed.DisposeAsync();
            }
        }

        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }

        Assert.Equal(each * rounds * 2, taken.Select(t => t.CaseNo).Distinct().Count());
        Assert.All(taken, t => Assert.StartsWith($"FT-{Day(t.At)}-", t.CaseNo, StringComparison.Ordinal));
        Assert.Equal(2, taken.Select(t => t.CaseNo[..11]).Distinct().Count());
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Orders_that_come_over_midnight_bear_the_day_of_their_receipt_and_an_aborted_one_gives_its_number_to_nobody(Database database)
    {
        await using var first = await TestApp.StartAsync(database, AddTo);
        await using var second = first.Twin();
        TestApp[] nodes = [first, second];
        HttpClient[] desks = [first.As(Permissions.Create, Permissions.Read), second.As(Permissions.Create, Permissions.Read)];
        Array.ForEach(nodes, n => n.Clock.SetUtcNow(Midnight.AddMilliseconds(-30)));
        var aborts = 0;
        FaultPoint.Of(first).At = (step, sql) => step == FaultStep.BeforeStatement && sql.Replace("\"", "", StringComparison.Ordinal).Contains("INSERT INTO orders_event", StringComparison.Ordinal) && Interlocked.Increment(ref aborts) % 7 == 0
            ? Task.FromException(new InvalidOperationException("aborted"))
            : Task.CompletedTask;

        List<string> told = [];
        for (var i = 0; i < 60; i++)
        {
            using var answer = await desks[i % 2].PostOrderAsync($"k-{i}", new { title = $"第{i}件", content = "路灯不亮", channel = "电话" });
            if (answer.IsSuccessStatusCode)
            {
                told.Add((await answer.JsonAsync()).GetProperty("caseNo").GetString()!);
            }

            Array.ForEach(nodes, n => n.Clock.Advance(TimeSpan.FromMilliseconds(1)));
        }

        Array.ForEach(desks, d => d.Dispose());
        var stored = await first.InDbAsync(db => db.Set<WorkOrder>().Select(x => new { x.CaseNo, x.ReceivedAt }).ToListAsync(Ct));
        Assert.Equal(4, 60 - told.Count);
        Assert.Equal(told.Order(), stored.Select(x => x.CaseNo).Order());
        Assert.Equal(told.Count, told.Distinct().Count());
        Assert.All(stored, x => Assert.StartsWith($"FT-{Day(x.ReceivedAt)}-", x.CaseNo, StringComparison.Ordinal));
        Assert.Equal(["FT-20260302", "FT-20260303"], told.Select(n => n[..11]).Distinct().Order());
    }

    private static void AddTo(IServiceCollection services)
    {
        GivenRules.AddTo(services);
        FaultPoint.AddTo(services);
    }

    private static string Day(DateTimeOffset at) => at.ToBeijing().ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}
