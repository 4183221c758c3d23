using Jiesu.Catalog.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Forms;
using Jiesu.Orders.Features.Read;
using Jiesu.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Jiesu.Orders.Features.Actions;

/// <summary>可办操作: what this person may do now on this order, and what each step wants to know. Pages and API show the same.</summary>
public static class ActionOffers
{
    internal static void MapApi(IEndpointRouteBuilder api) =>
        api.MapGet("/orders/{id:guid}/actions", GetAsync).RequireAuthorization(Permissions.Read);

    private static async Task<Results<Ok<Answer>, ProblemHttpResult>> GetAsync(OrderId id, Actor actor, Handler handler, CancellationToken ct) =>
        await handler.DescribeAsync(id, actor, ct) is { } items ? TypedResults.Ok(new Answer(items)) : OrderErrors.NotFound().ToProblem();

    internal sealed record Answer(IReadOnlyList<ActionForm> Items);

    /// <summary>操作表单.</summary>
    /// <param name="Action">Name of contract.md.</param>
    /// <param name="Transition">T02 …</param>
    public sealed record ActionForm(string Action, string Transition, string Label, IReadOnlyList<FormField> Fields)
    {
        /// <summary>
        /// 表单定义 whose answers the action takes as <c>form</c>; null when it takes none. A field that stands in both lists may be said in either place and counts in both.
        /// </summary>
        public FormView? Form { get; init; }
    }

    /// <summary>表单字段.</summary>
    /// <param name="Type">unit, units, limit, text, class, choice, boolean, attachments, order or instant.</param>
    /// <param name="Options">Empty where the choice is not a short list (units, classes).</param>
    public sealed record FormField(string Name, string Label, string Type, bool Required, IReadOnlyList<FieldOption> Options);

    /// <summary>选项.</summary>
    public sealed record FieldOption(string Value, string Label);

    /// <summary>The use case.</summary>
    internal sealed class Handler(OrderCase cases, OrderPolicies policies)
    {
        /// <summary>Null when the order is absent or out of scope.</summary>
        public async Task<IReadOnlyList<ActionForm>?> FindAsync(OrderId id, Actor actor, CancellationToken ct)
        {
            var order = await cases.FindAsync(id, actor, ct);
            return order is null ? null : Of(new(order, actor, await policies.GetAsync(ct)));
        }

        /// <summary>The same with the forms that they bring. Pages draw theirs when it is opened: one may offer every class and every community.</summary>
        public async Task<IReadOnlyList<ActionForm>?> DescribeAsync(OrderId id, Actor actor, CancellationToken ct)
        {
            var (order, offers, day) = (await cases.FindAsync(id, actor, ct), await FindAsync(id, actor, ct), (await policies.GetAsync(ct)).Catalogue);
            return offers is null ? null : [.. offers.Select(o => o with { Form = ReplyForm.DefinitionFor(o.Action, order!.RequestType, day) is { } form ? FormView.Of(form, day) : null })];
        }
    }

    /// <summary>What is possible at any time stands behind what the order waits for.</summary>
    private static readonly OrderAction[] Aside =
        [OrderAction.Correct, OrderAction.Urge, OrderAction.Supervise, OrderAction.Instruct, OrderAction.Cancel, OrderAction.Merge, OrderAction.Link, OrderAction.ReturnUp, OrderAction.UnitReturn];

    /// <summary>Pure: the guard's own questions, asked of every row. The second name of a step (dispatch for redispatch) is not offered.</summary>
    internal static IReadOnlyList<ActionForm> Of(Standing standing) =>
        [.. OrderLifeCycle.Steps.AllowedFrom(standing.Order.State, standing.Order.Overlays)
            .Where(s => standing.Actor.Can(s.Permission) && OrderGuard.BarsMerged(standing.Order, s.Action) is null && OrderVerbs.Of(s.Action).Bars(standing, s) is null)
            .Where(s => s is not { Action: OrderAction.Dispatch, Outcome: OrderOutcome.Again })
            .GroupBy(s => s.Action)
            .OrderBy(rows => Aside.Contains(rows.Key))
            .Select(rows => FormOf(rows.ToArray(), standing.Policy.Catalogue))];

    /// <summary>批量: the form of an action without an order; null for whoever may never take it.</summary>
    internal static ActionForm? FormOf(OrderAction action, Actor actor, CatalogueDay catalogue) =>
        OrderLifeCycle.Steps.All.Where(s => s.Action == action && s.Outcome is not (OrderOutcome.Withdrawn or OrderOutcome.Absorb) && actor.Can(s.Permission)).ToArray() is { Length: > 0 } rows
            ? FormOf(rows, catalogue)
            : null;

    private static ActionForm FormOf(OrderStep[] rows, CatalogueDay catalogue)
    {
        var step = rows[0];
        var fields = OrderField.All.Where(f => rows.Any(s => s.Takes(f.Name)))
            .Select(f => new FormField(f.Name, LabelOf(f, step), f.Type, rows.All(s => (s.Must ?? []).Contains(f.Name)), OptionsOf(f, rows, catalogue)));
        return new(step.Action.Wire(), step.Id, LabelOf(step), [.. fields]);
    }

    private static string LabelOf(OrderStep step) => step switch
    {
        { Outcome: OrderOutcome.Withdrawn } => $"撤回{step.Action.Name()}申请",
        { Opens: not null, Action: not OrderAction.Pause and not OrderAction.Merge } => $"{step.Action.Name()}申请",
        { Action: not OrderAction.DecideReturn } when step.Takes(Carry.Decision) && (step.Closes ?? step.Needs) is not null && step.Action != OrderAction.SuperviseReview => $"{step.Action.Name()}审批",
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
        (Carry.Lead, OrderAction.DecideReturn) => "直接转办单位",
        (Carry.Lead, OrderAction.SuperviseReview) => "被督办单位",
        (Carry.Lead, OrderAction.Reassign) => "承接单位",
        (Carry.CoUnits, OrderAction.Whistle) => "吹哨部门",
        (Carry.CoUnits, OrderAction.Supervise) => "督办单位",
        (Carry.Note, OrderAction.Whistle) => "吹哨事项",
        (Carry.Note, OrderAction.Meet) => "见面时间、地点和情况",
        (Carry.Note, OrderAction.Supervise) => "督办要求",
        (Carry.Note, OrderAction.Instruct) => "批示内容",
        (Carry.Note, OrderAction.Escalate) => "提级人员及职务",
        (Carry.Note, OrderAction.ReportIn) => "报到人员",
        (Carry.Note, OrderAction.Correct) => "更正原因",
        (Carry.Note, OrderAction.Release) => "复核情况",
        (Carry.Until, OrderAction.Extend) => "延期至",
        (Carry.Until, OrderAction.Pause) => "暂停至",
        (Carry.Until, OrderAction.Hold) => "复核日期",
        (Carry.Until, OrderAction.Release) => "下次复核日期",
        (Carry.Until, OrderAction.Whistle) => "应到时间",
        (Carry.Until, OrderAction.Supervise) => "督办期限",
        (Carry.Result, OrderAction.ReportIn) => "报到结果",
        (Carry.Result, OrderAction.SuperviseFeedback) => "督办反馈",
        (Carry.Result, OrderAction.FieldCheck) => "质检情况",
        (Carry.Solved, OrderAction.FieldCheck) => "是否属实办结",
        (Carry.MasterOrderId, OrderAction.Link) => "关联工单编号",
        (Carry.MasterOrderId, _) => "主单编号",
        _ => field.Label,
    };

    private static IReadOnlyList<FieldOption> OptionsOf(OrderField field, OrderStep[] rows, CatalogueDay catalogue) => field.Name switch
    {
        Carry.Decision => [.. Decisions(rows)],
        Carry.Satisfied => [.. Enum.GetValues<Satisfaction>().Select(s => new FieldOption(s.Name(), s.Name()))],
        Carry.Contacted or Carry.Solved => [new("true", "是"), new("false", "否")],
        Carry.ReasonCode => [.. ReasonKinds.For(rows[0].Action).SelectMany(k => catalogue.Reasons.Where(r => r.Kind == k)).Select(r => new FieldOption(r.Code, r.Name))],
        Carry.Level => [new("一般", "一般"), new("重点", "重点"), new("挂牌", "挂牌")],
        Carry.RequestType => [.. catalogue.Dictionary(DictionaryNames.RequestTypes).Select(i => new FieldOption(i.Name, i.Name))],
        Carry.Urgency => [.. catalogue.Dictionary(DictionaryNames.Urgencies).Select(i => new FieldOption(i.Name, i.Name))],
        _ => [],
    };

    /// <summary>What this person may say: to decide, or to take back.</summary>
    private static IEnumerable<FieldOption> Decisions(OrderStep[] rows)
    {
        if (rows.Any(s => s.Verdict() == true))
        {
            yield return new("approve", rows.Any(s => s.IsForward()) ? "同意，报下一级" : "同意");
        }

        if (rows.Any(s => s.Verdict() == false))
        {
            yield return new("reject", "驳回");
        }

        if (rows.Any(s => s.Outcome == OrderOutcome.Withdrawn))
        {
            yield return new(Carry.Withdraw, "撤回");
        }
    }
}
