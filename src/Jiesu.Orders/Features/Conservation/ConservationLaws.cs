using Jiesu.Identity.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.Conservation;

/// <summary>
/// 守恒: what must be true of the rows at any moment, whoever wrote them (rule 1: never lost, ownerless or silently late). The aggregate keeps these laws by itself;
/// this looks whether the database does, too.
/// </summary>
internal sealed class ConservationLaws(JiesuDb db, IUnitDirectory units, TimeProvider clock)
{
    private const int MostNamed = 20;
    private static readonly TimeSpan LongestDelivery = TimeSpan.FromMinutes(10);

    /// <summary>A clock runs in each of these states.</summary>
    private static readonly OrderState[] Running =
        [OrderState.PendingSign, OrderState.Handling, OrderState.PendingUnitReview, OrderState.PendingPreCallback, OrderState.PendingFinalReview];

    /// <summary>违反: a law and what breaks it.</summary>
    /// <param name="Law">中文; what must be true.</param>
    /// <param name="Advice">中文; what to do.</param>
    /// <param name="Named">The first of them: case numbers or event ids.</param>
    internal sealed record Violation(string Law, string Advice, int Count, IReadOnlyList<string> Named);

    /// <summary>Empty when all is well.</summary>
    public async Task<IReadOnlyList<Violation>> FindAsync(CancellationToken ct)
    {
        var known = (await units.GetAsync(ct)).All.Select(u => u.Id).ToArray();
        List<Violation> found = [];
        foreach (var (law, advice, broken) in Laws(known))
        {
            if (await broken.CountAsync(ct) is var count and > 0)
            {
                found.Add(new(law, advice, count, await broken.Order().Take(MostNamed).ToListAsync(ct)));
            }
        }

        return found;
    }

    /// <summary>Law, advice, and what breaks it.</summary>
    private IEnumerable<(string Law, string Advice, IQueryable<string> Broken)> Laws(Guid[] known)
    {
        var orders = db.Set<WorkOrder>().AsNoTracking();
        var (inHand, finished) = (OrderLifeCycle.InHand, OrderLifeCycle.Finished);
        var late = clock.GetUtcNow() - LongestDelivery;
        return
        [
            ("已派发的工单有且只有一个主办单位", "请联系维护人员按流转记录恢复派件", orders
                .Where(x => inHand.Contains(x.State) && ((int)x.Overlays & (int)OrderOverlay.Merged) == 0 && x.Assignments.Count(a => a.Role == AssignmentRole.Lead && a.EndedAt == null) != 1).Select(x => x.CaseNo)),
            ("未派发或已了的工单没有主办单位", "请联系维护人员按流转记录结束派件", orders
                .Where(x => (!inHand.Contains(x.State) || ((int)x.Overlays & (int)OrderOverlay.Merged) != 0) && x.Assignments.Any(a => a.EndedAt == null && (a.Role == AssignmentRole.Lead || finished.Contains(x.State)))).Select(x => x.CaseNo)),
            ("每个工单都有责任单位，并与主办单位一致", "请核对单位目录与派件记录", orders
                .Where(x => !known.Contains(x.UnitId) || x.Assignments.Any(a => a.Role == AssignmentRole.Lead && a.EndedAt == null && a.UnitId != x.UnitId)).Select(x => x.CaseNo)),
            ("工单状态与最后一条流转记录一致", "请联系维护人员按流转记录恢复状态", orders
                .Where(x => x.History.OrderByDescending(e => e.Seq).Select(e => (OrderState?)e.ToState).FirstOrDefault() != x.State).Select(x => x.CaseNo)),
            ("计时中的工单有截止时间", "请联系维护人员按流转记录重算期限", orders
                .Where(x => x.DueAt == null && x.ClockStoppedAt == null && (x.ClockStartedAt != null || Running.Contains(x.State))).Select(x => x.CaseNo)),
            ("事件在 10 分钟内送达", "请查看日志中该事件的失败原因；服务未运行时先启动服务", db.Outbox.AsNoTracking()
                .Where(m => m.DeliveredAt == null && m.At < late).Select(m => m.Type + " " + m.Stream)),
        ];
    }
}
