using Jiesu.Catalog.Contracts;
using Jiesu.Identity.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.AutoDispatch;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.Read;

/// <summary>
/// 工单案卷: one order as one request looks at it, read once for all parts of a page: shares, what is open, links; and when they are asked for the history, the
/// caller, and what lies beside it, a question each.
/// </summary>
internal sealed class OrderCase(JiesuDb db, ICallers callers)
{
    private (OrderId Id, Guid Person, Guid Unit) _of;
    private WorkOrder? _order;
    private IReadOnlyList<OrderEvent>? _history;
    private KnownCaller? _caller;
    private Enclosed? _enclosed;

    /// <summary>Null when there is none, or none that the actor may see.</summary>
    public async Task<WorkOrder?> FindAsync(OrderId id, Actor actor, CancellationToken ct)
    {
        if (_order is null || _of != (id, actor.PersonId, actor.UnitId))
        {
            (_of, _history, _caller, _enclosed) = ((id, actor.PersonId, actor.UnitId), null, null, null);
            _order = await db.Set<WorkOrder>().AsNoTracking()
                .Where(DataScope.Of(actor).Sees())
                .Include(x => x.Assignments)
                .Include(x => x.Applications.Where(a => a.DecidedAt == null))
                .Include(x => x.Whistles)
                .Include(x => x.Supervisions.Where(s => s.ClosedAt == null))
                .Include(x => x.Links)
                .AsSingleQuery()
                .SingleOrDefaultAsync(x => x.Id == id, ct);
        }

        return _order;
    }

    /// <summary>As <see cref="FindAsync(OrderId, Actor, CancellationToken)"/>, for what may be no id.</summary>
    public async Task<WorkOrder?> FindAsync(Guid id, Actor actor, CancellationToken ct) => id == Guid.Empty ? null : await FindAsync(OrderId.From(id), actor, ct);

    /// <summary>流转记录, oldest first; empty when there is no such order for this actor: every order has at least its first event.</summary>
    public async Task<IReadOnlyList<OrderEvent>> HistoryAsync(OrderId id, Actor actor, CancellationToken ct) =>
        await FindAsync(id, actor, ct) is null ? [] : _history ??= await db.Set<OrderEvent>().AsNoTracking().Where(e => e.OrderId == id).OrderBy(e => e.Seq).ToListAsync(ct);

    /// <summary>诉求人, masked; null when there is no such order for this actor, or nobody is known.</summary>
    public async Task<KnownCaller?> CallerAsync(OrderId id, Actor actor, CancellationToken ct) =>
        (await FindAsync(id, actor, ct))?.CallerId is { } caller ? _caller ??= await callers.FindAsync(caller, ct) : null;

    /// <summary>What lies beside the order; null when there is no such order for this actor.</summary>
    public async Task<Enclosed?> EnclosedAsync(OrderId id, Actor actor, CancellationToken ct) =>
        await FindAsync(id, actor, ct) is null ? null : _enclosed ??= await ReadEnclosedAsync(id, ct);

    /// <summary>One row a kept answer; the rest stands in each of them, which is less than another question.</summary>
    private async Task<Enclosed> ReadEnclosedAsync(OrderId id, CancellationToken ct)
    {
        var rows = await (
            from order in db.Set<WorkOrder>().AsNoTracking().Where(x => x.Id == id)
            join given in db.Set<StoredAdvice>() on order.Id equals given.OrderId into advice
            from a in advice.DefaultIfEmpty()
            join said in db.Set<LanguageOpinion>() on order.Id equals said.OrderId into opinions
            from o in opinions.DefaultIfEmpty()
            join waiting in db.Set<HeldDispatch>().Where(h => h.RefusedAt == null) on order.Id equals waiting.OrderId into held
            from h in held.DefaultIfEmpty()
            join answer in db.Set<FormValue>().Where(v => v.Form.StartsWith(FormCodes.Intake)) on order.Id equals answer.OrderId into answers
            from v in answers.DefaultIfEmpty()
            join dispatched in db.Set<Domain.AutoDispatch>() on order.Id equals dispatched.OrderId into byRule
            from d in byRule.DefaultIfEmpty()
            join rule in db.Set<DispatchRule>() on d.RuleId equals rule.Id into rules
            from r in rules.DefaultIfEmpty()
            select new { Rule = r == null ? null : new ByRule(r.Id, r.No, d.HeldBack), Advice = a == null ? null : a.Json, Opinion = o == null ? null : o.Json, Held = h, Answer = v }).ToListAsync(ct);
        return new(rows[0].Rule, rows[0].Advice, rows[0].Opinion, rows[0].Held, [.. rows.Select(r => r.Answer).OfType<FormValue>()]);
    }

    /// <summary>自动派单记录 of one order.</summary>
    /// <param name="HeldBack">Why it was left to a person; null where the rule dispatched it.</param>
    internal sealed record ByRule(Guid Id, int No, string? HeldBack)
    {
        /// <summary>What page and desk say of it.</summary>
        public ShowOrder.RuleMark MarkFor(Actor actor) => new(
            HeldBack is null ? $"自动派单：标准 {DispatchRule.NumberOf(No)}" : $"未自动派单（标准 {DispatchRule.NumberOf(No)}）：{HeldBack}", actor.Can(Permissions.ViewRules) ? $"{ShowRules.Url}/{Id}" : null);
    }

    /// <summary>案卷附页.</summary>
    /// <param name="Rule">自动派单记录; null when no rule looked at it.</param>
    /// <param name="Advice">智能建议 as it was stored; null before it was given.</param>
    /// <param name="Opinion">大模型意见 as it was stored; null while there is none.</param>
    /// <param name="Held">待送派发; null when none waits.</param>
    /// <param name="Intake">登记表单 as it was answered.</param>
    internal sealed record Enclosed(ByRule? Rule, string? Advice, string? Opinion, HeldDispatch? Held, IReadOnlyList<FormValue> Intake);
}
