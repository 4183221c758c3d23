namespace Jiesu.Platform.Jobs;

/// <summary>A periodic task: safe to run twice, resumed by another node when its own stops.</summary>
public interface IJob
{
    Task RunAsync(CancellationToken ct);
}

/// <summary>定时任务, leased in the database: one node runs it at a time.</summary>
/// <param name="Lease">How long the others wait for a node that was killed; null: five minutes. A run that takes longer prolongs it.</param>
public abstract record Job(string Name, TimeSpan Every, TimeSpan? Lease)
{
    public static Job Of<TJob>(string name, TimeSpan every, TimeSpan? lease = null)
        where TJob : class, IJob => new Typed<TJob>(name, every, lease);

    internal abstract IJob Create(IServiceProvider services);

    private sealed record Typed<TJob>(string Name, TimeSpan Every, TimeSpan? Lease) : Job(Name, Every, Lease)
        where TJob : class, IJob
    {
        internal override IJob Create(IServiceProvider services) => Microsoft.Extensions.DependencyInjection.ActivatorUtilities.GetServiceOrCreateInstance<TJob>(services);
    }
}

/// <summary>定时任务租约: who runs a job and until when; times in Unix milliseconds.</summary>
public sealed class JobLease
{
    public required string Name { get; init; }
    public long NextRun { get; set; }
    public long LeaseUntil { get; set; }

    /// <summary>Grows with each lease: a node that slept through its own changes nothing.</summary>
    public int Fence { get; set; }
}
