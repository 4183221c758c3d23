using Jiesu.Catalog.Contracts;
using Jiesu.Identity.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.AutoDispatch;

/// <summary>Reads rules with what they did; orders only as far as the reader may open them.</summary>
internal sealed class RuleReader(JiesuDb db, ICatalogue catalogue, IUnitDirectory units, IOrderQueries orders, TimeProvider clock)
{
    private static readonly TimeSpan Span = TimeSpan.FromDays(14);

    private static readonly Dictionary<DispatchRuleState, (string Name, string Kind, int Order)> Shown = new()
    {
        [DispatchRuleState.Suspended] = ("已暂停", "late", 0),
        [DispatchRuleState.Active] = ("已启用", "ok", 1),
        [DispatchRuleState.Candidate] = ("候选", "info", 2),
        [DispatchRuleState.Rejected] = ("已否决", "soon", 3),
    };

    public async Task<ShowRules.RulesView> ViewAsync(Actor actor, ShowRules.WriteRequest typed, CancellationToken ct) =>
        new(await ListAsync(null, ct), actor.Can(Permissions.EditRules), typed);

    /// <summary>Suspended ones first, then active ones, candidates by how many orders they would take off the desk.</summary>
    public async Task<IReadOnlyList<ShowRules.Item>> ListAsync(string? state, CancellationToken ct)
    {
        var rules = await db.Set<DispatchRule>().AsNoTracking().ToListAsync(ct);
        var items = await ItemsAsync([.. rules.Where(r => state is null || string.Equals(r.State.ToString(), state, StringComparison.OrdinalIgnoreCase))], ct);
        return [.. items.OrderBy(i => Shown[Enum.Parse<DispatchRuleState>(i.State)].Order).ThenByDescending(i => i.Support).ThenBy(i => i.Number, StringComparer.Ordinal)];
    }

    /// <summary>Null when there is no such rule.</summary>
    public async Task<ShowRules.Whole?> FindAsync(Guid id, Actor actor, CancellationToken ct)
    {
        if (await db.Set<DispatchRule>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct) is not { } rule)
        {
            return null;
        }

        var since = clock.GetUtcNow() - Span;
        var heldBack = await db.Set<Domain.AutoDispatch>().Where(d => d.RuleId == id && d.At > since && d.HeldBack != null).GroupBy(d => d.HeldBack!)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        return new((await ItemsAsync([rule], ct))[0], await ReplayAsync(rule, actor, ct), heldBack);
    }

    private async Task<ShowRules.Replay?> ReplayAsync(DispatchRule rule, Actor actor, CancellationToken ct)
    {
        if (ShowRules.ReadReplay(rule.Replay) is not { } kept)
        {
            return null;
        }

        var tree = await units.GetAsync(ct);
        var seen = (await orders.FindAsync([.. kept.Exceptions.Select(e => OrderId.From(e.OrderId))], actor, ct)).ToDictionary(o => o.Id.Value);
        return new(
            kept.From, kept.To, kept.Fitting, kept.Dispatched, kept.Right, kept.OtherUnit, kept.CameBack, kept.HeldBack, kept.Conflicts,
            [.. kept.Exceptions.Where(e => seen.ContainsKey(e.OrderId)).Select(e => new ShowRules.RuleException(e.OrderId.ToString(), seen[e.OrderId].CaseNo, seen[e.OrderId].Title, tree.Find(e.Lead)?.Name ?? e.Lead, e.Why))]);
    }

    private async Task<List<ShowRules.Item>> ItemsAsync(IReadOnlyList<DispatchRule> rules, CancellationToken ct)
    {
        var (day, tree, since, morning) = (await catalogue.GetAsync(ct), await units.GetAsync(ct), clock.GetUtcNow() - Span, clock.Today().StartOfDay());
        var did = await (
            from d in db.Set<Domain.AutoDispatch>()
            join x in db.Set<WorkOrder>() on d.OrderId equals x.Id
            where d.HeldBack == null && d.At > since
            group new { d, x } by d.RuleId into g
            select new { g.Key, All = g.Count(), Today = g.Count(y => y.d.At >= morning), Back = g.Count(y => y.x.Returns > 0 || y.x.Dispatches > 1 || (y.x.UnitId != y.d.UnitId && y.x.MasterOrderId == null)) }).ToDictionaryAsync(g => g.Key, ct);
        return [.. rules.Select(r =>
        {
            var (lead, town, node, done) = (r.LeadCode is null ? "属地街乡镇" : tree.Find(r.LeadCode)?.Name ?? r.LeadCode, r.TownCode is null ? null : day.FindPlace(r.TownCode)?.Name ?? r.TownCode, day.FindClass(r.ClassCode), did.GetValueOrDefault(r.Id));
            var condition = $"分类属于“{node?.Path ?? r.ClassCode}”{(town is null ? "" : $"，地点在{town}")}{(r.Word is null ? "" : $"，标题或内容含“{r.Word}”")} → 派给{lead}";
            return new ShowRules.Item(
                r.Id, r.Number, condition, r.ClassCode, r.TownCode, r.Word, r.LeadCode, lead, r.State.ToString(), Shown[r.State].Name, Shown[r.State].Kind, r.StateWhy, r.StateAt,
                r.Support, r.Right, r.Support == 0 ? null : Math.Round((double)r.Right / r.Support, 4), r.ValidFrom, r.ValidUntil, r.DailyLimit, done?.Today ?? 0, done?.All ?? 0, done?.Back ?? 0, r.Replay is not null, r.State == DispatchRuleState.Active && r.ValidUntil < clock.Today());
        })];
    }
}
