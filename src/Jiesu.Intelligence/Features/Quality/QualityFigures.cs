using Jiesu.Intelligence.Contracts;

namespace Jiesu.Intelligence.Features.Quality;

/// <summary>One decision as the figures need it.</summary>
internal sealed record QualityRow(AdvisedMatter Matter, string? Advised, double Score, string Chosen, int Rank, DateTimeOffset At, bool IsReturned, string ModelVersion);

/// <content>What the figures are.</content>
public static partial class ShowQuality
{
    /// <summary>质量数字 of one matter over a span. Shares are 0–1 and null where nothing was decided.</summary>
    /// <param name="Decisions">Orders on which a person decided.</param>
    /// <param name="Coverage">Share of them with a suggestion.</param>
    /// <param name="Top1">采纳率: the first suggestion was taken, of those with one.</param>
    /// <param name="Top3">One of the first three was taken.</param>
    /// <param name="Accepted">First suggestion taken.</param>
    /// <param name="Changed">Another one of the suggestions taken.</param>
    /// <param name="Rejected">None of the suggestions taken.</param>
    /// <param name="ReturnRate">退单率: of the units chosen, those that gave the order back. Only for units.</param>
    /// <param name="ReturnRateOfAccepted">The same of those whose first suggestion was taken.</param>
    public sealed record MatterFigures(int Decisions, double? Coverage, double? Top1, double? Top3, int Accepted, int Changed, int Rejected, double? ReturnRate, double? ReturnRateOfAccepted)
    {
        internal static MatterFigures Of(IReadOnlyCollection<QualityRow> rows)
        {
            var advised = rows.Where(r => r.Advised is not null).ToArray();
            var accepted = advised.Where(r => r.Rank == 1).ToArray();
            var rejected = advised.Count(r => r.Rank == 0);
            return new(
                rows.Count, Share(advised.Length, rows.Count), Share(accepted.Length, advised.Length), Share(advised.Count(r => r.Rank is >= 1 and <= 3), advised.Length),
                accepted.Length, advised.Length - accepted.Length - rejected, rejected,
                rows.FirstOrDefault()?.Matter == AdvisedMatter.Unit ? Share(rows.Count(r => r.IsReturned), rows.Count) : null,
                rows.FirstOrDefault()?.Matter == AdvisedMatter.Unit ? Share(accepted.Count(r => r.IsReturned), accepted.Length) : null);
        }

        internal static double? Share(int part, int all) => all == 0 ? null : Math.Round((double)part / all, 4);
    }

    /// <summary>周报: what a week's people made of the advice.</summary>
    /// <param name="From">Monday, Beijing.</param>
    public sealed record QualityWeek(DateOnly From, MatterFigures Class, MatterFigures Unit, MatterFigures Place);

    /// <summary>校准: of suggestions with such a score, how many were taken.</summary>
    /// <param name="From">Lowest score of the bin.</param>
    public sealed record CalibrationBin(double From, int Count, double? MeanScore, double? Right);

    /// <summary>覆盖率与准确率: were only suggestions from this score on followed without a person.</summary>
    public sealed record CoveragePoint(double Score, double? Coverage, double? Accuracy);

    /// <summary>分类表现.</summary>
    /// <param name="Advised">Times it was the first suggestion.</param>
    /// <param name="Chosen">Times people chose it.</param>
    /// <param name="Right">Times both.</param>
    public sealed record ClassQuality(string Code, string Name, int Advised, int Chosen, int Right, double? Precision, double? Recall);

    /// <summary>混淆: advised this, chosen that.</summary>
    public sealed record Confusion(string AdvisedCode, string AdvisedName, string ChosenCode, string ChosenName, int Count);

    /// <summary>数据漂移: the last two weeks beside the twelve before.</summary>
    /// <param name="Psi">Population stability index of the first-level classes that people chose; null where too few.</param>
    /// <param name="Top1">Of the last two weeks.</param>
    /// <param name="Top1Before">Of the twelve weeks before.</param>
    /// <param name="Alarm">What is wrong and what to do; null when all is as usual.</param>
    public sealed record DriftFigures(double? Psi, double? Top1, double? Top1Before, string? Alarm);
}
