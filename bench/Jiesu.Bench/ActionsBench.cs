using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Jiesu.Bench.Lists;
using Jiesu.Running;

namespace Jiesu.Bench;

/// <summary>Transitions over HTTP beside many stored orders and events: a whole life for each new order, bulk dispatch, and warnings that are due all at once.</summary>
internal static class ActionsBench
{
    private const string Street = "110106001";
    private const int WarmUp = 150;

    public static async Task<int> RunAsync(Options options)
    {
        foreach (var database in options.Databases)
        {
            await using var place = await StoredPlace.OpenAsync(database, options.Text("folder", ""));
            await MeasureAsync(place, options);
        }

        return 0;
    }

    private static async Task MeasureAsync(StoredPlace place, Options options)
    {
        var (stored, events, lives, due) = (options.Number("stored", 0), options.Number("events", 0), options.Number("orders", 300), options.Number("timers", 0));
        var demo = stored > 0 ? ListBench.Demo : 0;
        if (stored > 0)
        {
            Figures.Print("actions", $"{place.Database}.stored", await place.FillAsync(demo, stored), 1);
        }

        if (events > 0 && place.Database == "postgres")
        {
            Figures.Print("actions", $"{place.Database}.events", await place.FillEventsAsync(events), 1);
        }

        await using var host = await place.StartAsync(demo);
        using var desk = await Desk.OpenAsync(host);
        for (var i = 0; i < WarmUp; i++)
        {
            await LiveAsync(desk, []);
        }

        var cpu = new CpuMeter([host.Pid, .. place.Pids]);
        cpu.Start();
        List<(string Action, double Ms)> taken = [];
        for (var i = 0; i < lives; i++)
        {
            await LiveAsync(desk, taken);
        }

        Figures.Print("actions", $"{place.Database}.cpuMsPerAction", cpu.ElapsedMilliseconds / taken.Count, taken.Count);
        Figures.Print("actions", $"{place.Database}.p50Ms", Figures.Percentile(taken.Select(t => t.Ms), 0.5), taken.Count);
        Figures.Print("actions", $"{place.Database}.p95Ms", Figures.Percentile(taken.Select(t => t.Ms), 0.95), taken.Count);
        foreach (var action in taken.GroupBy(t => t.Action))
        {
            Figures.Print("actions", $"{place.Database}.{action.Key}.p95Ms", Figures.Percentile(action.Select(t => t.Ms), 0.95), action.Count());
        }

        await BulkAsync(place, desk);
        if (due > 0)
        {
            await WarnAsync(place, desk, due);
        }
    }

    /// <summary>登记 to 办结, with an extension on the way; what intake costs has a benchmark of its own and is not counted.</summary>
    private static async Task LiveAsync(Desk desk, List<(string Action, double Ms)> taken)
    {
        var order = await desk.NewAsync();
        await DoAsync("DP", "accept", new { });
        await DoAsync("DP", "dispatch", new { lead = Street });
        await DoAsync("UC", "sign", new { });
        await DoAsync("UC", "contact", new { note = "已电话联系诉求人", contacted = true });
        await DoAsync("UC", "extend", new { reasonCode = "EXT-03", reason = "须采购材料", until = TimeProvider.System.GetUtcNow().AddDays(9) });
        await DoAsync("DR", "extend", new { decision = "approve" });
        await DoAsync("UC", "submit-reply", new { result = "已修复，现场正常。", contacted = true, solved = true, satisfied = "满意" });
        await DoAsync("UR", "unit-review", new { decision = "approve" });
        await DoAsync("CB", "pre-callback", new { contacted = true, solved = true, satisfied = "满意" });
        await DoAsync("DR", "final-review", new { decision = "approve" });
        await DoAsync("CB", "callback-result", new { contacted = true, solved = true, satisfied = "满意" });

        async Task DoAsync(string role, string action, object body)
        {
            var watch = Stopwatch.StartNew();
            order = await desk.ActAsync(role, order, action, body);
            taken.Add((action, watch.Elapsed.TotalMilliseconds));
        }
    }

    private static async Task BulkAsync(StoredPlace place, Desk desk)
    {
        const int Most = 500;
        List<string> ids = [];
        for (var i = 0; i < Most; i++)
        {
            ids.Add((await desk.NewAsync()).Id);
        }

        await desk.PostAsync("DP", "orders/bulk/accept", new { ids });
        var watch = Stopwatch.StartNew();
        var done = await desk.PostAsync("DP", "orders/bulk/dispatch", new { ids, lead = Street });
        Figures.Print("actions", $"{place.Database}.bulkDispatchSeconds", watch.Elapsed.TotalSeconds, done.GetProperty("done").GetInt32());
    }

    /// <summary>All warnings at once, with actions going on beside them.</summary>
    private static async Task WarnAsync(StoredPlace place, Desk desk, int wanted)
    {
        var before = await place.CountRemindersAsync();
        var due = await place.MakeDueAsync(wanted);
        var watch = Stopwatch.StartNew();
        List<(string Action, double Ms)> beside = [];
        while (await place.CountRemindersAsync() - before < due && watch.Elapsed < TimeSpan.FromMinutes(5))
        {
            await LiveAsync(desk, beside);
        }

        Figures.Print("actions", $"{place.Database}.timersSeconds", watch.Elapsed.TotalSeconds, due);
        Figures.Print("actions", $"{place.Database}.besideTimers.p95Ms", Figures.Percentile(beside.Select(t => t.Ms), 0.95), beside.Count);
    }

    /// <summary>岗位: a client for each role that a life needs.</summary>
    private sealed class Desk(Dictionary<string, HttpClient> clients) : IDisposable
    {
        private static readonly string[] Roles = ["CT", "DP", "UC", "UR", "CB", "DR"];
        private int _made;

        public static async Task<Desk> OpenAsync(RunningHost host)
        {
            Dictionary<string, HttpClient> clients = [];
            foreach (var role in Roles)
            {
                clients[role] = await host.SignInAsync(role);
            }

            return new(clients);
        }

        public async Task<(string Id, int Version)> NewAsync()
        {
            var made = await PostAsync("CT", "orders", new { title = IntakeBench.Matters[_made++ % IntakeBench.Matters.Length], content = "诉求人反映楼门前设施损坏多日，希望尽快修复。", channel = "电话" });
            return (made.GetProperty("id").GetString()!, made.GetProperty("version").GetInt32());
        }

        public async Task<(string Id, int Version)> ActAsync(string role, (string Id, int Version) order, string action, object body)
        {
            var done = await PostAsync(role, $"orders/{order.Id}/actions/{action}", body, order.Version);
            return (order.Id, done.GetProperty("version").GetInt32());
        }

        public async Task<JsonElement> PostAsync(string role, string path, object body, int? version = null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/" + path) { Content = JsonContent.Create(body) };
            request.Headers.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
            if (version is not null)
            {
                request.Headers.Add("If-Match", $"\"{version}\"");
            }

            using var answer = await clients[role].SendAsync(request);
            var json = await answer.Content.ReadFromJsonAsync<JsonElement>();
            return answer.IsSuccessStatusCode ? json : throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {json}");
        }

        public void Dispose() => clients.Values.ToList().ForEach(c => c.Dispose());
    }
}
