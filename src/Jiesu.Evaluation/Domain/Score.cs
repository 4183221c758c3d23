namespace Jiesu.Evaluation.Domain;

/// <summary>三率与综合成绩: percentages, 0–100, not rounded; all null when no callback is valid: such a unit is not ranked (hotline guide 3.1, 3.3.4).</summary>
/// <param name="ResponseRate">响应率: contacted ÷ valid callbacks.</param>
/// <param name="ResolutionRate">解决率: solved ÷ valid callbacks.</param>
/// <param name="SatisfactionRate">满意率: (满意 + factor × 基本满意) ÷ valid callbacks.</param>
/// <param name="CompositeScore">综合成绩: the weighted sum of the three.</param>
internal sealed record Score(decimal? ResponseRate, decimal? ResolutionRate, decimal? SatisfactionRate, decimal? CompositeScore)
{
    public static Score None { get; } = new(null, null, null, null);

    public static Score Of(Counts counts, Weights weights)
    {
        if (counts.Valid == 0)
        {
            return None;
        }

        var satisfied = counts.Satisfied + (weights.MostlySatisfied * counts.MostlySatisfied);
        var weighted = (weights.Contacted * counts.Contacted) + (weights.Solved * counts.Solved) + (weights.Satisfied * satisfied);
        return new(Share(counts.Contacted), Share(counts.Solved), Share(satisfied), Share(weighted));

        decimal Share(decimal part) => part * 100 / counts.Valid;
    }

    /// <summary>单位平均: each unit with a score weighs the same, however many orders it has; units without a score are left out.</summary>
    public static Score MeanOf(IEnumerable<Score> scores)
    {
        var scored = scores.Where(s => s.CompositeScore is not null).ToArray();
        return new(
            scored.Average(s => s.ResponseRate), scored.Average(s => s.ResolutionRate),
            scored.Average(s => s.SatisfactionRate), scored.Average(s => s.CompositeScore));
    }

    /// <summary>As tables show it: one decimal, half away from zero (92.73 → 92.7, 87.95 → 88.0).</summary>
    public static decimal? Shown(decimal? figure) => Round(figure, 1);

    /// <summary>As the wire carries it: four decimals, so that a reader may round by its own rule.</summary>
    public static decimal? Exact(decimal? figure) => Round(figure, 4);

    private static decimal? Round(decimal? figure, int decimals) => figure is { } f ? Math.Round(f, decimals, MidpointRounding.AwayFromZero) : null;
}
