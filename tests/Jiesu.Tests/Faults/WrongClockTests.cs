using Jiesu.Orders;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Timers;
using Jiesu.Platform;
using Jiesu.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Jiesu.Tests.Given.GivenRules;

namespace Jiesu.Tests.Faults;

/// <summary>REL-35: one of two nodes has a clock that is ten minutes off, and another's jumps.</summary>
public sealed class WrongClockTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Database.Sqlite, 10), InlineData(Database.Sqlite, -10), InlineData(Database.Postgres, 10), InlineData(Database.Postgres, -10)]
    public async Task A_clock_ten_minutes_off_makes_no_negative_duration_no_second_number_and_skips_no_warning(Database database, int minutes)
    {
        await using var right = await TestApp.StartAsync(database, GivenRules.AddTo);
        await using var wrong = right.Twin();
        wrong.Clock.AdjustTime(right.Clock.GetUtcNow().AddMinutes(minutes));
        HttpClient[] desks = [right.As(Everything), wrong.As(Everything)];
        HttpClient[] streets = [right.AsOf(Heping, Everything), wrong.AsOf(Heping, Everything)];
        HashSet<string> numbers = [];

        for (var i = 0; i < 12; i++)
        {
            var (one, other) = (i % 2, (i + 1) % 2);
            var made = await (await desks[one].PostOrderAsync($"k-{i}", new { title = "路灯不亮", content = "内容", channel = "电话" })).JsonAsync();
            Assert.True(numbers.Add(made.GetProperty("caseNo").GetString()!));
            var order = $"orders/{made.GetProperty("id").GetString()}/actions";
            await TakeAsync(desks[other], $"{order}/accept", 1, new { });
            await TakeAsync(desks[one], $"{order}/dispatch", 2, new { lead = "HEPING" });
            await TakeAsync(streets[other], $"{order}/sign", 3, new { });
            await TakeAsync(streets[one], $"{order}/contact", 4, new { note = "已联系" });
            Jump(right, 0.1);
            Jump(wrong, i == 5 ? -2 * minutes : 0.1);      // and in the middle it is put right, too far
        }

        Array.ForEach([.. desks, .. streets], d => d.Dispose());
        var orders = await right.InDbAsync(db => db.Set<WorkOrder>().AsNoTracking().Include(x => x.History).Include(x => x.Assignments).ToListAsync(Ct));
        Assert.All(orders, o => Assert.All(o.History.OrderBy(e => e.Seq).Zip(o.History.OrderBy(e => e.Seq).Skip(1)), e => Assert.True(e.First.At <= e.Second.At, $"{e.First.At:O} {e.Second.At:O}")));
        Assert.All(orders, o => Assert.True(o.ClockStartedAt >= o.ReceivedAt && o.DueAt > o.ClockStartedAt));
        Assert.All(orders.SelectMany(o => o.Assignments), a => Assert.True(a.SignedAt >= a.AssignedAt));
        Assert.Equal(orders.Count, orders.Select(o => o.No).Distinct().Count());

        for (var day = 0; day < 12; day++)
        {
            Jump(right, 24 * 60);
            Jump(wrong, 24 * 60);
            await (day % 2 == 0 ? right : wrong).RunAsync<GiveReminders>();
            await (day % 2 == 0 ? wrong : right).RunAsync<GiveReminders>();
        }

        var given = (await right.InDbAsync(db => db.Set<Reminder>().Select(r => new { r.OrderId, r.Stage }).ToListAsync(Ct))).ToLookup(r => r.OrderId, r => r.Stage);
        Assert.All(orders, o => Assert.Equal([ReminderStage.Half, ReminderStage.FourFifths, ReminderStage.Due, ReminderStage.Leader, ReminderStage.District], given[o.Id].Order()));
    }

    [Fact]
    public async Task The_offset_to_the_clock_of_the_database_is_a_metric_and_is_told_by_readiness_beyond_a_second()
    {
        await using var app = await TestApp.StartAsync(Database.Postgres);
        using var operators = app.CreateClient();
        var clock = app.Services.GetRequiredService<ClockOffset>();

        app.Clock.AdjustTime(TimeProvider.System.GetUtcNow());
        Assert.InRange((await clock.MeasureAsync(Ct))!.Value, TimeSpan.FromSeconds(-60), TimeSpan.FromSeconds(1));      // this clock stands while the test runs
        app.Clock.AdjustTime(TimeProvider.System.GetUtcNow().AddMinutes(10));
        Assert.InRange((await clock.MeasureAsync(Ct))!.Value, TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(11));

        Assert.Matches(@"^Degraded\nclock: Clock \+\d{3}\.\d s from the database's", await operators.GetStringAsync(new Uri("/healthz/ready", UriKind.Relative), Ct));
        Assert.Matches(@"(?m)^jiesu_clock_offset_seconds(\{[^}]*\})? [56]\d\d\.", await operators.GetStringAsync(new Uri("/metrics", UriKind.Relative), Ct));
    }

    [Fact]
    public async Task SQLite_has_no_other_clock_to_compare()
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite);
        using var operators = app.CreateClient();

        Assert.Null(await app.Services.GetRequiredService<ClockOffset>().MeasureAsync(Ct));
        Assert.Equal("Healthy", await operators.GetStringAsync(new Uri("/healthz/ready", UriKind.Relative), Ct));
    }

    private static string[] Everything => [.. Permissions.All.Select(p => p.Code)];

    private static void Jump(TestApp node, double minutes) => node.Clock.AdjustTime(node.Clock.GetUtcNow().AddMinutes(minutes));

    private static async Task TakeAsync(HttpClient client, string path, int version, object body)
    {
        using var answer = await client.ActAsync(path, version, body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
    }
}
