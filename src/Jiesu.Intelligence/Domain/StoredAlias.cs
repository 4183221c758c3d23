namespace Jiesu.Intelligence.Domain;

/// <summary>地址确认 as it is kept: a name in an order's address and the community that a person chose for it. The address itself, with its house, is not kept.</summary>
internal sealed class StoredConfirmation
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid OrderId { get; init; }

    /// <summary>Of the compound or road.</summary>
    public required string Name { get; init; }

    /// <summary>区划代码.</summary>
    public required string PlaceCode { get; set; }
    public Guid By { get; set; }
    public DateTimeOffset At { get; set; }
}

/// <summary>人工别名: a name that a person gave to a place, or switched off so that it is never learned.</summary>
internal sealed class StoredAlias
{
    internal const int LongestName = 60;

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Name { get; init; }

    /// <summary>区划代码.</summary>
    public required string PlaceCode { get; set; }

    /// <summary>停用.</summary>
    public bool IsOff { get; set; }
    public Guid By { get; set; }
    public DateTimeOffset At { get; set; }
}
