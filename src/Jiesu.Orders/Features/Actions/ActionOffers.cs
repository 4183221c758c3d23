using Jiesu.Catalog.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.Actions;

/// <summary>可办操作: what this person may do now on this order, and what each step wants to know. Pages and API show the same.</summary>
public static class ActionOffers
{
    internal static void MapApi(IEndpointRouteBuilder api) =>
        api.MapGet("/orders/{id:guid}/actions", GetAsync).RequireAuthorization(Permissions.Read);

    private static async Task<Results<Ok<Answer>, ProblemHttpResult>> GetAsync(OrderId id, Actor actor, Handler handler, CancellationToken ct) =>
        await handler.FindAsync(id, actor, ct) is { } items ? TypedResults.Ok(new Answer(items)) : OrderErrors.NotFound().ToProblem();

    internal sealed record Answer(IReadOnlyList<ActionForm> Items);

    /// <summary>操作表单.</summary>
    /// <param name="Action">Name of contract.md.</param>
    /// <param name="Transition">T02 …</param>
    public sealed record ActionForm(string Action, string Transition, string Label, IReadOnlyList<FormField> Fields);

    /// <summary>表单字段.</summary>
    /// <param name="Type">unit, units, limit, text, class, choice, boolean, attachments, order or instant.</param>
    /// <param name="Options">Empty where the choice is not a short list (units, classes).</param>
    public sealed record FormField(string Name, string Label, string Type, bool Required, IReadOnlyList<FieldOption> Options);

    /// <summary>选项.</summary>
    public sealed record FieldOption(string Value, string Label);

    /// <summary>The use case.</summary>
    internal sealed class Handler(JiesuDb db, OrderPolicies policies)
    {
        /// <summary>Null when the order is absent or out of scope.</summary>
        public async Task<IReadOnlyList<ActionForm>?> FindAsync(OrderId id, Actor actor, CancellationToken ct)
        {
            var order = await db.Set<WorkOrder>().AsNoTracking()
                .Where(DataScope.Of(actor).Sees())
                .Include(x => x.Assignments.Where(a => a.EndedAt == null))
                .Include(x => x.Applications.Where(a => a.DecidedAt == null))
                .AsSingleQuery()
                .SingleOrDefaultAsync(x => x.Id == id, ct);
            return order is null ? null : Of(new(order, actor, await policies.GetAsync(ct)));
        }
    }

    /// <summary>Pure: the guard's own questions, asked of every row. The second name of a step (dispatch for redispatch) is not offered.</summary>
    internal static IReadOnlyList<ActionForm> Of(Standing standing) =>
        [.. OrderLifeCycle.Steps.AllowedFrom(standing.Order.State, standing.Order.Overlays)
            .Where(s => s.IsBuilt && standing.Actor.Can(s.Permission) && OrderVerbs.Of(s.Action).Bars(standing, s) is null)
            .Where(s => s is not { Action: OrderAction.Dispatch, Outcome: OrderOutcome.Again })
            .GroupBy(s => s.Action)
            .Select(rows => FormOf(rows.ToArray(), standing.Policy.Catalogue))];

    private static ActionForm FormOf(OrderStep[] rows, CatalogueDay catalogue)
    {
        var step = rows[0];
        var fields = OrderField.All.Where(f => rows.Any(s => s.Takes(f.Name)))
            .Select(f => new FormField(f.Name, LabelOf(f, step), f.Type, rows.All(s => (s.Must ?? []).Contains(f.Name)), OptionsOf(f, step.Action, catalogue)));
        return new(step.Action.Wire(), step.Id, LabelOf(step), [.. fields]);
    }

    private static string LabelOf(OrderStep step) => step switch
    {
        { Opens: not null } => $"{step.Action.Name()}申请",
        { Closes: not null, Action: not OrderAction.DecideReturn } => $"{step.Action.Name()}审批",
        _ => step.Action.Name(),
    };

    private static string LabelOf(OrderField field, OrderStep step) => (field.Name, step.Action) switch
    {
        (Carry.Lead, OrderAction.SubDispatch) => "下派单位",
        (Carry.CoUnits, OrderAction.SubDispatch) => "其他下派单位",
        (Carry.Result, OrderAction.Answer) => "答复内容",
        (Carry.Note, OrderAction.Receipt) => "收讫编号",
        (Carry.Note, OrderAction.Contact) => "联系情况",
        (Carry.Note, OrderAction.Urge) => "催办内容",
        (Carry.Note, OrderAction.Rework) => "未解决事项",
        _ => field.Label,
    };

    private static IReadOnlyList<FieldOption> OptionsOf(OrderField field, OrderAction action, CatalogueDay catalogue) => field.Name switch
    {
        Carry.Decision => [new("approve", "同意"), new("reject", "驳回")],
        Carry.Satisfied => [.. Enum.GetValues<Satisfaction>().Select(s => new FieldOption(s.Name(), s.Name()))],
        Carry.Contacted or Carry.Solved => [new("true", "是"), new("false", "否")],
        Carry.ReasonCode => [.. ReasonKinds.For(action).SelectMany(k => catalogue.Reasons.Where(r => r.Kind == k)).Select(r => new FieldOption(r.Code, r.Name))],
        _ => [],
    };
}
