using System.Globalization;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Actions;
using Jiesu.Orders.Features.Advice;
using Jiesu.Orders.Features.Attachments;
using Jiesu.Orders.Features.Dispatch;
using Jiesu.Orders.Features.Forms;
using Jiesu.Orders.Features.Joint;
using Jiesu.Orders.Features.Language;
using Jiesu.Orders.Features.Merge;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Jiesu.Orders.Features.Read;

/// <summary>工单详情 as a page: facts, shares, history, what this person may do now, advice, similar orders, attachments.</summary>
public static class ShowOrder
{
    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/orders/{id:guid}", ShowAsync).RequireAuthorization(Permissions.Read);
        pages.MapPost("/orders/{id:guid}/caller", RevealAsync).RequireAuthorization(Permissions.RevealCaller);
    }

    private static async Task<IResult> ShowAsync(Guid id, string? tag, HttpContext http, Handler handler, Actor actor, CancellationToken ct) =>
        await handler.FindAsync(id, tag, actor, ct) is { } view ? Page.Show<OrderPage>(http, view) : OrderErrors.NotFound().ToProblem();

    /// <summary>The answer is never kept: it stands on this page alone.</summary>
    private static async Task<IResult> RevealAsync(Guid id, [FromForm] CallerForm form, HttpContext http, Handler handler, RevealCaller.Handler reveal, Actor actor, CancellationToken ct)
    {
        if (await handler.FindAsync(id, null, actor, ct) is not { } view)
        {
            return OrderErrors.NotFound().ToProblem();
        }

        var result = await reveal.HandleAsync(id, new() { Purpose = form.Purpose }, actor, ct);
        return result.Error is { } refusal
            ? Page.Show<OrderPage, CallerPart>(http, view with { Caller = view.Caller with { Purpose = form.Purpose } }, refusal)
            : Page.Show<OrderPage, CallerPart>(http, view with { Caller = view.Caller with { Name = result.Value.Name ?? "未登记", Phone = result.Value.Phone ?? "未登记", IsRevealed = true } });
    }

    /// <summary>What was typed to see the caller.</summary>
    public sealed record CallerForm
    {
        public string? Purpose { get; init; }
    }

    /// <summary>诉求人, masked or, once, in clear.</summary>
    public sealed record CallerView(string Url, string Name, string Phone, bool IsKnown, bool MayReveal, bool IsRevealed, string? Purpose);

    /// <summary>一项事实.</summary>
    public sealed record Fact(string Label, string Text);

    /// <summary>派件.</summary>
    public sealed record Share(string Unit, string Role, string State, string Kind, DateTimeOffset? SignedAt, DateTimeOffset? Deadline, bool IsBelow);

    /// <summary>可办操作.</summary>
    public sealed record Offer(string Label, string Url, bool IsMain);

    /// <summary>建议.</summary>
    public sealed record Hint(string Label, string Text, string Evidence);

    /// <summary>相似工单.</summary>

    /// <summary>待办事项 beside the state: an application that waits for a decision, a supervision, a hold that will be looked at.</summary>
    public sealed record OpenMatter(string Title, string Text, DateTimeOffset? Due, string Kind);

    /// <summary>What the page shows.</summary>
    public sealed record View
    {
        public required string Id { get; init; }
        public required string CaseNo { get; init; }
        public required string Title { get; init; }
        public required string Content { get; init; }
        public required string State { get; init; }
        public required string StateKind { get; init; }
        public required IReadOnlyList<string> Marks { get; init; }

        /// <summary>即将派发: who sends it where; null when nothing is held.</summary>
        public required string? Held { get; init; }
        public required string Unit { get; init; }
        public required DateTimeOffset? Deadline { get; init; }
        public required string? Lamp { get; init; }
        public required DateTimeOffset Now { get; init; }
        public required CallerView Caller { get; init; }
        public required IReadOnlyList<Fact> Facts { get; init; }
        public required string? Result { get; init; }
        public required IReadOnlyList<Share> Shares { get; init; }
        public required IReadOnlyList<Offer> Offers { get; init; }
        public required IReadOnlyList<TimelineEntry> History { get; init; }
        public required IReadOnlyList<Hint> Hints { get; init; }

        /// <summary>大模型意见; null while there is none.</summary>
        public required ModelOpinion.View? Opinion { get; init; }

        /// <summary>自动派单; null when no rule looked at the order.</summary>
        public required RuleMark? Rule { get; init; }

        /// <summary>摘要; null before it was asked for.</summary>
        public DraftReply.Draft? Summary { get; init; }
        public required IReadOnlyList<SimilarOrders.Item> Similars { get; init; }
        public required FilePages.View Files { get; init; }
        public required bool MayPrint { get; init; }
        public IReadOnlyList<AnsweredForms.Item> Forms { get; init; } = [];

        /// <summary>期限说明: how the deadline came about, line by line.</summary>
        public required IReadOnlyList<string> Clock { get; init; }
        public required IReadOnlyList<RateWhistle.Item> Whistles { get; init; }
        public required IReadOnlyList<OpenMatter> Open { get; init; }

        /// <summary>主单、合并、关联、同一诉求人.</summary>
        public required Related.Answer? Related { get; init; }
        public string Url => $"/orders/{Id}";
    }

    /// <summary>自动派单的标准 that dispatched an order, or left it to a person.</summary>
    /// <param name="Url">Null for those who may not see rules.</param>
    public sealed record RuleMark(string Text, string? Url);

    /// <summary>The use case: gathers what other features know of the order.</summary>
    internal sealed class Handler(
        OrderCase cases, OrderReader reader, ReadOrder.TimelineReader timeline, ActionOffers.Handler offers, AdviseOrders.Handler advice, SimilarOrders.Handler similar, FilePages.Viewer files, HeldReader held,
        ExplainDeadline.Handler deadline, RateWhistle.Handler whistles, OpenMatters matters, AnsweredForms.Handler forms, TimeProvider clock)
    {
        /// <summary>Null when there is no such order for this actor.</summary>
        /// <param name="tag">附件类型 that the attachments are narrowed to; null for all.</param>
        public async Task<View?> FindAsync(Guid id, string? tag, Actor actor, CancellationToken ct)
        {
            if (id == Guid.Empty || await reader.FindAsync(OrderId.From(id), actor, ct) is not { } o)
            {
                return null;
            }

            // one question for all that stands near, whether it is related or only alike
            var near = await similar.FindNearAsync(id, actor, ct);
            var advised = await advice.FindAsync(id, actor, ct);
            return new View
            {
                Id = id.ToString(),
                CaseNo = o.CaseNo,
                Title = o.Title,
                Content = o.Content,
                State = o.StateName,
                StateKind = OrderMarks.KindOf(o.State),
                Marks = OrderMarks.Of(o),
                Held = o.State == OrderState.PendingDispatch && await held.FindAsync(o.Id, actor, ct) is { } words ? $"{words.By}已派发给{words.Units}，{words.SecondsLeft} 秒后送出。" : null,
                Unit = o.UnitName,
                Deadline = o.Deadline,
                Lamp = o.Lamp,
                Now = clock.GetUtcNow(),
                Caller = new($"/orders/{id}/caller", o.Caller?.Name ?? "未登记", o.Caller?.Phone ?? "未登记", o.Caller is not null, actor.Can(Permissions.RevealCaller), false, null),
                Facts = FactsOf(o),
                Result = o.Result,
                Shares = [.. o.Assignments.Select(ShareOf)],
                Offers = [.. (await offers.FindAsync(o.Id, actor, ct) ?? []).Select((form, i) => new Offer(form.Label, $"/orders/{id}/act/{form.Action}", i == 0))],
                History = await HistoryAsync(o.Id, actor, ct),
                Hints = HintsOf(advised),
                Opinion = advised?.Language,
                Rule = (await cases.EnclosedAsync(o.Id, actor, ct))?.Rule?.MarkFor(actor),
                Similars = near?.Similar ?? [],
                Files = await files.FindAsync(id, tag, actor, ct),
                MayPrint = actor.Can(Permissions.Export),
                Clock = (await deadline.FindAsync(o.Id, actor, ct))?.Explanation ?? [],
                Whistles = await whistles.ListAsync(id, actor, ct) ?? [],
                Open = await matters.FindAsync(o.Id, actor, ct),
                Related = near?.Related,
                Forms = await forms.FindAsync(id, actor, ct) ?? [],
            };
        }

        private async Task<IReadOnlyList<TimelineEntry>> HistoryAsync(OrderId id, Actor actor, CancellationToken ct) =>
            [.. (await timeline.FindAsync(id, actor, ct))!.Items.Reverse().Select(e => new TimelineEntry(e.At, $"{e.ActionName}（{e.To.Name()}）", $"{e.UnitName} {e.By}".Trim(), e.Note))];
    }

    private static List<Fact> FactsOf(OrderView o)
    {
        List<(string Label, string? Text)> facts =
        [
            ("工单编号", o.OrderNo), ("受理渠道", o.ChannelName), ("诉求类型", o.RequestType), ("紧急程度", o.Urgency), ("问题分类", o.ClassPath), ("街道（镇）", o.TownName), ("社区（村）", o.CommunityName),
            ("地址", o.Address), ("点位", o.PointName), ("来电时间", Show.DateTime(o.CallTime)), ("登记时间", Show.DateTime(o.ReceivedAt)),
            ("首次联系", o.FirstContactAt is { } contact ? Show.DateTime(contact) : null), ("办结时间", o.ClosedAt is { } closed ? Show.DateTime(closed) : null), ("轮次", o.Round > 1 ? o.Round.ToString(CultureInfo.InvariantCulture) : null),
            ("退单次数", o.Counters.Returns > 0 ? o.Counters.Returns.ToString(CultureInfo.InvariantCulture) : null), ("催办次数", o.Counters.Urges > 0 ? o.Counters.Urges.ToString(CultureInfo.InvariantCulture) : null), ("回访结果", Answers(o)),
        ];
        facts.AddRange((o.Extra ?? new Dictionary<string, string>()).Select(x => (x.Key, (string?)x.Value)));
        return [.. facts.Where(f => !string.IsNullOrEmpty(f.Text)).Select(f => new Fact(f.Label, f.Text!))];
    }

    private static string? Answers(OrderView o) => o.ValidCallback ? $"{(o.Contacted == true ? "已联系" : "未联系")}、{(o.Solved == true ? "已解决" : "未解决")}、{o.Satisfied}" : null;

    private static Share ShareOf(AssignmentView a) => new(
        a.UnitName, a.Role.Name(), a.State.Name(), a.State is AssignmentState.Replied or AssignmentState.Ended ? "ok" : a.State == AssignmentState.Returned ? "late" : "info", a.SignedAt, a.Deadline, a.ParentId is not null);

    private static List<Hint> HintsOf(AdviceView? advice) => advice is null ? [] :
    [
        .. advice.Classes.Take(3).Select(c => new Hint("分类", $"{c.Path} {Show.Percent((decimal)c.Score, 0)}", c.Evidence)),
        .. advice.Units.Take(3).Select(u => new Hint(u.Role == "lead" ? "主办" : "协办", u.UnitName, u.Evidence)),
        .. advice.Addresses.Take(1).Select(a => new Hint("地点", $"{a.TownName} {a.CommunityName} {Show.Percent((decimal)a.Score, 0)}".Trim(), a.Evidence)),
        .. advice.Flags.Select(f => new Hint("提示", f, string.Join('、', advice.FlagWords.FirstOrDefault(w => w.Flag == f)?.Words ?? []))),
        .. advice.Elements.Count == 0 ? [] : new[] { new Hint("地址要素", string.Join('，', advice.Elements.Select(e => $"{e.KindName} {e.Text}")), "") },
        .. advice.Spans.Where(s => s.Text is not null).GroupBy(s => s.KindName).Select(g => new Hint($"提到的{g.Key}", string.Join('、', g.Select(s => s.Text).Distinct().Take(4)), "")),
        .. advice.Keywords.Count == 0 ? [] : new[] { new Hint("关键词", string.Join('、', advice.Keywords), "") },
    ];
}
