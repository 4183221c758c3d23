using System.ComponentModel.DataAnnotations;
using Jiesu.Orders.Contracts;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Jiesu.Orders.Features.MassEvents;

/// <summary>事件看板: requests of several people about one matter, from suspicion to a master order.</summary>
public static class ShowEvents
{
    internal const string Url = "/intelligence/events";

    internal static void MapApi(IEndpointRouteBuilder api)
    {
        api.MapGet(Url, async (string? state, int? level, EventDesk desk, Actor actor, CancellationToken ct) => TypedResults.Ok(new Response(await desk.ListAsync(state, level, actor, ct)))).RequireAuthorization(Permissions.ViewEvents);
        api.MapGet(Url + "/{id:guid}", async Task<IResult> (Guid id, EventDesk desk, Actor actor, CancellationToken ct) =>
            await desk.FindAsync(id, actor, ct) is { } found ? TypedResults.Ok(found) : NotFound().ToProblem()).RequireAuthorization(Permissions.ViewEvents).Produces<Item>();
        api.MapPost(Url + "/{id:guid}/confirm", async Task<IResult> (Guid id, ConfirmRequest asked, EventDesk desk, Actor actor, CancellationToken ct) =>
            await desk.ConfirmAsync(id, asked, actor, ct) is var done && done.Error is { } refusal ? refusal.ToProblem() : TypedResults.Ok(done.Value)).RequireAuthorization(Permissions.DecideEvents);
        api.MapPost(Url + "/{id:guid}/silence", async (Guid id, SilenceRequest asked, EventDesk desk, Actor actor, CancellationToken ct) => Answer(await desk.SilenceAsync(id, asked, actor, ct))).RequireAuthorization(Permissions.DecideEvents);
        api.MapPost(Url + "/{id:guid}/end", async (Guid id, EndRequest asked, EventDesk desk, Actor actor, CancellationToken ct) => Answer(await desk.EndAsync(id, asked, actor, ct))).RequireAuthorization(Permissions.DecideEvents);
    }

    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Url, async (HttpContext http, EventDesk desk, Actor actor, CancellationToken ct) => Page.Show<EventsPage, EventsPart>(http, new EventsView(await desk.ListAsync(null, null, actor, ct)))).RequireAuthorization(Permissions.ViewEvents);
        pages.MapGet(Url + "/{id:guid}", async (Guid id, HttpContext http, EventDesk desk, Actor actor, CancellationToken ct) => await ShowAsync(id, http, desk, actor, null, null, ct)).RequireAuthorization(Permissions.ViewEvents);
        pages.MapPost(Url + "/{id:guid}/{deed}", DecideAsync).RequireAuthorization(Permissions.DecideEvents);
    }

    internal static Error NotFound() => new(ErrorKind.NotFound, "event.not_found", "没有这个事件，或它已结束；请回到事件看板刷新后再选。");

    internal static Error Changed() => new(ErrorKind.Conflict, "event.changed", "事件刚有变化，请刷新后再试。");

    private static IResult Answer(Result<Done> done) => done.Error is { } refusal ? refusal.ToProblem() : TypedResults.NoContent();

    private static async Task<IResult> DecideAsync(Guid id, string deed, IFormCollection form, HttpContext http, EventDesk desk, Actor actor, TimeProvider clock, CancellationToken ct)
    {
        if (deed == "confirm")
        {
            var confirmed = await desk.ConfirmAsync(id, new() { MasterOrderId = form["masterOrderId"], Note = form["note"].ToString() is { Length: > 0 } note ? note : null }, actor, ct);
            return confirmed.Error is { } refused ? await ShowAsync(id, http, desk, actor, refused, null, ct)
                : confirmed.Value.Items.All(i => i.IsMerged) ? Page.Next(http, $"{Url}/{id}", string.Create(null, $"已确认，合并 {confirmed.Value.Items.Count} 件"))
                : await ShowAsync(id, http, desk, actor, null, confirmed.Value.Items, ct);
        }

        var until = DateOnly.TryParseExact(form["until"], "yyyy-MM-dd", out var day) ? day.AddDays(1).StartOfDay() : (DateTimeOffset?)null;
        var done = deed switch
        {
            "silence" => await desk.SilenceAsync(id, new() { Until = until, Reason = form["reason"] }, actor, ct),
            "end" => await desk.EndAsync(id, new() { Reason = form["reason"] }, actor, ct),
            _ => NotFound(),
        };
        return done.Error is { } refusal ? await ShowAsync(id, http, desk, actor, refusal, null, ct) : Page.Next(http, $"{Url}/{id}", deed == "end" ? "已结束" : "已静默");
    }

    private static async Task<IResult> ShowAsync(Guid id, HttpContext http, EventDesk desk, Actor actor, Error? refusal, IReadOnlyList<Merged>? merged, CancellationToken ct) =>
        await desk.FindAsync(id, actor, ct) is { } found
            ? Page.Show<EventPage, EventPart>(http, new EventView(found, EventBars.Of(found.Orders), desk.MapOf(found.Orders), actor.Can(Permissions.DecideEvents), merged ?? []), refusal) : NotFound().ToProblem();

    public sealed record Response(IReadOnlyList<Item> Items);

    /// <summary>群体性事件, as far as the reader may open its orders.</summary>
    /// <param name="Level">1 一级 to 4 四级.</param>
    /// <param name="State">Suspected, Confirmed, Silenced or Ended.</param>
    /// <param name="Callers">不同诉求人; unknown ones count each.</param>
    /// <param name="Speed">Requests an hour over the last 24 hours.</param>
    /// <param name="Why">Why this level.</param>
    /// <param name="Words">What its requests have in common.</param>
    public sealed record Item(
        Guid Id, string Title, int Level, string LevelName, string State, string StateName, int Size, int Callers, DateTimeOffset From, DateTimeOffset To, double Speed, string Why, string? StateWhy, DateTimeOffset? SilencedUntil,
        IReadOnlyList<string> Words, IReadOnlyList<Part> Places, IReadOnlyList<Part> Classes, string? MasterOrderId, IReadOnlyList<Order> Orders)
    {
        /// <summary>依据: the rule that gave it; null for a reader of a part.</summary>
        public string? Basis { get; init; }
        /// <summary>定级时间.</summary>
        public DateTimeOffset? LevelledAt { get; init; }
        /// <summary>有聚集词: 110 is to be told as well.</summary>
        public bool IsGathering { get; init; }
        /// <summary>诉求要点: common words and what is asked, without names and numbers.</summary>
        public string? Summary { get; init; }
        public required Growth Growth { get; init; }
        public required IReadOnlyList<SpreadDay> Spread { get; init; }
    }

    public sealed record Part(string Code, string Name, int Count);

    /// <summary>增速: requests in the last 24 hours and in the 24 hours before.</summary>
    public sealed record Growth(int Last24, int Before24);

    /// <summary>扩散: what had come by the end of a day with requests.</summary>
    /// <param name="Day">Beijing.</param>
    /// <param name="Size">Requests so far.</param>
    /// <param name="Places">Communities (or towns, where no community is known) so far.</param>
    public sealed record SpreadDay(DateOnly Day, int Size, int Places);

    /// <param name="LonLat">CGCS2000; null where unknown.</param>
    public sealed record Order(string Id, string CaseNo, string Title, string State, int Version, DateTimeOffset CallTime, string? Place, LonLat? LonLat);

    /// <summary>群体性疑似 of a request that is being typed.</summary>
    public sealed record Hint(Guid Id, string Title, int Level, string LevelName, int Size, string Evidence);

    /// <summary>确认.</summary>
    public sealed record ConfirmRequest : IRequest
    {
        /// <summary>主单: one of the event's orders.</summary>
        [Required(ErrorMessage = "请选择主单。")]
        public string? MasterOrderId { get; init; }

        /// <summary>Orders to be merged; all where absent.</summary>
        public IReadOnlyList<string>? Orders { get; init; }

        [StringLength(200, ErrorMessage = "说明最多 200 个字。")]
        public string? Note { get; init; }
    }

    /// <summary>静默.</summary>
    public sealed record SilenceRequest : IRequest
    {
        [Required(ErrorMessage = "请填写静默到哪一天。")]
        public DateTimeOffset? Until { get; init; }

        [Required(ErrorMessage = "请填写原因。"), StringLength(200, ErrorMessage = "原因最多 200 个字。")]
        public string? Reason { get; init; }
    }

    /// <summary>结束.</summary>
    public sealed record EndRequest : IRequest
    {
        [Required(ErrorMessage = "请填写原因。"), StringLength(200, ErrorMessage = "原因最多 200 个字。")]
        public string? Reason { get; init; }
    }

    /// <summary>合并结果.</summary>
    public sealed record Confirmed(IReadOnlyList<Merged> Items);

    /// <param name="Message">Why it was not merged.</param>
    public sealed record Merged(string OrderId, string CaseNo, bool IsMerged, string? Message);

    public sealed record EventsView(IReadOnlyList<Item> Items);

    /// <param name="Bars">来电时间.</param>
    /// <param name="Map">Null where no order has a point.</param>
    public sealed record EventView(Item Event, EventBars.View Bars, EventMap.View? Map, bool MayDecide, IReadOnlyList<Merged> Merged);
}
