using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Jiesu.Platform.Events;

/// <summary>Wakes the sender of this node at once after a commit; what other nodes leave behind is found at the next round.</summary>
public sealed class OutboxBell
{
    private readonly Channel<bool> _rings = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Ring() => _rings.Writer.TryWrite(true);

    internal async Task WaitAsync(TimeSpan longest, TimeProvider clock, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            await _rings.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // The round is over: look whether another node left something.
        }
    }
}

/// <summary>Delivers the outbox for as long as the process runs.</summary>
public sealed class OutboxSender(OutboxDelivery delivery, OutboxBell bell, TimeProvider clock, ILogger<OutboxSender> log) : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    /// <summary>After a small batch: under load the next one is then larger, and a batch costs much the same whatever its size.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(200);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            switch (await DeliverAsync(stoppingToken))
            {
                case 0:
                    await bell.WaitAsync(Round, clock, stoppingToken);
                    break;
                case < OutboxDelivery.BatchSize:
                    await Task.Delay(Breath, clock, stoppingToken);
                    break;
            }
        }
    }

    private async Task<int> DeliverAsync(CancellationToken ct)
    {
        try
        {
            return await delivery.DeliverBatchAsync(ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogError(e, "The outbox could not be read; trying again");
            return 0;
        }
    }
}
