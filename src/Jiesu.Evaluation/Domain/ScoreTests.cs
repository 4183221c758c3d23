using CsCheck;

namespace Jiesu.Evaluation.Domain;

public sealed class ScoreTests
{
    private static readonly Counts UnitX = new(1200, 1100, Valid: 1000, Contacted: 985, Solved: 912, Satisfied: 860, MostlySatisfied: 80);
    private static readonly Counts UnitY = new(60, 50, Valid: 50, Contacted: 50, Solved: 40, Satisfied: 38, MostlySatisfied: 4);

    private static readonly Gen<Counts> AnyCounts = Gen.Int[1, 5000].SelectMany(valid =>
        Gen.Select(Gen.Int[0, valid], Gen.Int[0, valid], Gen.Int[0, valid]).SelectMany((contacted, solved, satisfied) =>
            Gen.Int[0, valid - satisfied].Select(mostly => new Counts(valid, valid, valid, contacted, solved, satisfied, mostly))));

    [Theory] // hotline guide 3.3.1
    //          weights           score    shown
    [InlineData(10, 50, 40, "92.73", "92.7")]
    [InlineData(30, 35, 35, "94.09", "94.1")]
    [InlineData(20, 40, 40, "93.46", "93.5")]
    public void The_composite_score_weighs_the_three_rates(int contacted, int solved, int satisfied, string score, string shown)
    {
        var result = Score.Of(UnitX, new(contacted / 100m, solved / 100m, satisfied / 100m));

        Assert.Equal((98.5m, 91.2m, 93.2m), (result.ResponseRate, result.ResolutionRate, result.SatisfactionRate));
        Assert.Equal((Of(score), Of(shown)), (result.CompositeScore, Score.Shown(result.CompositeScore)));
    }

    [Fact] // hotline guide 3.3.2
    public void An_excluded_order_leaves_both_numbers()
    {
        var before = Score.Of(UnitY, Weights.Usual);
        var after = Score.Of(UnitY with { Valid = 47, Contacted = 47 }, Weights.Usual);

        Assert.Equal((100m, 80m, 83.2m, 83.28m), (before.ResponseRate, before.ResolutionRate, before.SatisfactionRate, before.CompositeScore));
        Assert.Equal((85.1064m, 88.5106m, 87.9574m), (Score.Exact(after.ResolutionRate), Score.Exact(after.SatisfactionRate), Score.Exact(after.CompositeScore)));
        Assert.Equal(88.0m, Score.Shown(after.CompositeScore));
    }

    [Fact] // hotline guide 3.3.3
    public void The_mean_of_units_and_the_pooled_score_are_two_figures()
    {
        Score[] units = [Score.Of(UnitX, Weights.Usual), Score.Of(UnitY, Weights.Usual), Score.None];

        Assert.Equal(88.0m, Score.Shown(Score.MeanOf(units).CompositeScore));
        Assert.Equal(92.28m, Math.Round(Score.Of(UnitX + UnitY, Weights.Usual).CompositeScore!.Value, 2));
    }

    [Fact] // hotline guide 3.3.4
    public void A_unit_without_a_valid_callback_has_no_score_and_no_place()
    {
        var silent = Score.Of(new(7, 3, 0, 0, 0, 0, 0), Weights.Usual);

        Assert.Equal(Score.None, silent);
        Assert.Equal([null, 1], Ranking.Of([(silent.CompositeScore, 7), (0m, 1)]));
        Assert.Equal(Score.None, Score.MeanOf([silent]));
    }

    [Fact] // hotline guide 3.3.5
    public void Of_equal_scores_the_larger_volume_stands_first() =>
        Assert.Equal([4, 1, 2, 2, 5], Ranking.Of([(90m, 10), (95m, 1), (90m, 30), (90m, 30), (80m, 99)]));

    [Theory]
    [InlineData("92.73", "92.7")]
    [InlineData("87.95", "88.0")]
    [InlineData("92.25", "92.3")]
    [InlineData("92.249", "92.2")]
    public void Half_is_rounded_away_from_zero(string figure, string shown) => Assert.Equal(Of(shown), Score.Shown(Of(figure)));

    [Fact]
    public void A_score_lies_between_0_and_100_and_grows_with_each_better_answer() => AnyCounts.Sample(counts =>
    {
        var score = Score.Of(counts, Weights.Usual).CompositeScore;
        var happier = Score.Of(counts with { Satisfied = counts.Satisfied + counts.MostlySatisfied, MostlySatisfied = 0 }, Weights.Usual).CompositeScore;
        return score is >= 0 and <= 100 && happier >= score;
    });

    private static decimal Of(string figure) => decimal.Parse(figure, System.Globalization.CultureInfo.InvariantCulture);
}
