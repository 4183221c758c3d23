using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Actions;
using Jiesu.Orders.Features.Live;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Jiesu.Orders.Features.Dispatch;

/// <summary>
/// 送出派发: carries out what was held and not taken back, through the same guard as anybody's dispatch. Every node may try: deed and removal of the row are one
/// transaction, so one of them succeeds. What the guard refuses stays in the queue, and the dispatcher reads why.
/// </summary>
internal sealed class CarryOutHeld(IServiceScopeFactory scopes, LiveHub hub, TimeProvider clock, ILogger<CarryOutHeld> log)
{
    private const int Batch = 100;

    public async Task RunDueAsync(CancellationToken ct)
    {
        foreach (var id in await DueAsync(ct))
        {
            try
            {
                await CarryOutAsync(id, ct);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogError(e, "The held dispatch {Held} could not be carried out; it is tried again", id);
            }
        }
    }

    private async Task<IReadOnlyList<Guid>> DueAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = clock.GetUtcNow();
        return await scope.ServiceProvider.GetRequiredService<JiesuDb>().Set<HeldDispatch>()
            .Where(x => x.RefusedAt == null && x.DueAt <= now).OrderBy(x => x.DueAt).ThenBy(x => x.Id).Select(x => x.Id).Take(Batch).ToListAsync(ct);
    }

    private async Task CarryOutAsync(Guid id, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (db, mover) = (scope.ServiceProvider.GetRequiredService<JiesuDb>(), scope.ServiceProvider.GetRequiredService<ActOnOrder.Mover>());
        if (await db.Set<HeldDispatch>().SingleOrDefaultAsync(x => x.Id == id && x.RefusedAt == null, ct) is not { } held)
        {
            return;
        }

        var moved = await mover.MoveAsync(held.OrderId, OrderAction.Dispatch.Wire(), HoldDispatch.RequestOf(held), held.Seen, held.Dispatcher, ct);
        if (moved.Error is { } refusal)
        {
            db.ChangeTracker.Clear();    // nothing of a refused deed may leave
            db.Attach(held);
            held.Refuse(refusal.Message, clock.GetUtcNow());
        }
        else
        {
            db.Remove(held);
        }

        // False: it was taken back, another node did it, or the order changed just now; the next round finds out which.
        if (await db.TrySaveAsync(ct))
        {
            await hub.AnnounceAsync([OrderTopics.District], ct);
        }
    }
}

/// <summary>Looks each second whether something is due, for as long as the process runs; a process that starts finds what another left.</summary>
internal sealed class HeldDispatchSender(CarryOutHeld held, TimeProvider clock, ILogger<HeldDispatchSender> log) : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Round, clock);
        do
        {
            try
            {
                await held.RunDueAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogError(e, "Held dispatches could not be read; trying again");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
