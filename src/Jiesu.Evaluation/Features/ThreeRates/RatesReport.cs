using System.Linq.Expressions;
using Jiesu.Catalog.Contracts;
using Jiesu.Evaluation.Domain;
using Jiesu.Identity.Contracts;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;
using static Jiesu.Evaluation.Features.ThreeRates.ShowThreeRates;

namespace Jiesu.Evaluation.Features.ThreeRates;

/// <summary>
/// 三率统计 of a period, counted afresh from the facts each time it is asked for. Whoever sees the whole district gets links for every row;
/// a unit gets the ranking of all, as circulars publish it, with links for its own row only, and by class its own orders only.
/// </summary>
internal sealed class RatesReport(JiesuDb db, IUnitDirectory units, ICatalogue catalogue, TimeProvider clock)
{
    private const string NoClass = "none";

    /// <param name="instead">Weights to try; the ones in force where null.</param>
    public async Task<Result<Report>> BuildAsync(Ask ask, Actor actor, Weights? instead, CancellationToken ct)
    {
        if (ask.GroupBy is not (null or "" or "unit" or "class"))
        {
            return EvaluationErrors.UnknownGroupBy();
        }

        if (UnitGroup.Find(ask.Group) is not { } group)
        {
            return EvaluationErrors.UnknownGroup();
        }

        var periods = await db.PeriodsAsync(ct);
        if ((string.IsNullOrEmpty(ask.Period) ? periods.On(clock.Today()) : periods.Find(ask.Period)) is not { } period)
        {
            return EvaluationErrors.UnknownPeriod();
        }

        var set = (await db.WeightsAsync(ct)).On(period.FirstDay);
        var tree = await units.GetAsync(ct);
        var lines = ask.GroupBy == "class" ? await ByClassAsync(period, group, tree, actor, ct) : await ByUnitAsync(period, group, tree, actor, ct);
        var total = new Line(null, "汇总", lines.Aggregate(default(Counts), (sum, line) => sum + line.Counts), actor.Units is null ? OrderLinks.Of(period, KindFilter(group)) : null);
        return Compose(ask, period, group, set, instead ?? set.ToWeights(), lines, total);
    }

    private async Task<List<Line>> ByUnitAsync(AssessmentPeriod period, UnitGroup group, UnitTree tree, Actor actor, CancellationToken ct)
    {
        var counts = await CountAsync(db.Set<EvaluationFact>(), period, f => f.UnitId, ct);
        return [.. tree.All
            .Where(u => group.Kinds.Contains(u.Kind) || (group.TakesOthers && counts.ContainsKey(u.Id)))
            .Select(u => new Line(
                u.Code.Value, u.Name, counts.GetValueOrDefault(u.Id),
                actor.Units is null || actor.Units.Contains(u.Id) ? OrderLinks.Of(period, ("unit", u.Code.Value)) : null))];
    }

    private async Task<List<Line>> ByClassAsync(AssessmentPeriod period, UnitGroup group, UnitTree tree, Actor actor, CancellationToken ct)
    {
        var facts = db.Set<EvaluationFact>().AsQueryable();
        var filter = KindFilter(group);
        if (actor.Units is not null)
        {
            facts = facts.Where(f => f.UnitId == actor.UnitId);
            filter = [("unit", tree.Find(actor.UnitId)?.Code.Value ?? "")];
        }
        else if (!group.TakesOthers)
        {
            var listed = tree.All.Where(u => group.Kinds.Contains(u.Kind)).Select(u => u.Id).ToArray();
            facts = facts.Where(f => listed.Contains(f.UnitId));
        }

        var classes = await catalogue.GetAsync(ct);
        var counts = await CountAsync(facts, period, f => f.ClassCode ?? NoClass, ct);
        return [.. counts.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => new Line(
            c.Key, c.Key == NoClass ? "未分类" : classes.FindClass(c.Key)?.Name ?? c.Key, c.Value, OrderLinks.Of(period, [.. filter, ("class", c.Key)])))];
    }

    private static async Task<Dictionary<TKey, Counts>> CountAsync<TKey>(
        IQueryable<EvaluationFact> facts, AssessmentPeriod period, Expression<Func<EvaluationFact, TKey>> key, CancellationToken ct)
        where TKey : notnull
    {
        var (from, until, closedFrom) = (period.From, period.Until, period.ClosedFrom);
        var received = await facts.Where(f => f.ReceivedAt >= from && f.ReceivedAt < until).GroupBy(key).Select(g => new
        {
            g.Key,
            Received = g.Count(),
            Valid = g.Count(f => f.HasValidCallback && !f.IsExcluded),
            Contacted = g.Count(f => f.HasValidCallback && !f.IsExcluded && f.Contacted == true),
            Solved = g.Count(f => f.HasValidCallback && !f.IsExcluded && f.Solved == true),
            Satisfied = g.Count(f => f.HasValidCallback && !f.IsExcluded && f.Satisfied == SatisfiedWords.Satisfied),
            Mostly = g.Count(f => f.HasValidCallback && !f.IsExcluded && f.Satisfied == SatisfiedWords.MostlySatisfied),
        }).ToListAsync(ct);
        var closed = await facts.Where(f => f.IsClosed && f.ClosedAt >= closedFrom && f.ClosedAt < until).GroupBy(key).Select(g => new { g.Key, Closed = g.Count() }).ToListAsync(ct);

        var counts = received.ToDictionary(r => r.Key, r => new Counts(r.Received, 0, r.Valid, r.Contacted, r.Solved, r.Satisfied, r.Mostly));
        foreach (var row in closed)
        {
            counts[row.Key] = counts.GetValueOrDefault(row.Key) with { Closed = row.Closed };
        }

        return counts;
    }

    private Report Compose(Ask ask, AssessmentPeriod period, UnitGroup group, WeightSet set, Weights weights, List<Line> lines, Line total)
    {
        var scores = lines.ConvertAll(l => Score.Of(l.Counts, weights));
        var ranks = Ranking.Of([.. lines.Zip(scores, (line, score) => (score.CompositeScore, line.Counts.Received))]);
        var items = lines.Select((line, i) => line.ToRow(scores[i], ranks[i]))
            .OrderBy(row => row.Rank ?? int.MaxValue).ThenByDescending(row => row.Received).ThenBy(row => row.Unit, StringComparer.Ordinal);
        return new()
        {
            Period = period.Code,
            FirstDay = period.FirstDay,
            LastDay = period.LastDay,
            Provisional = !period.IsOver(clock.Today()),
            CountedAt = clock.GetUtcNow(),
            GroupBy = ask.GroupBy == "class" ? "class" : "unit",
            Group = group.Name,
            Weights = new(weights.Contacted, weights.Solved, weights.Satisfied, weights.MostlySatisfied, set.ValidFrom),
            Items = [.. items],
            Total = total.ToRow(Score.Of(total.Counts, weights), null),
            Mean = Rates.Of(Score.MeanOf(scores)),
            Definitions = [.. Figure.All.Select(f => new Definition(f.Name, f.Title, f.ByClosing ? period.ClosedFirstDay : period.FirstDay, period.LastDay, f.Meaning))],
        };
    }

    private static (string, string)[] KindFilter(UnitGroup group) => group.TakesOthers ? [] : [("unitKind", group.Kinds.Single().ToString())];

    private sealed record Line(string? Code, string Name, Counts Counts, IReadOnlyDictionary<string, string>? Links)
    {
        public Row ToRow(Score score, int? rank) => new()
        {
            Unit = Code,
            UnitName = Name,
            Received = Counts.Received,
            Closed = Counts.Closed,
            ValidCallbacks = Counts.Valid,
            Contacted = Counts.Contacted,
            Solved = Counts.Solved,
            Satisfied = Counts.Satisfied,
            MostlySatisfied = Counts.MostlySatisfied,
            ResponseRate = Score.Exact(score.ResponseRate),
            ResolutionRate = Score.Exact(score.ResolutionRate),
            SatisfactionRate = Score.Exact(score.SatisfactionRate),
            CompositeScore = Score.Exact(score.CompositeScore),
            Rank = rank,
            Links = Links,
        };
    }
}
