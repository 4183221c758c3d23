using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Jiesu.Platform;

/// <summary>
/// 时钟偏差 (REL-35): how far the clock of this node is ahead of the database's, which is the one that all nodes share; metric <c>jiesu_clock_offset_seconds</c>.
/// SQLite runs in the process itself and has no other clock to compare.
/// </summary>
public sealed class ClockOffset : IDisposable
{
    /// <summary>Beyond this an operator must look.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromSeconds(1);

    private readonly Meter _meter = new("Jiesu");
    private readonly IServiceScopeFactory _scopes;
    private readonly TimeProvider _clock;

    public ClockOffset(IServiceScopeFactory scopes, TimeProvider clock)
    {
        (_scopes, _clock) = (scopes, clock);
        _meter.CreateObservableGauge("jiesu_clock_offset_seconds", Observe, "s", "How far the clock of this node is ahead of the database's.");
    }

    /// <summary>As measured last; null until then, and on SQLite.</summary>
    public TimeSpan? Last { get; private set; }

    public static bool IsTooMuch(TimeSpan? offset) => offset?.Duration() > Most;

    /// <summary>The database's clock is read halfway between two looks at our own. Null on SQLite.</summary>
    public async Task<TimeSpan?> MeasureAsync(CancellationToken ct)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<JiesuDb>();
        if (db.Database.IsSqlite())
        {
            return null;
        }

        await db.Database.OpenConnectionAsync(ct);                          // a new connection takes its time, and that is no offset
        var before = _clock.GetUtcNow();
        var told = await db.Database.SqlQueryRaw<double>("SELECT extract(epoch FROM clock_timestamp())::float8 AS \"Value\"").SingleAsync(ct);
        var ours = before + ((_clock.GetUtcNow() - before) / 2);
        return Last = ours - DateTimeOffset.UnixEpoch.AddSeconds(told);
    }

    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<double>> Observe() => Last is { } offset ? [new(offset.TotalSeconds)] : [];
}

/// <summary>Looks at the clock each minute; what is too far off stands in the log until it is put right.</summary>
public sealed class ClockWatch(ClockOffset offset, TimeProvider clock, ILogger<ClockWatch> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            await LookAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task LookAsync(CancellationToken ct)
    {
        try
        {
            if (await offset.MeasureAsync(ct) is var measured && ClockOffset.IsTooMuch(measured))
            {
                log.LogError("The clock of this node is {Offset} ahead of the database's; put the time service right", measured);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogWarning("The clock of the database could not be read: {Fault}", e.GetType().Name);
        }
    }
}
