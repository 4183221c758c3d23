using Jiesu.Catalog.Contracts;
using Jiesu.Intelligence.Contracts;
using Jiesu.Intelligence.Domain;
using Jiesu.Intelligence.Features.Classify;

namespace Jiesu.Intelligence.Features.Train;

/// <summary>训练: a new model of the newest confirmed orders and the words of today's catalogue. The command line, the demo and the job call it.</summary>
internal sealed class TrainModel(ICatalogue catalogue, IEnumerable<ITrainingTexts> sources, Models models, TimeProvider clock) : IModelTraining
{
    /// <summary>About 100 MB while learning; more orders than this add minutes, not quality.</summary>
    private const int MostOrders = 50_000;

    public async Task<TrainedModel> TrainAsync(CancellationToken ct)
    {
        var day = await catalogue.GetAsync(ct);
        var orders = new TrainingSet();
        foreach (var source in sources)
        {
            await foreach (var order in source.ReadAsync(ct))
            {
                if (day.FindClass(order.ClassCode) is { } node)
                {
                    orders.Add(PlainText.OfOrder(order.Text), node.Code);
                }

                if (orders.Count >= MostOrders)
                {
                    break;
                }
            }
        }

        var model = await Task.Run(() => ClassTraining.Run(orders, CatalogueWords.Of(day.Classes), clock.GetUtcNow(), Cores, ct), ct);
        models.Add(model);
        return new(model.Card.Version, model.Card.TrainedAt, model.Card.Classes, model.Card.Samples, model.Card.Accuracy);
    }

    /// <summary>Half of them: people work beside it.</summary>
    private static int Cores => Math.Max(1, Environment.ProcessorCount / 2);
}
