using System.Globalization;
using Jiesu.Platform;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Jiesu.Host.Operation;

/// <summary>Ready while the database answers and has the structure of this program.</summary>
internal sealed class DatabaseReady(JiesuDb db) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var state = await Schema.StateAsync(db, cancellationToken);
            return state == SchemaState.Equal ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy($"Schema {state}");
        }
        catch (System.Data.Common.DbException e)
        {
            return HealthCheckResult.Unhealthy(e.GetType().Name);
        }
    }
}

/// <summary>Ready while the data folder has room.</summary>
internal sealed class DiskReady(IConfiguration settings) : IHealthCheck
{
    private const long LeastFree = 256L * 1024 * 1024;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var folder = Directory.CreateDirectory(settings["Jiesu:DataFolder"] ?? "var");
        var free = new DriveInfo(folder.FullName).AvailableFreeSpace;
        return Task.FromResult(free > LeastFree ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("Disk nearly full"));
    }
}

/// <summary>
/// Degraded while the clock of this node and the database's differ by more than a second: it still serves, because to take every node away would help nobody, and says so (REL-35).
/// </summary>
internal sealed class ClockReady(ClockOffset offset) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        ClockOffset.IsTooMuch(offset.Last) ? HealthCheckResult.Degraded(string.Create(CultureInfo.InvariantCulture, $"Clock {offset.Last!.Value.TotalSeconds:+0.0;-0.0} s from the database's")) : HealthCheckResult.Healthy());
}
