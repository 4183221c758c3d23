using Jiesu.Identity.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.Applications;

/// <summary>审批台: open applications that the asker decides, and those that the asker's unit waits for; oldest deadline first, within the data scope.</summary>
public static class Approvals
{
    public const string Url = "/orders/approvals";
    private const int Most = 200;

    internal static void MapApi(IEndpointRouteBuilder api) => api.MapGet("/orders/applications", GetAsync).RequireAuthorization(Permissions.Read);

    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapGet(Url, ShowAsync).RequireAuthorization(Permissions.Read);

    private static async Task<Ok<Answer>> GetAsync(Actor actor, Handler handler, CancellationToken ct) => TypedResults.Ok(await handler.FindAsync(actor, ct));

    private static async Task<IResult> ShowAsync(HttpContext http, Actor actor, Handler handler, CancellationToken ct) => Page.Show<ApprovalsPage>(http, await handler.FindAsync(actor, ct));

    /// <summary>审批台.</summary>
    /// <param name="ForMe">待我审批.</param>
    /// <param name="OfMyUnit">本单位申请.</param>
    public sealed record Answer(IReadOnlyList<Item> ForMe, IReadOnlyList<Item> OfMyUnit, DateTimeOffset Now);

    /// <summary>申请.</summary>
    /// <param name="Level">第几级审批, from 1.</param>
    /// <param name="Due">审批期限; null without one.</param>
    /// <param name="Url">Where it is decided or taken back.</param>
    public sealed record Item(string OrderId, string CaseNo, string Title, string Kind, string Unit, string By, DateTimeOffset At, string? Reason, int Level, int Levels, DateTimeOffset? Due, string Url)
    {
        /// <summary>申请期至; of an extension the new deadline.</summary>
        public DateTimeOffset? Until { get; init; }
    }

    /// <summary>The use case.</summary>
    internal sealed class Handler(JiesuDb db, IUnitDirectory units, IPeople people, TimeProvider clock)
    {
        public async Task<Answer> FindAsync(Actor actor, CancellationToken ct)
        {
            var kinds = Kinds.Where(k => actor.Can(k.Decides)).Select(k => k.Kind).ToArray();
            var open = db.Set<Application>().AsNoTracking().Where(a => a.DecidedAt == null)
                .Join(db.Set<WorkOrder>().Where(DataScope.Of(actor).Sees()), a => a.OrderId, o => o.Id, (a, o) => new { Application = a, o.CaseNo, o.Title });
            var forMe = await open.Where(x => kinds.Contains(x.Application.Kind) && x.Application.AppliedBy != actor.PersonId)
                .OrderBy(x => x.Application.DueAt == null).ThenBy(x => x.Application.DueAt).ThenBy(x => x.Application.AppliedAt).Take(Most).ToListAsync(ct);
            var ofUnit = await open.Where(x => x.Application.AppliedByUnit == actor.UnitId).OrderBy(x => x.Application.AppliedAt).Take(Most).ToListAsync(ct);
            var names = await people.NamesAsync([.. forMe.Concat(ofUnit).Select(x => x.Application.AppliedBy).Distinct()], ct);
            var tree = await units.GetAsync(ct);
            return new(
                [.. forMe.Where(x => x.Application.IsFor(actor.Role)).Select(x => ItemOf(x.Application, x.CaseNo, x.Title, names, tree, isMine: false))],
                [.. ofUnit.Select(x => ItemOf(x.Application, x.CaseNo, x.Title, names, tree, isMine: true))], clock.GetUtcNow());
        }

        private static Item ItemOf(Application a, string caseNo, string title, IReadOnlyDictionary<Guid, string> names, UnitTree tree, bool isMine)
        {
            var kind = Kinds.Single(k => k.Kind == a.Kind);
            return new(
                a.OrderId.ToString(), caseNo, title, a.Kind.Name(), tree.Find(a.AppliedByUnit)?.Name ?? "", names.GetValueOrDefault(a.AppliedBy, ""), a.AppliedAt, a.Reason, a.Level + 1, a.Levels,
                a.DueAt, $"/orders/{a.OrderId}/act/{(isMine ? kind.Applying : kind.Deciding).Wire()}") { Until = StepDetails.Read(a.Details).Until };
        }
    }

    /// <summary>申请类别: who decides, and the actions of both sides.</summary>
    private sealed record KindOf(ApplicationKind Kind, string Decides, OrderAction Applying, OrderAction Deciding);

    /// <summary>审批权限 of a kind.</summary>
    internal static string DecidesOn(ApplicationKind kind) => Kinds.Single(k => k.Kind == kind).Decides;

    internal static OrderAction DecidedBy(ApplicationKind kind) => Kinds.Single(k => k.Kind == kind).Deciding;

    private static readonly KindOf[] Kinds =
    [
        new(ApplicationKind.Return, Permissions.DecideReturn, OrderAction.UnitReturn, OrderAction.DecideReturn),
        new(ApplicationKind.ShareReturn, Permissions.DecideReturn, OrderAction.UnitReturn, OrderAction.DecideReturn),
        new(ApplicationKind.Objection, Permissions.DecideObjection, OrderAction.Objection, OrderAction.Objection),
        new(ApplicationKind.ReturnUp, Permissions.DecideReturnUp, OrderAction.ReturnUp, OrderAction.DecideReturn),
        new(ApplicationKind.Refuse, Permissions.ConfirmRefusal, OrderAction.Refuse, OrderAction.Refuse),
        new(ApplicationKind.Cancel, Permissions.DecideCancel, OrderAction.Cancel, OrderAction.Cancel),
        new(ApplicationKind.Exclusion, Permissions.DecideExclusion, OrderAction.Exclusion, OrderAction.Exclusion),
        new(ApplicationKind.Appeal, Permissions.DecideAppeal, OrderAction.Appeal, OrderAction.Appeal),
        new(ApplicationKind.Extension, Permissions.DecideExtension, OrderAction.Extend, OrderAction.Extend),
        new(ApplicationKind.Hold, Permissions.DecideHold, OrderAction.Hold, OrderAction.Hold),
        new(ApplicationKind.AddHandler, Permissions.Dispatch, OrderAction.AddHandler, OrderAction.AddHandler),
    ];
}
