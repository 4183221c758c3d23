using Jiesu.Catalog.Contracts;
using Jiesu.Intelligence.Domain;
using Jiesu.Intelligence.Features.Classify;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Intelligence.Features.Train;

/// <summary>模型: which one advises now, what it learned from, and the trainings that were asked for.</summary>
public static class ShowModel
{
    internal const string Url = "/intelligence/model";
    private const int MostTrainings = 20;

    internal static void MapApi(IEndpointRouteBuilder api) => api.MapGet(Url, GetAsync).RequireAuthorization(Permissions.View);

    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapGet(Url, ShowAsync).RequireAuthorization(Permissions.View);

    private static async Task<Ok<Response>> GetAsync(ICatalogue catalogue, Models models, CancellationToken ct) =>
        TypedResults.Ok(Response.Of(models.Current(await catalogue.GetAsync(ct)).Card));

    private static async Task<IResult> ShowAsync(HttpContext http, Actor actor, ICatalogue catalogue, Models models, JiesuDb db, UseModel.Handler kept, CancellationToken ct) =>
        Page.Show<ModelPage, ModelPart>(http, await ViewAsync(actor, catalogue, models, db, kept, ct));

    internal static async Task<View> ViewAsync(Actor actor, ICatalogue catalogue, Models models, JiesuDb db, UseModel.Handler kept, CancellationToken ct)
    {
        var trainings = await db.Set<Training>().AsNoTracking().OrderByDescending(t => t.RequestedAt).ThenBy(t => t.Id).Take(MostTrainings).ToListAsync(ct);
        return new(
            Response.Of(models.Current(await catalogue.GetAsync(ct)).Card),
            [.. trainings.Select(t => new Row(t.Id, t.RequestedAt, Shown[t.State].Name, Shown[t.State].Kind, t.EndedAt, t.ModelVersion))],
            await kept.ListAsync(ct),
            actor.Can(Permissions.Train),
            trainings.Any(t => t.State is TrainingState.Queued or TrainingState.Running));
    }

    private static readonly Dictionary<TrainingState, (string Name, string Kind)> Shown = new()
    {
        [TrainingState.Queued] = ("排队中", "info"),
        [TrainingState.Running] = ("训练中", "info"),
        [TrainingState.Completed] = ("已完成", "ok"),
        [TrainingState.Failed] = ("失败", "late"),
    };

    /// <summary>现用模型.</summary>
    /// <param name="Version">模型版本: day and fingerprint; <c>catalogue-…</c> while it knows the catalogue's words only.</param>
    /// <param name="Samples">Orders learned from.</param>
    /// <param name="Accuracy">首选准确率 on orders kept aside, 0–1; null when there were too few.</param>
    public sealed record Response(string Version, DateTimeOffset TrainedAt, int Classes, int Samples, double? Accuracy)
    {
        internal static Response Of(ModelCard card) => new(card.Version, card.TrainedAt, card.Classes, card.Samples, card.Accuracy);
    }

    /// <summary>What the page shows.</summary>
    /// <param name="IsBusy">A training waits or runs.</param>
    public sealed record View(Response Model, IReadOnlyList<Row> Trainings, IReadOnlyList<UseModel.Item> Kept, bool MayTrain, bool IsBusy);

    public sealed record Row(Guid Id, DateTimeOffset RequestedAt, string State, string StateKind, DateTimeOffset? EndedAt, string? ModelVersion);
}
