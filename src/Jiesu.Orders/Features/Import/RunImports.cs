using System.Text.Json;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Platform;
using Jiesu.Platform.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Orders.Features.Import;

/// <summary>导入任务: works on the files that wait, oldest first, some thousand rows at a turn, so that other jobs have theirs.</summary>
internal sealed class RunImports(JiesuDb db, ImportRunner runner, TimeProvider clock) : IJob
{
    /// <summary>How long the others wait for a process that was killed.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    public async Task RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var waiting = await db.Set<OrderImport>()
            .Where(x => (x.State == ImportState.Queued || x.State == ImportState.Running) && (x.LeaseUntil == null || x.LeaseUntil < now || x.Runner == runner.Id))
            .OrderBy(x => x.At).ThenBy(x => x.Id).Select(x => x.Id).Take(1).ToListAsync(ct);
        foreach (var id in waiting)
        {
            await runner.RunAsync(id, progress: null, ct);
        }
    }
}

/// <summary>
/// 导入执行: rows become orders batch by batch; orders, row errors and the cursor of a batch are one transaction (rule 1: never lost, never doubled).
/// Batches are short, because on SQLite every writer of the desk waits for them.
/// </summary>
internal sealed class ImportRunner(IServiceScopeFactory scopes, TimeProvider clock)
{
    /// <summary>Rows of one turn: a few seconds.</summary>
    private const int Turn = 10_000;
    private const int BatchSize = 250;

    /// <summary>This process, as the lease names it.</summary>
    public Guid Id { get; } = Guid.CreateVersion7();

    /// <summary>One turn.</summary>
    /// <param name="progress">Hears after each batch how many rows are done.</param>
    public async Task RunAsync(Guid id, IProgress<int>? progress, CancellationToken ct)
    {
        try
        {
            if (await ChangeAsync(id, x => x.TryTake(Id, clock.GetUtcNow(), clock.GetUtcNow() + RunImports.Lease), ct) is { IsOver: false } import)
            {
                await WorkAsync(import, progress, ct);
            }
        }
        catch (DbUpdateConcurrencyException)
        {
            // Another process took it when our lease had ended: the batch was rolled back, the other one does it.
        }
    }

    private async Task WorkAsync(OrderImport import, IProgress<int>? progress, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var opened = await scope.ServiceProvider.GetRequiredService<ImportFiles>().OpenAsync(import.Hash, ct);
        if (opened.Error is { } refusal)
        {
            await ChangeAsync(import.Id, x => End(x, refusal.Message), ct);
            return;
        }

        using var file = opened.Value;
        var reader = new RowReader(file.Sheet.Header, ImportMapping.Stored(import.Mapping));
        var (isMore, done) = (false, 0);
        foreach (var batch in file.Sheet.Rows().SkipWhile(r => r.Number <= import.Cursor).Chunk(BatchSize))
        {
            if (isMore = done >= Turn)
            {
                break;
            }

            await RunBatchAsync(import.Id, [.. batch.Select(reader.Read)], ct);
            done += batch.Length;
            progress?.Report(import.Counts.Done + done);
        }

        await ChangeAsync(import.Id, x => isMore ? Release(x) : End(x, null), ct);
    }

    private async Task RunBatchAsync(Guid id, IReadOnlyList<RowReader.ReadRow> rows, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<JiesuDb>();
        var import = await db.Set<OrderImport>().SingleAsync(x => x.Id == id, ct);
        if (import.Runner != Id)
        {
            throw new DbUpdateConcurrencyException("The lease has gone to another process.");
        }

        var (before, good) = (import.Counts, rows.Where(r => r.Order is not null).ToList());
        await scope.ServiceProvider.GetRequiredService<Intake.Intake>().ReceiveManyAsync([.. good.Select(r => r.Order!)], ActorOf(import), Settle, ct);

        void Settle(IReadOnlyList<Result<Receipt>> receipts)
        {
            List<(int Row, string Problem)> bad =
            [
                .. rows.Where(r => r.Problem is not null).Select(r => (r.Number, r.Problem!)),
                .. good.Zip(receipts).Where(x => x.Second.Error is not null).Select(x => (x.First.Number, RowReader.Explain(x.Second.Error!))),
            ];
            var duplicates = receipts.Count(r => r is { IsSuccess: true, Value.IsDuplicate: true });
            db.AddRange(bad.Select(b => new ImportError { ImportId = id, Row = b.Row, Message = b.Problem }));
            import.MoveTo(rows[^1].Number, before + new ImportCounts(rows.Count - bad.Count - duplicates, duplicates, bad.Count), clock.GetUtcNow() + RunImports.Lease);
        }
    }

    /// <summary>The person as they stood when the file came in; a later loss of rights ends nothing that was accepted.</summary>
    private static Actor ActorOf(OrderImport import) => new(
        import.ById, import.ByUnitId, import.ByRole, new HashSet<string> { Permissions.Import, Permissions.Create },
        import.ByScope is { } scope ? JsonSerializer.Deserialize<Guid[]>(scope) : null);

    /// <summary>The import after the change; null when it was not to be had.</summary>
    private async Task<OrderImport?> ChangeAsync(Guid id, Func<OrderImport, bool> change, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<JiesuDb>();
        var import = await db.Set<OrderImport>().SingleAsync(x => x.Id == id, ct);
        if (!change(import))
        {
            return null;
        }

        await db.SaveChangesAsync(ct);
        return import;
    }

    /// <summary>Only while it is still ours.</summary>
    private bool End(OrderImport import, string? problem)
    {
        if (import.Runner != Id)
        {
            return false;
        }

        import.End(clock.GetUtcNow(), problem);
        return true;
    }

    private bool Release(OrderImport import)
    {
        if (import.Runner != Id)
        {
            return false;
        }

        import.Release();
        return true;
    }
}
