using System.Text;

namespace Jiesu.Tests.Faults;

/// <summary>kill -9 of the real program, in the middle of its work (rule 1: never lost, never doubled).</summary>
public sealed class KillTests
{
    private const int Orders = 1000;
    private const int Rows = 3000;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task After_two_kills_each_acknowledged_order_and_each_row_of_an_import_stands_once(Database database)
    {
        await using var host = await KilledHost.StartAsync(database);
        using var desk = await host.SignInAsync("CT");
        var ledger = new Ledger(Orders);

        var first = ledger.SendAsync(desk);
        await desk.UntilAsync(() => Task.FromResult(ledger.Acknowledged.Count >= Orders / 3));
        await host.KillAsync();
        await first;
        await host.LaunchAsync();

        var import = await BeginImportAsync(desk);
        await desk.UntilAsync(async () => (await desk.ReadAsync(import)).GetProperty("imported").GetInt32() > 0);
        var (before, second) = (ledger.Acknowledged.Count, ledger.SendAsync(desk));
        await desk.UntilAsync(() => Task.FromResult(ledger.Acknowledged.Count >= before + 50));
        await host.KillAsync();
        await second;
        await host.LaunchAsync();

        var (answered, half) = (ledger.Acknowledged.ToDictionary(), (await desk.ReadAsync(import)).GetProperty("imported").GetInt32());
        Assert.InRange(answered.Count, before + 50, Orders - 1);
        Assert.InRange(half, 1, Rows - 1);
        await ledger.SendAsync(desk);
        await desk.UntilAsync(async () => (await desk.ReadAsync(import)).GetProperty("state").GetString() is "Completed" or "Failed");
        await desk.ShouldDrainAsync();

        await ShouldStandOnceAsync(desk, ledger, import);
        foreach (var (number, id) in answered.Take(20))
        {
            Assert.Equal(id, await ledger.PostAsync(desk, number));
        }
    }

    private static async Task ShouldStandOnceAsync(HttpClient desk, Ledger ledger, string import)
    {
        var done = await desk.ReadAsync(import);
        Assert.Equal(("Completed", Rows, 0, 0), (done.GetProperty("state").GetString(), done.GetProperty("imported").GetInt32(), done.GetProperty("duplicates").GetInt32(), done.GetProperty("failed").GetInt32()));
        var stored = (await desk.AllOrdersAsync()).Select(o => new
        {
            Id = o.GetProperty("id").GetString()!, Title = o.GetProperty("title").GetString()!, OrderNo = o.GetProperty("orderNo").GetString(), CaseNo = o.GetProperty("caseNo").GetString(),
            Unit = o.GetProperty("unit").GetString(), State = o.GetProperty("state").GetString(),
        }).ToArray();
        Assert.Equal(Enumerable.Range(0, Orders).Select(i => (Ledger.Title(i), ledger.Acknowledged[i])).Order(), stored.Where(o => o.OrderNo is null).Select(o => (o.Title, o.Id)).Order());
        Assert.Equal(Enumerable.Range(1, Rows).Select(Number), stored.Select(o => o.OrderNo).OfType<string>().Order(StringComparer.Ordinal));
        Assert.All(stored, o => Assert.Equal(("110106-ZX", "Received"), (o.Unit, o.State)));
        Assert.Equal(Orders + Rows, stored.Select(o => o.CaseNo).Distinct().Count());
    }

    private static async Task<string> BeginImportAsync(HttpClient desk)
    {
        var sheet = "orderNo,title,content\r\n" + string.Concat(Enumerable.Range(1, Rows).Select(i => $"{Number(i)},第{i}行,小区路灯不亮，请尽快处理\r\n"));
        using var form = new MultipartFormDataContent { { new StringContent(sheet, Encoding.UTF8, "text/csv"), "file", "a.csv" } };
        using var begun = await desk.PostAsync(new Uri("/api/v1/imports", UriKind.Relative), form, Ct);
        return "imports/" + (await begun.JsonAsync()).GetProperty("id").GetString();
    }

    private static string Number(int row) => $"BJ2026{row:D6}";
}
