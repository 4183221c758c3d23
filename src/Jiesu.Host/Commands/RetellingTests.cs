using System.Text.RegularExpressions;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Platform;
using Jiesu.Tests;
using Jiesu.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Host.Commands;

/// <summary>REL-28: what stands is what the events tell.</summary>
public sealed partial class RetellingTests
{
    private const int Walks = 60, FewestStates = 8;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Told_again_from_their_events_orders_and_facts_have_the_same_digest_and_a_row_altered_by_hand_is_named(Database database)
    {
        await using var app = await TestApp.StartAsync(database, GivenRules.AddTo);
        foreach (var (order, master) in Varied())
        {
            await app.GivenAsync(master);
            await app.GivenAsync(order);
        }

        await app.DeliverAsync();
        var (orders, facts) = (await LookAsync(app, "工单重算"), await LookAsync(app, "考评重算"));
        Assert.All([orders, facts], x => Assert.True(x.IsPassed, string.Join('\n', x.Faults)));
        Assert.All([orders, facts], x => Assert.Contains($"{2 * Walks} 件", x.Remark, StringComparison.Ordinal));
        Assert.All([orders, facts], x => Assert.Matches(Digest(), x.Remark));

        var victim = await app.InDbAsync(db => db.Set<WorkOrder>().OrderBy(x => x.No).Skip(Walks).Select(x => new { x.Id, x.CaseNo }).FirstAsync(Ct));
        await app.TypeAsync($"UPDATE orders_work_order SET returns = returns + 1 WHERE case_no = '{victim.CaseNo}'");
        await app.TypeAsync($"UPDATE evaluation_fact SET reworks = reworks + 1 WHERE order_id = '{Kept(database, victim.Id)}'");
        Assert.Contains($"1 件与事件重算的结果不符，先是 {victim.CaseNo}（", Assert.Single((await LookAsync(app, "工单重算")).Faults), StringComparison.Ordinal);
        Assert.Contains($"1 件与事件重算的结果不符，先是 工单 {victim.Id}（", Assert.Single((await LookAsync(app, "考评重算")).Faults), StringComparison.Ordinal);

        await app.TypeAsync($"DELETE FROM evaluation_fact WHERE order_id = '{Kept(database, victim.Id)}'");
        Assert.Contains($"工单 {victim.Id}（存：无；", Assert.Single((await LookAsync(app, "考评重算")).Faults), StringComparison.Ordinal);
    }

    /// <summary>Walks are drawn by chance: drawn again until they end in enough different states to say something.</summary>
    private static IReadOnlyList<(WorkOrder Order, WorkOrder Master)> Varied()
    {
        var walked = OrderWalkTests.Walked(Walks);
        while (walked.SelectMany(w => new[] { w.Order.State, w.Master.State }).Distinct().Count() < FewestStates)
        {
            walked = OrderWalkTests.Walked(Walks);
        }

        return walked;
    }

    /// <summary>SQLite keeps a Guid as text in capitals.</summary>
    private static string Kept(Database database, OrderId id) => database == Database.Postgres ? id.ToString() : id.ToString().ToUpperInvariant();

    private static async Task<CheckResult> LookAsync(TestApp app, string name)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetServices<ISelfCheck>().Single(c => c.Name == name).RunAsync(isThorough: true, Ct);
    }

    [GeneratedRegex("摘要 [0-9a-f]{64}")]
    private static partial Regex Digest();
}
