using System.Diagnostics;
using System.Text.Json;
using Jiesu.Tests;
using Jiesu.Tests.Faults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Platform.Events;

/// <summary>REL-15, inside the house: what fails waits longer each time, but not for ever, and does not wear anybody out.</summary>
public sealed class OutboxDeliveryTests
{
    private static readonly string[] Streams = [.. Enumerable.Range(1, 40).Select(i => $"order/{i}")];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_consumer_that_keeps_failing_is_tried_once_a_minute_and_all_goes_when_it_is_well_again(Database database)
    {
        await using var app = await TestApp.StartAsync(database, Listening.AddTo);
        var ear = app.Services.GetRequiredService<Listening.Ear>();
        await Listening.GivenEventsAsync(app, Streams, 2);
        ear.Fault = _ => new InvalidOperationException("away");

        await app.DeliverAsync();
        Assert.Equal(1 + Circuit.MostFailures, ear.Tries);      // the batch, then one by one until it is enough
        ear.Tries = 0;
        await PassAsync(app, TimeSpan.FromHours(1));
        Assert.InRange(ear.Tries, 30, 60);
        Assert.Equal(0, await app.InDbAsync(db => db.Outbox.CountAsync(m => m.DeliveredAt != null, Ct)));

        ear.Fault = _ => null;
        await PassAsync(app, TimeSpan.FromMinutes(20));
        Assert.Equal(2 * Streams.Length, await app.InDbAsync(db => db.Outbox.CountAsync(m => m.DeliveredAt != null, Ct)));
        Assert.Equal(Streams.Length, await app.InDbAsync(db => db.Set<Sequence>().CountAsync(s => s.Next == 2, Ct)));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_poisoned_message_waits_longer_each_time_is_put_aside_in_the_end_and_delays_no_other(Database database)
    {
        await using var app = await TestApp.StartAsync(database, Listening.AddTo);
        var ear = app.Services.GetRequiredService<Listening.Ear>();
        await Listening.GivenEventsAsync(app, Streams, 1);
        ear.Fault = e => e.Of == Streams[7] ? new InvalidOperationException("poison") : null;

        await app.DeliverAsync();
        Assert.Equal([Streams[7]], await app.InDbAsync(db => db.Outbox.Where(m => m.DeliveredAt == null).Select(m => m.Stream).ToListAsync(Ct)));
        List<double> waits = [];
        for (var i = 0; i < OutboxMessage.MostAttempts - 1; i++)
        {
            var wait = DateTimeOffset.FromUnixTimeMilliseconds(await app.InDbAsync(db => db.Outbox.Where(m => m.DeliveredAt == null).Select(m => m.LockedUntil).SingleAsync(Ct))) - app.Clock.GetUtcNow();
            waits.Add(wait.TotalSeconds);
            app.Clock.Advance(wait + TimeSpan.FromMinutes(1));  // the circuit is closed again by then
            await app.DeliverAsync();
        }

        Assert.All(waits.Index(), x => Assert.InRange(x.Item, Math.Min(900, Math.Pow(2, x.Index)) / 2 - 1, Math.Min(900, Math.Pow(2, x.Index))));
        var tries = ear.Tries;
        app.Clock.Advance(TimeSpan.FromDays(30));
        await app.DeliverAsync();
        Assert.Equal(tries, ear.Tries);
        Assert.Equal([Streams[7]], await app.InDbAsync(db => db.Outbox.PutAside().Select(m => m.Stream).ToListAsync(Ct)));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task What_cannot_be_read_is_put_aside_at_once_and_goes_when_the_operator_says_so(Database database)
    {
        await using var app = await TestApp.StartAsync(database, Listening.AddTo);
        await Listening.GivenEventsAsync(app, ["order/1"], 2);
        var payload = await app.InDbAsync(db => db.Outbox.Where(m => m.Seq == 1).Select(m => m.Payload).SingleAsync(Ct));
        await SetPayloadAsync(app, "{");

        await app.DeliverAsync();
        app.Clock.Advance(TimeSpan.FromDays(1));
        await app.DeliverAsync();
        var aside = await app.InDbAsync(db => db.Outbox.PutAside().SingleAsync(Ct));
        Assert.Equal((1, 1, nameof(JsonException)), (aside.Seq, aside.Attempts, aside.LastFault));

        await SetPayloadAsync(app, payload);
        Assert.Contains("共 1 个搁置的事件", await CommandAsync("list", app), StringComparison.Ordinal);
        Assert.Contains("1 个搁置的事件将重新投递", await CommandAsync("retry", app), StringComparison.Ordinal);
        await app.DeliverAsync();
        Assert.Equal(2, await app.InDbAsync(db => db.Set<Sequence>().Where(s => s.Name == Listening.NameOf("order/1")).Select(s => s.Next).SingleAsync(Ct)));
    }

    private static async Task<string> CommandAsync(string word, TestApp app)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Jiesu.Host.dll"), "outbox", word, .. app.Arguments]) { RedirectStandardOutput = true };
        using var command = Process.Start(start)!;
        var said = await command.StandardOutput.ReadToEndAsync(Ct);
        await command.WaitForExitAsync(Ct);
        Assert.Equal(0, command.ExitCode);
        return said;
    }

    private static Task<int> SetPayloadAsync(TestApp app, string payload) =>
        app.InDbAsync(db => db.WriteAsync(() => db.Outbox.Where(m => m.Seq == 1).ExecuteUpdateAsync(s => s.SetProperty(m => m.Payload, payload), Ct), Ct));

    /// <summary>As the sender would, every ten seconds.</summary>
    private static async Task PassAsync(TestApp app, TimeSpan time)
    {
        for (var end = app.Clock.GetUtcNow() + time; app.Clock.GetUtcNow() < end;)
        {
            app.Clock.Advance(TimeSpan.FromSeconds(10));
            await app.DeliverAsync();
        }
    }
}
