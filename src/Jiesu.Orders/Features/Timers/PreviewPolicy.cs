using System.Globalization;
using System.Text.Json.Serialization;
using Jiesu.Catalog.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.Timers;

/// <summary>时限调整预演: what another limit would have meant for the orders first dispatched in the last month; nothing is changed (hotline guide 11).</summary>
public static class PreviewPolicy
{
    private const string Url = "/orders/policy-preview";
    private const int Most = 50_000;
    private const int MostShown = 50;

    internal static void MapApi(IEndpointRouteBuilder api) => api.MapPost("/clock/policy-preview", PostAsync).RequireAuthorization(Permissions.Supervise)
        .Produces<Answer>().ProducesProblem(StatusCodes.Status400BadRequest);

    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapGet(Url, ShowAsync).RequireAuthorization(Permissions.Supervise);

    private static async Task<IResult> PostAsync(Request request, Handler handler, CancellationToken ct)
    {
        var result = await handler.HandleAsync(request, ct);
        return result.Error is { } refusal ? refusal.ToProblem() : TypedResults.Ok(result.Value);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, string? policy, string? value, string? unit, Handler handler, CancellationToken ct)
    {
        var asked = new Request
        {
            Policy = policy is { Length: > 0 } ? policy : null,
            Handle = value is { Length: > 0 } ? new() { Value = int.TryParse(value, CultureInfo.InvariantCulture, out var number) ? number : null, Unit = unit } : null,
        };
        var result = await handler.HandleAsync(asked, ct);
        var view = new View(result.Error is null ? result.Value : null, asked.Policy, value, unit ?? "natural_day");
        return Page.Show<PolicyPreviewPage, PolicyPreviewPart>(http, view, result.Error);
    }

    /// <summary>What the page shows.</summary>
    public sealed record View(Answer? Answer, string? Policy, string? Value, string Unit);

    /// <summary>预演内容.</summary>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    internal sealed record Request : IRequest
    {
        /// <summary>时限政策代码; null: all.</summary>
        public string? Policy { get; init; }

        /// <summary>新的办理时限; null: what the policies say today.</summary>
        public LimitRequest? Handle { get; init; }
    }

    /// <summary>预演结果.</summary>
    /// <param name="Orders">Orders first dispatched in the month.</param>
    /// <param name="Changed">Those whose deadline would have been another.</param>
    /// <param name="LateBefore">超期 under the limit that held.</param>
    /// <param name="LateAfter">超期 under the new one.</param>
    public sealed record Answer(DateTimeOffset From, DateTimeOffset To, int Orders, int Changed, int LateBefore, int LateAfter, IReadOnlyList<Group> Groups, IReadOnlyList<Item> Items);

    /// <summary>按政策.</summary>
    public sealed record Group(string Policy, string Name, int Orders, int LateBefore, int LateAfter);

    /// <summary>会改变的工单.</summary>
    public sealed record Item(string Id, string CaseNo, string Title, DateTimeOffset DueBefore, DateTimeOffset DueAfter, bool WasLate, bool IsLate);

    /// <summary>The use case.</summary>
    internal sealed class Handler(JiesuDb db, ICatalogue catalogue, IWorkingCalendars calendars, TimeProvider clock)
    {
        public async Task<Result<Answer>> HandleAsync(Request request, CancellationToken ct)
        {
            if (Shape.Refuses(request) is { } misshapen)
            {
                return misshapen;
            }

            var (day, calendar, now) = (await catalogue.GetAsync(ct), await calendars.GetAsync(ct), clock.GetUtcNow());
            var limit = request.Handle is { } handle ? TimeLimit.Of(handle.Value, handle.Unit) : null;
            var from = now.AddMonths(-1);
            var found = await db.Set<OrderEvent>().AsNoTracking().Where(e => e.At >= from && e.At < now && (e.StepId == "T06" || e.StepId == "T07"))
                .Join(db.Set<WorkOrder>(), e => e.OrderId, o => o.Id, (e, o) => new { e.At, e.Details, o.Id, o.CaseNo, o.Title, o.ClassCode, o.Urgency, o.RequestType, o.SubmittedAt, o.ClosedAt })
                .OrderByDescending(x => x.At).Take(Most).ToListAsync(ct);
            var judged = found.Select(x => (Order: x, Policy: day.Policy(x.ClassCode, x.Urgency, x.RequestType), StepDetails.Read(x.Details).Clock))
                .Where(x => x.Clock is not null && (request.Policy is null || x.Policy.Code == request.Policy))
                .Select(x =>
                {
                    var (done, after) = (x.Order.SubmittedAt ?? x.Order.ClosedAt ?? now, calendar.Add(x.Clock!.Start, limit ?? x.Policy.HandleLimit).At);
                    return (x.Policy, Item: new Item(x.Order.Id.ToString(), x.Order.CaseNo, x.Order.Title, x.Clock.DueAt, after, done > x.Clock.DueAt, done > after));
                })
                .ToList();
            var changed = judged.Where(j => j.Item.DueBefore != j.Item.DueAfter).ToList();
            return new Answer(
                from, now, judged.Count, changed.Count, judged.Count(j => j.Item.WasLate), judged.Count(j => j.Item.IsLate),
                [.. judged.GroupBy(j => (j.Policy.Code, j.Policy.Name)).OrderBy(g => g.Key.Code, StringComparer.Ordinal)
                    .Select(g => new Group(g.Key.Code, g.Key.Name, g.Count(), g.Count(j => j.Item.WasLate), g.Count(j => j.Item.IsLate)))],
                [.. changed.Select(j => j.Item).OrderByDescending(i => i.WasLate != i.IsLate).Take(MostShown)]);
        }
    }
}
