namespace Jiesu.Evaluation.Domain;

/// <summary>权重: the share of each rate in the composite score, together 1.</summary>
/// <param name="MostlySatisfied">基本满意系数: what one 基本满意 counts beside one 满意, 0–1.</param>
internal sealed record Weights(decimal Contacted, decimal Solved, decimal Satisfied, decimal MostlySatisfied = Weights.UsualMostlySatisfied)
{
    public const decimal UsualMostlySatisfied = 0.9m;

    /// <summary>10 / 50 / 40 and 0.9, as observed in a Beijing district (hotline guide 3.1).</summary>
    public static Weights Usual { get; } = new(0.10m, 0.50m, 0.40m);

    public bool AreWhole => Contacted + Solved + Satisfied == 1 && new[] { Contacted, Solved, Satisfied, MostlySatisfied }.All(w => w is >= 0 and <= 1);
}
