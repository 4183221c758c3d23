using Jiesu.Orders.Contracts;
using Jiesu.Platform.Events;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Tests.Given;

/// <summary>Events of an order as the outbox brings them, for rooms that only listen.</summary>
internal static class Heard
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Puts the events into the outbox behind those of the order that are there, and delivers everything.</summary>
    public static async Task HearAsync(this TestApp app, OrderId order, params IEvent[] events)
    {
        var stream = $"order/{order}";
        await app.InDbAsync(async db =>
        {
            var seq = await db.Outbox.CountAsync(m => m.Stream == stream, Ct);
            db.AddRange(events.Select((e, i) => OutboxMessage.From(new Numbered(stream, seq + i + 1, e))));
            return await db.SaveChangesAsync(Ct);
        });
        await app.Services.GetRequiredService<OutboxDelivery>().DrainAsync(Ct);
    }

    public static OrderReceived Received(OrderId id, DateTimeOffset at, Guid unit, string? classCode = null) => new(Guid.CreateVersion7(), at, id, unit, classCode, null, "电话", true);

    public static OrderMoved Moved(OrderId id, DateTimeOffset at, string step, string state, Guid unit, string? classCode = null) =>
        new(Guid.CreateVersion7(), at, id, step, "", null, state, unit, [unit], classCode);

    public static OrderAwaitsCallback Awaits(OrderId id, DateTimeOffset at, Guid unit, bool isPre = false, bool isLocal = true, int round = 1) =>
        new(Guid.CreateVersion7(), at, id, unit, round, isPre, isLocal);

    public static CallbackAnswered Answered(OrderId id, DateTimeOffset at, Guid unit, bool contacted, bool solved, string satisfied, bool isPre = false) =>
        new(Guid.CreateVersion7(), at, id, unit, 1, isPre, contacted, solved, satisfied, null, Guid.CreateVersion7());

    public static CallbackAnswered NotReached(OrderId id, DateTimeOffset at, Guid unit, bool isPre = false) =>
        new(Guid.CreateVersion7(), at, id, unit, 1, isPre, null, null, null, "CBF-01", Guid.CreateVersion7());

    public static OrderClosed Closed(OrderId id, DateTimeOffset at, Guid unit, bool wasLate = false) => new(Guid.CreateVersion7(), at, id, unit, wasLate);

    public static ExclusionDecided Excluded(OrderId id, DateTimeOffset at, Guid unit) => new(Guid.CreateVersion7(), at, id, unit, true);
}
