using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Actions;
using Jiesu.Orders.Features.MassEvents;
using Jiesu.Orders.Features.Advice;
using Jiesu.Orders.Features.Read;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Jiesu.Orders.Features.Dispatch;

/// <summary>派发台: queue, order and advice side by side; the selection lives in the address. What is sent waits a moment before the unit is told, so that it can be taken back.</summary>
public static class DispatchDesk
{
    internal const string Url = "/orders/desk";
    private const string TooLate = "这件派发已经送出，不能撤销。确需收回的，请联系承办单位退单。";

    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        var desk = pages.MapGroup(Url).RequireAuthorization(Permissions.Dispatch);
        desk.MapGet("", ShowAsync);
        desk.MapGet("/queue", ShowQueueAsync);
        desk.MapPost("/{id:guid}", SendAsync);
        desk.MapPost("/{id:guid}/pick", PickAsync);
        desk.MapPost("/held/{id:guid}/take-back", TakeBackAsync);
    }

    private static async Task<IResult> ShowAsync(Guid? order, HttpContext http, DeskViewer viewer, Actor actor, CancellationToken ct)
    {
        var view = await viewer.ShowAsync(order, null, actor, ct);
        return view.Error is { } refusal ? refusal.ToProblem() : Page.Show<DispatchDeskPage, DispatchDeskPart>(http, view.Value);
    }

    /// <param name="order">The one in hand; empty when there is none.</param>
    private static async Task<IResult> ShowQueueAsync(string? order, HttpContext http, DeskViewer viewer, Actor actor, CancellationToken ct) =>
        Page.Show<DispatchQueue>(http, await viewer.QueueAsync(Guid.TryParse(order, out var id) ? id : null, actor, ct));

    private static async Task<IResult> SendAsync(Guid id, HttpContext http, DeskViewer viewer, HoldDispatch.Handler hold, Actor actor, CancellationToken ct)
    {
        var typed = TakeAction.Typed.Of(await http.Request.ReadFormAsync(ct));
        if (id == Guid.Empty || !Guid.TryParse(typed.One("key"), out var key))
        {
            return OrderErrors.NotFound().ToProblem();
        }

        var next = await viewer.NextAfterAsync(id, actor, ct);
        var sent = await hold.HoldAsync(OrderId.From(id), key, typed.ToRequest(), typed.Number("version"), actor, ct);
        return sent.Error is { } refusal ? await AgainAsync(id, typed, refusal, http, viewer, actor, ct)
            : Page.WantsPart(http.Request) ? await GoOnAsync(next, null, http, viewer, actor, ct)
            : Page.Next(http, AddressOf(next));
    }

    /// <summary>What was typed stays; the order is shown as it is now, so that the dispatcher decides on what stands.</summary>
    private static async Task<IResult> AgainAsync(Guid id, TakeAction.Typed typed, Error refusal, HttpContext http, DeskViewer viewer, Actor actor, CancellationToken ct)
    {
        var view = await viewer.ShowAsync(id, typed, actor, ct);
        return view.Error is { } absent ? absent.ToProblem() : Page.Show<DispatchDeskPage, DispatchDeskPart>(http, view.Value, refusal);
    }

    /// <summary>A press on a proposal, where no script fills the field: <c>lead:CODE</c>, <c>co:CODE</c> or <c>class:CODE</c>; stores nothing.</summary>
    private static async Task<IResult> PickAsync(Guid id, HttpContext http, DeskViewer viewer, Actor actor, CancellationToken ct)
    {
        var typed = TakeAction.Typed.Of(await http.Request.ReadFormAsync(ct));
        var view = await viewer.ShowAsync(id, typed.One("pick")?.Split(':', 2) is [var what, var code] ? Picked(typed, what, code) : typed, actor, ct);
        return view.Error is { } refusal ? refusal.ToProblem() : Page.Show<DispatchDeskPage, DispatchDeskPart>(http, view.Value);
    }

    private static TakeAction.Typed Picked(TakeAction.Typed typed, string what, string code) => new(new Dictionary<string, IReadOnlyList<string>>(typed.Values)
    {
        [what switch { "co" => Carry.CoUnits, "class" => Carry.ClassL3, _ => Carry.Lead }] = what == "co" ? [.. typed.Many(Carry.CoUnits).Append(code).Distinct()] : [code],
    });

    /// <summary>撤销: the order stands there again with everything that was sent. A refusal that came back is put away in the same manner.</summary>
    private static async Task<IResult> TakeBackAsync(Guid id, HttpContext http, DeskViewer viewer, HoldDispatch.Handler hold, Actor actor, CancellationToken ct)
    {
        if (await hold.TakeBackAsync(id, actor, ct) is not { } held)
        {
            if (!Page.WantsPart(http.Request))
            {
                return Page.Next(http, Url, TooLate);
            }

            Page.Toast(http, TooLate, "late");
            return await GoOnAsync(null, null, http, viewer, actor, ct);
        }

        return await GoOnAsync(held.OrderId.Value, TakeAction.Typed.Of(HoldDispatch.RequestOf(held)), http, viewer, actor, ct);
    }

    private static async Task<IResult> GoOnAsync(Guid? order, TakeAction.Typed? typed, HttpContext http, DeskViewer viewer, Actor actor, CancellationToken ct)
    {
        var view = await viewer.ShowAsync(order, typed, actor, ct);
        if (view.Error is { } refusal)
        {
            return refusal.ToProblem();
        }

        http.Response.Headers["HX-Push-Url"] = AddressOf(order);
        return Page.Show<DispatchDeskPage, DispatchDeskPart>(http, view.Value);
    }

    internal static string AddressOf(Guid? order) => order is null ? Url : $"{Url}?order={order}";

    /// <summary>队列中的一件.</summary>
    public sealed record Row(
        string Id, string CaseNo, string Title, string Place, string Waits, string? Urgency, DateTimeOffset? Deadline, string? Lamp, IReadOnlyList<string> Marks, bool IsCurrent)
    {
        public string Url => $"{DispatchDesk.Url}?order={Id}";
    }

    /// <summary>待送派发 of this dispatcher.</summary>
    /// <param name="Refusal">Why it came back; null while it waits.</param>
    public sealed record Held(string Id, string CaseNo, string Title, string OrderUrl, string Units, int SecondsLeft, string? Refusal)
    {
        public string TakeBackUrl => $"{Url}/held/{Id}/take-back";
    }

    /// <summary>左栏.</summary>
    /// <param name="Total">How many wait in all; the rows are the first of them.</param>
    public sealed record Queue(IReadOnlyList<Row> Rows, int Total, IReadOnlyList<Held> Held, DateTimeOffset Now);

    /// <summary>建议单位, numbered as the keys are.</summary>
    public sealed record UnitHint(int Number, string Code, string Name, string Role, string Evidence);

    /// <summary>建议分类.</summary>
    public sealed record ClassHint(string Code, string Path, string Share, string Evidence);

    /// <summary>退单情况 of an order that came back.</summary>
    public sealed record Return(string Unit, string Words, DateTimeOffset At);

    /// <summary>中栏与右栏: the order in hand.</summary>
    public sealed record Selection
    {
        public required string Id { get; init; }
        public required string CaseNo { get; init; }
        public required string Title { get; init; }
        public required string Content { get; init; }
        public required string State { get; init; }
        public required IReadOnlyList<string> Marks { get; init; }
        public required DateTimeOffset? Deadline { get; init; }
        public required string? Lamp { get; init; }
        public required IReadOnlyList<ShowOrder.Fact> Facts { get; init; }
        public required Return? Returned { get; init; }

        /// <summary>Why there is no button; null when there is one.</summary>
        public required string? Barred { get; init; }
        public required string Version { get; init; }
        public required string Key { get; init; }
        public required TakeAction.Typed Typed { get; init; }

        /// <summary>时限 by policy, in words.</summary>
        public required string LimitHint { get; init; }
        public required IReadOnlyList<Choice> Units { get; init; }
        public required IReadOnlyList<Choice> Classes { get; init; }

        /// <summary>常用语 of the note.</summary>
        public required IReadOnlyList<Choice> Phrases { get; init; }
        public required IReadOnlyList<UnitHint> UnitHints { get; init; }
        public required IReadOnlyList<ClassHint> ClassHints { get; init; }
        public required IReadOnlyList<string> Flags { get; init; }

        /// <summary>大模型意见; null while there is none.</summary>
        public required Language.ModelOpinion.View? Opinion { get; init; }
        /// <summary>自动派单; null when no rule looked at the order.</summary>
        public required ShowOrder.RuleMark? Rule { get; init; }
        public required IReadOnlyList<SimilarOrders.Item> Similars { get; init; }

        /// <summary>群体性事件 that the order is in; null when in none.</summary>
        public required ShowEvents.Item? Event { get; init; }
        public string Url => $"{DispatchDesk.Url}/{Id}";
        public string OrderUrl => $"/orders/{Id}";
    }

    /// <summary>What the page shows.</summary>
    public sealed record View(Queue Queue, Selection? Selection, DateTimeOffset Now);
}
