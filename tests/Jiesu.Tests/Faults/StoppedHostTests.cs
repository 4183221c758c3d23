using Npgsql;

namespace Jiesu.Tests.Faults;

/// <summary>REL-12, with real processes: one of three nodes is stopped in the middle of its work, longer than its leases last, and goes on when the others have done it.</summary>
public sealed class StoppedHostTests
{
    private const int Orders = 600;

    /// <summary>Longer than the lease of the outbox.</summary>
    private static readonly TimeSpan Asleep = TimeSpan.FromSeconds(20);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_node_that_was_stopped_and_goes_on_doubles_no_effect()
    {
        await using var first = await KilledHost.StartAsync(Database.Postgres);
        await using var second = await first.JoinAsync();
        await using var third = await first.JoinAsync();
        using var desk = await second.SignInAsync("CT");
        var ledger = new Ledger(Orders);

        var sending = ledger.SendAsync(desk);
        await KilledHost.UntilAsync(() => Task.FromResult(ledger.Acknowledged.Count > Orders / 3));
        await first.StopAsync();
        await Task.Delay(Asleep, Ct);
        await first.ContinueAsync();
        await sending;
        await desk.ShouldDrainAsync();

        await using var connection = new NpgsqlConnection(first.Main);
        await connection.OpenAsync(Ct);
        Assert.Equal(Orders, ledger.Acknowledged.Values.Distinct().Count());
        foreach (var table in new[] { "orders_work_order", "orders_advice", "orders_search", "evaluation_fact" })
        {
            Assert.Equal(Orders, await CountAsync(connection, table));
        }

        Assert.Equal(0, await CountAsync(connection, "platform_outbox WHERE delivered_at IS NULL OR last_fault IS NOT NULL"));

        // so many like orders are a mass event, and each level that it rises by is told by its first order
        Assert.Equal(0, await CountAsync(connection, "(SELECT order_id FROM orders_notice WHERE kind <> 'MassEvent' GROUP BY order_id, person_id, kind HAVING count(*) > 1) AS twice"));
    }

    private static async Task<long> CountAsync(NpgsqlConnection connection, string of)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // made of the constants above
        command.CommandText = $"SELECT count(*) FROM {of}";
#pragma warning restore CA2100
        return (long)(await command.ExecuteScalarAsync(Ct))!;
    }
}
