using Jiesu.Catalog.Contracts;
using Jiesu.Intelligence.Contracts;
using Jiesu.Intelligence.Domain;
using Jiesu.Intelligence.Features.Classify;

namespace Jiesu.Intelligence.Features.Train;

/// <summary>训练: a new model of the newest confirmed orders and the words of today's catalogue. The command line, the demo and the job call it.</summary>
internal sealed class TrainModel(ICatalogue catalogue, IEnumerable<ITrainingTexts> sources, Models models, TimeProvider clock) : IModelTraining
{
    /// <summary>About 200 MB while learning; more orders than this add minutes, not quality.</summary>
    private const int MostOrders = 50_000;

    public Task<TrainedModel> TrainAsync(CancellationToken ct) => TrainAsync(models.Add, ct);

    public Task<TrainedModel> TrainChallengerAsync(CancellationToken ct) => TrainAsync(models.AddChallenger, ct);

    /// <summary>Without a single confirmed order the model in use stays: the catalogue's words it knows already.</summary>
    private async Task<TrainedModel> TrainAsync(Action<ClassModel> add, CancellationToken ct)
    {
        var day = await catalogue.GetAsync(ct);
        var orders = await ReadOrdersAsync(day, ct);
        var card = models.Current(day).Card;
        if (orders.Count > 0)
        {
            var made = await Task.Run(() => ClassTraining.Run(orders, CatalogueWords.Of(day.Classes), clock.GetUtcNow(), Cores, ct), ct);
            add(made);
            card = made.Card;
        }

        return new(card.Version, card.TrainedAt, card.Classes, card.Samples, card.Accuracy);
    }

    /// <summary>Half of them: people work beside it.</summary>
    private static int Cores => Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>Orders of a class that has ended are left out.</summary>
    private async Task<TrainingSet> ReadOrdersAsync(CatalogueDay day, CancellationToken ct)
    {
        var orders = new TrainingSet();
        await foreach (var order in sources.ToAsyncEnumerable().SelectMany(s => s.ReadAsync(ct)).WithCancellation(ct))
        {
            if (day.FindClass(order.ClassCode) is { } node)
            {
                orders.Add(PlainText.OfOrder(order.Text), node.Code);
            }

            if (orders.Count == MostOrders)
            {
                break;
            }
        }

        return orders;
    }
}
