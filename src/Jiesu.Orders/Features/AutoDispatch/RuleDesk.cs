using System.Text.Json;
using Jiesu.Catalog.Contracts;
using Jiesu.Identity.Contracts;
using Jiesu.Intelligence.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Jiesu.Orders.Features.AutoDispatch;

/// <summary>标准的来历与去留: mined or written, replayed, approved, suspended, rejected.</summary>
internal sealed class RuleDesk(JiesuDb db, ICatalogue catalogue, IUnitDirectory units, SentOrders history, IAuditLog audit, IOptions<OrdersSettings> settings, TimeProvider clock)
{
    private const int MostExceptions = 50, LongestDays = 366, LongestValidity = 366;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>标准挖掘 from what people dispatched between two days, both included; how many new candidates came of it.</summary>
    public async Task<Result<int>> MineAsync(DateOnly? from, DateOnly? to, Actor actor, CancellationToken ct)
    {
        var last = to ?? clock.Today().AddDays(-settings.Value.RuleReplayDays - 1);
        var first = from ?? last.AddDays(-settings.Value.RuleMiningDays);
        if (SpanRefused(first, last) is { } refusal)
        {
            return refusal;
        }

        var day = await catalogue.GetAsync(ct);
        var mined = RuleMiner.Mine(await history.ReadAsync(first.StartOfDay(), last.AddDays(1).StartOfDay(), ct), WordsOf(day), settings.Value.RuleLeastSupport, settings.Value.RuleLeastPrecision);
        var known = await db.Set<DispatchRule>().AsNoTracking().ToListAsync(ct);
        var fresh = mined.Where(m => !known.Exists(k => (k.ClassCode, k.TownCode, k.Word, k.LeadCode) == (m.ClassCode, m.TownCode, m.Word, m.LeadCode))).ToArray();
        var no = known.Select(k => k.No).DefaultIfEmpty().Max();
        foreach (var m in fresh)
        {
            db.Add(new DispatchRule
            {
                No = ++no, ClassCode = m.ClassCode, TownCode = m.TownCode, Word = m.Word, LeadCode = m.LeadCode, Support = m.Support, Right = m.Right, CreatedBy = actor.PersonId, CreatedAt = clock.GetUtcNow(),
            });
        }

        audit.Record(actor, "rules.mine", "rules", string.Create(null, $"{first:yyyy-MM-dd} 至 {last:yyyy-MM-dd}，新增候选 {fresh.Length} 条"));
        return await db.TrySaveAsync(ct) ? fresh.Length : RuleErrors.Changed();
    }

    /// <summary>A rule that a person wrote; its id.</summary>
    public async Task<Result<Guid>> WriteAsync(ShowRules.WriteRequest asked, Actor actor, CancellationToken ct)
    {
        if (Shape.Refuses(asked) is { } refusal)
        {
            return refusal;
        }

        var (day, tree) = (await catalogue.GetAsync(ct), await units.GetAsync(ct));
        if (day.FindClass(asked.ClassCode?.Trim()) is not { } node)
        {
            return RuleErrors.Unknown("classCode", "没有这个分类，请填写分类代码或名称。");
        }

        var town = string.IsNullOrWhiteSpace(asked.Town) ? null : day.FindPlace(asked.Town.Trim());
        if (!string.IsNullOrWhiteSpace(asked.Town) && town is not { ParentCode: null })
        {
            return RuleErrors.Unknown("town", "没有这个街道或镇，请填写区划代码或全称；不限街道的请留空。");
        }

        var lead = string.IsNullOrWhiteSpace(asked.Lead) ? null : tree.Find(asked.Lead.Trim());
        if (!string.IsNullOrWhiteSpace(asked.Lead) && lead is not { IsClosed: false, Kind: not UnitKind.Centre })
        {
            return RuleErrors.Unknown("lead", "没有这个承办单位，或它已停用；派给所属街道的请留空。");
        }

        var word = string.IsNullOrWhiteSpace(asked.Word) ? null : asked.Word.Trim();
        var all = await db.Set<DispatchRule>().AsNoTracking().ToListAsync(ct);
        if (all.Exists(k => (k.ClassCode, k.TownCode, k.Word, k.LeadCode) == (node.Code, town?.Code, word, lead?.Code.Value)))
        {
            return RuleErrors.Known();
        }

        var rule = new DispatchRule
        {
            No = all.Select(k => k.No).DefaultIfEmpty().Max() + 1, ClassCode = node.Code, TownCode = town?.Code, Word = word, LeadCode = lead?.Code.Value, CreatedBy = actor.PersonId, CreatedAt = clock.GetUtcNow(),
        };
        db.Add(rule);
        audit.Record(actor, "rules.write", $"rule/{rule.Id}");
        return await db.TrySaveAsync(ct) ? rule.Id : RuleErrors.Changed();
    }

    /// <summary>回放 on what people dispatched between two days, both included.</summary>
    public async Task<Result<Done>> ReplayAsync(Guid id, DateOnly? from, DateOnly? to, Actor actor, CancellationToken ct)
    {
        var last = to ?? clock.Today();
        var first = from ?? last.AddDays(-settings.Value.RuleReplayDays);
        if (SpanRefused(first, last) is { } refusal)
        {
            return refusal;
        }

        return await ChangeAsync(id, "rules.replay", actor, async rule =>
        {
            var tree = await units.GetAsync(ct);
            var orders = (await history.ReadAsync(first.StartOfDay(), last.AddDays(1).StartOfDay(), ct)).Where(o => rule.Fits(o.ClassCode, o.TownCode, o.Text)).ToArray();
            var others = (await db.Set<DispatchRule>().AsNoTracking().Where(r => r.State == DispatchRuleState.Active && r.Id != id).ToListAsync(ct))
                .Where(r => orders.Any(o => r.Fits(o.ClassCode, o.TownCode, o.Text) && (r.LeadCode ?? o.TownCode) != (rule.LeadCode ?? o.TownCode))).Select(r => r.Number);
            rule.KeepReplay(JsonSerializer.Serialize(Replayed(rule, [.. orders.Select(AsToday)], [.. others], first, last), Json), clock.GetUtcNow());
            return null;

            // It would go to the unit of the rule, so that is the one that the text may accuse.
            SentOrder AsToday(SentOrder o) =>
                o.HeldBack is null && tree.Find(rule.LeadCode ?? o.TownCode) is { } lead && Accusations.Against(lead.Name, o.Text) ? o with { HeldBack = HoldBacks.Accused } : o;
        }, ct);
    }

    public Task<Result<Done>> ApproveAsync(Guid id, ShowRules.ApproveRequest asked, Actor actor, CancellationToken ct)
    {
        var (from, until) = (asked.ValidFrom ?? clock.Today(), asked.ValidUntil);
        return Shape.Refuses(asked) is { } refusal ? Task.FromResult((Result<Done>)refusal) : ChangeAsync(id, "rules.approve", actor, rule =>
        {
            var refused = rule.State == DispatchRuleState.Rejected || (rule.State == DispatchRuleState.Active && rule.ValidUntil >= clock.Today()) ? RuleErrors.NotNow()
                : rule.Replay is null ? RuleErrors.NotReplayed()
                : rule.CreatedBy == actor.PersonId ? RuleErrors.OwnRule()
                : until < from || until < clock.Today() ? RuleErrors.Unknown("validUntil", "截止日期已过或早于起始日期，请改为以后的日期。")
                : string.IsNullOrWhiteSpace(asked.Note) && ShowRules.ReadReplay(rule.Replay)!.Dispatched == 0 ? RuleErrors.EmptyReplay()
                : until!.Value.DayNumber - from.DayNumber > LongestValidity ? RuleErrors.Unknown("validUntil", "有效期最长一年，到期后可再次批准。")
                : null;
            if (refused is null)
            {
                rule.Approve(from, until!.Value, asked.DailyLimit!.Value, asked.Note ?? "批准启用", actor.PersonId, clock.GetUtcNow());
            }

            return Task.FromResult(refused);
        }, ct);
    }

    public Task<Result<Done>> SuspendAsync(Guid id, ShowRules.ReasonRequest asked, Actor actor, CancellationToken ct) =>
        StopAsync(id, "rules.suspend", asked, actor, rule => rule.State == DispatchRuleState.Active, (rule, why) => rule.Suspend(why, clock.GetUtcNow()), ct);

    public Task<Result<Done>> RejectAsync(Guid id, ShowRules.ReasonRequest asked, Actor actor, CancellationToken ct) =>
        StopAsync(id, "rules.reject", asked, actor, rule => rule.State is DispatchRuleState.Candidate or DispatchRuleState.Suspended, (rule, why) => rule.Reject(why, clock.GetUtcNow()), ct);

    private Task<Result<Done>> StopAsync(Guid id, string act, ShowRules.ReasonRequest asked, Actor actor, Func<DispatchRule, bool> may, Action<DispatchRule, string> stop, CancellationToken ct) =>
        Shape.Refuses(asked) is { } refusal ? Task.FromResult((Result<Done>)refusal) : ChangeAsync(id, act, actor, rule =>
        {
            if (!may(rule))
            {
                return Task.FromResult<Error?>(RuleErrors.NotNow());
            }

            stop(rule, asked.Reason!.Trim());
            return Task.FromResult<Error?>(null);
        }, ct);

    private async Task<Result<Done>> ChangeAsync(Guid id, string act, Actor actor, Func<DispatchRule, Task<Error?>> change, CancellationToken ct)
    {
        if (await db.Set<DispatchRule>().SingleOrDefaultAsync(r => r.Id == id, ct) is not { } rule)
        {
            return RuleErrors.NotFound();
        }

        if (await change(rule) is { } refusal)
        {
            return refusal;
        }

        audit.Record(actor, act, $"rule/{id}", rule.StateWhy);
        return await db.TrySaveAsync(ct) ? new Done() : RuleErrors.Changed();
    }

    private static ShowRules.StoredReplay Replayed(DispatchRule rule, SentOrder[] orders, IReadOnlyList<string> conflicts, DateOnly from, DateOnly to)
    {
        var asRule = orders.Where(o => o.HeldBack is null).ToArray();
        var wrong = asRule.Where(o => o.LeadCode != (rule.LeadCode ?? o.TownCode) || !o.IsRight).ToArray();
        return new(
            from, to, orders.Length, asRule.Length, asRule.Length - wrong.Length, wrong.Count(o => o.LeadCode != (rule.LeadCode ?? o.TownCode)), wrong.Count(o => o.LeadCode == (rule.LeadCode ?? o.TownCode)),
            orders.Where(o => o.HeldBack is not null).CountBy(o => o.HeldBack!).ToDictionary(), conflicts,
            [.. wrong.Take(MostExceptions).Select(o => new ShowRules.StoredException(o.Id.Value, o.LeadCode, o.LeadCode == (rule.LeadCode ?? o.TownCode) ? "后来退回或改派" : "当时派给其他单位"))]);
    }

    /// <summary>Words that the class's branch of the tree knows.</summary>
    private static Func<string, IReadOnlyList<string>> WordsOf(CatalogueDay day)
    {
        var byBranch = day.Classes.ToLookup(c => c.Code[..2]);
        return code => [.. byBranch[code[..2]].SelectMany(c => c.Keywords).Where(w => w.Length is > 1 and <= 20).Distinct().Order(StringComparer.Ordinal)];
    }

    private static Error? SpanRefused(DateOnly from, DateOnly to) =>
        from > to ? RuleErrors.Unknown("from", "起始日期晚于截止日期，请调换。")
        : to.DayNumber - from.DayNumber > LongestDays ? RuleErrors.Unknown("from", "时段最长一年，请缩短。")
        : null;
}

/// <summary>Why a rule cannot be had or changed.</summary>
internal static class RuleErrors
{
    public static Error NotFound() => new(ErrorKind.NotFound, "rule.not_found", "没有这条派单标准，请回到列表刷新后再选。");
    public static Error Changed() => new(ErrorKind.Conflict, "rule.changed", "这条标准刚被他人修改，请刷新后再试。");
    public static Error NotNow() => new(ErrorKind.Conflict, "rule.not_now", "标准当前的状态不能这样处理，请刷新后查看状态。");
    public static Error NotReplayed() => new(ErrorKind.Conflict, "rule.not_replayed", "还没有回放，请先回放并核对例外，再批准。");
    public static Error EmptyReplay() => new(ErrorKind.Unprocessable, "rule.empty_replay", "回放时段内没有一件会由这条标准派发的工单。请换一个时段回放，或在说明中写明启用依据。", "note");
    public static Error OwnRule() => new(ErrorKind.Forbidden, "rule.own", "挖掘或编写标准的人不能批准它，请由另一位有审批权限的人批准。");
    public static Error Known() => new(ErrorKind.Conflict, "rule.known", "已有条件和承办单位都相同的标准，请在列表中查找。");
    public static Error Unknown(string field, string message) => new(ErrorKind.Unprocessable, "rule.unknown_value", message, field);
}
