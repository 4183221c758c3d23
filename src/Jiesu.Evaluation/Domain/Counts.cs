namespace Jiesu.Evaluation.Domain;

/// <summary>计数: what the orders of one unit, class or district add up to within a period.</summary>
/// <param name="Received">受理量, excluded orders too (hotline guide 3.4).</param>
/// <param name="Closed">办结量, by its own window.</param>
/// <param name="Valid">有效回访: the caller was reached, three answers, not excluded; the denominator of all rates.</param>
/// <param name="Satisfied">满意数, without 基本满意.</param>
internal readonly record struct Counts(int Received, int Closed, int Valid, int Contacted, int Solved, int Satisfied, int MostlySatisfied)
{
    public static Counts operator +(Counts one, Counts other) => new(
        one.Received + other.Received, one.Closed + other.Closed, one.Valid + other.Valid, one.Contacted + other.Contacted,
        one.Solved + other.Solved, one.Satisfied + other.Satisfied, one.MostlySatisfied + other.MostlySatisfied);
}
