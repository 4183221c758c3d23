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
