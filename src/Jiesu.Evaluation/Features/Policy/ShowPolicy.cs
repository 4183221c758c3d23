using System.Globalization;
using Jiesu.Evaluation.Domain;
using Jiesu.Identity.Contracts;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Jiesu.Evaluation.Features.Policy;

/// <summary>权重与考核期: what the scores are made by, since when and by whom. Appended only: what was used stays as it is.</summary>
public static class ShowPolicy
{
    private const string Url = "/evaluation/policy";

    internal static void MapApi(IEndpointRouteBuilder api)
    {
        api.MapGet("/evaluation/periods", PeriodsAsync).RequireAuthorization(Permissions.Read);
        api.MapGet("/evaluation/weights", WeightsAsync).RequireAuthorization(Permissions.Read);
    }

    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Url, ShowAsync).RequireAuthorization(Permissions.Read);
        pages.MapPost(Url + "/weights", AddWeightsAsync).RequireAuthorization(Permissions.Edit);
        pages.MapPost(Url + "/periods", MovePeriodAsync).RequireAuthorization(Permissions.Edit);
    }

    private static async Task<Ok<Items<PeriodRow>>> PeriodsAsync(Viewer viewer, CancellationToken ct) => TypedResults.Ok(new Items<PeriodRow>((await viewer.ViewAsync(ct)).Periods));

    private static async Task<Ok<Items<WeightRow>>> WeightsAsync(Viewer viewer, CancellationToken ct) => TypedResults.Ok(new Items<WeightRow>((await viewer.ViewAsync(ct)).Weights));

    private static async Task<IResult> ShowAsync(HttpContext http, Actor actor, Viewer viewer, CancellationToken ct) =>
        Page.Show<PolicyPage, PolicyPart>(http, (await viewer.ViewAsync(ct)) with { MayEdit = actor.Can(Permissions.Edit) });

    private static async Task<IResult> AddWeightsAsync([FromForm] AddWeights.Form form, HttpContext http, Actor actor, AddWeights.Handler handler, Viewer viewer, CancellationToken ct) =>
        await handler.HandleAsync(form.ToRequest(), actor, ct) is { Error: { } refusal }
            ? Page.Show<PolicyPage, PolicyPart>(http, (await viewer.ViewAsync(ct)) with { MayEdit = true, WeightsForm = form }, refusal)
            : Page.Next(http, Url, "权重已保存，到生效日期后开始的考核期起使用。");

    private static async Task<IResult> MovePeriodAsync([FromForm] MovePeriod.Form form, HttpContext http, Actor actor, MovePeriod.Handler handler, Viewer viewer, CancellationToken ct) =>
        await handler.HandleAsync(form.ToRequest(), actor, ct) is { Error: { } refusal }
            ? Page.Show<PolicyPage, PolicyPart>(http, (await viewer.ViewAsync(ct)) with { MayEdit = true, PeriodForm = form }, refusal)
            : Page.Next(http, Url, "考核期已保存。");

    internal sealed record Items<T>([property: System.Text.Json.Serialization.JsonPropertyName("items")] IReadOnlyList<T> All);

    /// <summary>What the page shows.</summary>
    public sealed record View(IReadOnlyList<WeightRow> Weights, IReadOnlyList<PeriodRow> Periods)
    {
        public bool MayEdit { get; init; }
        public AddWeights.Form WeightsForm { get; init; } = new();
        public MovePeriod.Form PeriodForm { get; init; } = new();

        /// <summary>Of the periods that are over, the last twelve are shown.</summary>
        public IReadOnlyList<PeriodRow> Shown => [.. Periods.Where(p => !p.IsOver), .. Periods.Where(p => p.IsOver).Take(12)];
        public IReadOnlyList<Choice> Movable => [.. Periods.Where(p => !p.IsOver).Reverse().Select(p => new Choice(p.Code, $"{p.Code}（{Kit(p.FirstDay)} 至 {Kit(p.LastDay)}）"))];

        private static string Kit(DateOnly day) => Jiesu.Platform.Kit.Show.Date(day);
    }

    /// <summary>权重方案.</summary>
    /// <param name="LastDay">Null while nothing follows.</param>
    /// <param name="IsReplaced">A later revision of the same day holds.</param>
    public sealed record WeightRow(
        DateOnly ValidFrom, DateOnly? LastDay, int Revision, bool IsReplaced, decimal Contacted, decimal Solved, decimal Satisfied, decimal MostlySatisfied,
        string Reason, string Author, DateTimeOffset CreatedAt);

    /// <summary>考核期.</summary>
    public sealed record PeriodRow(
        string Code, DateOnly FirstDay, DateOnly LastDay, DateOnly ClosedFirstDay, int Revision, bool IsOver, string Reason, string Author, DateTimeOffset CreatedAt);

    /// <summary>Reads both tables with the names of their authors.</summary>
    internal sealed class Viewer(JiesuDb db, IPeople people, TimeProvider clock)
    {
        public async Task<View> ViewAsync(CancellationToken ct)
        {
            var (weights, periods) = (await db.WeightsAsync(ct), await db.PeriodsAsync(ct));
            var names = await people.NamesAsync([.. weights.All.Select(w => w.AuthorId).Concat(periods.InForce.Select(p => p.AuthorId)).OfType<Guid>().Distinct()], ct);
            var inForce = weights.InForce.ToHashSet();
            var today = clock.Today();
            return new(
                [.. weights.All.Select(w => new WeightRow(
                    w.ValidFrom, weights.LastDayOf(w), w.Revision, !inForce.Contains(w), w.Contacted, w.Solved, w.Satisfied, w.MostlySatisfied, w.Reason, Author(w.AuthorId), w.CreatedAt))],
                [.. periods.InForce.Reverse().Select(p => new PeriodRow(
                    p.Code, p.FirstDay, p.LastDay, p.ClosedFirstDay, p.Revision, p.IsOver(today), p.Reason, Author(p.AuthorId), p.CreatedAt))]);

            string Author(Guid? id) => id is { } known ? names.GetValueOrDefault(known, "—") : "系统初始";
        }
    }
}

/// <summary>What forms type, read without guessing.</summary>
internal static class Typed
{
    public static decimal? Number(string? text) => decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
