using Jiesu.Catalog.Contracts;
using Jiesu.Identity.Contracts;
using Jiesu.Intelligence.Contracts;
using Jiesu.Intelligence.Domain;
using Jiesu.Intelligence.Features.Classify;
using Jiesu.Platform;
using Jiesu.Platform.Jobs;
using Microsoft.Extensions.Options;

namespace Jiesu.Intelligence.Features.Train;

/// <summary>
/// 影子运行: lets the newest challenger and the model in use both classify the orders that came in after the challenger had learned and that people have confirmed since.
/// Nobody sees its advice. When it was no worse over enough of them it takes over.
/// </summary>
internal sealed class RunShadow(JiesuDb db, ICatalogue catalogue, IEnumerable<ITrainingTexts> sources, Models models, IAuditLog audit, IUnitDirectory units, IOptions<IntelligenceSettings> settings, TimeProvider clock) : IJob
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(30);

    /// <summary>More orders than this make the figures no surer than anybody needs.</summary>
    private const int Most = 5_000;

    public async Task RunAsync(CancellationToken ct)
    {
        var champion = models.Current(await catalogue.GetAsync(ct));
        if (models.Kept().Where(m => !m.WasUsed && m.Card.TrainedAt > champion.Card.TrainedAt).Select(m => m.Card).FirstOrDefault() is not { } card || models.Read(card.Version) is not { } challenger)
        {
            return;
        }

        var run = await db.Set<ShadowRun>().FindAsync([card.Version], ct);
        if (run is null)
        {
            db.Add(run = new() { ModelVersion = card.Version, ChampionVersion = champion.Card.Version });
        }

        (run.ChampionVersion, run.Orders, run.Right, run.ChampionRight, run.At) = (champion.Card.Version, 0, 0, 0, clock.GetUtcNow());
        await foreach (var order in sources.ToAsyncEnumerable().SelectMany(s => s.ReadAsync(ct)).TakeWhile(o => o.At > card.TrainedAt).Take(Most).WithCancellation(ct))
        {
            var grams = Grams.Of(PlainText.OfOrder(order.Text));
            run.Orders++;
            run.Right += First(challenger, grams) == order.ClassCode ? 1 : 0;
            run.ChampionRight += First(champion, grams) == order.ClassCode ? 1 : 0;
        }

        if (settings.Value.PromoteAfter is > 0 and var enough && run.Orders >= enough && run.Right >= run.ChampionRight)
        {
            audit.Record(
                new(Guid.Empty, (await units.GetAsync(ct)).Centre.Id, "", new HashSet<string>()), "intelligence.use-model", $"model/{card.Version}",
                string.Create(null, $"影子运行 {run.Orders} 件：新模型首选正确 {run.Right} 件，原模型 {run.ChampionRight} 件"));
            await db.SaveChangesAsync(ct);
            models.Use(card.Version);
        }
        else
        {
            await db.SaveChangesAsync(ct);
        }
    }

    private static string First(ClassModel model, uint[] grams)
    {
        var margins = model.Margins(grams);
        return model.Codes[margins.IndexOf(margins.Max())];
    }
}
