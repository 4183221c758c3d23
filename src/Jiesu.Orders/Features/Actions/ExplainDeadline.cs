using Jiesu.Catalog.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Read;
using Jiesu.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Jiesu.Orders.Features.Actions;

/// <summary>期限说明: the deadline of an order, computed again from its history and explained line by line (REL-33).</summary>
public static class ExplainDeadline
{
    internal static void MapApi(IEndpointRouteBuilder api) =>
        api.MapGet("/orders/{id:guid}/deadline", GetAsync).RequireAuthorization(Permissions.Read);

    private static async Task<Results<Ok<Answer>, ProblemHttpResult>> GetAsync(OrderId id, Actor actor, Handler handler, CancellationToken ct) =>
        await handler.FindAsync(id, actor, ct) is { } answer ? TypedResults.Ok(answer) : OrderErrors.NotFound().ToProblem();

    /// <summary>期限.</summary>
    /// <param name="Due">UTC; null without a running clock.</param>
    /// <param name="Lamp">green, yellow, orange or red.</param>
    public sealed record Answer(DateTimeOffset? Due, DateTimeOffset? StartedAt, LimitRequest? Limit, IReadOnlyList<string> Explanation, string? Lamp, string? Remaining);

    /// <summary>The use case.</summary>
    internal sealed class Handler(OrderCase cases, IWorkingCalendars calendars, TimeProvider clock)
    {
        public async Task<Answer?> FindAsync(OrderId id, Actor actor, CancellationToken ct)
        {
            var history = await cases.HistoryAsync(id, actor, ct);
            if (history.Count == 0)
            {
                return null;
            }

            var (deadline, now) = (Deadline.From(history, await calendars.GetAsync(ct)), clock.GetUtcNow());
            return new(
                deadline.DueAt, deadline.StartedAt, deadline.Limit is { } limit ? new() { Value = limit.Value, Unit = limit.Wire } : null, deadline.Explanation,
                Lamp.Of(deadline.StartedAt, deadline.DueAt, now)?.Wire(), Lamp.Remaining(deadline.DueAt, now));
        }
    }
}
