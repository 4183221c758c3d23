using System.Globalization;
using System.Text.Json;
using Jiesu.Evaluation.Domain;
using Jiesu.Orders.Contracts;
using Jiesu.Platform;
using Jiesu.Platform.Events;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Evaluation.Features.Facts;

/// <summary>自检: each fact told again from the events that were heard, and compared with the row that stands (REL-28). Rates and scores are computed from these rows and from dated weights alone.</summary>
internal sealed class RetellFacts(JiesuDb db) : ISelfCheck
{
    private const int Sample = 1_000;
    private const int Batch = 500;
    private const string Prefix = "order/";

    private static readonly Dictionary<string, Action<EvaluationFact, string>> Hears = new()
    {
        [EventNameAttribute.Of(typeof(OrderReceived))] = (fact, e) => fact.Hear(Read<OrderReceived>(e)),
        [EventNameAttribute.Of(typeof(OrderMoved))] = (fact, e) => fact.Hear(Read<OrderMoved>(e)),
        [EventNameAttribute.Of(typeof(CallbackAnswered))] = (fact, e) => fact.Hear(Read<CallbackAnswered>(e)),
        [EventNameAttribute.Of(typeof(OrderClosed))] = (fact, e) => fact.Hear(Read<OrderClosed>(e)),
        [EventNameAttribute.Of(typeof(ExclusionDecided))] = (fact, e) => fact.Hear(Read<ExclusionDecided>(e)),
    };

    public string Name => "考评重算";

    public async Task<CheckResult> RunAsync(bool isThorough, CancellationToken ct)
    {
        using var retelling = new Retelling();
        await db.LookAsync(
            async () =>
            {
                await CompareAsync(retelling, isThorough ? int.MaxValue : Sample, ct);
                return true;
            },
            ct);
        return retelling.Result(isThorough ? "全部考评事实" : "最近的考评事实", "请按 Facts/README.md 由事件重建考评事实。");
    }

    /// <summary>Latest orders first: the ids of their first events sort by time.</summary>
    private async Task CompareAsync(Retelling retelling, int left, CancellationToken ct)
    {
        Guid? below = null;
        while (left > 0 && await NextAsync(below, Math.Min(Batch, left), ct) is { Count: > 0 } received)
        {
            var streams = received.ConvertAll(r => r.Stream);
            var ids = streams.ToDictionary(s => OrderId.From(Guid.Parse(s[Prefix.Length..])));
            var stored = await db.Set<EvaluationFact>().AsNoTracking().Where(f => ids.Keys.Contains(f.OrderId)).ToDictionaryAsync(f => f.OrderId, ct);
            var heard = (await Heard().Where(m => streams.Contains(m.Stream)).OrderBy(m => m.Seq).ToListAsync(ct)).ToLookup(m => m.Stream);
            foreach (var (id, stream) in ids)
            {
                retelling.Compare($"工单 {id}", stored.GetValueOrDefault(id) is { } fact ? Told(fact) : null, Told(Tell(id, [.. heard[stream]])));
            }

            (below, left) = (received[^1].Id, left - received.Count);
        }
    }

    private Task<List<OutboxMessage>> NextAsync(Guid? below, int count, CancellationToken ct) => Heard()
        .Where(m => m.Type == EventNameAttribute.Of(typeof(OrderReceived)) && (below == null || m.Id.CompareTo(below.Value) < 0))
        .OrderByDescending(m => m.Id).Take(count).ToListAsync(ct);

    /// <summary>What the handler noted: its effect and its note are one transaction, so at any moment the facts are what these events tell.</summary>
    private IQueryable<OutboxMessage> Heard() => db.Outbox.AsNoTracking()
        .Where(m => Hears.Keys.Contains(m.Type) && db.Set<InboxEntry>().Any(i => i.Handler == RecordFacts.Name && i.EventId == m.Id));

    private static EvaluationFact Tell(OrderId id, IReadOnlyList<OutboxMessage> events)
    {
        var fact = EvaluationFact.Begin(id, events[0].At);
        foreach (var e in events)
        {
            Hears[e.Type](fact, e.Payload);
        }

        return fact;
    }

    private static TEvent Read<TEvent>(string payload) => JsonSerializer.Deserialize<TEvent>(payload)!;

    /// <summary>In one line, the same on every machine.</summary>
    private static string Told(EvaluationFact f) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Retelling.Told(f.ReceivedAt)} {f.UnitId} {f.ClassCode} {f.IsLocal} {f.IsClosed} {Retelling.Told(f.ClosedAt)} {f.WasLate} {f.IsExcluded} {f.HasValidCallback} {f.Contacted} {f.Solved} {f.Satisfied} {f.FirstContacted} {f.FirstSolved} {f.FirstSatisfied} {f.PreContacted} {f.PreSolved} {f.PreSatisfied} {f.Returns} {f.Reworks}");
}
