using Jiesu.Identity.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Intake;
using Jiesu.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Tests.Given;

/// <summary>Many orders of other days at once, as intake would have written them: what counts over periods starts from.</summary>
internal static class ManyOrders
{
    private static int _last;

    /// <summary>One order; null for a caller of whom nothing is known.</summary>
    internal sealed record Call(DateTimeOffset At, string Title, string Content, string? Class = null, string? Town = null, string? Community = null, string? Phone = null, string? Name = null, bool IsSecret = false);

    /// <returns>案件编号, in the order of the calls.</returns>
    public static async Task<IReadOnlyList<string>> GivenCallsAsync(this TestApp app, IEnumerable<Call> calls)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var (db, callers) = (scope.ServiceProvider.GetRequiredService<JiesuDb>(), scope.ServiceProvider.GetRequiredService<ICallers>());
        var made = calls.Select(c => Order(c, callers)).ToArray();
        db.AddRange(made);
        await db.SaveChangesAsync();
        return [.. made.Select(o => o.CaseNo)];
    }

    private static WorkOrder Order(Call call, ICallers callers) => WorkOrder.Receive(
        new OrderDraft
        {
            No = OrderClock.FirstAt(call.At) + Interlocked.Increment(ref _last),    // days come in any order, which the clock of numbers does not expect
            CaseNo = $"FT-{Guid.CreateVersion7():N}",
            Title = call.Title,
            Content = call.Content,
            Channel = "电话",
            ClassCode = call.Class,
            TownCode = call.Town,
            CommunityCode = call.Community,
            CallerId = call.Phone is null && call.Name is null ? null : callers.Add(new(call.Name, call.Phone, call.IsSecret)),
            IsSecret = call.IsSecret,
        },
        OrderBuilder.Centre,
        new(OrderBuilder.Someone(OrderBuilder.Centre), null, call.At));
}
