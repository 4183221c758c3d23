using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Jiesu.Platform.Jobs;

/// <summary>Runs what is due and leased by this node.</summary>
public sealed class JobRunner(IServiceScopeFactory scopes, Modules modules, TimeProvider clock, ILogger<JobRunner> log) : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestLease = TimeSpan.FromMinutes(5);

    /// <summary>One look at all jobs; tests and the command line call it.</summary>
    public async Task RunDueAsync(CancellationToken ct)
    {
        foreach (var job in modules.Jobs)
        {
            try
            {
                if (await TryLeaseAsync(job, ct) is { } fence)
                {
                    await using var scope = scopes.CreateAsyncScope();
                    await job.Create(scope.ServiceProvider).RunAsync(ct);
                    await FinishAsync(job, fence, ct);
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogError(e, "Job {Job} failed; it runs again when its lease ends", job.Name);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Round, clock);
        do
        {
            await RunDueAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>The fence of the lease; null when it is not due or another node has it.</summary>
    private async Task<int?> TryLeaseAsync(Job job, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<JiesuDb>();
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var row = await db.Set<JobLease>().AsNoTracking().SingleOrDefaultAsync(j => j.Name == job.Name, ct);
        if (row is null)
        {
            db.Add(new JobLease { Name = job.Name });
            await db.TrySaveAsync(ct);
            return null;
        }

        if (row.NextRun > now || row.LeaseUntil > now)
        {
            return null;
        }

        var until = now + (long)(job.Lease ?? (job.Every > ShortestLease ? job.Every : ShortestLease)).TotalMilliseconds;
        var won = await db.WriteAsync(
            () => db.Set<JobLease>().Where(j => j.Name == job.Name && j.Fence == row.Fence)
                .ExecuteUpdateAsync(s => s.SetProperty(j => j.LeaseUntil, until).SetProperty(j => j.Fence, row.Fence + 1), ct), ct);
        return won == 1 ? row.Fence + 1 : null;
    }

    private async Task FinishAsync(Job job, int fence, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<JiesuDb>();
        var next = (clock.GetUtcNow() + job.Every).ToUnixTimeMilliseconds();
        await db.WriteAsync(
            () => db.Set<JobLease>().Where(j => j.Name == job.Name && j.Fence == fence)
                .ExecuteUpdateAsync(s => s.SetProperty(j => j.LeaseUntil, 0).SetProperty(j => j.NextRun, next), ct), ct);
    }
}
