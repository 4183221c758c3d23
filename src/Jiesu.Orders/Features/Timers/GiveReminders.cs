using System.Text.Json;
using Jiesu.Identity.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Notices;
using Jiesu.Platform;
using Jiesu.Platform.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.Timers;

/// <summary>
/// 时限提醒 (hotline guide 2.5, REL-34): writes each warning that is due, once, and moves the order on to its next one. The order's version stays: whoever has it open
/// is not disturbed. What was due while the service stood still is given now and marked so.
/// </summary>
internal sealed class GiveReminders(JiesuDb db, IUnitDirectory units, NoticeWriter notices, TimeProvider clock) : IJob
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(20);
    private const int Batch = 2_000;

    /// <summary>A warning given later than this was missed at its time.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(5);

    /// <summary>The instant is compared so that no index on it is used: when thousands are due at once it would be read for each of them again.</summary>
    private const string MoveOnPostgres = """
        UPDATE orders_work_order AS o SET next_reminder_at = j.n, reminder_stage = j.s
        FROM unnest({0}, {1}, {2}, {3}) AS j(i, w, n, s) WHERE o.id = j.i AND o.next_reminder_at IS NOT DISTINCT FROM j.w RETURNING o.id AS "Value"
        """;
    private const string MoveOnSqlite = """
        UPDATE orders_work_order SET next_reminder_at = j.n, reminder_stage = j.s
        FROM (SELECT json_extract(value, '$.i') AS i, json_extract(value, '$.w') AS w, json_extract(value, '$.n') AS n, json_extract(value, '$.s') AS s FROM json_each({0})) AS j
        WHERE id = j.i AND +next_reminder_at = j.w RETURNING id AS "Value"
        """;

    public async Task RunAsync(CancellationToken ct)
    {
        var centre = (await units.GetAsync(ct)).Centre.Id;
        while (await GiveAsync(centre, ct) > 0)    // an order may have missed more than one
        {
            db.ChangeTracker.Clear();
        }
    }

    private async Task<int> GiveAsync(Guid centre, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var due = await db.Set<WorkOrder>().AsNoTracking().Where(x => x.NextReminderAt <= now).OrderBy(x => x.NextReminderAt).Take(Batch)
            .Select(x => new Waiting(x.Id.Value, x.UnitId, x.State, x.ClockStartedAt!.Value, x.DueAt!.Value, x.ReminderStage, x.NextReminderAt!.Value)).ToListAsync(ct);
        if (due.Count == 0)
        {
            return 0;
        }

        return await db.WriteAsync(
            async () =>
            {
                var moved = await MoveOnAsync(due, ct);    // an action that came between has planned anew: then it is not ours any more
                var told = await GivenAsync(moved, ct);     // a clock that was set back may plan again what was given
                var given = due.Where(d => moved.Contains(d.Id) && !told.Contains((d.Id, d.Due, d.Stage))).Select(d => (Reminder: ReminderOf(d, centre, now), d.State)).ToList();
                db.AddRange(given.Select(g => g.Reminder));
                await notices.WriteAsync([.. given.Select(g => NoticeCall.Of(g.Reminder, g.State))], ct);
                await db.SaveChangesAsync(ct);
                return moved.Count;
            },
            ct);
    }

    private async Task<HashSet<(Guid, DateTimeOffset, ReminderStage)>> GivenAsync(HashSet<Guid> ids, CancellationToken ct)
    {
        OrderId[] orders = [.. ids.Select(OrderId.From)];
        var found = await db.Set<Reminder>().AsNoTracking().Where(r => orders.Contains(r.OrderId)).Select(r => new { r.OrderId, r.DueAt, r.Stage }).ToListAsync(ct);
        return [.. found.Select(r => (r.OrderId.Value, r.DueAt, r.Stage))];
    }

    private async Task<HashSet<Guid>> MoveOnAsync(List<Waiting> due, CancellationToken ct)
    {
        var next = due.ConvertAll(d => ReminderPlan.After(d.Stage, d.Start, d.Due));
        var moved = db.Database.IsSqlite()
            ? db.Database.SqlQueryRaw<Guid>(MoveOnSqlite, JsonSerializer.Serialize(due.Zip(next, (d, n) => new
            {
                i = d.Id.ToString().ToUpperInvariant(), w = d.Planned.UtcTicks, n = n?.At.UtcTicks, s = (n?.Stage ?? d.Stage).ToString(),
            })))
            : db.Database.SqlQueryRaw<Guid>(
                MoveOnPostgres, due.Select(d => d.Id).ToArray(), due.Select(d => d.Planned.ToUniversalTime()).ToArray(), next.Select(n => n?.At.ToUniversalTime()).ToArray(),
                due.Zip(next, (d, n) => (n?.Stage ?? d.Stage).ToString()).ToArray());
        return [.. await moved.ToListAsync(ct)];
    }

    /// <summary>While the Centre looks at a reply it is the Centre that must hurry.</summary>
    private static Reminder ReminderOf(Waiting d, Guid centre, DateTimeOffset now) => new()
    {
        OrderId = OrderId.From(d.Id),
        DueAt = d.Due,
        Stage = d.Stage,
        UnitId = d.Stage == ReminderStage.District || d.State is OrderState.PendingPreCallback or OrderState.PendingFinalReview or OrderState.PendingDispatch ? centre : d.Unit,
        PlannedAt = d.Planned,
        FiredAt = now,
        IsLate = now - d.Planned > Slack,
    };

    private sealed record Waiting(Guid Id, Guid Unit, OrderState State, DateTimeOffset Start, DateTimeOffset Due, ReminderStage Stage, DateTimeOffset Planned);
}
