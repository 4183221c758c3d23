namespace Jiesu.Evaluation.Domain;

/// <summary>
/// 权重方案: weights with the day from which they hold, until the next one begins. Appended, never changed: a correction of a day to come is a further revision.
/// A period is scored by the weights that hold on its first day, so that none changes its rule half way.
/// </summary>
internal sealed class WeightSet
{
    public required DateOnly ValidFrom { get; init; }
    public required int Revision { get; init; }
    public required decimal Contacted { get; init; }
    public required decimal Solved { get; init; }
    public required decimal Satisfied { get; init; }
    public required decimal MostlySatisfied { get; init; }

    /// <summary>依据.</summary>
    public required string Reason { get; init; }

    /// <summary>Null: came with the installation.</summary>
    public Guid? AuthorId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    public Weights ToWeights() => new(Contacted, Solved, Satisfied, MostlySatisfied);
}

/// <summary>权重表.</summary>
internal sealed class WeightTable(IEnumerable<WeightSet> all)
{
    /// <summary>Newest first, replaced ones too: the history.</summary>
    public IReadOnlyList<WeightSet> All { get; } = [.. all.OrderByDescending(w => w.ValidFrom).ThenByDescending(w => w.Revision)];

    /// <summary>Newest first.</summary>
    public IEnumerable<WeightSet> InForce => All.DistinctBy(w => w.ValidFrom);

    public WeightSet On(DateOnly day) => InForce.First(w => w.ValidFrom <= day);

    /// <summary>Last day of a set; null while nothing follows.</summary>
    public DateOnly? LastDayOf(WeightSet set) => InForce.LastOrDefault(w => w.ValidFrom > set.ValidFrom)?.ValidFrom.AddDays(-1);
}
