using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Jiesu.Intelligence.Features.Quality;

/// <summary>模型看板: how good the advice is by what people made of it, week by week and class by class. Counts of the whole district, no order and no person.</summary>
public static partial class ShowQuality
{
    internal const string Url = "/intelligence/quality";
    private const int UsualDays = 83, LongestDays = 366;

    internal static void MapApi(IEndpointRouteBuilder api) =>
        api.MapGet(Url, GetAsync).RequireAuthorization(Permissions.View).Produces<Response>().ProducesProblem(StatusCodes.Status400BadRequest);

    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapGet(Url, ShowAsync).RequireAuthorization(Permissions.View);

    private static async Task<IResult> GetAsync(DateOnly? from, DateOnly? to, QualityReader reader, TimeProvider clock, CancellationToken ct)
    {
        var span = Span(from, to, clock);
        return span.Error is { } refusal ? refusal.ToProblem() : TypedResults.Ok(await reader.ReadAsync(span.Value.From, span.Value.To, ct));
    }

    /// <summary>A span that cannot be is shown with its refusal, over the usual one.</summary>
    private static async Task<IResult> ShowAsync(DateOnly? from, DateOnly? to, HttpContext http, QualityReader reader, TimeProvider clock, CancellationToken ct)
    {
        var span = Span(from, to, clock);
        var (first, last) = span.Error is null ? span.Value : Span(null, null, clock).Value;
        return Page.Show<QualityPage, QualityPart>(http, await reader.ReadAsync(first, last, ct), span.Error);
    }

    private static Result<(DateOnly From, DateOnly To)> Span(DateOnly? from, DateOnly? to, TimeProvider clock)
    {
        var last = to ?? clock.Today();
        var first = from ?? (last > DateOnly.MinValue.AddDays(UsualDays) ? last.AddDays(-UsualDays) : DateOnly.MinValue);
        return first > last ? new Error(ErrorKind.Invalid, "intelligence.span_reversed", "起始日期晚于截止日期，请调换。", "from")
            : last.DayNumber - first.DayNumber > LongestDays ? new Error(ErrorKind.Invalid, "intelligence.span_too_long", "统计时段最长一年，请缩短。", "from")
            : (first, last);
    }

    /// <summary>建议质量.</summary>
    /// <param name="Ece">期望校准误差 of class scores, 0–1; null where nothing was advised.</param>
    /// <param name="Weeks">周报, newest first.</param>
    public sealed record Response(
        DateOnly From, DateOnly To, MatterFigures Class, MatterFigures Unit, MatterFigures Place, double? Ece, IReadOnlyList<QualityWeek> Weeks,
        IReadOnlyList<CalibrationBin> Calibration, IReadOnlyList<CoveragePoint> Coverage, IReadOnlyList<ClassQuality> Classes, IReadOnlyList<Confusion> Confusions, DriftFigures Drift);
}
