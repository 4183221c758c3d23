namespace Jiesu.Tests.Faults;

/// <summary>kill -9 of the real program while orders come in (rule 1: never lost, never doubled).</summary>
public sealed class KilledIntakeTests
{
    private const int Orders = 1000;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task After_two_kills_each_order_that_was_acknowledged_stands_once(Database database)
    {
        await using var host = await KilledHost.StartAsync(database);
        using var desk = await host.SignInAsync("CT");
        var ledger = new Ledger(Orders);

        foreach (var enough in new[] { Orders / 3, Orders * 2 / 3 })
        {
            var sending = ledger.SendAsync(desk);
            await KilledHost.UntilAsync(() => Task.FromResult(ledger.Acknowledged.Count >= enough));
            await host.KillAsync();
            await sending;
            Assert.InRange(ledger.Acknowledged.Count, enough, Orders - 1);
            await host.LaunchAsync();
        }

        var answered = ledger.Acknowledged.ToDictionary();
        await ledger.SendAsync(desk);
        await desk.ShouldDrainAsync();

        var stored = await desk.AllOrdersAsync();
        Assert.Equal(Enumerable.Range(0, Orders).Select(i => (Ledger.Title(i), ledger.Acknowledged[i])).Order(), stored.Select(o => (o.Text("title"), o.Text("id"))).Order());
        Assert.All(stored, o => Assert.Equal(("110106-ZX", "Received"), (o.Text("unit"), o.Text("state"))));
        Assert.Equal(Orders, stored.Select(o => o.Text("caseNo")).Distinct().Count());
        foreach (var (number, id) in answered.Take(20))
        {
            Assert.Equal(id, await ledger.PostAsync(desk, number));
        }
    }
}
