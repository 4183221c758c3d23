using Jiesu.Catalog.Contracts;
using Jiesu.Identity.Contracts;
using Jiesu.Intelligence.Domain;
using Jiesu.Intelligence.Features.Classify;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Jiesu.Intelligence.Features.Train;

/// <summary>重新训练: asks for a training; one node does it in the background.</summary>
public static class RequestTraining
{
    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapPost(ShowModel.Url, SubmitAsync).RequireAuthorization(Permissions.Train);

    /// <param name="form">Holds the antiforgery token, which is checked because the form is asked for.</param>
    private static async Task<IResult> SubmitAsync(
        IFormCollection form, HttpContext http, Actor actor, Handler handler, ICatalogue catalogue, Models models, JiesuDb db, UseModel.Handler kept, CancellationToken ct)
    {
        var result = await handler.HandleAsync(actor, ct);
        return result.Error is { } refusal
            ? Page.Show<ModelPage, ModelPart>(http, await ShowModel.ViewAsync(actor, catalogue, models, db, kept, ct), refusal)
            : Page.Next(http, ShowModel.Url, "已安排训练");
    }

    internal sealed class Handler(JiesuDb db, IAuditLog audit, TimeProvider clock)
    {
        private static Error Busy() => new(ErrorKind.Conflict, "intelligence.training_waits", "已有训练在排队或进行，请等它完成后再试。");

        public async Task<Result<Done>> HandleAsync(Actor actor, CancellationToken ct)
        {
            var training = new Training { RequestedAt = clock.GetUtcNow(), RequestedBy = actor.PersonId };
            db.Add(training);
            audit.Record(actor, "intelligence.train", $"training/{training.Id}");
            return await db.TrySaveAsync(ct) ? new Done() : Busy();
        }
    }
}
