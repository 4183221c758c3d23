using Jiesu.Identity.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Platform;

namespace Jiesu.Orders.Features.Read;

/// <summary>未了事项 of one order: what stands beside its state, with its own deadline.</summary>
internal sealed class OpenMatters(OrderCase cases, IUnitDirectory units)
{
    public async Task<IReadOnlyList<ShowOrder.OpenMatter>> FindAsync(OrderId id, Actor actor, CancellationToken ct)
    {
        var order = await cases.FindAsync(id, actor, ct);
        if (order is null)
        {
            return [];
        }

        var tree = await units.GetAsync(ct);
        List<ShowOrder.OpenMatter> found = [.. order.Applications.Select(a => new ShowOrder.OpenMatter(
            $"{a.Kind.Name()}申请（第 {a.Level + 1} 级审批）", $"{tree.Find(a.AppliedByUnit)?.Name}：{a.Reason}", a.DueAt, "soon"))];
        found.AddRange(order.Supervisions.Select(s => new ShowOrder.OpenMatter(
            $"{s.Level}督办 · {s.State.Name()}", $"{tree.Find(s.UnitId)?.Name}：{s.Requirement}{(s.Feedback is null ? "" : $"。反馈：{s.Feedback}")}", s.DueAt, "urgent")));
        if (order.State == OrderState.OnHold)
        {
            found.Add(new("挂账", "停止计时，到复核日须复核或销账。", order.StopUntil, "info"));
        }
        else if (order.Overlays.HasFlag(OrderOverlay.Paused))
        {
            found.Add(new("暂停", "到期自动恢复计时。", order.StopUntil, "info"));
        }

        return found;
    }
}
