using Jiesu.Identity.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.Supervision;

/// <summary>督办台: who is under supervision until when, which warnings were given; a unit sees its own, the Centre the district's.</summary>
public static class Supervisions
{
    public const string Url = "/orders/supervisions";
    private const int Most = 200;

    internal static void MapApi(IEndpointRouteBuilder api)
    {
        api.MapGet("/orders/supervisions", GetAsync).RequireAuthorization(Permissions.Read);
        api.MapGet("/orders/reminders", GetRemindersAsync).RequireAuthorization(Permissions.Read);
    }

    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapGet(Url, ShowAsync).RequireAuthorization(Permissions.Read);

    private static async Task<Ok<Answer>> GetAsync(Actor actor, Handler handler, CancellationToken ct) => TypedResults.Ok(new Answer(await handler.FindAsync(actor, ct)));

    private static async Task<Ok<Warnings>> GetRemindersAsync(Actor actor, Handler handler, CancellationToken ct) => TypedResults.Ok(new Warnings(await handler.RemindersAsync(actor, ct)));

    private static async Task<IResult> ShowAsync(HttpContext http, Actor actor, Handler handler, TimeProvider clock, CancellationToken ct) =>
        Page.Show<SupervisionsPage>(http, new View(await handler.FindAsync(actor, ct), await handler.RemindersAsync(actor, ct), actor.Can(Permissions.Supervise), clock.GetUtcNow()));

    internal sealed record Answer(IReadOnlyList<Item> Items);

    internal sealed record Warnings(IReadOnlyList<Warning> Items);

    /// <summary>What the page shows.</summary>
    public sealed record View(IReadOnlyList<Item> Open, IReadOnlyList<Warning> Warnings, bool MayReview, DateTimeOffset Now);

    /// <summary>督办.</summary>
    /// <param name="State">Pending, ReturnApplied, PendingReview, Done or Closed.</param>
    /// <param name="Due">督办期限.</param>
    public sealed record Item(string OrderId, string CaseNo, string Title, string Unit, string UnitName, string Level, string Requirement, string State, string StateName, DateTimeOffset Due, string? Feedback);

    /// <summary>提醒.</summary>
    /// <param name="Stage">Half, FourFifths, Due, Leader or District.</param>
    /// <param name="IsLate">补发.</param>
    public sealed record Warning(string OrderId, string CaseNo, string Title, string Unit, string UnitName, string Stage, string StageName, DateTimeOffset Due, DateTimeOffset At, bool IsLate);

    /// <summary>The use case.</summary>
    internal sealed class Handler(JiesuDb db, IUnitDirectory units)
    {
        /// <summary>Open ones, first due first.</summary>
        public async Task<IReadOnlyList<Item>> FindAsync(Actor actor, CancellationToken ct)
        {
            var mine = MayAct(db.Set<Domain.Supervision>().AsNoTracking().Where(s => s.ClosedAt == null), actor);
            var found = await mine.Join(db.Set<WorkOrder>().Where(DataScope.Of(actor).Sees()), s => s.OrderId, o => o.Id, (s, o) => new { Supervision = s, o.CaseNo, o.Title })
                .OrderBy(x => x.Supervision.DueAt).Take(Most).ToListAsync(ct);
            var tree = await units.GetAsync(ct);
            return [.. found.Select(x => new Item(
                x.Supervision.OrderId.ToString(), x.CaseNo, x.Title, tree.Find(x.Supervision.UnitId)?.Code.Value ?? "", tree.Find(x.Supervision.UnitId)?.Name ?? "", x.Supervision.Level,
                x.Supervision.Requirement, x.Supervision.State.ToString(), x.Supervision.State.Name(), x.Supervision.DueAt, x.Supervision.Feedback))];
        }

        /// <summary>Latest first.</summary>
        public async Task<IReadOnlyList<Warning>> RemindersAsync(Actor actor, CancellationToken ct)
        {
            var found = await db.Set<Reminder>().AsNoTracking()
                .Join(db.Set<WorkOrder>().Where(DataScope.Of(actor).Sees()).Where(o => o.DueAt != null), r => r.OrderId, o => o.Id, (r, o) => new { Reminder = r, o.CaseNo, o.Title })
                .OrderByDescending(x => x.Reminder.FiredAt).ThenBy(x => x.Reminder.OrderId).Take(Most).ToListAsync(ct);
            var tree = await units.GetAsync(ct);
            return [.. found.Select(x => new Warning(
                x.Reminder.OrderId.ToString(), x.CaseNo, x.Title, tree.Find(x.Reminder.UnitId)?.Code.Value ?? "", tree.Find(x.Reminder.UnitId)?.Name ?? "", x.Reminder.Stage.ToString(), x.Reminder.Stage.Name(),
                x.Reminder.DueAt, x.Reminder.FiredAt, x.Reminder.IsLate))];
        }

        private static IQueryable<Domain.Supervision> MayAct(IQueryable<Domain.Supervision> all, Actor actor) =>
            actor.Units is { } scope ? all.Where(s => scope.Contains(s.UnitId)) : all;
    }
}
