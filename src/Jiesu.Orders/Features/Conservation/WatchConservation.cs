using System.Diagnostics.Metrics;
using Jiesu.Platform;
using Jiesu.Platform.Jobs;
using Microsoft.Extensions.Logging;

namespace Jiesu.Orders.Features.Conservation;

/// <summary>守恒巡检: each hour on one node; what it finds is a metric and a line in the log.</summary>
internal sealed class WatchConservation(ConservationLaws laws, ConservationGauge gauge, ILogger<WatchConservation> log) : IJob
{
    public static readonly TimeSpan Every = TimeSpan.FromHours(1);

    public async Task RunAsync(CancellationToken ct)
    {
        var found = await laws.FindAsync(ct);
        gauge.Set(found.Sum(v => v.Count));
        foreach (var violation in found)
        {
            log.LogError("Conservation is broken {Count} times: {Law} {Named}", violation.Count, violation.Law, string.Join(", ", violation.Named));
        }
    }
}

/// <summary>违反守恒数: <c>jiesu_conservation_violations</c>, told by the node that looked last; a node that has not looked since is silent, so that no old figure stands beside a new one.</summary>
internal sealed class ConservationGauge : IDisposable
{
    private static readonly TimeSpan Fresh = WatchConservation.Every + TimeSpan.FromMinutes(5);
    private readonly Meter _meter = new("Jiesu");
    private readonly TimeProvider _clock;
    private (int Count, DateTimeOffset At)? _last;

    public ConservationGauge(TimeProvider clock)
    {
        _clock = clock;
        _meter.CreateObservableGauge("jiesu_conservation_violations", Observe, description: "Rows that break a law of conservation, found by the last hourly look.");
    }

    public void Set(int count) => _last = (count, _clock.GetUtcNow());

    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<int>> Observe() => _last is { } last && _clock.GetUtcNow() - last.At < Fresh ? [new(last.Count)] : [];
}

/// <summary>自检: the same laws, for whoever asks now.</summary>
internal sealed class ConservationCheck(ConservationLaws laws) : ISelfCheck
{
    public string Name => "工单守恒";

    public async Task<CheckResult> RunAsync(bool isThorough, CancellationToken ct)
    {
        var found = await laws.FindAsync(ct);
        return new("责任单位、主办、状态、期限与事件投递", [.. found.Select(v => $"应当{v.Law}，有 {v.Count} 处不符：{string.Join("、", v.Named)}。{v.Advice}。")]);
    }
}
