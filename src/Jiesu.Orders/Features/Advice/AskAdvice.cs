using System.ComponentModel.DataAnnotations;
using Jiesu.Catalog.Contracts;
using Jiesu.Identity.Contracts;
using Jiesu.Intelligence.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Features.MassEvents;
using Jiesu.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Jiesu.Orders.Features.Advice;

/// <summary>智能建议 while a request is typed: ranked, with evidence; stores nothing.</summary>
internal static class AskAdvice
{
    public static void MapApi(IEndpointRouteBuilder api) =>
        api.MapPost("/advice", PostAsync).RequireAuthorization(Permissions.Read)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> PostAsync(Request request, Handler handler, Actor actor, CancellationToken ct)
    {
        var result = await handler.HandleAsync(request, actor, ct);
        return result.Error is not null ? result.Error.ToProblem() : TypedResults.Ok(result.Value);
    }

    internal sealed record Request : IRequest, IValidatableObject
    {
        /// <summary>诉求内容.</summary>
        [Required(ErrorMessage = "请填写诉求内容。"), StringLength(4_000, ErrorMessage = "诉求内容最多 4000 个字。")]
        public string? Text { get; init; }

        [StringLength(200, ErrorMessage = "标题最多 200 个字。")]
        public string? Title { get; init; }

        [StringLength(300, ErrorMessage = "地址最多 300 个字。")]
        public string? Address { get; init; }
        public string? Town { get; init; }
        public LonLat? LonLat { get; init; }

        [StringLength(40, ErrorMessage = "受理渠道最多 40 个字。")]
        public string? Channel { get; init; }
        public DateTimeOffset? At { get; init; }

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (LonLat is { } point && point is not { Lon: >= -180 and <= 180, Lat: >= -90 and <= 90 })
            {
                yield return new("请填写经度（-180 到 180）和纬度（-90 到 90）。", [nameof(LonLat)]);
            }
        }
    }

    internal sealed record Response(
        IReadOnlyList<ClassAdvice> Classes, IReadOnlyList<UnitAdvice> Units, IReadOnlyList<PlaceAdvice> Addresses, IReadOnlyList<string> Keywords,
        IReadOnlyList<string> Entities, IReadOnlyList<SpanView> Spans, IReadOnlyList<ElementAdvice> Elements, IReadOnlyList<string> Flags, IReadOnlyList<FlagAdvice> FlagWords, IReadOnlyList<SimilarOrders.Item> Similar, ShowEvents.Hint? MassEvent, string ModelVersion, double ElapsedMs);

    internal sealed class Handler(IOrderAdvisor advisor, SimilarOrders.Handler similar, EventDesk events, ICatalogue catalogue, TimeProvider clock)
    {
        /// <summary>So much alike that two such requests are of one event more often than not.</summary>
        private const double AlikeForEvent = 0.35;
        private const double SureOfPlace = 0.5;

        public async Task<Result<Response>> HandleAsync(Request request, Actor actor, CancellationToken ct)
        {
            var begun = clock.GetTimestamp();
            if (Shape.Refuses(request) is { } refusal)
            {
                return refusal;
            }

            Place? town = null;
            if (!string.IsNullOrWhiteSpace(request.Town) && (town = (await catalogue.GetAsync(ct)).FindPlace(request.Town.Trim())) is null)
            {
                return new Error(ErrorKind.Unprocessable, "order.unknown_code", "没有这个街道或镇，请填写区划代码或全称。", "town");
            }

            var advice = await advisor.AdviseAsync(
                new AdviceQuestion(request.Text!, request.Title, request.Address, town?.Code, request.LonLat?.Lon, request.LonLat?.Lat, request.Channel, request.At ?? clock.GetUtcNow()), ct);
            var view = AdviceView.Of(advice, clock.GetUtcNow());
            var seen = await similar.ShowAsync(advice.Similar, SpotOf(request, town, view), actor, ct);
            var suspected = await events.SuspectAsync([.. advice.Similar.Where(s => s.Score >= AlikeForEvent).Select(s => OrderId.From(s.Id))], actor, ct);
            return new Response(
                view.Classes, view.Units, view.Addresses, view.Keywords, view.Entities, view.Spans, view.Elements, view.Flags, view.FlagWords, seen, suspected, view.ModelVersion, Math.Round(clock.GetElapsedTime(begun).TotalMilliseconds, 2));
        }

        /// <summary>Where the advice is sure enough of a community, its orders are looked through as well; nobody knows the caller here, the seat shows theirs apart.</summary>
        private static Spot SpotOf(Request request, Place? town, AdviceView view)
        {
            var place = view.Addresses.FirstOrDefault(a => a.Community is not null && a.Score >= SureOfPlace);
            return new(
                place?.Town ?? town?.Code, place?.Community, null, request.LonLat?.Lon, request.LonLat?.Lat, view.Classes is [var best, ..] ? best.Code : null, view.PlaceNames,
                new HashSet<CallerId>());
        }
    }
}
