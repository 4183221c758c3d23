using System.Diagnostics.Metrics;
using Jiesu.Platform;

namespace Jiesu.Host.Operation;

/// <summary>待发事件数: <c>jiesu_outbox_pending</c>, counted when it is asked for; 0 means that every effect of every commit has left.</summary>
internal sealed class OutboxGauge : IDisposable
{
    public const string Meter = "Jiesu";
    private readonly Meter _meter = new(Meter);

    public OutboxGauge(IServiceScopeFactory scopes) =>
        _meter.CreateObservableGauge("jiesu_outbox_pending", () => Count(scopes), description: "Events committed and not yet delivered.");

    public void Dispose() => _meter.Dispose();

    private static int Count(IServiceScopeFactory scopes)
    {
        using var scope = scopes.CreateScope();
        return scope.ServiceProvider.GetRequiredService<JiesuDb>().Outbox.Count(m => m.DeliveredAt == null);
    }
}
