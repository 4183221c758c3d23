using Jiesu.Identity.Contracts;
using Jiesu.Intelligence.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Actions;
using Jiesu.Orders.Features.Advice;
using Jiesu.Platform;
using Jiesu.Platform.Events;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Jiesu.Orders.Features.AutoDispatch;

/// <summary>
/// 自动派单: an order that was accepted goes where the narrowest valid rule says, through the same guard as a dispatcher's. Two rules that disagree, and whatever calls for a
/// person, leave it to the desk. Deed and record are one transaction with the event, so it happens once.
/// </summary>
internal sealed class DispatchByRules(JiesuDb db, ActOnOrder.Mover mover, HoldBacks holdBacks, IUnitDirectory units, IOptions<OrdersSettings> settings, TimeProvider clock) : IEventHandler<OrderMoved>
{
    private static readonly string Accept = OrderAction.Accept.Wire();

    public async Task HandleAsync(IReadOnlyList<OrderMoved> events, CancellationToken ct)
    {
        var accepted = events.Where(e => e.Action == Accept && e.State == nameof(OrderState.PendingDispatch)).Select(e => e.OrderId).Distinct().ToArray();
        if (accepted.Length == 0 || !settings.Value.AutoDispatch)
        {
            return;
        }

        var today = clock.Today();
        var rules = (await db.Set<DispatchRule>().AsNoTracking().Where(r => r.State == DispatchRuleState.Active).ToListAsync(ct)).Where(r => r.IsValidOn(today)).ToArray();
        if (rules.Length == 0)
        {
            return;
        }

        var tree = await units.GetAsync(ct);
        var house = await SystemActor.OfAsync(units, ct, Permissions.Dispatch);
        var sent = await SentTodayAsync([.. rules.Select(r => r.Id)], today, ct);
        foreach (var order in await ReadAsync(accepted, ct))
        {
            var advice = order.Advice is null ? null : AdviceView.Read(order.Advice);
            var classCode = order.ClassCode ?? advice?.Classes.FirstOrDefault(c => c.IsSure)?.Code;
            if (Choose(rules, classCode, order, tree) is not ({ } rule, { } unit))
            {
                continue;
            }

            var heldBack = order.IsTouched ? "已派发过或附有督办等状态" : order.IsHeld ? "派发台正在处理"
                : holdBacks.Of(order.IsSecret, order.Urgency, order.Advice)
                ?? (Accusations.Against(unit.Name, order.Text) ? HoldBacks.Accused : null)
                ?? (sent.GetValueOrDefault(rule.Id) >= rule.DailyLimit ? "超过每日上限" : null);
            if (heldBack is null)
            {
                var asked = new ActionRequest { Lead = unit.Code.Value, ClassL3 = order.ClassCode is null ? classCode : null, Note = $"自动派单：标准 {rule.Number}" };
                var moved = await mover.MoveAsync(order.Id, OrderAction.Dispatch.Wire(), asked, order.Version, house, ct);
                heldBack = moved.Error is null ? null : "派发校验未通过";
                sent[rule.Id] = sent.GetValueOrDefault(rule.Id) + (moved.Error is null ? 1 : 0);
            }

            db.Add(new Domain.AutoDispatch { OrderId = order.Id, RuleId = rule.Id, UnitId = heldBack is null ? unit.Id : null, HeldBack = heldBack, At = clock.GetUtcNow() });
        }
    }

    /// <summary>The narrowest that fits; null where the narrowest disagree or name no unit that is there.</summary>
    private static (DispatchRule Rule, UnitView Unit)? Choose(DispatchRule[] rules, string? classCode, Waiting order, UnitTree tree)
    {
        var fitting = rules.Where(r => r.Fits(classCode, order.TownCode, order.Text)).ToArray();
        var narrowest = fitting.Where(r => r.Narrowness == fitting.Max(f => f.Narrowness)).OrderBy(r => r.No).ToArray();
        return narrowest.Length > 0 && narrowest.Select(r => r.LeadCode ?? order.TownCode).Distinct().ToArray() is [{ } lead] && tree.Find(lead) is { IsClosed: false } unit ? (narrowest[0], unit) : null;
    }

    private async Task<Dictionary<Guid, int>> SentTodayAsync(Guid[] rules, DateOnly today, CancellationToken ct)
    {
        var morning = today.StartOfDay();
        return await db.Set<Domain.AutoDispatch>().Where(d => rules.Contains(d.RuleId) && d.At >= morning && d.HeldBack == null).GroupBy(d => d.RuleId)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
    }

    /// <summary>Those that still wait and that no rule has looked at.</summary>
    private async Task<List<Waiting>> ReadAsync(OrderId[] ids, CancellationToken ct) => await (
        from x in db.Set<WorkOrder>().AsNoTracking()
        join a in db.Set<StoredAdvice>() on x.Id equals a.OrderId into advice
        from a in advice.DefaultIfEmpty()
        where ids.Contains(x.Id) && x.State == OrderState.PendingDispatch && !db.Set<Domain.AutoDispatch>().Any(d => d.OrderId == x.Id)
        select new Waiting(
            x.Id, x.Version, x.ClassCode, x.TownCode, x.Title + "\n" + x.Content, x.IsSecret, x.Urgency, x.Dispatches > 0 || x.Returns > 0 || x.Overlays != OrderOverlay.None,
            db.Set<HeldDispatch>().Any(h => h.OrderId == x.Id && h.RefusedAt == null), a == null ? null : a.Json)).ToListAsync(ct);

    private sealed record Waiting(
        OrderId Id, int Version, string? ClassCode, string? TownCode, string Text, bool IsSecret, string? Urgency, bool IsTouched, bool IsHeld, string? Advice);
}
