using Jiesu.Catalog.Contracts;
using Jiesu.Intelligence.Contracts;
using Jiesu.Intelligence.Domain;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;
using static Jiesu.Intelligence.Features.Quality.ShowQuality;

namespace Jiesu.Intelligence.Features.Quality;

/// <summary>Reads what people made of the advice between two days, both included, Beijing.</summary>
internal sealed class QualityReader(JiesuDb db, ICatalogue catalogue, TimeProvider clock)
{
    /// <summary>The newest of the span; a year of a busy district is less than twice as many.</summary>
    private const int Most = 500_000;

    private const int MostConfusions = 30;
    private static readonly double[] Scores = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99];

    public async Task<ShowQuality.Response> ReadAsync(DateOnly from, DateOnly to, CancellationToken ct)
    {
        var rows = await RowsAsync(from.StartOfDay(), to.AddDays(1).StartOfDay(), ct);
        var day = await catalogue.GetAsync(ct);
        var (classes, units, places) = (Of(rows, AdvisedMatter.Class), Of(rows, AdvisedMatter.Unit), Of(rows, AdvisedMatter.Place));
        return new(
            from, to, MatterFigures.Of(classes), MatterFigures.Of(units), MatterFigures.Of(places), Ece(classes),
            [.. rows.GroupBy(r => Monday(r.At)).OrderByDescending(g => g.Key).Select(g => new QualityWeek(
                g.Key, MatterFigures.Of(Of(g, AdvisedMatter.Class)), MatterFigures.Of(Of(g, AdvisedMatter.Unit)), MatterFigures.Of(Of(g, AdvisedMatter.Place))))],
            Bins(classes), [.. Scores.Select(s => Point(classes, s))], PerClass(classes, day), Confusions(classes, day), await DriftAsync(ct));
    }

    /// <summary>数据漂移 as of now.</summary>
    public async Task<DriftFigures> DriftAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return Drift.Of(Of(await RowsAsync(now - Drift.Recent - Drift.Before, now, ct), AdvisedMatter.Class), now);
    }

    private Task<List<QualityRow>> RowsAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken ct) => db.Set<StoredDecision>().AsNoTracking()
        .Where(d => d.At >= from && d.At < until).OrderByDescending(d => d.At).Take(Most)
        .Select(d => new QualityRow(d.Matter, d.Advised, d.Score, d.Chosen, d.Rank, d.At, d.IsReturned, d.ModelVersion)).ToListAsync(ct);

    private static QualityRow[] Of(IEnumerable<QualityRow> rows, AdvisedMatter matter) => [.. rows.Where(r => r.Matter == matter)];

    private static DateOnly Monday(DateTimeOffset at)
    {
        var day = DateOnly.FromDateTime(at.ToBeijing().DateTime);
        return day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
    }

    private static CalibrationBin[] Bins(QualityRow[] classes) =>
    [
        .. Enumerable.Range(0, 10).Select(i => (From: i / 10.0, Rows: classes.Where(r => r.Advised is not null && Math.Min(9, (int)(r.Score * 10)) == i).ToArray()))
            .Select(b => new CalibrationBin(b.From, b.Rows.Length, b.Rows.Length == 0 ? null : Math.Round(b.Rows.Average(r => r.Score), 4), MatterFigures.Share(b.Rows.Count(r => r.Rank == 1), b.Rows.Length))),
    ];

    /// <summary>Expected calibration error over ten bins of equal width.</summary>
    private static double? Ece(QualityRow[] classes)
    {
        var bins = Bins(classes);
        var all = bins.Sum(b => b.Count);
        return all == 0 ? null : Math.Round(bins.Where(b => b.Count > 0).Sum(b => b.Count * Math.Abs(b.MeanScore!.Value - b.Right!.Value)) / all, 4);
    }

    private static CoveragePoint Point(QualityRow[] classes, double score)
    {
        var above = classes.Where(r => r.Advised is not null && r.Score >= score).ToArray();
        return new(score, MatterFigures.Share(above.Length, classes.Length), MatterFigures.Share(above.Count(r => r.Rank == 1), above.Length));
    }

    private static ClassQuality[] PerClass(QualityRow[] classes, CatalogueDay day)
    {
        var (advised, chosen, right) = (Count(classes.Select(r => r.Advised)), Count(classes.Select(r => r.Chosen)), Count(classes.Where(r => r.Rank == 1).Select(r => r.Chosen)));
        return
        [
            .. advised.Keys.Union(chosen.Keys).Select(code => (Code: code, Advised: advised.GetValueOrDefault(code), Chosen: chosen.GetValueOrDefault(code), Right: right.GetValueOrDefault(code)))
                .OrderByDescending(c => c.Chosen).ThenBy(c => c.Code, StringComparer.Ordinal)
                .Select(c => new ClassQuality(c.Code, NameOf(c.Code, day), c.Advised, c.Chosen, c.Right, MatterFigures.Share(c.Right, c.Advised), MatterFigures.Share(c.Right, c.Chosen))),
        ];
    }

    private static Dictionary<string, int> Count(IEnumerable<string?> codes) => codes.OfType<string>().CountBy(c => c).ToDictionary();

    private static Confusion[] Confusions(QualityRow[] classes, CatalogueDay day) =>
    [
        .. classes.Where(r => r.Advised is not null && r.Advised != r.Chosen).CountBy(r => (Advised: r.Advised!, r.Chosen)).OrderByDescending(c => c.Value)
            .ThenBy(c => c.Key.Advised, StringComparer.Ordinal).Take(MostConfusions)
            .Select(c => new Confusion(c.Key.Advised, NameOf(c.Key.Advised, day), c.Key.Chosen, NameOf(c.Key.Chosen, day), c.Value)),
    ];

    private static string NameOf(string code, CatalogueDay day) => day.FindClass(code)?.Path ?? code;
}
