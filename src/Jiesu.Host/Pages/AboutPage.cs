using System.Reflection;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Jiesu.Host.Pages;

/// <summary>关于: version and health, for whoever is signed in.</summary>
public static class AboutPage
{
    private static readonly Dictionary<string, string> Names = new() { ["database"] = "数据库状态", ["disk"] = "磁盘空间" };

    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapGet("/about", ShowAsync).RequireAuthorization();

    private static async Task<IResult> ShowAsync(HttpContext http, HealthCheckService health, JiesuDb db, CancellationToken ct)
    {
        var report = await health.CheckHealthAsync(ct);
        return Page.Show<About>(http, new View(
            typeof(AboutPage).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0],
            db.Database.IsSqlite() ? "SQLite" : "PostgreSQL",
            [.. report.Entries.Select(e => new Check(Names.GetValueOrDefault(e.Key, e.Key), e.Value.Status == HealthStatus.Healthy))],
            await db.Outbox.CountAsync(m => m.DeliveredAt == null, ct)));
    }

    /// <summary>健康项.</summary>
    public sealed record Check(string Name, bool IsWell);

    /// <summary>What the page shows.</summary>
    public sealed record View(string Version, string Database, IReadOnlyList<Check> Checks, int Pending);
}
