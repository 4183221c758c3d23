using System.Globalization;
using Jiesu.Catalog.Contracts;
using Jiesu.Identity.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Actions;
using Jiesu.Orders.Features.Advice;
using Jiesu.Orders.Features.MassEvents;
using Jiesu.Orders.Features.Phrases;
using Jiesu.Orders.Features.Read;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.Dispatch;

/// <summary>Gathers what the dispatch desk shows.</summary>
internal sealed class DeskViewer(
    JiesuDb db, OrderCase cases, DeskQueue queue, HeldReader held, OrderReader reader, ActionOffers.Handler offers, AdviseOrders.Handler advice, SimilarOrders.Handler similar, EventDesk events, OrderPolicies policies, TimeProvider clock)
{
    private const int MostUnits = 9;    // as many as there are number keys
    private const int MostClasses = 4;
    private const int MostSimilar = 5;

    /// <param name="wanted">Null: the first that waits.</param>
    /// <param name="typed">What was typed for it; null: what directory and advice propose.</param>
    public async Task<Result<DispatchDesk.View>> ShowAsync(Guid? wanted, TakeAction.Typed? typed, Actor actor, CancellationToken ct)
    {
        var rows = await RowsAsync(actor, ct);
        var chosen = wanted ?? rows.Free(null)?.Id.Value;
        if (chosen is null)
        {
            return new DispatchDesk.View(await QueueAsync(rows, null, actor, ct), null, clock.GetUtcNow());
        }

        if (chosen == Guid.Empty || await reader.FindAsync(OrderId.From(chosen.Value), actor, ct) is not { } order)
        {
            return OrderErrors.NotFound();
        }

        return new DispatchDesk.View(await QueueAsync(rows, chosen, actor, ct), await SelectAsync(order, typed, actor, ct), clock.GetUtcNow());
    }

    /// <summary>The left pane alone.</summary>
    public async Task<DispatchDesk.Queue> QueueAsync(Guid? selected, Actor actor, CancellationToken ct) => await QueueAsync(await RowsAsync(actor, ct), selected, actor, ct);

    /// <summary>Which order comes after this one in the queue and is in nobody's hands; the first such, behind the last; null when none is left.</summary>
    public async Task<Guid?> NextAfterAsync(Guid order, Actor actor, CancellationToken ct) => (await RowsAsync(actor, ct)).Free(order)?.Id.Value;

    private async Task<Rows> RowsAsync(Actor actor, CancellationToken ct)
    {
        var (waiting, total) = await queue.ReadAsync(actor, ct);
        return new(waiting, total, await held.FindAsync([.. waiting.Select(w => w.Id)], actor, ct));
    }

    /// <summary>The queue and who holds what of it.</summary>
    private sealed record Rows(IReadOnlyList<DeskQueue.Waiting> Waiting, int Total, IReadOnlyDictionary<OrderId, HeldReader.Words> Held)
    {
        public DeskQueue.Waiting? Free(Guid? after)
        {
            var behind = Waiting.SkipWhile(w => after is not null && w.Id.Value != after).Concat(Waiting);
            return behind.FirstOrDefault(w => w.Id.Value != after && !Held.ContainsKey(w.Id));
        }
    }

    private async Task<DispatchDesk.Queue> QueueAsync(Rows rows, Guid? selected, Actor actor, CancellationToken ct)
    {
        var (policy, now) = (await policies.GetAsync(ct), clock.GetUtcNow());
        var urgent = DeskQueue.Urgent(policy.Catalogue);
        var mine = await held.OfAsync(actor, ct);
        var waits = mine.Where(x => x.RefusedAt is null).Select(x => x.OrderId).ToHashSet();
        var shown = rows.Waiting.Where(w => !waits.Contains(w.Id)).Select(w => new DispatchDesk.Row(
            w.Id.ToString(), w.CaseNo, w.Title, PlaceOf(w, policy.Catalogue), Show.Span(now - w.ReceivedAt), urgent.FirstOrDefault(u => u == w.Urgency),
            w.DueAt, Domain.Lamp.Of(w.ClockStartedAt, w.DueAt, now)?.Wire(), MarksOf(w, rows.Held), w.Id.Value == selected));
        return new([.. shown], rows.Total - rows.Waiting.Count(w => waits.Contains(w.Id)), await HeldAsync(mine, policy.Units, ct), now);
    }

    private static string PlaceOf(DeskQueue.Waiting w, CatalogueDay day) =>
        string.Join(' ', new[] { day.FindPlace(w.Town)?.Name, day.FindPlace(w.Community)?.Name }.OfType<string>()) is { Length: > 0 } place ? place : w.Address ?? "地点不详";

    private static IReadOnlyList<string> MarksOf(DeskQueue.Waiting w, IReadOnlyDictionary<OrderId, HeldReader.Words> held)
    {
        IEnumerable<string> marks = held.TryGetValue(w.Id, out var by) ? [$"{by.By}{HeldReader.Mark}"] : [];
        marks = w.Dispatches > 0 ? marks.Append("退回") : marks;
        marks = w.IsSecret ? marks.Append("保密") : marks;
        return [.. w.Overlays.HasFlag(OrderOverlay.Urged) ? marks.Append("催办") : marks];
    }

    private async Task<IReadOnlyList<DispatchDesk.Held>> HeldAsync(IReadOnlyList<HeldDispatch> mine, UnitTree tree, CancellationToken ct)
    {
        var ids = mine.Select(x => x.OrderId).ToList();
        var orders = await db.Set<WorkOrder>().AsNoTracking().Where(x => ids.Contains(x.Id)).Select(x => new { x.Id, x.CaseNo, x.Title }).ToDictionaryAsync(x => x.Id, ct);
        return [.. mine.Select(x => new DispatchDesk.Held(
            x.Id.ToString(), orders[x.OrderId].CaseNo, orders[x.OrderId].Title, $"/orders/{x.OrderId}", HeldReader.UnitsOf(x, tree), held.SecondsLeft(x), x.Refusal))];
    }

    private async Task<DispatchDesk.Selection> SelectAsync(OrderView order, TakeAction.Typed? typed, Actor actor, CancellationToken ct)
    {
        var (id, policy) = (order.Id.Value, await policies.GetAsync(ct));
        var advised = await advice.FindAsync(id, actor, ct);
        var form = (await offers.FindAsync(order.Id, actor, ct))?.FirstOrDefault(f => f.Action == OrderAction.Dispatch.Wire() || f.Action == OrderAction.Redispatch.Wire());
        var holder = await held.FindAsync(order.Id, actor, ct);
        var begun = typed ?? (form is null ? new(new Dictionary<string, IReadOnlyList<string>>()) : TakeAction.Viewer.Begin(form, order, advised));
        return new()
        {
            Id = order.Id.ToString(),
            CaseNo = order.CaseNo,
            Title = order.Title,
            Content = order.Content,
            State = order.StateName,
            Marks = OrderMarks.Of(order),
            Deadline = order.Deadline,
            Lamp = order.Lamp,
            Facts = FactsOf(order),
            Returned = order.Counters.Returns == 0 ? null : await ReturnAsync(order.Id, policy, ct),
            Barred = holder is not null ? $"{(holder.ById == actor.PersonId ? "您" : holder.By)}已派发给{holder.Units}，{holder.SecondsLeft} 秒后送出。"
                : form is null ? $"工单当前为“{order.StateName}”{(order.Overlays.Count > 0 ? "，有申请待审批" : "")}，不能派发。"
                : null,
            Version = order.Version.ToString(CultureInfo.InvariantCulture),
            Key = Guid.CreateVersion7().ToString("N"),
            Typed = begun,
            LimitHint = LimitOf(order, policy),
            Units = TakeAction.Viewer.Handling(policy.Units),
            Classes = [.. TakeAction.Viewer.Third(policy.Catalogue), .. UpperOf(advised, policy.Catalogue)],
            Phrases = PhrasesOf(order, policy.Catalogue.FindClass(begun.One(Carry.ClassL3)), policy, actor),
            UnitHints = UnitsOf(order, advised, policy),
            ClassHints = [.. (advised?.Classes ?? []).Take(MostClasses).Select(c => new DispatchDesk.ClassHint(c.Code, c.Path, Show.Percent(c.Score, 0), c.Evidence))],
            Flags = FlagsOf(advised),
            Opinion = advised?.Language,
            Rule = (await cases.EnclosedAsync(order.Id, actor, ct))?.Rule?.MarkFor(actor),
            Event = await events.OfOrderAsync(OrderId.From(id), actor, ct),
            Similars = [.. (await similar.FindAsync(id, actor, ct) ?? []).GroupBy(s => s.Kind).SelectMany(g => g.Take(MostSimilar))],
        };
    }

    /// <summary>With the words that raised them, so that a clerk sees at once whether they mean it.</summary>
    private static IReadOnlyList<string> FlagsOf(AdviceView? advised) =>
        advised is { FlagWords.Count: > 0 } ? [.. advised.FlagWords.Select(f => $"{f.Flag}：{string.Join('、', f.Words)}")] : advised?.Flags ?? [];

    /// <summary>常用语 of the class that stands in the form: at this desk it is often the one that was only just proposed.</summary>
    private IReadOnlyList<Choice> PhrasesOf(OrderView order, ClassNode? chosen, OrderPolicy policy, Actor actor) => PhraseText.For(
        OrderAction.Dispatch, chosen is null ? order : order with { ClassL3 = chosen.Code, ClassName = chosen.Name }, policy.Catalogue, policy.Units.Find(actor.UnitId)?.Code.Value, clock.Today())[Carry.Note];

    /// <summary>Advice may stop above the third level; what it proposes can be chosen.</summary>
    private static IEnumerable<Choice> UpperOf(AdviceView? advised, CatalogueDay day) =>
        (advised?.Classes ?? []).Where(c => day.FindClass(c.Code) is { Level: < 3 }).Select(c => new Choice(c.Code, c.Path, c.Code));

    private static IReadOnlyList<ShowOrder.Fact> FactsOf(OrderView o)
    {
        List<(string Label, string? Text)> facts =
        [
            ("地点", string.Join(' ', new[] { o.TownName, o.CommunityName, o.Address, o.PointName }.OfType<string>())),
            ("诉求人", o.Caller is { } caller ? $"{caller.Name} {caller.Phone}" : "未登记"),
            ("来电时间", Show.DateTime(o.CallTime)), ("渠道", o.ChannelName), ("诉求类型", o.RequestType), ("紧急程度", o.Urgency), ("问题分类", o.ClassPath), ("市级编号", o.OrderNo),
        ];
        return [.. facts.Where(f => !string.IsNullOrEmpty(f.Text)).Select(f => new ShowOrder.Fact(f.Label, f.Text!))];
    }

    /// <summary>What the last unit said when it gave the order back: the next one is chosen by it.</summary>
    private async Task<DispatchDesk.Return?> ReturnAsync(OrderId id, OrderPolicy policy, CancellationToken ct)
    {
        var step = await db.Set<OrderEvent>().AsNoTracking().Where(e => e.OrderId == id && e.Action == OrderAction.UnitReturn).OrderByDescending(e => e.Seq).FirstOrDefaultAsync(ct);
        if (step is null)
        {
            return null;
        }

        var details = StepDetails.Read(step.Details);
        string?[] words =
        [
            policy.Catalogue.FindReason(step.ReasonCode)?.Name, details.Reason, step.Note, details.Basis is { } basis ? $"依据：{basis}" : null,
            details.ProposedUnit is { } unit ? $"建议派给{policy.Units.Find(unit)?.Name}" : null,
        ];
        return new(policy.Units.Find(step.ActorUnitId)?.Name ?? "", string.Join("；", words.OfType<string>().Distinct()), step.At);
    }

    private string LimitOf(OrderView order, OrderPolicy policy)
    {
        if (order.Deadline is { } running)
        {
            return $"不填沿用剩余时间，{Show.DateTime(running)} 截止；只能缩短";
        }

        var limit = policy.Catalogue.Policy(order.ClassL3, order.Urgency, order.RequestType).HandleLimit;
        return $"不填按时限政策：{limit.Words}，{Show.DateTime(Deadline.Of(limit, clock.GetUtcNow(), policy.Calendar))} 截止";
    }

    /// <summary>The advice first, then what the directory says of the class; each unit once.</summary>
    private static IReadOnlyList<DispatchDesk.UnitHint> UnitsOf(OrderView order, AdviceView? advised, OrderPolicy policy)
    {
        var classCode = order.ClassL3 ?? (advised?.Classes is [var best, ..] ? best.Code : null);
        var known = (advised?.Units ?? []).Select(u => (Code: u.Unit, u.Role, u.Evidence))
            .Concat(policy.Catalogue.Units(classCode, order.Community ?? order.Town, $"{order.Title}\n{order.Content}").Select(u => (Code: u.UnitCode, u.Role, u.Evidence)));
        return [.. known.DistinctBy(u => u.Code).Select(u => (Unit: policy.Units.Find(u.Code), u.Role, u.Evidence)).Where(u => u.Unit is not null).Take(MostUnits)
            .Select((u, i) => new DispatchDesk.UnitHint(i + 1, u.Unit!.Code.Value, u.Unit.Name, u.Role == "lead" ? "主办" : "协办", u.Evidence))];
    }
}
