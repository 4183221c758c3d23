namespace Jiesu.Intelligence.Features.Events;

/// <summary>归并规则: the numbers by which requests become one event. What was tried stands in docs/intelligence.md.</summary>
internal sealed record EventRules
{
    /// <summary>Link from which a request belongs to an event, and two events are one.</summary>
    public double Together { get; init; } = 0.2;

    /// <summary>0: mean likeness of all pairs; 1: likeness of the two centres. Between them a large event with many voices still takes in the next one.</summary>
    public double Centre { get; init; } = 0.7;

    /// <summary>Power of the rarity of a pair.</summary>
    public double Rarity { get; init; } = 1.2;

    /// <summary>Another town or community, where both are known, leaves this much of the likeness.</summary>
    public double OtherPlace { get; init; } = 0.8;

    /// <summary>The same for another class.</summary>
    public double OtherClass { get; init; } = 0.9;

    /// <summary>Half of the likeness is left after so many days without a request.</summary>
    public double HalfLifeDays { get; init; } = 1500;

    /// <summary>With each arrival so many earlier requests are thought over again: what was decided while little was known is put right.</summary>
    public int LookAgain { get; init; } = 4;
}
