using Jiesu.Intelligence.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Advice;
using Jiesu.Platform;
using Jiesu.Platform.Events;
using Jiesu.Platform.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.Language;

/// <summary>Notes after intake that the model is to be asked about the order. Only the note: a handler runs inside a transaction, and no call to the outside belongs there.</summary>
internal sealed class QueueOpinions(JiesuDb db, ILanguageModel model, TimeProvider clock) : IEventHandler<OrderReceived>
{
    public async Task HandleAsync(IReadOnlyList<OrderReceived> events, CancellationToken ct)
    {
        if (!AskOpinions.IsOffered(model))
        {
            return;
        }

        var ids = events.Select(e => e.OrderId).ToList();
        var open = await db.Set<WorkOrder>().Where(x => ids.Contains(x.Id) && !x.IsSecret && !db.Set<LanguageOpinion>().Any(o => o.OrderId == x.Id)).Select(x => x.Id).ToListAsync(ct);
        db.AddRange(open.Select(id => new LanguageOpinion { OrderId = id, NextAt = clock.GetUtcNow() }));
    }
}

/// <summary>大模型意见: asks about the orders that wait, at most so many a minute; stops for now as soon as the model does not answer.</summary>
internal sealed class AskOpinions(JiesuDb db, ILanguageModel model, LanguageOrders orders, TimeProvider clock) : IJob
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    public static bool IsOffered(ILanguageModel model) => model.Offers(LanguageTask.Extract) || model.Offers(LanguageTask.Rank);

    public async Task RunAsync(CancellationToken ct)
    {
        if (!IsOffered(model))
        {
            return;
        }

        var now = clock.GetUtcNow();
        var minute = now.AddMinutes(-1);
        var room = model.MostPerMinute - await db.Set<LanguageOpinion>().CountAsync(o => o.AskedAt > minute, ct);
        var waiting = await db.Set<LanguageOpinion>().Where(o => o.State == OpinionState.Waiting && o.NextAt <= now).OrderBy(o => o.NextAt).ThenBy(o => o.OrderId)
            .Join(db.Set<StoredAdvice>(), o => o.OrderId, a => a.OrderId, (o, a) => new { Opinion = o, a.Json })
            .Join(db.Set<WorkOrder>(), x => x.Opinion.OrderId, w => w.Id, (x, w) => new { x.Opinion, x.Json, Order = w })
            .OrderBy(x => x.Opinion.NextAt).ThenBy(x => x.Opinion.OrderId).Take(Math.Max(room, 0)).ToListAsync(ct);
        foreach (var next in waiting)
        {
            var isThere = await AskAsync(next.Opinion, next.Order, AdviceView.Read(next.Json).Classes, ct);
            await db.SaveChangesAsync(ct);
            if (!isThere)
            {
                break;
            }
        }
    }

    /// <summary>False when the model cannot be reached now.</summary>
    private async Task<bool> AskAsync(LanguageOpinion opinion, WorkOrder order, IReadOnlyList<ClassAdvice> candidates, CancellationToken ct)
    {
        var told = await orders.OfAsync(order, ct);
        var facts = await model.ExtractAsync(told, ct);
        var ranked = candidates.Count > 1 ? await model.RankAsync(told, candidates, ct) : new(null, LanguageOutcome.Off);
        LanguageOutcome[] outcomes = [facts.Outcome, ranked.Outcome];
        var now = clock.GetUtcNow();
        if ((facts.Model ?? ranked.Model) is { } by)
        {
            opinion.Give(by, ModelOpinion.View.Of(facts.Value, ranked.Value, candidates, by, now).Write(), now);
        }
        else if (outcomes.Contains(LanguageOutcome.Resting))
        {
            opinion.NextAt = now.AddMinutes(1);    // was not asked, so nothing is held against it
        }
        else if (outcomes.All(o => o is LanguageOutcome.Withheld or LanguageOutcome.Off))
        {
            opinion.Withhold();
        }
        else
        {
            opinion.Fail(now);
        }

        return !outcomes.Any(o => o is LanguageOutcome.Resting or LanguageOutcome.TimedOut or LanguageOutcome.Unreachable or LanguageOutcome.Refused or LanguageOutcome.TooLarge);
    }
}
