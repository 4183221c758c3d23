using Jiesu.Intelligence.Contracts;
using Jiesu.Intelligence.Domain;
using Jiesu.Intelligence.Features.Classify;
using Jiesu.Platform;
using Jiesu.Platform.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Jiesu.Intelligence.Features.Train;

/// <summary>Does the training that somebody asked for, and one after an update that reads models no longer. Only the holder of the lease comes here, so one that still says Running was left by a node that stopped, and is done again.</summary>
internal sealed class TrainingJob(JiesuDb db, IModelTraining training, Models models, TimeProvider clock, ILogger<TrainingJob> log) : IJob
{
    public async Task RunAsync(CancellationToken ct)
    {
        var asked = await db.Set<Training>().SingleOrDefaultAsync(t => t.State == TrainingState.Queued || t.State == TrainingState.Running, ct);
        if (asked is not null)
        {
            asked.Start();
            await db.SaveChangesAsync(ct);
            var model = await TrainAsync(ct);
            if (model is null)
            {
                asked.Fail(clock.GetUtcNow());
            }
            else
            {
                asked.Complete(model.Version, clock.GetUtcNow());
            }

            await db.SaveChangesAsync(ct);
        }
        else if (models.TakeOutdated())
        {
            await TrainAsync(ct);
        }
    }

    /// <summary>Null when the model could not be written.</summary>
    private async Task<TrainedModel?> TrainAsync(CancellationToken ct)
    {
        try
        {
            return await training.TrainChallengerAsync(ct);
        }
        catch (IOException e)
        {
            log.LogError(e, "The model could not be written to the data folder");
            return null;
        }
    }
}
