using System.Text.Json;
using Jiesu.Evaluation.Domain;
using Jiesu.Orders.Contracts;
using Jiesu.Platform.Events;
using Jiesu.Tests;
using Jiesu.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Jiesu.Tests.Given.Heard;

namespace Jiesu.Evaluation.Features.Facts;

public sealed class RecordFactsTests
{
    private static readonly Guid Centre = OrderBuilder.Centre;
    private static readonly Guid Street = Guid.CreateVersion7();
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task The_last_callback_decides_and_earlier_answers_stay_beside(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var (order, at) = (OrderId.Next(app.Clock.GetUtcNow()), app.Clock.GetUtcNow());

        await ReworkedAsync(app, order, at);

        var fact = await FactAsync(app);
        Assert.Equal((Street, "010301", at, true, at.AddDays(9), true), (fact.UnitId, fact.ClassCode, fact.ReceivedAt, fact.IsClosed, fact.ClosedAt!.Value, fact.WasLate));
        Assert.Equal((true, true, "基本满意"), (fact.HasValidCallback, fact.Solved, fact.Satisfied));
        Assert.Equal((false, "不满意", true, "满意"), (fact.FirstSolved, fact.FirstSatisfied, fact.PreSolved, fact.PreSatisfied));
        Assert.Equal((1, 1, false), (fact.Returns, fact.Reworks, fact.IsExcluded));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Facts_told_again_from_nothing_are_the_same(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var (order, at) = (OrderId.Next(app.Clock.GetUtcNow()), app.Clock.GetUtcNow());
        await ReworkedAsync(app, order, at);
        var before = JsonSerializer.Serialize(await FactAsync(app));

        await app.InDbAsync(async db =>
        {
            await db.Set<EvaluationFact>().ExecuteDeleteAsync(Ct);
            await db.Set<InboxEntry>().Where(i => i.Handler == RecordFacts.Name).ExecuteDeleteAsync(Ct);
            return await db.Outbox.ExecuteUpdateAsync(s => s.SetProperty(m => m.DeliveredAt, (DateTimeOffset?)null).SetProperty(m => m.LockedUntil, 0L), Ct);
        });
        await app.Services.GetRequiredService<OutboxDelivery>().DrainAsync(Ct);

        Assert.Equal(before, JsonSerializer.Serialize(await FactAsync(app)));
    }

    [Fact]
    public async Task A_caller_who_is_not_reached_any_more_leaves_no_valid_callback()
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite);
        var (order, at) = (OrderId.Next(app.Clock.GetUtcNow()), app.Clock.GetUtcNow());

        await app.HearAsync(order, Received(order, at, Street), Answered(order, at, Street, true, false, "不满意"), NotReached(order, at, Street), Closed(order, at, Street));

        var fact = await FactAsync(app);
        Assert.False(fact.HasValidCallback);
        Assert.Equal("不满意", fact.FirstSatisfied);
    }

    private static Task ReworkedAsync(TestApp app, OrderId order, DateTimeOffset at) => app.HearAsync(
        order,
        Received(order, at, Centre),
        Moved(order, at.AddHours(1), "T06", "PendingSign", Guid.CreateVersion7(), "010301"),
        Moved(order, at.AddHours(2), "T09", "PendingDispatch", Centre, "010301"),
        Moved(order, at.AddHours(3), "T10", "PendingSign", Street, "010301"),
        Answered(order, at.AddDays(1), Street, true, true, "满意", isPre: true),
        Answered(order, at.AddDays(2), Street, true, false, "不满意"),
        Moved(order, at.AddDays(2), "T26", "Rework", Street, "010301"),
        Answered(order, at.AddDays(9), Street, true, true, "基本满意"),
        Closed(order, at.AddDays(9), Street, wasLate: true),
        Moved(order, at.AddDays(9), "T26", "Closed", Street, "010301"));

    private static Task<EvaluationFact> FactAsync(TestApp app) => app.InDbAsync(db => db.Set<EvaluationFact>().AsNoTracking().SingleAsync(Ct));
}
