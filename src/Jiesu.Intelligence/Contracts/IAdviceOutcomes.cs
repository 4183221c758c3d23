namespace Jiesu.Intelligence.Contracts;

/// <summary>建议事项: what was advised on.</summary>
public enum AdvisedMatter
{
    /// <summary>分类.</summary>
    Class,

    /// <summary>主办单位.</summary>
    Unit,

    /// <summary>社区.</summary>
    Place,
}

/// <summary>采纳记录: what a person decided where the machine had been asked. Codes, never names; instants in UTC.</summary>
/// <param name="Advised">The first suggestion; null when there was none.</param>
/// <param name="Score">Of the first suggestion, 0–1.</param>
/// <param name="Rank">Place of what was chosen among the suggestions, from 1; 0 when it was not among them.</param>
/// <param name="ClassCode">分类代码 of the order at that time; null where none.</param>
/// <param name="Town">区划代码 of the order's town; null where unknown.</param>
/// <param name="Address">诉求地址: read once for the names of compounds and roads, and not kept.</param>
public sealed record Decision(
    Guid OrderId, AdvisedMatter Matter, string? Advised, double Score, string Chosen, int Rank, string? ClassCode, string? Town, string ModelVersion, Guid By, DateTimeOffset At, string? Address = null);

/// <summary>学习闭环: what people made of the advice. Saved with the caller's session; telling the same twice changes nothing.</summary>
public interface IAdviceOutcomes
{
    /// <summary>The last decision on an order and matter counts; the first advice stands.</summary>
    Task LearnAsync(IReadOnlyList<Decision> decisions, CancellationToken ct);

    /// <summary>退单: the units that these orders had been sent to were not the right ones.</summary>
    Task ReturnedAsync(IReadOnlyList<Guid> orders, CancellationToken ct);
}
