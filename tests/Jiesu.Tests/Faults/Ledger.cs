using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;

namespace Jiesu.Tests.Faults;

/// <summary>账本 of a client: what it sent, under which key, and what was acknowledged. It believes only what it was told.</summary>
internal sealed class Ledger(int orders)
{
    private const int Connections = 12;
    private readonly string[] _keys = [.. Enumerable.Range(0, orders).Select(_ => Guid.CreateVersion7().ToString())];
    private readonly ConcurrentDictionary<int, string> _acknowledged = new();

    /// <summary>Id by number of the order.</summary>
    public IReadOnlyDictionary<int, string> Acknowledged => _acknowledged;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static string Title(int number) => $"第{number}件";

    /// <summary>Sends what was not answered yet, each under the key it always had, until all is answered or the house is gone.</summary>
    public async Task SendAsync(HttpClient client)
    {
        try
        {
            await Parallel.ForEachAsync(Enumerable.Range(0, orders).Where(i => !_acknowledged.ContainsKey(i)), new ParallelOptions { MaxDegreeOfParallelism = Connections, CancellationToken = Ct }, async (i, _) =>
                _acknowledged[i] = await PostAsync(client, i));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            // killed: what was not answered is sent again later
        }
    }

    /// <summary>The id in the answer; the same key always has the same.</summary>
    public async Task<string> PostAsync(HttpClient client, int number)
    {
        using var answer = await client.PostOrderAsync(_keys[number], new { title = Title(number), content = "路灯不亮，请处理", channel = "电话", callerName = "王女士", callerPhone = $"139{number:D8}" });
        var told = await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
        return told.GetProperty("id").GetString()!;
    }
}
