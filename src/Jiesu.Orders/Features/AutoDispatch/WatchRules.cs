using Jiesu.Catalog.Contracts;
using Jiesu.Identity.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Actions;
using Jiesu.Orders.Features.Notices;
using Jiesu.Platform;
using Jiesu.Platform.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.AutoDispatch;

/// <summary>标准监护: suspends a rule when too much of what it dispatched came back, when its unit is closed or when its class has ended, and tells those who approve rules.</summary>
internal sealed class WatchRules(JiesuDb db, IUnitDirectory units, ICatalogue catalogue, NoticeWriter notices, IAuditLog audit, TimeProvider clock) : IJob
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    /// <summary>Assumed: three are no accident, and one in twenty is what people's own dispatches should not exceed.</summary>
    private const int MostReturns = 2;
    private const double MostShare = 0.05;
    private static readonly TimeSpan Span = TimeSpan.FromDays(14);

    public async Task RunAsync(CancellationToken ct)
    {
        var (now, tree, day) = (clock.GetUtcNow(), await units.GetAsync(ct), await catalogue.GetAsync(ct));
        var rules = await db.Set<DispatchRule>().Where(r => r.State == DispatchRuleState.Active).ToListAsync(ct);
        var sent = await (
            from d in db.Set<Domain.AutoDispatch>()
            join x in db.Set<WorkOrder>() on d.OrderId equals x.Id
            join r in db.Set<DispatchRule>() on d.RuleId equals r.Id
            where d.HeldBack == null && d.At > now - Span && d.At >= r.StateAt    // what came back before the last approval was known to whoever approved
            group new { d, x } by d.RuleId into g
            select new { g.Key, All = g.Count(), Back = g.Count(y => y.x.Returns > 0 || y.x.Dispatches > 1 || (y.x.UnitId != y.d.UnitId && y.x.MasterOrderId == null)) }).ToDictionaryAsync(g => g.Key, ct);
        foreach (var rule in rules)
        {
            var why = rule.LeadCode is { } lead && tree.Find(lead) is not { IsClosed: false } ? "承办单位已停用"
                : day.FindClass(rule.ClassCode) is null ? "分类已停用"
                : sent.GetValueOrDefault(rule.Id) is { } s && s.Back > MostReturns && s.Back > s.All * MostShare ? string.Create(null, $"近 14 日自动派单 {s.All} 件，退回或改派 {s.Back} 件")
                : null;
            if (why is not null)
            {
                rule.Suspend(why, now);
                await TellAsync(rule.Id, now, ct);
                audit.Record(await SystemActor.OfAsync(units, ct), "rules.suspend", $"rule/{rule.Id}", why);
            }
        }

        await db.TrySaveAsync(ct);
    }

    /// <summary>By the last order that it dispatched: from there a person finds the rule. One that never dispatched anything is told by its own page.</summary>
    private async Task TellAsync(Guid rule, DateTimeOffset now, CancellationToken ct)
    {
        if (await db.Set<Domain.AutoDispatch>().Where(d => d.RuleId == rule && d.HeldBack == null).OrderByDescending(d => d.At).Select(d => (OrderId?)d.OrderId).FirstOrDefaultAsync(ct) is { } last)
        {
            await notices.WriteAsync([new NoticeCall(last, NoticeKind.RuleSuspended, now, null, Permissions.ApproveRules)], ct);
        }
    }
}
