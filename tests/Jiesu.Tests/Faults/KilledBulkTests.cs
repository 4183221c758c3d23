using System.Net.Http.Json;
using System.Text.Json;

namespace Jiesu.Tests.Faults;

/// <summary>kill -9 of the real program in the middle of a bulk dispatch.</summary>
public sealed class KilledBulkTests
{
    private const int Orders = 300;
    private const string Street = "110106001";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task After_a_kill_each_order_is_dispatched_once_or_not_at_all_and_the_run_says_which(Database database)
    {
        await using var host = await KilledHost.StartAsync(database);
        using var desk = await host.SignInAsync("DP");
        var ids = await AcceptedAsync(desk);
        var body = new { ids, lead = Street };

        var dispatching = PostAsync(desk, "dispatch", body, "night-shift");
        await KilledHost.UntilAsync(async () => (await desk.ReadAsync("orders?state=PendingSign&pageSize=1")).GetProperty("total").GetInt32() > 5);
        await host.KillAsync();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => dispatching);
        await host.LaunchAsync();

        var run = (await desk.ReadAsync("orders/bulk")).GetProperty("items").EnumerateArray().Single(r => r.Text("action") == "dispatch");
        Assert.Equal(JsonValueKind.Null, run.GetProperty("finishedAt").ValueKind);
        var told = await desk.ReadAsync($"orders/bulk/{run.Text("runId")}");
        var half = told.GetProperty("done").GetInt32();
        Assert.InRange(half, 1, Orders - 1);
        await ShouldBeAsToldAsync(desk, told);

        var finished = await PostAsync(desk, "dispatch", body, "night-shift");
        Assert.Equal((Orders, 0, 0), (finished.GetProperty("done").GetInt32(), finished.GetProperty("refused").GetInt32(), finished.GetProperty("left").GetInt32()));
        await ShouldBeAsToldAsync(desk, finished);
    }

    /// <summary>What the run calls done is with the unit and was dispatched once; what it calls left waits on the desk.</summary>
    private static async Task ShouldBeAsToldAsync(HttpClient desk, JsonElement told)
    {
        var stored = (await desk.AllOrdersAsync()).ToDictionary(o => o.Text("id"));
        Assert.All(told.GetProperty("items").EnumerateArray(), item =>
        {
            var order = stored[item.Text("id")];
            var isDone = item.GetProperty("status").GetInt32() == 200;
            Assert.Equal(isDone ? ("PendingSign", 1, 1) : ("PendingDispatch", 0, 0), (
                order.Text("state"), order.GetProperty("counters").GetProperty("dispatches").GetInt32(), order.GetProperty("assignments").GetArrayLength()));
        });
    }

    private static async Task<string[]> AcceptedAsync(HttpClient desk)
    {
        List<string> ids = [];
        foreach (var number in Enumerable.Range(1, Orders))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/orders") { Content = JsonContent.Create(new { title = $"第 {number} 件", content = "小区路灯不亮，请尽快处理", channel = "phone" }) };
            request.Headers.Add("Idempotency-Key", $"k-{number}");
            using var made = await desk.SendAsync(request, Ct);
            ids.Add((await made.JsonAsync()).Text("id"));
        }

        Assert.Equal(Orders, (await PostAsync(desk, "accept", new { ids }, "accept")).GetProperty("done").GetInt32());
        return [.. ids];
    }

    private static async Task<JsonElement> PostAsync(HttpClient desk, string action, object body, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/orders/bulk/{action}") { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", key);
        using var answer = await desk.SendAsync(request, Ct);
        return await answer.JsonAsync();
    }
}
