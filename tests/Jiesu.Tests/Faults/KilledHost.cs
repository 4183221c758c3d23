using System.Text.Json;
using System.Text.RegularExpressions;
using Jiesu.Running;

namespace Jiesu.Tests.Faults;

/// <summary>A running house that fault tests kill, and what they ask of it afterwards.</summary>
internal static partial class KilledHost
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>With the quicker passwords, as all tests.</summary>
    public static async Task<RunningHost> StartAsync(Database database) => await RunningHost.StartAsync(
        database == Database.Sqlite ? null : await TestApp.NewPostgresDatabaseAsync(), settings: new Dictionary<string, string> { ["Jiesu__CipherSuite"] = "Intl" });

    public static string Text(this JsonElement json, string name) => json.GetProperty(name).GetString()!;

    /// <summary>Every order that the list shows, page by page to its end.</summary>
    public static async Task<IReadOnlyList<JsonElement>> AllOrdersAsync(this HttpClient client)
    {
        List<JsonElement> all = [];
        for (var next = ""; next is not null;)
        {
            var page = await client.ReadAsync($"orders?pageSize=200{(next.Length == 0 ? "" : $"&after={next}")}");
            all.AddRange(page.GetProperty("items").EnumerateArray());
            next = page.GetProperty("next").ToString() is { Length: > 0 } more ? more : null;
        }

        return all;
    }

    /// <summary>Waits until nothing is left in the outbox, as <c>/metrics</c> tells operators.</summary>
    public static Task ShouldDrainAsync(this HttpClient client) => UntilAsync(async () =>
    {
        var text = await client.GetStringAsync(new Uri("/metrics", UriKind.Relative), Ct);
        return Pending().Match(text) is { Success: true } found && found.Groups[1].ValueSpan is "0";
    });

    /// <summary>Asks again and again; fails when it does not become true.</summary>
    public static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(Patience);
        while (!await isSo())
        {
            await Task.Delay(20, limit.Token);
        }
    }

    [GeneratedRegex("""^jiesu_outbox_pending\S* (\d+)""", RegexOptions.Multiline)]
    private static partial Regex Pending();
}
