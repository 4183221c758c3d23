using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Jiesu.Evaluation.Domain;
using Jiesu.Orders;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Conservation;
using Jiesu.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Tests.Faults;

/// <summary>REL-08: the database goes away under load and comes back.</summary>
public sealed class DatabaseAwayTests
{
    private const int Orders = 300;
    private const int Seats = 6;
    private static readonly TimeSpan Answered = TimeSpan.FromSeconds(3);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_the_database_is_away_everybody_hears_503_within_three_seconds_and_then_each_order_stands_once()
    {
        await using var postgres = new OwnPostgres();
        await postgres.StartAsync();
        await using var app = await TestApp.StartOverAsync(postgres.ConnectionString, GivenRules.AddTo);
        using var seat = app.As(Permissions.Create, Permissions.Read);
        var (acknowledged, refused) = (new ConcurrentDictionary<int, string>(), new ConcurrentBag<TimeSpan>());

        var sending = Parallel.ForEachAsync(Enumerable.Range(0, Orders), new ParallelOptions { MaxDegreeOfParallelism = Seats, CancellationToken = Ct }, async (i, _) => acknowledged[i] = await SendAsync(seat, i, refused));
        await KilledHost.UntilAsync(() => Task.FromResult(acknowledged.Count > Orders / 4));
        await postgres.StopAsync();
        await KilledHost.UntilAsync(() => Task.FromResult(refused.Count > 4 * Seats));
        await ShouldBeToldAsync(seat);
        await Task.Delay(TimeSpan.FromSeconds(4), Ct);
        await postgres.StartAsync();
        await sending;

        Assert.InRange(refused.Max(), TimeSpan.Zero, Answered);
        var stored = await app.InDbAsync(db => db.Set<WorkOrder>().Select(x => new { x.Title, x.Id, x.CaseNo }).ToListAsync(Ct));
        Assert.Equal(Enumerable.Range(0, Orders).Select(i => ($"第{i}件", acknowledged[i])).Order(), stored.Select(o => (o.Title, o.Id.ToString())).Order());
        Assert.Equal(Orders, stored.Select(o => o.CaseNo).Distinct().Count());
        await KilledHost.UntilAsync(() => app.InDbAsync(async db => await db.Outbox.CountAsync(m => m.DeliveredAt == null, Ct) == 0));      // sender and jobs lived through it
        Assert.Equal(Orders, await app.InDbAsync(db => db.Set<EvaluationFact>().CountAsync(Ct)));
        await using var scope = app.Services.CreateAsyncScope();
        Assert.Empty(await scope.ServiceProvider.GetRequiredService<ConservationLaws>().FindAsync(Ct));
        Assert.Equal(HttpStatusCode.OK, (await seat.GetAsync(new Uri("/healthz/ready", UriKind.Relative), Ct)).StatusCode);
    }

    /// <summary>By hand, as a person or a machine would.</summary>
    private static async Task ShouldBeToldAsync(HttpClient seat)
    {
        var watch = Stopwatch.StartNew();
        using var api = await seat.GetAsync(new Uri("/api/v1/orders", UriKind.Relative), Ct);
        var problem = await api.ShouldBeRefusedAsync(HttpStatusCode.ServiceUnavailable, "database.away");
        Assert.Contains("请不要关闭本页，稍后再提交一次", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(5), api.Headers.RetryAfter?.Delta);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/orders/new");
        request.Headers.Accept.ParseAdd("text/html");
        using var page = await seat.SendAsync(request, Ct);
        var html = await page.Content.ReadAsStringAsync(Ct);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "text/html"), (page.StatusCode, page.Content.Headers.ContentType?.MediaType));
        Assert.All(["暂时不能办理", "请不要关闭本页", "填写的内容还在"], words => Assert.Contains(words, html, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await seat.GetAsync(new Uri("/healthz/ready", UriKind.Relative), Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await seat.GetAsync(new Uri("/healthz/live", UriKind.Relative), Ct)).StatusCode);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, 4 * Answered);
    }

    /// <summary>Under the same key until it is taken; how long each refusal took.</summary>
    private static async Task<string> SendAsync(HttpClient seat, int number, ConcurrentBag<TimeSpan> refused)
    {
        while (true)
        {
            var watch = Stopwatch.StartNew();
            using var answer = await seat.PostOrderAsync($"k-{number}", new { title = $"第{number}件", content = "路灯不亮", channel = "电话", callerPhone = "13812345678" });
            if (answer.StatusCode == HttpStatusCode.Created)
            {
                return (await answer.JsonAsync()).GetProperty("id").GetString()!;
            }

            await answer.ShouldBeRefusedAsync(HttpStatusCode.ServiceUnavailable, "database.away");
            refused.Add(watch.Elapsed);
            await Task.Delay(200, Ct);
        }
    }
}
