namespace Jiesu.Intelligence.Contracts;

/// <summary>训练样本来源: orders whose class a person confirmed. The room that owns the texts offers it; without it, the catalogue alone is learned.</summary>
public interface ITrainingTexts
{
    /// <summary>Newest first, only those with a class; the reader stops when it has enough.</summary>
    IAsyncEnumerable<LearnedText> ReadAsync(CancellationToken ct);
}

/// <summary>模型训练: learns classes from confirmed orders; the new model advises from then on, on all nodes that share the data folder.</summary>
public interface IModelTraining
{
    Task<TrainedModel> TrainAsync(CancellationToken ct);

    /// <summary>挑战者: the same, but the model in use goes on advising until the new one has shown itself no worse on orders that neither has learned from.</summary>
    Task<TrainedModel> TrainChallengerAsync(CancellationToken ct);
}

/// <summary>地址要素训练: learns to parse addresses from a labelled file of the installation.</summary>
public interface IAddressTraining
{
    /// <param name="file">CoNLL: <c>token B-kind</c> or <c>token I-kind</c> a line, a blank line after each address.</param>
    /// <returns>How many addresses it learned from; none leaves the model in use as it is.</returns>
    int Train(string file, CancellationToken ct);
}

/// <summary>训练结果.</summary>
/// <param name="Samples">Orders learned from.</param>
/// <param name="Accuracy">Share of first places that were right among orders kept aside, 0–1; null when there were too few.</param>
public sealed record TrainedModel(string Version, DateTimeOffset TrainedAt, int Classes, int Samples, double? Accuracy);
