using Jiesu.Catalog.Contracts;
using Jiesu.Identity.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Actions;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.Bulk;

/// <summary>批量办理 as pages: a form for the orders that were chosen in a list, and the result of each, which outlives a crash.</summary>
public static class BulkPages
{
    /// <summary>What makes sense for many at once; every one of them still passes the guard.</summary>
    internal static IReadOnlyList<OrderAction> Actions { get; } =
        [OrderAction.Accept, OrderAction.Dispatch, OrderAction.Sign, OrderAction.UnitReview, OrderAction.FinalReview, OrderAction.Merge, OrderAction.Urge, OrderAction.Supervise, OrderAction.Archive];

    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/orders/bulk", FormAsync).RequireAuthorization(Permissions.Read);
        pages.MapPost("/orders/bulk", SubmitAsync).RequireAuthorization(Permissions.Read);
        pages.MapGet("/orders/bulk/{run:guid}", ShowAsync).RequireAuthorization(Permissions.Read);
        pages.MapPost("/orders/bulk/{run:guid}", ContinueAsync).RequireAuthorization(Permissions.Read);
    }

    private static async Task<IResult> FormAsync(HttpContext http, Viewer viewer, Actor actor, CancellationToken ct)
    {
        var view = await viewer.FormAsync(http.Request.Query["action"].ToString(), [.. http.Request.Query["id"].OfType<string>()], TakeAction.Typed.Empty, actor, ct);
        return view.Error is { } refusal ? refusal.ToProblem() : Page.Show<BulkPage, BulkForm>(http, view.Value);
    }

    private static async Task<IResult> SubmitAsync(HttpContext http, Viewer viewer, ActInBulk.Handler handler, Actor actor, CancellationToken ct)
    {
        var form = TakeAction.Typed.Of(await http.Request.ReadFormAsync(ct));
        var (action, ids) = (form.One("action") ?? "", form.Many("id"));
        var result = await handler.HandleAsync(action, Viewer.RequestOf(form, ids), form.One("key"), actor, ct);
        if (result.Error is not { } refusal)
        {
            return Page.Next(http, $"/orders/bulk/{result.Value.RunId}", $"已办理 {result.Value.Done} 件。");
        }

        var view = await viewer.FormAsync(action, ids, form, actor, ct);
        return view.Error is null ? Page.Show<BulkPage, BulkForm>(http, view.Value, refusal) : refusal.ToProblem();
    }

    private static async Task<IResult> ShowAsync(Guid run, HttpContext http, Viewer viewer, Actor actor, CancellationToken ct) =>
        await viewer.ResultAsync(run, actor, ct) is { } view ? Page.Show<BulkResultPage>(http, view) : OrderErrors.NotFound().ToProblem();

    private static async Task<IResult> ContinueAsync(Guid run, HttpContext http, ActInBulk.Handler handler, Actor actor, CancellationToken ct)
    {
        var result = await handler.ContinueAsync(run, actor, ct);
        return result.Error is { } refusal ? refusal.ToProblem() : Page.Next(http, $"/orders/bulk/{run}", "余下的已办理。");
    }

    /// <summary>What the form shows.</summary>
    public sealed record View(ActionOffers.ActionForm Form, IReadOnlyList<Chosen> Orders, IReadOnlyList<Choice> Units, IReadOnlyList<Choice> Classes, string Key, TakeAction.Typed Typed);

    /// <summary>选中的工单.</summary>
    public sealed record Chosen(string Id, string CaseNo, string Title, string State);

    /// <summary>批量结果.</summary>
    public sealed record Outcome(string Url, string Label, DateTimeOffset At, bool IsFinished, int Done, int Refused, int Left, IReadOnlyList<Line> Lines);

    /// <summary>逐件结果.</summary>
    public sealed record Line(string Id, string CaseNo, string Title, string State, string Kind, string Words);

    /// <summary>Gathers what the pages show.</summary>
    internal sealed class Viewer(JiesuDb db, ActInBulk.Handler handler, ICatalogue catalogue, IUnitDirectory units)
    {
        public async Task<Result<View>> FormAsync(string action, IReadOnlyList<string> ids, TakeAction.Typed typed, Actor actor, CancellationToken ct)
        {
            var (day, tree) = (await catalogue.GetAsync(ct), await units.GetAsync(ct));
            var known = Actions.Where(a => a.Wire() == action).ToArray();
            if (known is not [var one] || ActionOffers.FormOf(one, actor, day) is not { } form)
            {
                return OrderErrors.UnknownAction();
            }

            var orders = await FindAsync([.. ids.Take(BulkRequest.Most)], actor, ct);
            return new View(form, [.. orders.Values], TakeAction.Viewer.Handling(tree), TakeAction.Viewer.Third(day), typed.One("key") ?? Guid.CreateVersion7().ToString("N"), typed);
        }

        /// <summary>Null for a run of somebody else.</summary>
        public async Task<Outcome?> ResultAsync(Guid run, Actor actor, CancellationToken ct)
        {
            if (await handler.FindAsync(run, actor, ct) is not { } answer)
            {
                return null;
            }

            var orders = await FindAsync([.. answer.Items.Select(i => i.Id)], actor, ct);
            var label = Enum.GetValues<OrderAction>().Single(a => a.Wire() == answer.Action).Name();
            return new($"/orders/bulk/{run}", label, answer.At, answer.FinishedAt is not null && answer.Left == 0, answer.Done, answer.Refused, answer.Left, [.. answer.Items.Select(i => LineOf(i, orders.GetValueOrDefault(i.Id)))]);
        }

        internal static BulkRequest RequestOf(TakeAction.Typed form, IReadOnlyList<string> ids)
        {
            var asked = form.ToRequest();
            return new()
            {
                Ids = ids, Lead = asked.Lead, CoUnits = asked.CoUnits, Limit = asked.Limit, Note = asked.Note, ClassL3 = asked.ClassL3, Decision = asked.Decision, Opinion = asked.Opinion,
                Result = asked.Result, Reason = asked.Reason, ReasonCode = asked.ReasonCode, Basis = asked.Basis, MasterOrderId = asked.MasterOrderId, Until = asked.Until, Level = asked.Level,
                RequestType = asked.RequestType, Urgency = asked.Urgency,
            };
        }

        private static Line LineOf(ActInBulk.Item item, Chosen? order) => new(
            item.Id, order?.CaseNo ?? item.Id, order?.Title ?? "", order?.State ?? "", item.Status switch { 0 => "soon", StatusCodes.Status200OK => "ok", _ => "late" },
            item.Status switch { 0 => "未办理", StatusCodes.Status200OK => "已办理", _ => item.Message ?? "" });

        private async Task<Dictionary<string, Chosen>> FindAsync(IReadOnlyList<string> ids, Actor actor, CancellationToken ct)
        {
            OrderId[] known = [.. ids.Select(id => Guid.TryParse(id, out var guid) ? guid : Guid.Empty).Where(id => id != Guid.Empty).Distinct().Select(OrderId.From)];
            var found = await db.Set<WorkOrder>().AsNoTracking().Where(DataScope.Of(actor).Sees()).Where(x => known.Contains(x.Id)).OrderByDescending(x => x.No)
                .Select(x => new { x.Id, x.CaseNo, x.Title, x.State }).ToListAsync(ct);
            return found.ToDictionary(x => x.Id.ToString(), x => new Chosen(x.Id.ToString(), x.CaseNo, x.Title, x.State.Name()));
        }
    }
}
