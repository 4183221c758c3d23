using System.Text;

namespace Jiesu.Tests.Faults;

/// <summary>kill -9 of the real program in the middle of a file.</summary>
public sealed class KilledImportTests
{
    private const int Rows = 3000;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task After_a_kill_an_import_goes_on_and_each_of_its_rows_stands_once(Database database)
    {
        await using var host = await KilledHost.StartAsync(database);
        using var desk = await host.SignInAsync("CT");
        var import = await BeginAsync(desk);

        await KilledHost.UntilAsync(async () => (await desk.ReadAsync(import)).GetProperty("imported").GetInt32() > 0);
        await host.KillAsync();
        await host.LaunchAsync();
        var half = (await desk.ReadAsync(import)).GetProperty("imported").GetInt32();
        await KilledHost.UntilAsync(async () => (await desk.ReadAsync(import)).Text("state") is "Completed" or "Failed");

        var done = await desk.ReadAsync(import);
        Assert.InRange(half, 1, Rows - 1);
        Assert.Equal(("Completed", Rows, 0, 0), (done.Text("state"), done.GetProperty("imported").GetInt32(), done.GetProperty("duplicates").GetInt32(), done.GetProperty("failed").GetInt32()));
        var stored = await desk.AllOrdersAsync();
        Assert.Equal(Enumerable.Range(1, Rows).Select(Number), stored.Select(o => o.Text("orderNo")).Order(StringComparer.Ordinal));
        Assert.All(stored, o => Assert.Equal(("110106-ZX", "Received"), (o.Text("unit"), o.Text("state"))));
    }

    private static async Task<string> BeginAsync(HttpClient desk)
    {
        var sheet = "orderNo,title,content\r\n" + string.Concat(Enumerable.Range(1, Rows).Select(i => $"{Number(i)},第{i}行,小区路灯不亮，请尽快处理\r\n"));
        using var form = new MultipartFormDataContent { { new StringContent(sheet, Encoding.UTF8, "text/csv"), "file", "a.csv" } };
        using var begun = await desk.PostAsync(new Uri("/api/v1/imports", UriKind.Relative), form, Ct);
        return "imports/" + (await begun.JsonAsync()).Text("id");
    }

    private static string Number(int row) => $"BJ2026{row:D6}";
}
