using System.Diagnostics;
using System.Text.Json;
using Jiesu.Platform;

namespace Jiesu.Bench.Lists;

/// <summary>Work lists and search through HTTP, one request after the other, over many stored orders.</summary>
internal static class ListBench
{
    internal const int Demo = 2000;
    private const int WarmUp = 200;
    private static readonly string[] Words = ["噪声", "垃圾", "供暖", "停水", "路灯", "井盖", "施工", "占道", "油烟", "电梯", "漏水", "绿化"];

    public static async Task<int> RunAsync(Options options)
    {
        foreach (var database in options.Databases)
        {
            await using var place = await StoredPlace.OpenAsync(database, options.Text("folder", ""));
            await MeasureAsync(place, options.Number("stored", 1_000_000), options.Number("requests", 300));
        }

        return 0;
    }

    private static async Task MeasureAsync(StoredPlace place, int wanted, int requests)
    {
        var stored = await place.FillAsync(Demo, wanted);
        Figures.Print("lists", $"{place.Database}.stored", stored, 1);
        await using var host = await place.StartAsync(Demo);
        using var client = await host.SignInAsync("DP");
        var units = await UnitsAsync(client);
        var months = Enumerable.Range(1, 12).Select(m => TimeProvider.System.Today().AddMonths(-m)).Select(d => new DateOnly(d.Year, d.Month, 1)).ToList();

        await PrintAsync("page1", i => $"/orders?pageSize=50&unit={units[i % units.Count]}&state=Archived&from={months[i % 12]:yyyy-MM-dd}&to={months[i % 12].AddMonths(1).AddDays(-1):yyyy-MM-dd}");
        await PrintAsync("api", i => $"/api/v1/orders?pageSize=50&unit={units[i % units.Count]}&state=Archived&from={months[i % 12]:yyyy-MM-dd}&to={months[i % 12].AddMonths(1).AddDays(-1):yyyy-MM-dd}");
        await PrintAsync("unfilteredPage1", _ => "/orders?pageSize=50&state=Archived");
        await PrintAsync("unfilteredPage500", _ => "/orders?pageSize=50&state=Archived&page=500");
        await PrintAsync("searchTwoCharacters", i => $"/orders?pageSize=50&q={Uri.EscapeDataString(Words[i % Words.Length])}");
        await PrintAsync("searchTwoCharactersApi", i => $"/api/v1/orders?pageSize=50&q={Uri.EscapeDataString(Words[i % Words.Length])}");
        Figures.Print("lists", $"{place.Database}.residentMegabytes", host.ResidentMegabytes(), 1);

        async Task PrintAsync(string name, Func<int, string> url)
        {
            await AskAsync(client, url, WarmUp);
            var cpu = new CpuMeter([host.Pid, .. place.Pids]);
            cpu.Start();
            var latencies = await AskAsync(client, url, requests);
            Figures.Print("lists", $"{place.Database}.{name}.cpuMs", cpu.ElapsedMilliseconds / requests, requests);
            Figures.Print("lists", $"{place.Database}.{name}.p50Ms", Figures.Percentile(latencies, 0.5), requests);
            Figures.Print("lists", $"{place.Database}.{name}.p95Ms", Figures.Percentile(latencies, 0.95), requests);
        }
    }

    private static async Task<double[]> AskAsync(HttpClient client, Func<int, string> url, int requests)
    {
        var latencies = new double[requests];
        for (var i = 0; i < requests; i++)
        {
            var watch = Stopwatch.StartNew();
            using var answer = await client.GetAsync(new Uri(url(i), UriKind.Relative));
            await answer.Content.ReadAsByteArrayAsync();
            latencies[i] = watch.Elapsed.TotalMilliseconds;
            answer.EnsureSuccessStatusCode();
        }

        return latencies;
    }

    /// <summary>Units that stand in the list, so that the filter meets rows.</summary>
    private static async Task<List<string>> UnitsAsync(HttpClient client)
    {
        using var json = JsonDocument.Parse(await client.GetStringAsync(new Uri("/api/v1/orders?state=Archived&pageSize=200", UriKind.Relative)));
        return [.. json.RootElement.GetProperty("items").EnumerateArray().Select(o => o.GetProperty("unit").GetString()!).Distinct(StringComparer.Ordinal).Take(20)];
    }
}
