using System.Globalization;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Evaluation.Domain;

/// <summary>Periods of 2025 to 2027 and the usual weights; what is there already stays as it is.</summary>
internal sealed class EvaluationSeed(JiesuDb db, TimeProvider clock) : ISeed
{
    private static readonly DateOnly FirstMonth = new(2025, 1, 1);
    private const int Months = 36;

    public async Task SeedAsync(CancellationToken ct)
    {
        if (!await db.Set<AssessmentPeriod>().AnyAsync(ct))
        {
            db.AddRange(Enumerable.Range(0, Months).Select(m => Monthly(FirstMonth.AddMonths(m))));
        }

        if (!await db.Set<WeightSet>().AnyAsync(ct))
        {
            db.Add(Usual());
        }

        await db.SaveChangesAsync(ct);
    }

    /// <summary>From the 19th of the month before to the 18th (hotline guide 3.5).</summary>
    private AssessmentPeriod Monthly(DateOnly month)
    {
        var first = month.AddMonths(-1).AddDays(18);
        return new()
        {
            Code = month.ToString("yyyy-MM", CultureInfo.InvariantCulture),
            Revision = 1,
            FirstDay = first,
            LastDay = month.AddDays(17),
            ClosedFirstDay = first,
            Reason = "初始设置：上月19日至本月18日",
            CreatedAt = clock.GetUtcNow(),
        };
    }

    private WeightSet Usual() => new()
    {
        ValidFrom = new(2019, 1, 1),
        Revision = 1,
        Contacted = Weights.Usual.Contacted,
        Solved = Weights.Usual.Solved,
        Satisfied = Weights.Usual.Satisfied,
        MostlySatisfied = Weights.Usual.MostlySatisfied,
        Reason = "初始设置：响应率10%、解决率50%、满意率40%，基本满意按0.9计",
        CreatedAt = clock.GetUtcNow(),
    };
}
