using CsCheck;

namespace Jiesu.Intelligence.Features.Classify;

public sealed class CalibrationTests
{
    private static readonly Gen<float[]> Margins = Gen.Float[-3, 3].Array[3];

    [Fact]
    public void Probabilities_add_up_and_the_first_place_stays_the_first()
    {
        var calibration = Fitted(sureness: 1);

        Margins.Sample(margins =>
        {
            var scores = calibration.Scores(margins);
            return Math.Abs(scores.Sum() - 1) < 1e-6 && scores.All(s => s is >= -1e-9 and <= 1 + 1e-9) && scores[Array.IndexOf(margins, margins.Max())] >= scores.Max() - 1e-9;
        });
    }

    [Fact]
    public void Who_leads_more_is_never_less_sure()
    {
        var calibration = Fitted(sureness: 1);

        Gen.Select(Gen.Double[0, 1], Gen.Double[0, 1]).Sample((a, b) => calibration.Curve(Math.Min(a, b)) <= calibration.Curve(Math.Max(a, b)) + 1e-9);
    }

    /// <summary>However loud the margins are, a score says how often such texts were right.</summary>
    [Theory]
    [InlineData(0.2f)]
    [InlineData(1f)]
    [InlineData(20f)]
    public void Of_those_given_a_score_so_many_are_right(float loudness)
    {
        var (margins, truth) = Made(loudness, seed: 2);
        var calibration = Fitted(loudness);

        var told = margins.Select((m, i) => (Score: calibration.Scores(m).Max(), IsRight: Array.IndexOf(m, m.Max()) == truth[i])).Where(t => t.Score > 0.8).ToArray();

        Assert.InRange(told.Average(t => t.IsRight ? 1.0 : 0) - told.Average(t => t.Score), -0.03, 0.03);
    }

    [Fact]
    public void From_the_sure_score_on_98_of_100_are_right()
    {
        var (margins, truth) = Made(1, seed: 3);
        var calibration = Fitted(1);

        var sure = margins.Index().Where(m => calibration.Scores(m.Item).Max() >= calibration.Sure).ToArray();

        Assert.True(sure.Length > 500, $"{sure.Length} sure from {calibration.Sure}");
        Assert.InRange(sure.Average(m => Array.IndexOf(m.Item, m.Item.Max()) == truth[m.Index] ? 1.0 : 0), 0.97, 1);
    }

    [Fact]
    public void Without_anything_to_measure_on_nothing_is_sure() => Assert.Null(Calibration.Modest(1).Sure);

    private static Calibration Fitted(float sureness)
    {
        var (margins, truth) = Made(sureness, seed: 1);
        return Calibration.Fit(margins, truth, [.. truth.Select(_ => 0.5)]);
    }

    /// <summary>Three classes; the true one stands a little higher on average.</summary>
    private static (float[][] Margins, int[] Truth) Made(float loudness, int seed)
    {
        var random = new Random(seed);
        var truth = Enumerable.Range(0, 4000).Select(_ => random.Next(3)).ToArray();
        return (Array.ConvertAll(truth, t => Enumerable.Range(0, 3).Select(c => (float)(loudness * ((c == t ? 1.5 : 0) + (random.NextDouble() * 2)))).ToArray()), truth);
    }
}
