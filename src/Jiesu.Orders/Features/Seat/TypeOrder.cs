using System.Runtime.Serialization;
using Jiesu.Catalog.Contracts;
using Jiesu.Identity.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Actions;
using Jiesu.Orders.Features.Advice;
using Jiesu.Orders.Features.MassEvents;
using Jiesu.Orders.Features.Forms;
using Jiesu.Orders.Features.Intake;
using Jiesu.Orders.Features.Phrases;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Jiesu.Orders.Features.Seat;

/// <summary>坐席登记 (T01) as a page: one form, from the keyboard alone; advice and similar orders follow what is typed; two presses make one order.</summary>
public static class TypeOrder
{
    internal const string Url = "/orders/new";
    private const int MostCalls = 8;

    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        var seat = pages.MapGroup(Url).RequireAuthorization(Permissions.Create);
        seat.MapGet("", ShowAsync);
        seat.MapPost("", SubmitAsync);
        seat.MapPost("/advice", AdviseAsync);
        seat.MapPost("/calls", FindCallsAsync);
        seat.MapPost("/urge/{id:guid}", UrgeAsync);
        seat.MapPost("/questions", AskAsync);
        seat.MapPost("/draft", KeepAsync);
        seat.MapPost("/draft/discard", DiscardAsync);
    }

    /// <summary>What the seat typed before, if anything, with the key that it had: so the draft of an order that was made after all makes no second one.</summary>
    private static async Task<IResult> ShowAsync(HttpContext http, Handler handler, SeatDrafts drafts, Actor actor, CancellationToken ct)
    {
        var kept = await drafts.FindAsync(actor, ct);
        var view = await handler.BeginAsync(kept?.Form ?? new() { Key = Guid.CreateVersion7().ToString("N") }, ct);
        return Page.Show<SeatPage, SeatForm>(http, view with { Draft = new(kept?.At), IsRestored = kept is not null });
    }

    private static async Task<IResult> SubmitAsync([FromForm] Form form, HttpContext http, Handler handler, ReceiveOrder.Handler intake, SeatDrafts drafts, Actor actor, CancellationToken ct)
    {
        form = form.With(http.Request.Form);
        var result = await intake.HandleAsync(await handler.OrderOfAsync(form, ct), form.Key, actor, ct);
        if (result.Error is { } refusal)
        {
            return Page.Show<SeatPage, SeatForm>(http, await handler.BeginAsync(form, ct) with { Draft = await KeptAsync(form, drafts, actor, ct) }, refusal);
        }

        await drafts.DiscardAsync(actor, ct);
        await handler.LinkAsync(form, result.Value, actor, ct);
        return Page.Next(http, $"/orders/{result.Value.Id}", result.Value.Status == StatusCodes.Status201Created ? "已登记。" : "这个工单编号已登记过，这是原工单。");
    }

    /// <summary>Once the telephone number is there.</summary>
    private static async Task<IResult> FindCallsAsync([FromForm] Form form, HttpContext http, RepeatCalls calls, Actor actor, CancellationToken ct) =>
        Page.Show<CallsPart>(http, LinesOf(await calls.FindAsync(form.CallerPhone, actor, ct)));

    private static CallLines LinesOf(RepeatCalls.Calls found) => new(
        [.. found.Orders.Take(MostCalls).Select(c => new CallLine(c.Id.ToString(), c.CaseNo, c.Title, c.State.Name(), c.IsOpen, c.State == OrderState.Closed))], found.Month, found.Year, found.Level);

    /// <summary>记为催办 (T30): the caller asks after an order that is still in hand; no second one is made.</summary>
    private static async Task<IResult> UrgeAsync(Guid id, [FromForm] Form form, HttpContext http, Handler handler, SeatDrafts drafts, Actor actor, CancellationToken ct)
    {
        form = form.With(http.Request.Form);
        if ((await handler.UrgeAsync(id, form, actor, ct)).Error is { } refusal)
        {
            return refusal.Kind == ErrorKind.NotFound ? refusal.ToProblem() : Page.Show<SeatPage, SeatForm>(http, await handler.BeginAsync(form, ct) with { Draft = await KeptAsync(form, drafts, actor, ct) }, refusal);
        }

        await drafts.DiscardAsync(actor, ct);
        return Page.Next(http, $"/orders/{id}", "已作为催办记入原工单，没有另建工单。");
    }

    /// <summary>While the clerk types.</summary>
    private static async Task<IResult> KeepAsync([FromForm] Form form, HttpContext http, SeatDrafts drafts, Actor actor, CancellationToken ct) =>
        Page.Show<DraftLine>(http, await KeptAsync(form.With(http.Request.Form), drafts, actor, ct));

    /// <summary>A request type may have questions of its own.</summary>
    private static async Task<IResult> AskAsync([FromForm] Form form, HttpContext http, Handler handler, CancellationToken ct) =>
        Page.Show<SeatQuestions>(http, await handler.BeginAsync(form.With(http.Request.Form), ct));

    private static async Task<IResult> DiscardAsync(HttpContext http, SeatDrafts drafts, Actor actor, CancellationToken ct)
    {
        await drafts.DiscardAsync(actor, ct);
        return Page.Next(http, Url, "草稿已放弃。");
    }

    private static async Task<DraftView> KeptAsync(Form form, SeatDrafts drafts, Actor actor, CancellationToken ct)
    {
        var at = await drafts.KeepAsync(form, actor, ct);
        return new(at, at is not null && form.Content?.Length > SeatDrafts.LongestContent);
    }

    /// <summary>While the clerk types: an empty text has no advice, and none is no refusal.</summary>
    private static async Task<IResult> AdviseAsync([FromForm] Form form, HttpContext http, AskAdvice.Handler advice, Actor actor, CancellationToken ct)
    {
        var result = await advice.HandleAsync(new() { Text = form.Content, Title = form.Title, Address = form.Address, Town = form.Town }, actor, ct);
        return Page.Show<AdvicePart>(http, result.Error is null ? AdviceOf(result.Value, actor) : Nothing);
    }

    private static AdviceLines AdviceOf(AskAdvice.Response a, Actor actor) => new(
        [.. a.Classes.Take(3).Select(c => new Proposal("classL3", c.Code, c.Path, $"{Show.Percent(c.Score, 0)} {c.Evidence}"))],
        [.. a.Addresses.Take(2).Where(x => x.Town is not null).Select(x => new Proposal("town", x.Town!, $"{x.TownName} {x.CommunityName}".Trim(), x.Evidence))],
        [.. a.Units.Take(3).Select(u => new Proposal("", u.Unit, u.UnitName, u.Evidence))],
        [.. a.FlagWords.Select(f => $"{f.Flag}：{string.Join('、', f.Words)}")],
        FactsOf(a),
        [.. a.Similar.Where(s => s.Kind == "matter").Take(5), .. a.Similar.Where(s => s.Kind != "matter").Take(3)],
        actor.Can(Permissions.ViewEvents) ? a.MassEvent : null);

    private static IReadOnlyList<string> FactsOf(AskAdvice.Response a) =>
        [.. a.Elements.Count == 0 ? [] : new[] { $"地址要素：{string.Join('，', a.Elements.Select(e => $"{e.KindName} {e.Text}"))}" }, .. a.Spans.Where(s => s.Text is not null).GroupBy(s => s.KindName).Select(g => $"提到的{g.Key}：{string.Join('、', g.Select(s => s.Text).Distinct().Take(4))}")];

    private static readonly AdviceLines Nothing = new([], [], [], [], [], [], null);

    /// <summary>建议: pressing it fills the field.</summary>
    public sealed record Proposal(string Field, string Value, string Text, string Evidence);

    /// <summary>What the advice beside the form shows.</summary>
    /// <param name="Event">群体性事件 that the request seems to belong to.</param>
    /// <param name="Facts">要素: place, firm, time, amount as the text has them.</param>
    public sealed record AdviceLines(
        IReadOnlyList<Proposal> Classes, IReadOnlyList<Proposal> Places, IReadOnlyList<Proposal> Units, IReadOnlyList<string> Flags, IReadOnlyList<string> Facts, IReadOnlyList<SimilarOrders.Item> Similar, ShowEvents.Hint? Event)
    {
        public bool IsEmpty => Classes.Count + Places.Count + Units.Count + Flags.Count + Similar.Count == 0;
    }

    /// <summary>该诉求人的一件工单.</summary>
    /// <param name="IsOpen">在办: it can take this call as an urge.</param>
    /// <param name="MayLink">已办结: a new order may be linked to it.</param>
    public sealed record CallLine(string Id, string CaseNo, string Title, string State, bool IsOpen, bool MayLink);

    /// <summary>该诉求人的工单 beside the form, without this call.</summary>
    /// <param name="Level">重复级别 of this call; null when it is the first of the year.</param>
    public sealed record CallLines(IReadOnlyList<CallLine> Orders, int Month, int Year, string? Level)
    {
        public static CallLines None { get; } = new([], 0, 0, null);
    }

    /// <summary>What was typed, letter by letter; fields bear the names of the wire.</summary>
    public sealed record Form
    {
        /// <summary>One key a page: the second of two equal submissions finds the first order.</summary>
        public string? Key { get; init; }
        public string? Title { get; init; }
        public string? Content { get; init; }
        public string? Channel { get; init; }
        public string? RequestType { get; init; }
        public string? Urgency { get; init; } = "普通";
        public string? OrderNo { get; init; }
        public string? Town { get; init; }
        public string? Community { get; init; }
        public string? Address { get; init; }
        public string? PointName { get; init; }
        public string? ClassL3 { get; init; }
        public string? CallerName { get; init; }
        public string? CallerPhone { get; init; }
        public string? IsSecret { get; init; }

        /// <summary>关联工单: a closed order of the same caller, to be linked to the new one.</summary>
        public string? LinkTo { get; init; }

        /// <summary>登记表单: the extra questions, by name.</summary>
        [IgnoreDataMember]
        public IReadOnlyDictionary<string, IReadOnlyList<string>> Extra { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

        /// <summary>With what stands under names that only the definition knows.</summary>
        internal Form With(IFormCollection sent) => this with
        {
            Extra = sent.Where(x => FormCondition.IsName(x.Key)).Select(x => (x.Key, Said: x.Value.OfType<string>().Where(v => v.Length > 0).ToArray())).Where(x => x.Said.Length > 0)
                .ToDictionary(x => x.Key[FormCondition.Prefix.Length..], x => (IReadOnlyList<string>)x.Said),
        };

        internal IReadOnlyList<string> Typed(string control) => Extra.GetValueOrDefault(control[FormCondition.Prefix.Length..], []);

        internal NewOrder ToOrder() => new()
        {
            Title = Title,
            Content = Content,
            Channel = Channel,
            RequestType = Said(RequestType),
            Urgency = Said(Urgency),
            OrderNo = Said(OrderNo),
            Town = Said(Town),
            Community = Said(Community),
            Address = Said(Address),
            PointName = Said(PointName),
            ClassL3 = Said(ClassL3),
            CallerName = Said(CallerName),
            CallerPhone = Said(CallerPhone),
            IsSecret = IsSecret == "true",
            NeedReply = true,
        };

        /// <summary>Nothing that a person typed: what the lists begin with does not count.</summary>
        internal bool IsBlank =>
            new[] { Title, Content, OrderNo, Town, Community, Address, PointName, ClassL3, CallerName, CallerPhone, IsSecret }.Concat(Extra.Values.SelectMany(v => v)).All(string.IsNullOrWhiteSpace);

        /// <summary>Whether a field, named as on the wire, is filled in.</summary>
        internal bool Says(string field) => field.StartsWith(FormCondition.Prefix, StringComparison.Ordinal) ? Typed(field).Count > 0 : Said(field switch
        {
            "title" => Title,
            "content" => Content,
            "channel" => Channel,
            "requestType" => RequestType,
            "urgency" => Urgency,
            "orderNo" => OrderNo,
            "town" => Town,
            "community" => Community,
            "address" => Address,
            "pointName" => PointName,
            "classL3" => ClassL3,
            "callerName" => CallerName,
            "callerPhone" => CallerPhone,
            "isSecret" => IsSecret,
            _ => null,
        }) is not null;

        private static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }

    /// <summary>What the page shows.</summary>
    public sealed record View(
        Form Form, IReadOnlyList<Choice> Channels, IReadOnlyList<Choice> RequestTypes, IReadOnlyList<Choice> Urgencies, IReadOnlyList<Choice> Towns, IReadOnlyList<Choice> Communities, IReadOnlyList<Choice> Classes)
    {
        public DraftView Draft { get; init; } = new(null);

        /// <summary>登记表单定义 for the request type.</summary>
        public IReadOnlyList<AskedQuestion> Questions { get; init; } = [];

        /// <summary>常用语 for the content.</summary>
        public IReadOnlyList<Choice> Phrases { get; init; } = [];

        /// <summary>话术.</summary>
        public IReadOnlyList<ScriptStep> Script { get; init; } = [];

        /// <summary>The form is not empty because a draft was found.</summary>
        public bool IsRestored { get; init; }
    }

    /// <summary>话术的一步.</summary>
    /// <param name="Ticks">Fields that answer it.</param>
    /// <param name="Words">Words that call for it; then it is an emergency and stands aside.</param>
    public sealed record ScriptStep(string Title, string Text, IReadOnlyList<string> Ticks, IReadOnlyList<string> Words, bool IsTicked, bool IsCurrent, bool IsCalledFor);

    /// <summary>草稿状态.</summary>
    /// <param name="At">When it was kept; null without a draft.</param>
    /// <param name="IsCut">The text is longer than a draft keeps.</param>
    public sealed record DraftView(DateTimeOffset? At, bool IsCut = false);

    /// <summary>The lists of the form, as the catalogue has them today.</summary>
    internal sealed class Handler(ICatalogue catalogue, IUnitDirectory units, RepeatCalls calls, ActOnOrder.Handler deeds, IOrderActions house, TimeProvider clock)
    {
        public async Task<Result<Done>> UrgeAsync(Guid id, Form form, Actor actor, CancellationToken ct)
        {
            if (!await calls.SeesAsync(id, actor, ct))
            {
                return OrderErrors.NotFound();
            }

            if (string.IsNullOrWhiteSpace(form.Content))
            {
                return new Error(ErrorKind.Invalid, "order.urge_empty", "请先写下诉求人这次说了什么，再记为催办。", "content");
            }

            if ((await calls.FindAsync(form.CallerPhone, actor, ct)).Orders.FirstOrDefault(o => o.Id.Value == id && o.IsOpen) is not { } order)
            {
                return new Error(ErrorKind.Conflict, "order.not_of_caller", "这件工单已办结，或者不是该诉求人的。请核对联系电话，或登记为新工单。");
            }

            var done = await deeds.HandleAsync(order.Id, OrderAction.Urge.Wire(), RepeatCalls.UrgeOf(form.Content), order.Version, form.Key, actor, ct);
            return done.Error is { } refusal ? refusal : default(Done);
        }

        /// <summary>A call after the closing makes a new order that is linked to the old one (hotline guide 6.1). The house links: seats do not.</summary>
        public async Task LinkAsync(Form form, ReceiveOrder.Answer made, Actor actor, CancellationToken ct)
        {
            if (form.LinkTo is { } link && (await calls.FindAsync(form.CallerPhone, actor, ct)).Orders.Any(o => o.Id.ToString() == link))
            {
                var request = new ActionRequest { MasterOrderId = link, Note = "同一诉求人再次来电" };
                await house.ActAsync(OrderId.From(Guid.Parse(made.Id)), OrderAction.Link.Wire(), request, made.Version, await SystemActor.OfAsync(units, ct, Permissions.Dispatch), ct);
            }
        }

        public async Task<View> BeginAsync(Form form, CancellationToken ct)
        {
            var day = await catalogue.GetAsync(ct);
            var towns = day.Places.Where(p => p.ParentCode is null).ToDictionary(p => p.Code, p => p.Name);
            return new(
                form, Names(day, DictionaryNames.Channels), Names(day, DictionaryNames.RequestTypes), Names(day, DictionaryNames.Urgencies),
                [.. towns.Select(t => new Choice(t.Key, t.Value))],
                [.. day.Places.Where(p => p.ParentCode is not null).Select(p => new Choice(p.Code, p.Name, Group: towns.GetValueOrDefault(p.ParentCode!)))],
                [.. day.Classes.Where(c => c.Level == 3).Select(c => new Choice(c.Code, c.Path))])
            {
                Questions = day.FindForm(FormCodes.Intake, form.RequestType) is { } definition
                    ? AskedQuestion.Of(definition, day, await units.GetAsync(ct), q => IntakeForm.ControlOf(q.Name))
                    : [],
                Phrases = PhraseText.Choices(day.Phrases(PhraseUses.Content, form.ClassL3, null), new Dictionary<string, string> { ["今天"] = Show.Date(clock.Today()) }),
                Script = ScriptOf(day.Phrases(PhraseUses.Script, form.ClassL3, null), form),
            };
        }

        /// <summary>As far as the server knows the form; the island follows what is typed.</summary>
        private static IReadOnlyList<ScriptStep> ScriptOf(IReadOnlyList<Phrase> phrases, Form form)
        {
            var next = phrases.FirstOrDefault(p => p.Words.Count == 0 && !IsTicked(p));
            return [.. phrases.Select(p => new ScriptStep(
                p.Title, p.Text, p.Ticks, p.Words, IsTicked(p), p == next, p.Words.Any(w => form.Content?.Contains(w, StringComparison.Ordinal) == true)))];

            bool IsTicked(Phrase phrase) => phrase.Ticks.Count > 0 && phrase.Ticks.All(form.Says);
        }

        /// <summary>What was typed, as the API would bring it.</summary>
        public async Task<NewOrder> OrderOfAsync(Form form, CancellationToken ct) => form.ToOrder() with
        {
            Form = (await catalogue.GetAsync(ct)).FindForm(FormCodes.Intake, form.RequestType) is { } definition
                ? FormAnswers.OfTyped(definition, name => form.Extra.GetValueOrDefault(name, []))
                : null,
        };

        private static IReadOnlyList<Choice> Names(CatalogueDay day, string dictionary) => [.. day.Dictionary(dictionary).Select(i => new Choice(i.Name, i.Name))];
    }
}
