using Jiesu.Intelligence.Contracts;
using Jiesu.Intelligence.Domain;
using Jiesu.Intelligence.Features.Locate;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Intelligence.Features.Learn;

/// <summary>学习闭环: keeps each decision once, and counts which units were given what and gave it back.</summary>
internal sealed class AdviceOutcomes(JiesuDb db) : IAdviceOutcomes
{
    public async Task LearnAsync(IReadOnlyList<Decision> decisions, CancellationToken ct)
    {
        var kept = await KeptAsync([.. decisions.Select(d => d.OrderId).Distinct()], ct);
        foreach (var decision in decisions)
        {
            var earlier = kept.GetValueOrDefault((decision.OrderId, decision.Matter));
            if (decision.Matter == AdvisedMatter.Unit && earlier?.Chosen != decision.Chosen && decision.ClassCode is { } code)
            {
                (await CountAsync(code, decision.Town, decision.Chosen, ct)).Sent++;
            }

            if (earlier is null)
            {
                db.Add(kept[(decision.OrderId, decision.Matter)] = New(decision));
            }
            else
            {
                (earlier.Chosen, earlier.ClassCode, earlier.Town, earlier.By, earlier.At) = (decision.Chosen, decision.ClassCode, decision.Town, decision.By, decision.At);
                earlier.Rank = decision.Rank;
            }
        }

        await ConfirmAsync([.. decisions.Where(d => d.Matter == AdvisedMatter.Place)], ct);
    }

    /// <summary>地址确认: the names that the address holds, each once an order, with the community that stands now.</summary>
    private async Task ConfirmAsync(IReadOnlyList<Decision> places, CancellationToken ct)
    {
        if (places.Count == 0)
        {
            return;
        }

        var orders = places.Select(p => p.OrderId).Distinct().ToArray();
        var kept = await db.Set<StoredConfirmation>().Where(c => orders.Contains(c.OrderId)).ToListAsync(ct);
        foreach (var place in places)
        {
            var names = LearnedAliases.Names(place.Address);
            db.RemoveRange(kept.Where(c => c.OrderId == place.OrderId && !names.Contains(c.Name)));
            foreach (var name in names)
            {
                if (kept.Find(c => c.OrderId == place.OrderId && c.Name == name) is { } earlier)
                {
                    (earlier.PlaceCode, earlier.By, earlier.At) = (place.Chosen, place.By, place.At);
                }
                else
                {
                    var made = new StoredConfirmation { OrderId = place.OrderId, Name = name, PlaceCode = place.Chosen, By = place.By, At = place.At };
                    kept.Add(made);
                    db.Add(made);
                }
            }
        }
    }

    public async Task ReturnedAsync(IReadOnlyList<Guid> orders, CancellationToken ct)
    {
        var units = (await KeptAsync(orders, ct)).Values.Where(d => d is { Matter: AdvisedMatter.Unit, IsReturned: false });
        foreach (var decision in units)
        {
            decision.IsReturned = true;
            if (decision.ClassCode is { } code)
            {
                (await CountAsync(code, decision.Town, decision.Chosen, ct)).Returned++;
            }
        }
    }

    private static StoredDecision New(Decision d) => new()
    {
        OrderId = d.OrderId,
        Matter = d.Matter,
        Advised = d.Advised,
        Score = d.Score,
        Chosen = d.Chosen,
        Rank = d.Rank,
        ClassCode = d.ClassCode,
        Town = d.Town,
        ModelVersion = d.ModelVersion,
        By = d.By,
        At = d.At,
    };

    private Task<Dictionary<(Guid, AdvisedMatter), StoredDecision>> KeptAsync(IReadOnlyList<Guid> orders, CancellationToken ct) =>
        db.Set<StoredDecision>().Where(d => orders.Contains(d.OrderId)).ToDictionaryAsync(d => (d.OrderId, d.Matter), ct);

    /// <summary>Events of one subscription are handled one batch after the other, so nobody counts beside this.</summary>
    private async Task<UnitCount> CountAsync(string code, string? town, string unit, CancellationToken ct)
    {
        if (await db.Set<UnitCount>().FindAsync([code, town ?? "", unit], ct) is not { } count)
        {
            db.Add(count = new() { ClassCode = code, Town = town ?? "", Unit = unit });
        }

        return count;
    }
}
