using System.Collections.Concurrent;
using System.Globalization;
using Jiesu.Evaluation.Domain;
using Jiesu.Orders;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Conservation;
using Jiesu.Platform;
using Jiesu.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Tests.Faults;

/// <summary>
/// REL-10: two hundred aborts at named steps of intake and of an action; what was acknowledged stands, and stands once. An abort breaks the request off where it is, as a kill does, and
/// on PostgreSQL every second one ends the sessions of the database instead; the program itself is killed in <see cref="KilledIntakeTests"/>.
/// </summary>
public sealed class AbortedIntakeTests
{
    private const int Aborts = 200;
    private const int Orders = 120;
    private const int AtOnce = 4;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task After_two_hundred_aborts_at_every_step_what_was_acknowledged_stands_and_stands_once(Database database)
    {
        await using var app = await TestApp.StartAsync(database, services =>
        {
            GivenRules.AddTo(services);
            FaultPoint.AddTo(services);
        });
        using var desk = app.As(Permissions.Create, Permissions.Read, Permissions.Accept);
        var aborted = AbortNow(app, database);
        var acknowledged = new ConcurrentDictionary<int, string>();

        await Parallel.ForEachAsync(Enumerable.Range(0, Orders), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = Ct }, async (i, _) =>
        {
            acknowledged[i] = await UntilAsync(() => desk.PostOrderAsync($"k-{i}", new { title = $"第{i}件", content = "路灯不亮", channel = "电话", callerPhone = "13812345678" }), "id");
            Assert.Equal("2", await UntilAsync(() => desk.ActAsync($"orders/{acknowledged[i]}/actions/accept", 1, new { }, $"a-{i}"), "version"));
            await DeliverAsync(app);
        });
        while (aborted().Values.Sum() < Aborts)
        {
            var i = aborted().Values.Sum() % Orders;        // the same key again: the first answer
            Assert.Equal(acknowledged[i], await UntilAsync(() => desk.PostOrderAsync($"k-{i}", new { title = $"第{i}件", content = "路灯不亮", channel = "电话", callerPhone = "13812345678" }), "id"));
            await DeliverAsync(app);
        }

        FaultPoint.Of(app).At = (_, _) => Task.CompletedTask;
        app.Clock.Advance(TimeSpan.FromMinutes(20));
        Npgsql.NpgsqlConnection.ClearAllPools();        // sessions that were ended last and that nobody asked since
        await app.DeliverAsync();
        Assert.All(Enum.GetValues<FaultStep>(), step => Assert.InRange(aborted()[step], Aborts / 5, Aborts));
        var stored = await app.InDbAsync(db => db.Set<WorkOrder>().AsNoTracking().Include(x => x.History).ToListAsync(Ct));
        Assert.Equal(acknowledged.Select(a => ($"第{a.Key}件", a.Value)).Order(), stored.Select(o => (o.Title, o.Id.ToString())).Order());
        Assert.Equal(Orders, stored.Select(o => o.CaseNo).Distinct().Count());
        Assert.All(stored, o => Assert.Equal((OrderState.PendingDispatch, 2, 2), (o.State, o.Version, o.History.Count)));
        Assert.Equal((2 * Orders, 2 * Orders, Orders, Orders), await app.InDbAsync(async db => (
            await db.Set<IdempotentAnswer>().CountAsync(Ct), await db.Outbox.CountAsync(m => m.DeliveredAt != null, Ct), await db.Set<StoredAdvice>().CountAsync(Ct), await db.Set<EvaluationFact>().CountAsync(Ct))));
        await using var scope = app.Services.CreateAsyncScope();
        Assert.Empty(await scope.ServiceProvider.GetRequiredService<ConservationLaws>().FindAsync(Ct));
    }

    /// <summary>Sends the same under the same key until it is answered, as a client does; the field of the answer.</summary>
    private static async Task<string> UntilAsync(Func<Task<HttpResponseMessage>> send, string field)
    {
        for (var i = 0; i < 100; i++)
        {
            using var answer = await send();
            if (answer.IsSuccessStatusCode)
            {
                return (await answer.JsonAsync()).GetProperty(field).ToString();
            }

            Assert.InRange((int)answer.StatusCode, 500, 503);
        }

        throw new InvalidOperationException("Never answered.");
    }

    private static async Task DeliverAsync(TestApp app)
    {
        try
        {
            await app.DeliverAsync();
        }
        catch (Exception)
        {
            // aborted: what was in hand comes again when its lease ends
        }
    }

    /// <summary>Breaks off every sixth step of each kind until it is enough; tells how many of each it broke off.</summary>
    private static Func<IReadOnlyDictionary<FaultStep, int>> AbortNow(TestApp app, Database database)
    {
        var done = new ConcurrentDictionary<FaultStep, int>(Enum.GetValues<FaultStep>().Select(s => KeyValuePair.Create(s, 0)));
        var seen = new ConcurrentDictionary<FaultStep, int>();
        FaultPoint.Of(app).At = async (step, sql) =>
        {
            if ((sql.Length > 0 && !sql.Contains("INSERT", StringComparison.Ordinal) && !sql.Contains("UPDATE", StringComparison.Ordinal)) || seen.AddOrUpdate(step, 1, (_, n) => n + 1) % 6 != 0 || done[step] >= Aborts / done.Count)
            {
                return;
            }

            var number = done.AddOrUpdate(step, 1, (_, n) => n + 1);
            if (database == Database.Postgres && number % 2 == 0)
            {
                await EndSessionsAsync(app);                // the next word to the database finds nobody
                return;
            }

            throw new AbortedException(step.ToString());
        };
        return () => done;
    }

    private static async Task EndSessionsAsync(TestApp app)
    {
        await using var connection = new Npgsql.NpgsqlConnection(app.Arguments[0].Split('=', 2)[1] + ";Pooling=false");
        await connection.OpenAsync(Ct);
        await using var command = new Npgsql.NpgsqlCommand("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()", connection);
        await command.ExecuteNonQueryAsync(Ct);
    }

    private sealed class AbortedException(string step) : Exception(string.Create(CultureInfo.InvariantCulture, $"aborted at {step}"));
}
