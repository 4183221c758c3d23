using Jiesu.Orders.Contracts;

namespace Jiesu.Orders.Domain;

/// <summary>智能建议 as it was given after intake; kept with the version of the model, never applied by itself.</summary>
internal sealed class StoredAdvice
{
    public required OrderId OrderId { get; init; }
    public required string ModelVersion { get; set; }
    public required DateTimeOffset At { get; set; }

    /// <summary>Classes, units, addresses, keywords, entities and flags, as the wire names them.</summary>
    public required string Json { get; set; }
}
