using Jiesu.Catalog.Contracts;
using Jiesu.Identity.Contracts;
using Jiesu.Intelligence.Domain;
using Jiesu.Intelligence.Features.Classify;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Intelligence.Features.Train;

/// <summary>模型版本: which are kept and how they did beside the one in use; a person may use another one, an earlier one too (回退).</summary>
public static class UseModel
{
    private const string ListUrl = "/intelligence/models";

    internal static void MapApi(IEndpointRouteBuilder api)
    {
        api.MapGet(ListUrl, async (Handler handler, CancellationToken ct) => TypedResults.Ok(new Response(await handler.ListAsync(ct)))).RequireAuthorization(Permissions.View);
        api.MapPost(ListUrl + "/{version}/use", PostAsync).RequireAuthorization(Permissions.Train).ProducesProblem(StatusCodes.Status404NotFound);
    }

    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapPost(ShowModel.Url + "/use", SubmitAsync).RequireAuthorization(Permissions.Train);

    private static async Task<IResult> PostAsync(string version, Handler handler, Actor actor, CancellationToken ct) =>
        (await handler.UseAsync(version, actor, ct)).Error is { } refusal ? refusal.ToProblem() : TypedResults.NoContent();

    private static async Task<IResult> SubmitAsync(
        IFormCollection form, HttpContext http, Actor actor, Handler handler, ICatalogue catalogue, Models models, JiesuDb db, CancellationToken ct) =>
        (await handler.UseAsync(form["version"].ToString(), actor, ct)).Error is { } refusal
            ? Page.Show<ModelPage, ModelPart>(http, await ShowModel.ViewAsync(actor, catalogue, models, db, handler, ct), refusal)
            : Page.Next(http, ShowModel.Url, "已切换模型");

    /// <summary>保留的模型.</summary>
    public sealed record Response(IReadOnlyList<Item> Items);

    /// <param name="Role">现用, 挑战者 or 备用.</param>
    /// <param name="Accuracy">首选准确率 on orders kept aside while it learned, 0–1.</param>
    /// <param name="Shadow">影子运行; null where there was none.</param>
    public sealed record Item(string Version, DateTimeOffset TrainedAt, int Samples, double? Accuracy, string Role, Shadow? Shadow);

    /// <param name="Orders">Orders that neither model had learned from.</param>
    /// <param name="Right">Of them, right by this model.</param>
    /// <param name="ChampionRight">Of them, right by the model in use then.</param>
    public sealed record Shadow(string ChampionVersion, int Orders, int Right, int ChampionRight, DateTimeOffset At);

    internal sealed class Handler(JiesuDb db, ICatalogue catalogue, Models models, IAuditLog audit)
    {
        private static Error Unknown() => new(ErrorKind.NotFound, "intelligence.model_not_kept", "没有这个模型，或它已被清理；请刷新后从列表中选择。", "version");

        public async Task<IReadOnlyList<Item>> ListAsync(CancellationToken ct)
        {
            var used = models.Current(await catalogue.GetAsync(ct)).Card;
            var runs = await db.Set<ShadowRun>().AsNoTracking().ToDictionaryAsync(r => r.ModelVersion, ct);
            return
            [
                .. models.Kept().Select(m => new Item(
                    m.Card.Version, m.Card.TrainedAt, m.Card.Samples, m.Card.Accuracy,
                    m.Card.Version == used.Version ? "现用" : !m.WasUsed && m.Card.TrainedAt > used.TrainedAt ? "挑战者" : "备用",
                    runs.GetValueOrDefault(m.Card.Version) is { } r ? new(r.ChampionVersion, r.Orders, r.Right, r.ChampionRight, r.At) : null)),
            ];
        }

        public async Task<Result<Done>> UseAsync(string version, Actor actor, CancellationToken ct)
        {
            if (models.Kept().All(m => m.Card.Version != version))
            {
                return Unknown();
            }

            audit.Record(actor, "intelligence.use-model", $"model/{version}");
            await db.SaveChangesAsync(ct);
            return models.Use(version) ? new Done() : Unknown();
        }
    }
}
