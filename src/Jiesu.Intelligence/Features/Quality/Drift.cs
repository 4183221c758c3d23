using static Jiesu.Intelligence.Features.Quality.ShowQuality;

namespace Jiesu.Intelligence.Features.Quality;

/// <summary>数据漂移: whether people's matters, or how well the model meets them, have changed. Limits are assumed (usual in scoring practice: 0.1 some, 0.25 much).</summary>
internal static class Drift
{
    public static readonly TimeSpan Recent = TimeSpan.FromDays(14);
    public static readonly TimeSpan Before = TimeSpan.FromDays(84);

    /// <summary>Fewer decisions than this on either side say nothing.</summary>
    private const int Fewest = 100;

    private const double Much = 0.25, Fall = 0.05;

    public static DriftFigures Of(IReadOnlyCollection<QualityRow> classes, DateTimeOffset now)
    {
        var recent = classes.Where(r => r.At > now - Recent).ToArray();
        var before = classes.Where(r => r.At <= now - Recent && r.At > now - Recent - Before).ToArray();
        var (top1, top1Before) = (MatterFigures.Of(recent).Top1, MatterFigures.Of(before).Top1);
        if (recent.Length < Fewest || before.Length < Fewest)
        {
            return new(null, top1, top1Before, null);
        }

        var psi = Psi(Shares(before), Shares(recent));
        return new(Math.Round(psi, 3), top1, top1Before, psi > Much ? "近两周的诉求结构与此前明显不同，建议重新训练模型，并核对业务目录是否缺少新问题的分类。"
            : top1Before - top1 > Fall ? "近两周分类首选采纳率比此前下降超过 5 个百分点，建议重新训练模型，并抽查被改类的工单。"
            : null);
    }

    /// <summary>Σ (now − then) · ln(now ÷ then); a class that is missing on one side counts as half an order.</summary>
    public static double Psi(IReadOnlyDictionary<string, double> then, IReadOnlyDictionary<string, double> now)
    {
        const double half = 0.5 / Fewest;
        return then.Keys.Union(now.Keys).Sum(code =>
        {
            var (a, b) = (Math.Max(half, then.GetValueOrDefault(code)), Math.Max(half, now.GetValueOrDefault(code)));
            return (b - a) * Math.Log(b / a);
        });
    }

    /// <summary>By first level: the first two digits of a class.</summary>
    private static Dictionary<string, double> Shares(QualityRow[] rows) => rows.GroupBy(r => r.Chosen[..Math.Min(2, r.Chosen.Length)]).ToDictionary(g => g.Key, g => (double)g.Count() / rows.Length);
}
