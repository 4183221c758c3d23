using System.Net;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Jiesu.Host.Operation;

/// <summary>What operators look at: health, metrics, traces, the description of the API.</summary>
internal static class OperationFaces
{
    public static void AddOperation(this WebApplicationBuilder builder)
    {
        builder.Logging.AddSimpleConsole(o =>
        {
            o.SingleLine = true;
            o.UseUtcTimestamp = true;
            o.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
        });
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);    // each statement would drown what matters
        builder.Services.AddHealthChecks().AddCheck<DatabaseReady>("database").AddCheck<DiskReady>("disk").AddCheck<ClockReady>("clock");
        builder.Services.AddSingleton<OutboxGauge>();
        builder.Services.AddOpenTelemetry()
            .WithMetrics(m => m.AddAspNetCoreInstrumentation().AddRuntimeInstrumentation().AddMeter("Npgsql", OutboxGauge.Meter).AddPrometheusExporter())
            .WithTracing(t => t.AddAspNetCoreInstrumentation(o => o.Filter = c => !c.Request.Path.StartsWithSegments("/healthz")).AddSource("Npgsql"));
        builder.Services.AddOpenApi("v1", ApiDescription.Configure);
    }

    public static void MapOperation(this WebApplication app)
    {
        app.Services.GetRequiredService<OutboxGauge>();
        app.MapHealthChecks("/healthz/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/healthz/ready", new HealthCheckOptions { ResponseWriter = TellAsync }).AllowAnonymous();
        app.MapPrometheusScrapingEndpoint("/metrics").AllowAnonymous().AddEndpointFilter(InnerAddressOnly);
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
    }

    /// <summary>One word, then a line for each check that is not well.</summary>
    private static Task TellAsync(HttpContext http, HealthReport report)
    {
        http.Response.ContentType = "text/plain";
        return http.Response.WriteAsync(string.Join('\n', report.Entries.Where(e => e.Value.Status != HealthStatus.Healthy).Select(e => $"{e.Key}: {e.Value.Description}").Prepend($"{report.Status}")));
    }

    private static ValueTask<object?> InnerAddressOnly(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Connection.RemoteIpAddress is { } address && !IPAddress.IsLoopback(address) ? ValueTask.FromResult<object?>(TypedResults.NotFound()) : next(context);
}
