using Jiesu.Catalog.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Features.Advice;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Jiesu.Orders.Features.Intake;

/// <summary>坐席登记 (T01) as a page: one form, from the keyboard alone; advice and similar orders follow what is typed; two presses make one order.</summary>
public static class TypeOrder
{
    internal const string Url = "/orders/new";

    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        var seat = pages.MapGroup(Url).RequireAuthorization(Permissions.Create);
        seat.MapGet("", ShowAsync);
        seat.MapPost("", SubmitAsync);
        seat.MapPost("/advice", AdviseAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, Handler handler, CancellationToken ct) =>
        Page.Show<SeatPage, SeatForm>(http, await handler.BeginAsync(new() { Key = Guid.CreateVersion7().ToString("N") }, ct));

    private static async Task<IResult> SubmitAsync([FromForm] Form form, HttpContext http, Handler handler, ReceiveOrder.Handler intake, Actor actor, CancellationToken ct)
    {
        var result = await intake.HandleAsync(form.ToOrder(), form.Key, actor, ct);
        return result.Error is { } refusal
            ? Page.Show<SeatPage, SeatForm>(http, await handler.BeginAsync(form, ct), refusal)
            : Page.Next(http, $"/orders/{result.Value.Id}", result.Value.Status == StatusCodes.Status201Created ? "已登记。" : "这个工单编号已登记过，这是原工单。");
    }

    /// <summary>While the clerk types: an empty text has no advice, and none is no refusal.</summary>
    private static async Task<IResult> AdviseAsync([FromForm] Form form, HttpContext http, AskAdvice.Handler advice, Actor actor, CancellationToken ct)
    {
        var result = await advice.HandleAsync(new() { Text = form.Content, Title = form.Title, Address = form.Address, Town = form.Town }, actor, ct);
        return Page.Show<AdvicePart>(http, result.Error is null ? AdviceOf(result.Value) : Nothing);
    }

    private static AdviceLines AdviceOf(AskAdvice.Response a) => new(
        [.. a.Classes.Take(3).Select(c => new Proposal("classL3", c.Code, c.Path, $"{Show.Percent(c.Score, 0)} {c.Evidence}"))],
        [.. a.Addresses.Take(2).Where(x => x.Town is not null).Select(x => new Proposal("town", x.Town!, $"{x.TownName} {x.CommunityName}".Trim(), x.Evidence))],
        [.. a.Units.Take(3).Select(u => new Proposal("", u.Unit, u.UnitName, u.Evidence))],
        a.Flags,
        [.. a.Similar.Take(5).Select(s => new Earlier($"/orders/{s.Id}", s.CaseNo, s.Title))]);

    private static readonly AdviceLines Nothing = new([], [], [], [], []);

    /// <summary>建议: pressing it fills the field.</summary>
    public sealed record Proposal(string Field, string Value, string Text, string Evidence);

    /// <summary>相似工单.</summary>
    public sealed record Earlier(string Url, string CaseNo, string Title);

    /// <summary>What the advice beside the form shows.</summary>
    public sealed record AdviceLines(IReadOnlyList<Proposal> Classes, IReadOnlyList<Proposal> Places, IReadOnlyList<Proposal> Units, IReadOnlyList<string> Flags, IReadOnlyList<Earlier> Similar)
    {
        public bool IsEmpty => Classes.Count + Places.Count + Units.Count + Flags.Count + Similar.Count == 0;
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

        private static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }

    /// <summary>What the page shows.</summary>
    public sealed record View(
        Form Form, IReadOnlyList<Choice> Channels, IReadOnlyList<Choice> RequestTypes, IReadOnlyList<Choice> Urgencies, IReadOnlyList<Choice> Towns, IReadOnlyList<Choice> Communities, IReadOnlyList<Choice> Classes);

    /// <summary>The lists of the form, as the catalogue has them today.</summary>
    internal sealed class Handler(ICatalogue catalogue)
    {
        public async Task<View> BeginAsync(Form form, CancellationToken ct)
        {
            var day = await catalogue.GetAsync(ct);
            var towns = day.Places.Where(p => p.ParentCode is null).ToDictionary(p => p.Code, p => p.Name);
            return new(
                form, Names(day, DictionaryNames.Channels), Names(day, DictionaryNames.RequestTypes), Names(day, DictionaryNames.Urgencies),
                [.. towns.Select(t => new Choice(t.Key, t.Value))],
                [.. day.Places.Where(p => p.ParentCode is not null).Select(p => new Choice(p.Code, p.Name, Group: towns.GetValueOrDefault(p.ParentCode!)))],
                [.. day.Classes.Where(c => c.Level == 3).Select(c => new Choice(c.Code, c.Path))]);
        }

        private static IReadOnlyList<Choice> Names(CatalogueDay day, string dictionary) => [.. day.Dictionary(dictionary).Select(i => new Choice(i.Name, i.Name))];
    }
}
