using Jiesu.Intelligence.Contracts;
using Jiesu.Intelligence.Domain;
using Jiesu.Platform;
using Jiesu.Platform.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Jiesu.Intelligence.Features.Train;

/// <summary>Does the training that somebody asked for. Only the holder of the lease comes here, so one that still says Running was left by a node that stopped, and is done again.</summary>
internal sealed class TrainingJob(JiesuDb db, IModelTraining training, TimeProvider clock, ILogger<TrainingJob> log) : IJob
{
    public async Task RunAsync(CancellationToken ct)
    {
        var asked = await db.Set<Training>().SingleOrDefaultAsync(t => t.State == TrainingState.Queued || t.State == TrainingState.Running, ct);
        if (asked is null)
        {
            return;
        }

        asked.Start();
        await db.SaveChangesAsync(ct);
        try
        {
            var model = await training.TrainAsync(ct);
            asked.Complete(model.Version, clock.GetUtcNow());
        }
        catch (IOException e)
        {
            log.LogError(e, "The model could not be written to the data folder");
            asked.Fail(clock.GetUtcNow());
        }

        await db.SaveChangesAsync(ct);
    }
}
