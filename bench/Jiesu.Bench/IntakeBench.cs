using System.Diagnostics;
using System.Net.Http.Json;
using Jiesu.Bench.Lists;

namespace Jiesu.Bench;

/// <summary>Durable intake over HTTP: order, caller, event, answer and outbox in one transaction, with the load maker on the same machine.</summary>
internal static class IntakeBench
{
    /// <summary>So many orders until the compiler of the runtime has come to rest; before that it takes more time than the orders do.</summary>
    private const int WarmUp = 4000;
    internal static readonly string[] Matters = ["楼道照明损坏", "垃圾清运不及时", "夜间施工噪声", "自来水水压不足", "暖气不热", "占道经营油烟扰民"];

    /// <summary>What may be stopped, and the table without which it can do nothing (REL-07).</summary>
    private static readonly Dictionary<string, string> Parts = new() { ["advice"] = "orders_advice", ["search"] = "orders_search", ["figures"] = "evaluation_fact", ["notices"] = "orders_notice" };

    public static async Task<int> RunAsync(Options options)
    {
        foreach (var database in options.Databases)
        {
            await using var place = await StoredPlace.OpenAsync(database, options.Text("folder", ""));
            await MeasureAsync(place, options.Number("stored", 0), options.Number("orders", 4000), options.Number("connections", 32), Parts.GetValueOrDefault(options.Text("without", "")));
        }

        return 0;
    }

    /// <param name="stored">Orders that are there before the first one comes.</param>
    /// <param name="hidden">Table of the part that is stopped before the measured orders come.</param>
    private static async Task MeasureAsync(StoredPlace place, int stored, int orders, int connections, string? hidden)
    {
        var demo = stored > 0 ? ListBench.Demo : 0;
        if (stored > 0)
        {
            Figures.Print("intake", $"{place.Database}.stored", await place.FillAsync(demo, stored), 1);
        }

        await using var host = await place.StartAsync(demo);
        using var client = await host.SignInAsync("CT");
        await PostAsync(client, WarmUp, connections);
        if (hidden is not null)
        {
            await place.HideAsync(hidden);
        }

        var cpu = new CpuMeter([host.Pid, .. place.Pids]);
        cpu.Start();
        var watch = Stopwatch.StartNew();
        var latencies = await PostAsync(client, orders, connections);
        watch.Stop();
        var spent = cpu.ElapsedMilliseconds;

        Figures.Print("intake", $"{place.Database}.ordersPerSecond", orders / watch.Elapsed.TotalSeconds, orders);
        Figures.Print("intake", $"{place.Database}.cpuMsPerOrder", spent / orders, orders);
        Figures.Print("intake", $"{place.Database}.p50Ms", Figures.Percentile(latencies, 0.5), orders);
        Figures.Print("intake", $"{place.Database}.p95Ms", Figures.Percentile(latencies, 0.95), orders);
        Figures.Print("intake", $"{place.Database}.p99Ms", Figures.Percentile(latencies, 0.99), orders);
    }

    private static async Task<IReadOnlyCollection<double>> PostAsync(HttpClient client, int orders, int connections)
    {
        var latencies = new double[orders];
        await Parallel.ForAsync(0, orders, new ParallelOptions { MaxDegreeOfParallelism = connections }, async (i, ct) =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/orders")
            {
                Content = JsonContent.Create(new
                {
                    title = $"{Matters[i % Matters.Length]}需要处理",
                    content = $"诉求人反映：{i % 30 + 1}号楼{Matters[i % Matters.Length]}，已持续{i % 9 + 2}天，影响居民生活，希望尽快处理。",
                    channel = "电话",
                    callerName = "王女士",
                    callerPhone = $"100{i:D8}",
                    address = $"芳园小区{i % 30 + 1}号楼",
                }),
            };
            request.Headers.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
            var watch = Stopwatch.StartNew();
            using var answer = await client.SendAsync(request, ct);
            latencies[i] = watch.Elapsed.TotalMilliseconds;
            if (!answer.IsSuccessStatusCode)
            {
                throw new InvalidOperationException($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(ct)}");
            }
        });
        return latencies;
    }
}
