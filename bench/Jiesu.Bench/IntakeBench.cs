using System.Diagnostics;
using System.Net.Http.Json;
using Jiesu.Running;

namespace Jiesu.Bench;

/// <summary>Durable intake over HTTP: order, caller, event, answer and outbox in one transaction, with the load maker on the same machine.</summary>
internal static class IntakeBench
{
    /// <summary>So many orders until the compiler of the runtime has come to rest; before that it takes more time than the orders do.</summary>
    private const int WarmUp = 4000;
    private static readonly string[] Matters = ["楼道照明损坏", "垃圾清运不及时", "夜间施工噪声", "自来水水压不足", "暖气不热", "占道经营油烟扰民"];

    public static async Task<int> RunAsync(Options options)
    {
        foreach (var database in options.Databases)
        {
            await MeasureAsync(database, options.Number("orders", 4000), options.Number("connections", 32));
        }

        return 0;
    }

    private static async Task MeasureAsync(string database, int orders, int connections)
    {
        await using var postgres = database == "postgres" ? new PrivatePostgres() : null;
        if (postgres is not null)
        {
            await postgres.StartAsync();
        }

        await using var host = await RunningHost.StartAsync(postgres?.ConnectionString);
        using var client = await host.SignInAsync("CT");
        await PostAsync(client, WarmUp, connections);

        var cpu = new CpuMeter([host.Pid, .. postgres is null ? (int[])[] : [postgres.Pid]]);
        cpu.Start();
        var watch = Stopwatch.StartNew();
        var latencies = await PostAsync(client, orders, connections);
        watch.Stop();
        var spent = cpu.ElapsedMilliseconds;

        Figures.Print("intake", $"{database}.ordersPerSecond", orders / watch.Elapsed.TotalSeconds, orders);
        Figures.Print("intake", $"{database}.cpuMsPerOrder", spent / orders, orders);
        Figures.Print("intake", $"{database}.p50Ms", Figures.Percentile(latencies, 0.5), orders);
        Figures.Print("intake", $"{database}.p99Ms", Figures.Percentile(latencies, 0.99), orders);
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
