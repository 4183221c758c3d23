using Jiesu.Intelligence.Contracts;

namespace Jiesu.Intelligence.Domain;

/// <summary>采纳记录 as it is kept: one an order and matter.</summary>
internal sealed class StoredDecision
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid OrderId { get; init; }
    public required AdvisedMatter Matter { get; init; }
    public string? Advised { get; set; }
    public double Score { get; set; }
    public required string Chosen { get; set; }
    public int Rank { get; set; }
    public string? ClassCode { get; set; }
    public string? Town { get; set; }
    public required string ModelVersion { get; set; }
    public Guid By { get; set; }
    public DateTimeOffset At { get; set; }

    /// <summary>退单: the unit chosen first gave it back.</summary>
    public bool IsReturned { get; set; }
}

/// <summary>承办情况: how many orders of a class at a town a unit was given, and how many of them it gave back.</summary>
internal sealed class UnitCount
{
    public required string ClassCode { get; init; }

    /// <summary>区划代码; empty where the place was unknown.</summary>
    public required string Town { get; init; }

    /// <summary>单位代码.</summary>
    public required string Unit { get; init; }
    public int Sent { get; set; }
    public int Returned { get; set; }
}
