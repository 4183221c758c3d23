using System.Security.Cryptography;
using System.Text.Json;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Actions;
using Jiesu.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Orders.Features.Bulk;

/// <summary>
/// 批量办理: one action for many orders, each through the guard and in a transaction of its own, each with its own result (SEC-21). The run is kept before it begins;
/// the same key again does what is left and answers for all, also after the process was killed.
/// </summary>
public static class ActInBulk
{
    /// <summary>Merges go one by one: each writes the same master, and of two at once one would be refused.</summary>
    private const int AtOnce = 4;
    private const int MostListed = 20;

    /// <summary>No run takes longer; one that has not finished by then was cut off.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    internal static void MapApi(IEndpointRouteBuilder api)
    {
        api.MapPost("/orders/bulk/{action}", PostAsync).RequireAuthorization().Produces<Answer>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        api.MapGet("/orders/bulk", ListAsync).RequireAuthorization(Permissions.Read).Produces<Runs>();
        api.MapGet("/orders/bulk/{run:guid}", GetAsync).RequireAuthorization(Permissions.Read).Produces<Answer>().ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> PostAsync(
        string action, BulkRequest request, [FromHeader(Name = "Idempotency-Key")] string? key, Actor actor, Handler handler, CancellationToken ct)
    {
        var result = await handler.HandleAsync(action, request, key, actor, ct);
        return result.Error is { } refusal ? refusal.ToProblem() : TypedResults.Ok(result.Value);
    }

    private static async Task<IResult> ListAsync(Actor actor, Handler handler, CancellationToken ct) => TypedResults.Ok(new Runs(await handler.ListAsync(actor, ct)));

    private static async Task<IResult> GetAsync(Guid run, Actor actor, Handler handler, CancellationToken ct) =>
        await handler.FindAsync(run, actor, ct) is { } answer ? TypedResults.Ok(answer) : OrderErrors.NotFound().ToProblem();

    internal sealed record Runs(IReadOnlyList<Run> Items);

    /// <summary>批次.</summary>
    /// <param name="FinishedAt">Null for one that was cut off.</param>
    internal sealed record Run(Guid RunId, string Action, DateTimeOffset At, DateTimeOffset? FinishedAt);

    /// <summary>批量结果.</summary>
    /// <param name="RunId">批次标识.</param>
    /// <param name="Items">One for each order, in the order of the request.</param>
    internal sealed record Answer(Guid RunId, string Action, DateTimeOffset At, DateTimeOffset? FinishedAt, int Done, int Refused, int Left, IReadOnlyList<Item> Items);

    /// <summary>逐件结果.</summary>
    /// <param name="Status">200 done, 404 absent or out of scope, 409, 412 …; 0 not yet done.</param>
    /// <param name="Code">拒绝代码.</param>
    /// <param name="Message">中文.</param>
    internal sealed record Item(string Id, int Status, string? Code, string? Message);

    /// <summary>The use case.</summary>
    internal sealed class Handler(JiesuDb db, IServiceScopeFactory scopes, TimeProvider clock)
    {
        /// <param name="key">幂等键; null: this run stands alone.</param>
        public async Task<Result<Answer>> HandleAsync(string action, BulkRequest asked, string? key, Actor actor, CancellationToken ct)
        {
            if (ActOnOrder.Mover.RefusesRole(action, asked, actor) is { } refusal)
            {
                return refusal;
            }

            var targets = asked.Items is { Count: > 0 } items ? [.. items.Select(i => i ?? new())] : (asked.Ids ?? []).Select(id => new BulkTarget { Id = id }).ToArray();
            if ((Shape.Refuses(asked) ?? Refuses(targets)) is { } misshapen)
            {
                return misshapen;
            }

            var run = await FindOrKeepAsync(action, asked, targets, key ?? Guid.CreateVersion7().ToString("N"), actor, ct);
            return run.Error is { } used ? used : await CarryOnAsync(run.Value, actor, ct);
        }

        /// <summary>办理余下: whatever has no result yet, after a stop or a crash.</summary>
        public async Task<Result<Answer>> ContinueAsync(Guid id, Actor actor, CancellationToken ct) =>
            await RunOfAsync(id, actor, ct) is { } run ? await CarryOnAsync(run, actor, ct) : OrderErrors.NotFound();

        /// <summary>The asker's own, latest first.</summary>
        public async Task<IReadOnlyList<Run>> ListAsync(Actor actor, CancellationToken ct)
        {
            var runs = await db.Set<BulkRun>().AsNoTracking().Where(r => r.ById == actor.PersonId && r.ByUnitId == actor.UnitId).OrderByDescending(r => r.At).Take(MostListed).ToListAsync(ct);
            return [.. runs.Select(r => new Run(r.Id, r.Action.Wire(), r.At, r.FinishedAt))];
        }

        /// <summary>中断的批次 of the asker, the latest; one that may still be running is left alone.</summary>
        public async Task<string?> CutOffAsync(Actor actor, CancellationToken ct)
        {
            var before = clock.GetUtcNow() - Longest;
            var id = await db.Set<BulkRun>().Where(r => r.ById == actor.PersonId && r.ByUnitId == actor.UnitId && r.FinishedAt == null && r.At < before).OrderByDescending(r => r.At).Select(r => (Guid?)r.Id).FirstOrDefaultAsync(ct);
            return id is null ? null : $"/orders/bulk/{id}";
        }

        /// <summary>Null for a run of somebody else.</summary>
        public async Task<Answer?> FindAsync(Guid id, Actor actor, CancellationToken ct) => await RunOfAsync(id, actor, ct) is { } run ? await TellAsync(run, ct) : null;

        private Task<BulkRun?> RunOfAsync(Guid id, Actor actor, CancellationToken ct) =>
            db.Set<BulkRun>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == id && r.ById == actor.PersonId && r.ByUnitId == actor.UnitId, ct);

        private static Error? Refuses(BulkTarget[] targets) =>
            targets.Length == 0 ? OrderErrors.Missing(new Dictionary<string, string[]> { ["ids"] = ["请至少选择一件工单。"] })
            : targets.Any(t => string.IsNullOrWhiteSpace(t.Id)) ? OrderErrors.Missing(new Dictionary<string, string[]> { ["items"] = ["每一项都须有工单标识。"] })
            : null;

        private async Task<Result<BulkRun>> FindOrKeepAsync(string action, BulkRequest asked, BulkTarget[] targets, string key, Actor actor, CancellationToken ct)
        {
            var content = JsonSerializer.Serialize(asked);
            var run = new BulkRun
            {
                ById = actor.PersonId,
                ByUnitId = actor.UnitId,
                ByRole = actor.Role,
                Key = key,
                Action = Enum.GetValues<OrderAction>().Single(a => a.Wire() == action),
                Asked = content,
                AskedHash = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{action} {content}"))),
                Ids = JsonSerializer.Serialize(targets),
                At = clock.GetUtcNow(),
            };
            if (key.Length > IdempotentAnswer.LongestKey)
            {
                return Idempotency.KeyMissing();
            }

            db.Add(run);
            if (await db.TrySaveAsync(ct))
            {
                return run;
            }

            db.ChangeTracker.Clear();
            var earlier = await db.Set<BulkRun>().AsNoTracking().SingleAsync(r => r.ById == actor.PersonId && r.Key == key, ct);
            return earlier.AskedHash == run.AskedHash ? earlier : Idempotency.KeyUsed();
        }

        private async Task<Result<Answer>> CarryOnAsync(BulkRun run, Actor actor, CancellationToken ct)
        {
            var (asked, targets) = (JsonSerializer.Deserialize<BulkRequest>(run.Asked)!, TargetsOf(run));
            var done = await db.Set<BulkItem>().Where(i => i.RunId == run.Id).Select(i => i.OrderId).ToListAsync(ct);
            var left = targets.Select(t => (Id: IdOf(t), t.Version)).Where(t => t.Id is not null).DistinctBy(t => t.Id).Where(t => !done.Contains(t.Id!.Value)).ToArray();
            await Parallel.ForEachAsync(left, new ParallelOptions { MaxDegreeOfParallelism = run.Action == OrderAction.Merge ? 1 : AtOnce, CancellationToken = ct }, async (target, token) =>
            {
                await using var scope = scopes.CreateAsyncScope();
                await ActivatorUtilities.CreateInstance<One>(scope.ServiceProvider).DoAsync(run, target.Id!.Value, target.Version, asked, actor, token);
            });
            await db.WriteAsync(() => db.Set<BulkRun>().Where(r => r.Id == run.Id && r.FinishedAt == null).ExecuteUpdateAsync(r => r.SetProperty(x => x.FinishedAt, clock.GetUtcNow()), ct), ct);
            return await TellAsync(run, ct);
        }

        private async Task<Answer> TellAsync(BulkRun run, CancellationToken ct)
        {
            var found = await db.Set<BulkItem>().AsNoTracking().Where(i => i.RunId == run.Id).ToDictionaryAsync(i => i.OrderId, ct);
            var finished = await db.Set<BulkRun>().Where(r => r.Id == run.Id).Select(r => r.FinishedAt).SingleAsync(ct);
            Item[] items = [.. TargetsOf(run).Select(t => ItemOf(t, found))];
            return new(
                run.Id, run.Action.Wire(), run.At, finished, items.Count(i => i.Status == StatusCodes.Status200OK), items.Count(i => i.Status >= StatusCodes.Status400BadRequest),
                items.Count(i => i.Status == 0), items);
        }

        private static Item ItemOf(BulkTarget target, Dictionary<OrderId, BulkItem> found)
        {
            if (IdOf(target) is not { } id)
            {
                return new(target.Id!, StatusCodes.Status404NotFound, OrderErrors.NotFound().Code, OrderErrors.NotFound().Message);
            }

            return found.GetValueOrDefault(id) is { } item ? new(target.Id!, item.Status, item.Code, item.Message) : new(target.Id!, 0, null, null);
        }

        private static BulkTarget[] TargetsOf(BulkRun run) => JsonSerializer.Deserialize<BulkTarget[]>(run.Ids)!;

        private static OrderId? IdOf(BulkTarget target) => Guid.TryParse(target.Id, out var guid) && guid != Guid.Empty ? OrderId.From(guid) : null;
    }

    /// <summary>One order of a run: deed and result are one transaction.</summary>
    internal sealed class One(JiesuDb db, ActOnOrder.Mover mover)
    {
        private const int Tries = 3;

        public async Task DoAsync(BulkRun run, OrderId id, int? seen, ActionRequest asked, Actor actor, CancellationToken ct)
        {
            for (var left = Tries; ; left--)
            {
                var version = seen ?? await db.Set<WorkOrder>().Where(x => x.Id == id).Select(x => (int?)x.Version).SingleOrDefaultAsync(ct);
                var moved = await mover.MoveAsync(id, run.Action.Wire(), asked, version, actor, ct);
                if (moved.Error is not null)
                {
                    db.ChangeTracker.Clear();    // nothing of a refused deed may leave
                }

                db.Add(ItemOf(run, id, moved.Error));
                if (await db.TrySaveAsync(ct))
                {
                    return;
                }

                db.ChangeTracker.Clear();
                if (await db.Set<BulkItem>().AnyAsync(i => i.RunId == run.Id && i.OrderId == id, ct))
                {
                    return;    // the same run came twice at once; the other did it
                }

                if (left == 1)
                {
                    db.Add(ItemOf(run, id, OrderErrors.Changed()));
                    await db.TrySaveAsync(ct);
                    return;
                }
            }
        }

        private static BulkItem ItemOf(BulkRun run, OrderId id, Error? refusal) =>
            new() { RunId = run.Id, OrderId = id, Status = (int?)refusal?.Kind ?? StatusCodes.Status200OK, Code = refusal?.Code, Message = refusal?.Message };
    }
}
