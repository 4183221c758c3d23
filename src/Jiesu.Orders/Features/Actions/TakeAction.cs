using System.Globalization;
using System.Text.Json;
using Jiesu.Catalog.Contracts;
using Jiesu.Identity.Contracts;
using Jiesu.Intelligence.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Advice;
using Jiesu.Orders.Features.Attachments;
using Jiesu.Orders.Features.Dispatch;
using Jiesu.Orders.Features.Forms;
using Jiesu.Orders.Features.Language;
using Jiesu.Orders.Features.Phrases;
using Jiesu.Orders.Features.Read;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Jiesu.Orders.Features.Actions;

/// <summary>操作表单 as a page: the fields that the life-cycle table names, for every action alike; what was typed stays until it is accepted.</summary>
public static class TakeAction
{
    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        var form = pages.MapGroup("/orders/{id:guid}/act/{action}").RequireAuthorization(Permissions.Read);
        form.MapGet("", ShowAsync);
        form.MapPost("", SubmitAsync);
    }

    private static async Task<IResult> ShowAsync(Guid id, string action, HttpContext http, Viewer viewer, Actor actor, CancellationToken ct)
    {
        var view = await viewer.FindAsync(id, action, actor, ct);
        return view.Error is { } refusal ? refusal.ToProblem() : Page.Show<ActionPage, ActionForm>(http, view.Value);
    }

    private static async Task<IResult> SubmitAsync(
        Guid id, string action, HttpContext http, Viewer viewer, HoldDispatch.Handler held, ActOnOrder.Handler handler, Actor actor, CancellationToken ct)
    {
        var form = Typed.Of(await http.Request.ReadFormAsync(ct));
        var result = await held.BarsAsync(id, action, ct) is { } barred
            ? barred
            : await handler.HandleAsync(id == Guid.Empty ? null : OrderId.From(id), action, form.ToRequest() with { Form = await viewer.AnswersAsync(id, action, form, actor, ct) }, form.Number("version"), form.One("key"), actor, ct);
        if (result.Error is not { } refusal)
        {
            return Page.Next(http, $"/orders/{id}", "已办理。");
        }

        var view = await viewer.FindAsync(id, action, actor, ct);
        return view.Error is null ? Page.Show<ActionPage, ActionForm>(http, view.Value with { Typed = form }, refusal) : refusal.ToProblem();
    }

    /// <summary>What was typed, letter by letter.</summary>
    public sealed record Typed(IReadOnlyDictionary<string, IReadOnlyList<string>> Values)
    {
        public string? One(string name) => Values.GetValueOrDefault(name) is [var value, ..] ? value : null;

        public IReadOnlyList<string> Many(string name) => Values.GetValueOrDefault(name) ?? [];

        internal int? Number(string name) => int.TryParse(One(name), CultureInfo.InvariantCulture, out var number) ? number : null;

        internal ActionRequest ToRequest() => new()
        {
            Lead = One(Carry.Lead),
            CoUnits = Many(Carry.CoUnits) is { Count: > 0 } units ? units : null,
            Limit = One("limit.value") is null ? null : new() { Value = Number("limit.value"), Unit = One("limit.unit") },
            Note = One(Carry.Note),
            ClassL3 = One(Carry.ClassL3),
            Decision = One(Carry.Decision),
            Opinion = One(Carry.Opinion),
            Result = One(Carry.Result),
            Contacted = Flag(Carry.Contacted),
            Solved = Flag(Carry.Solved),
            Satisfied = One(Carry.Satisfied),
            Reason = One(Carry.Reason),
            ReasonCode = One(Carry.ReasonCode),
            ProposedUnit = One(Carry.ProposedUnit),
            Basis = One(Carry.Basis),
            Attachments = Many(Carry.Attachments) is { Count: > 0 } files ? files : null,
            MasterOrderId = One(Carry.MasterOrderId),
            Until = Instant(Carry.Until),
            Level = One(Carry.Level),
            RequestType = One(Carry.RequestType),
            Urgency = One(Carry.Urgency),
            Town = One(Carry.Town),
            Community = One(Carry.Community),
            Address = One(Carry.Address),
            PointName = One(Carry.PointName),
        };

        /// <summary>As it would stand in the form had it just been typed: for a dispatch that comes back.</summary>
        internal static Typed Of(ActionRequest asked)
        {
            (string Name, IReadOnlyList<string?> Values)[] fields =
            [
                (Carry.Lead, [asked.Lead]), (Carry.CoUnits, asked.CoUnits ?? []), (Carry.ClassL3, [asked.ClassL3]), (Carry.Note, [asked.Note]),
                ("limit.value", [asked.Limit?.Value?.ToString(CultureInfo.InvariantCulture)]), ("limit.unit", [asked.Limit?.Unit]),
            ];
            return new(fields.ToDictionary(f => f.Name, f => (IReadOnlyList<string>)[.. f.Values.OfType<string>()]));
        }

        /// <summary>The form as it was sent.</summary>
        internal static Typed Of(IFormCollection form) =>
            new(form.ToDictionary(x => x.Key, x => (IReadOnlyList<string>)[.. x.Value.OfType<string>().Where(v => v.Length > 0)]));

        /// <summary>Nothing was typed yet.</summary>
        internal static Typed Empty { get; } = new(new Dictionary<string, IReadOnlyList<string>>());

        /// <summary>The browser says Beijing time without saying so.</summary>
        private DateTimeOffset? Instant(string name) =>
            DateTime.TryParseExact(One(name), ["yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
                ? new DateTimeOffset(local, BeijingTime.Zone.GetUtcOffset(local))
                : null;

        private bool? Flag(string name) => bool.TryParse(One(name), out var flag) ? flag : null;
    }

    /// <summary>What the page shows.</summary>
    public sealed record View
    {
        public required string OrderId { get; init; }
        public required string CaseNo { get; init; }
        public required string Title { get; init; }
        public required string Content { get; init; }
        public required string State { get; init; }
        public required string Place { get; init; }
        public required string Version { get; init; }
        public required string Key { get; init; }
        public required ActionOffers.ActionForm Form { get; init; }

        /// <summary>表单定义 of the action: its questions, some of which are fields of the action.</summary>
        public required IReadOnlyList<AskedQuestion> Questions { get; init; }

        /// <summary>常用语 by field.</summary>
        public required IReadOnlyDictionary<string, IReadOnlyList<Choice>> Phrases { get; init; }
        public required IReadOnlyList<Choice> Units { get; init; }
        public required IReadOnlyList<Choice> Classes { get; init; }
        public required IReadOnlyList<Choice> Files { get; init; }
        public required IReadOnlyList<Choice> Places { get; init; }

        /// <summary>相似工单 that may be the other order of a merge or a link.</summary>
        public required IReadOnlyList<Choice> Orders { get; init; }

        /// <summary>建议: units that the advice names, with its reasons.</summary>
        public required IReadOnlyList<ShowOrder.Hint> Hints { get; init; }
        public required Typed Typed { get; init; }

        /// <summary>办理结果 so far, for whoever reviews it, with what it says and leaves out; null where there is none.</summary>
        public string? Result { get; init; }
        public ReplyCheck? ResultCheck { get; init; }

        /// <summary>相似工单, how they were solved among them; for whoever answers.</summary>
        public IReadOnlyList<SimilarOrders.Item> Similars { get; init; } = [];

        /// <summary>答复草稿; null before it was asked for.</summary>
        public DraftReply.Draft? Draft { get; init; }

        /// <summary>Null where no draft can be written.</summary>
        public string? DraftUrl => Form.Action == OrderAction.SubmitReply.Wire() ? $"/orders/{OrderId}/draft" : null;
        public string Url => $"/orders/{OrderId}/act/{Form.Action}";
        public string BackUrl => $"/orders/{OrderId}";
    }

    /// <summary>Gathers the form; a form that may not be used now is refused like the act itself.</summary>
    internal sealed class Viewer(OrderReader reader, ActionOffers.Handler offers, OrderAttachments.Handler attachments, AdviseOrders.Handler advice, SimilarOrders.Handler similar, IReplyChecks replies, IUnitDirectory units, ICatalogue catalogue, TimeProvider clock)
    {
        public async Task<Result<View>> FindAsync(Guid id, string action, Actor actor, CancellationToken ct)
        {
            if (id == Guid.Empty || await reader.FindAsync(OrderId.From(id), actor, ct) is not { } order)
            {
                return OrderErrors.NotFound();
            }

            if ((await offers.FindAsync(order.Id, actor, ct))?.FirstOrDefault(f => f.Action == action) is not { } form)
            {
                return OrderErrors.NotNow(order.State);
            }

            var near = form.Fields.Any(f => f.Type == "order") || action == OrderAction.SubmitReply.Wire() ? await similar.FindAsync(id, actor, ct) ?? [] : [];
            var (tree, day, advised) = (await units.GetAsync(ct), await catalogue.GetAsync(ct), await advice.FindAsync(id, actor, ct));
            return new View
            {
                OrderId = id.ToString(),
                CaseNo = order.CaseNo,
                Title = order.Title,
                Content = order.Content,
                State = order.StateName,
                Place = string.Join(' ', new[] { order.TownName, order.CommunityName, order.Address }.OfType<string>()),
                Version = order.Version.ToString(CultureInfo.InvariantCulture),
                Key = Guid.CreateVersion7().ToString("N"),
                Form = form,
                Phrases = PhraseText.For(ActionOf(action), order, day, tree.Find(actor.UnitId)?.Code.Value, clock.Today()),
                Questions = DefinitionFor(action, order, day) is { } definition ? AskedQuestion.Of(definition, day, tree, q => ReplyForm.ControlOf(q.Name)) : [],
                Units = UnitsFor(action, tree, actor),
                Classes = Third(day),
                Places = form.Fields.Any(f => f.Type == "place") ? [.. day.Places.Select(p => new Choice(p.Code, p.Name, p.Code, day.FindPlace(p.ParentCode)?.Name))] : [],
                Orders = form.Fields.Any(f => f.Type == "order") ? [.. near.Select(s => new Choice(s.CaseNo, $"{s.Title}（{s.StateName}，{s.Evidence}）"))] : [],
                Files = [.. (await attachments.ListAsync(id, actor, ct) ?? []).Select(f => new Choice(f.Id.ToString(), f.Name))],
                Hints = [.. (advised?.Units ?? []).Take(5).Select(u => new ShowOrder.Hint(u.Unit, $"{u.UnitName}（{(u.Role == "lead" ? "主办" : "协办")}）", u.Evidence))],
                Typed = Begin(form, order, advised),
                Result = order.Result,
                ResultCheck = order.Result is { } result ? replies.Of(result) : null,
                Similars = action == OrderAction.SubmitReply.Wire() ? near : [],
            };
        }

        /// <summary>The answers of the form as they were typed; null when the action has no form, or no order is there to answer for.</summary>
        public async Task<IReadOnlyDictionary<string, JsonElement>?> AnswersAsync(Guid id, string action, Typed typed, Actor actor, CancellationToken ct) =>
            id != Guid.Empty && await reader.FindAsync(OrderId.From(id), actor, ct) is { } order && DefinitionFor(action, order, await catalogue.GetAsync(ct)) is { } definition
                ? FormAnswers.OfTyped(definition, name => typed.Many(ReplyForm.ControlOf(name)))
                : null;

        private static FormDefinition? DefinitionFor(string action, OrderView order, CatalogueDay day) => ReplyForm.DefinitionFor(action, order.RequestType, day);

        /// <summary>Offered, so it is one.</summary>
        private static OrderAction ActionOf(string action) => Enum.GetValues<OrderAction>().FirstOrDefault(a => a.Wire() == action);

        private static IReadOnlyList<Choice> UnitsFor(string action, UnitTree tree, Actor actor) => action == OrderAction.SubDispatch.Wire()
            ? [.. tree.SubtreeOf(actor.UnitId).Where(u => u.Id != actor.UnitId).Select(u => new Choice(u.Code.Value, u.Name))]
            : Handling(tree);

        /// <summary>Whom the Centre may charge; found by name or by code.</summary>
        internal static IReadOnlyList<Choice> Handling(UnitTree tree) =>
            [.. tree.All.Where(u => !u.IsClosed && u.Kind is UnitKind.Street or UnitKind.Department or UnitKind.Company).Select(u => new Choice(u.Code.Value, u.Name, u.Code.Value, GroupOf(u.Kind)))];

        internal static IReadOnlyList<Choice> Third(CatalogueDay day) => [.. day.Classes.Where(c => c.Level == 3).Select(c => new Choice(c.Code, c.Path, c.Code))];

        private static string GroupOf(UnitKind kind) => kind switch
        {
            UnitKind.Street => "街道（镇）",
            UnitKind.Department => "部门",
            UnitKind.Company => "公共服务企业",
            UnitKind.Centre or UnitKind.CentreOffice or UnitKind.Community or UnitKind.Office => "其他",
        };

        /// <summary>What advice proposes stands in the form; a person decides by sending it.</summary>
        internal static Typed Begin(ActionOffers.ActionForm form, OrderView order, AdviceView? advised)
        {
            var values = new Dictionary<string, IReadOnlyList<string>>();
            Propose(Carry.ClassL3, order.ClassL3 ?? (advised?.Classes is [var best, ..] ? best.Code : null));
            // elsewhere a unit that nobody typed would decide: a return would be passed on, another unit's supervision reviewed
            Propose(Carry.Lead, form.Action == OrderAction.Dispatch.Wire() || form.Action == OrderAction.Redispatch.Wire() ? advised?.Units.FirstOrDefault(u => u.Role == "lead" && !u.IsAccused)?.Unit : null);
            return new(values);

            void Propose(string field, string? value)
            {
                if (value is not null && form.Fields.Any(f => f.Name == field))
                {
                    values[field] = [value];
                }
            }
        }
    }
}
