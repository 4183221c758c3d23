using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Jiesu.Platform.Jobs;

/// <summary>
/// Runs what is due and leased by this node. However long all nodes stood still, a job is caught up with one run. A run prolongs its lease while it works;
/// one that lost it to another node is called off and changes nothing of the schedule.
/// </summary>
public sealed class JobRunner(IServiceScopeFactory scopes, Modules modules, TimeProvider clock, ILogger<JobRunner> log) : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan UsualLease = TimeSpan.FromMinutes(5);

    /// <summary>After a failure: long enough not to fill the log, short enough for what is due each day.</summary>
    private static readonly TimeSpan ShortestRest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(5);

    /// <summary>Jobs ask for their leases two at a time: thirty that ask in the same moment would take thirty connections of a server that has a hundred for all nodes.</summary>
    private readonly SemaphoreSlim _asking = new(2);

    public override void Dispose()
    {
        _asking.Dispose();
        base.Dispose();
    }

    /// <summary>One look at all jobs, one after the other; tests and the command line call it.</summary>
    public async Task RunDueAsync(CancellationToken ct)
    {
        foreach (var job in modules.Jobs)
        {
            await RunIfDueAsync(job, ct);
        }
    }

    /// <summary>Each job in a round of its own: one that waits for somebody outside the house holds up no other.</summary>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(modules.Jobs.Select(job => GoRoundAsync(job, stoppingToken)));

    private async Task GoRoundAsync(Job job, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Round, clock);
        do
        {
            await RunIfDueAsync(job, ct);
        }
        while (await timer.WaitForNextTickAsync(ct));
    }

    private async Task RunIfDueAsync(Job job, CancellationToken ct)
    {
        try
        {
            if (await AskAsync(job, ct) is { } fence)
            {
                await FinishAsync(job, fence, await RunAsync(job, fence, ct), ct);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            log.LogError(e, "Job {Job} could not be leased or let go; it runs again when its lease ends", job.Name);
        }
    }

    private async Task<int?> AskAsync(Job job, CancellationToken ct)
    {
        await _asking.WaitAsync(ct);
        try
        {
            return await TryLeaseAsync(job, ct);
        }
        finally
        {
            _asking.Release();
        }
    }

    private static TimeSpan LeaseOf(Job job) => job.Lease ?? UsualLease;

    /// <summary>How long the job rests now.</summary>
    private async Task<TimeSpan> RunAsync(Job job, int fence, CancellationToken ct)
    {
        using var work = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var keeping = KeepAsync(job, fence, work);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await job.Create(scope.ServiceProvider).RunAsync(work.Token);
            return job.Every;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogError(e, "Job {Job} failed", job.Name);
            return job.Every > LongestRest ? LongestRest : job.Every > ShortestRest ? job.Every : ShortestRest;
        }
        finally
        {
            await work.CancelAsync();
            await keeping;
        }
    }

    /// <summary>Prolongs the lease while the job works, and calls the work off when another node has it.</summary>
    private async Task KeepAsync(Job job, int fence, CancellationTokenSource work)
    {
        try
        {
            while (true)
            {
                await Task.Delay(LeaseOf(job) / 3, clock, work.Token);
                if (!await KeepOnceAsync(job, fence, work.Token))
                {
                    log.LogWarning("Job {Job} slept through its lease and is called off", job.Name);
                    await work.CancelAsync();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // the work is over
        }
    }

    /// <summary>False when another node has the lease. A database that does not answer just now says neither.</summary>
    private async Task<bool> KeepOnceAsync(Job job, int fence, CancellationToken ct)
    {
        try
        {
            return await ChangeAsync(job, fence, s => s.SetProperty(j => j.LeaseUntil, UntilOf(job)), ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogWarning("The lease of job {Job} could not be prolonged ({Fault}); trying again", job.Name, e.GetType().Name);
            return true;
        }
    }

    /// <summary>The fence of the lease; null when it is not due or another node has it.</summary>
    private async Task<int?> TryLeaseAsync(Job job, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<JiesuDb>();
        var row = await db.Set<JobLease>().AsNoTracking().SingleOrDefaultAsync(j => j.Name == job.Name, ct);
        if (row is null)
        {
            db.Add(new JobLease { Name = job.Name });
            await db.TrySaveAsync(ct);
            return null;
        }

        return IsDue(job, row) && await ChangeAsync(job, row.Fence, s => s.SetProperty(j => j.LeaseUntil, UntilOf(job)).SetProperty(j => j.Fence, row.Fence + 1), ct) ? row.Fence + 1 : null;
    }

    /// <summary>A turn that lies further away than two periods was planned by a clock that has been put right since.</summary>
    private bool IsDue(Job job, JobLease row)
    {
        var now = clock.GetUtcNow();
        return row.LeaseUntil <= now.ToUnixTimeMilliseconds()
            && (row.NextRun <= now.ToUnixTimeMilliseconds() || row.NextRun > (now + (2 * job.Every) + LongestRest).ToUnixTimeMilliseconds());
    }

    private long UntilOf(Job job) => (clock.GetUtcNow() + LeaseOf(job)).ToUnixTimeMilliseconds();

    private Task<bool> FinishAsync(Job job, int fence, TimeSpan rest, CancellationToken ct)
    {
        var next = (clock.GetUtcNow() + rest).ToUnixTimeMilliseconds();
        return ChangeAsync(job, fence, s => s.SetProperty(j => j.LeaseUntil, 0).SetProperty(j => j.NextRun, next), ct);
    }

    /// <summary>Only under the fence that is known; false when it has grown since.</summary>
    private async Task<bool> ChangeAsync(Job job, int fence, Action<UpdateSettersBuilder<JobLease>> change, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<JiesuDb>();
        return await db.WriteAsync(() => db.Set<JobLease>().Where(j => j.Name == job.Name && j.Fence == fence).ExecuteUpdateAsync(change, ct), ct) == 1;
    }
}
