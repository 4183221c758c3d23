using System.Collections.Concurrent;
using Jiesu.Orders.Contracts;
using Jiesu.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Tests.Given;

/// <summary>The orders' side of a callback: one order that waits, and a guard with a ledger that obeys the version and saves what the session holds.</summary>
internal sealed class CallbackOrders
{
    public const int Version = 7;
    private readonly ConcurrentQueue<(string Action, ActionRequest Request)> _ledger = new();

    public required OrderId OrderId { get; init; }
    public required string State { get; init; }

    /// <summary>What the guard did.</summary>
    public IReadOnlyList<(string Action, ActionRequest Request)> Ledger => [.. _ledger];

    public void AddTo(IServiceCollection services) => services
        .AddScoped<IOrderActions>(sp => new Guard(this, sp.GetRequiredService<JiesuDb>()))
        .AddSingleton<IOrderQueries>(new Queries(this));

    private sealed class Guard(CallbackOrders orders, JiesuDb db) : IOrderActions
    {
        public async Task<Result<OrderStanding>> ActAsync(OrderId id, string action, ActionRequest request, int? seen, Actor actor, CancellationToken ct)
        {
            if (seen != Version)
            {
                return new Error(ErrorKind.Stale, "order.changed", "工单已被他人更新，请刷新后再试。");
            }

            if (request.ReasonCode is null && (request.Contacted is null || request.Solved is null || request.Satisfied is null))
            {
                return new Error(ErrorKind.Invalid, "order.fields_missing", "请填写三项答复。", request.Satisfied is null ? "satisfied" : "solved");
            }

            if (!await db.TrySaveAsync(ct))
            {
                return new Error(ErrorKind.Stale, "order.changed", "工单已被他人更新，请刷新后再试。");
            }

            orders._ledger.Enqueue((action, request));
            return new OrderStanding(id, "FT-1", "Closed", Version + 1, Guid.Empty);
        }
    }

    private sealed class Queries(CallbackOrders orders) : IOrderQueries
    {
        public Task<IReadOnlyList<OrderSummary>> FindAsync(IReadOnlyCollection<OrderId> ids, Actor actor, CancellationToken ct) =>
            Task.FromResult<IReadOnlyList<OrderSummary>>(ids.Contains(orders.OrderId) && actor.Units is null
                ? [new(orders.OrderId, "FT-1", "楼道堆物", "楼道里堆放杂物", orders.State, Version, Guid.Empty, null, null, "芳古园一区", false, new(2026, 2, 27, 1, 0, 0, TimeSpan.Zero), null, null, "已清理")
                    { Caller = new("王**", "138****5678") }]
                : []);
    }
}
