using Jiesu.Catalog.Contracts;
using Jiesu.Identity.Contracts;
using Jiesu.Intelligence.Contracts;
using Jiesu.Intelligence.Domain;
using Jiesu.Intelligence.Features.Classify;
using Jiesu.Intelligence.Features.Quality;
using Jiesu.Platform;
using Jiesu.Platform.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Jiesu.Intelligence.Features.Train;

/// <summary>定期重新训练: asks for a training at night when people have decided enough since the last one, or when what comes in has changed.</summary>
internal sealed class PlanTraining(JiesuDb db, ICatalogue catalogue, Models models, QualityReader quality, IAuditLog audit, IUnitDirectory units, IOptions<IntelligenceSettings> settings, TimeProvider clock) : IJob
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(20);

    /// <summary>Changed or not, a model is not made of fewer new decisions.</summary>
    private const int Fewest = 50;

    private static readonly TimeSpan Pause = TimeSpan.FromHours(20);

    public async Task RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var enough = settings.Value.RetrainAfter;
        if (enough == 0 || now.ToBeijing().Hour != settings.Value.RetrainHour || await db.Set<Training>().AnyAsync(t => t.RequestedAt > now - Pause || t.State == TrainingState.Queued || t.State == TrainingState.Running, ct))
        {
            return;
        }

        var card = models.Current(await catalogue.GetAsync(ct)).Card;
        var since = card.Samples == 0 ? DateTimeOffset.MinValue : card.TrainedAt;
        var decided = await db.Set<StoredDecision>().CountAsync(d => d.Matter == AdvisedMatter.Class && d.At > since, ct);
        var alarm = decided >= Fewest && decided < enough ? (await quality.DriftAsync(ct)).Alarm : null;
        if (decided >= enough || alarm is not null)
        {
            var training = new Training { RequestedAt = now, RequestedBy = Guid.Empty };
            db.Add(training);
            audit.Record(new(Guid.Empty, (await units.GetAsync(ct)).Centre.Id, "", new HashSet<string>()), "intelligence.train", $"training/{training.Id}", alarm ?? string.Create(null, $"上次训练后已有 {decided} 件人工决定"));
            await db.TrySaveAsync(ct);
        }
    }
}
