namespace Jiesu.Orders.Features.Channels;

/// <summary>免打扰时段, Beijing time; may go over midnight. The beginning belongs to it, the end does not.</summary>
internal readonly record struct QuietHours(TimeOnly From, TimeOnly To)
{
    /// <summary>Equal ends are no hours at all, not all of them: nobody should be deaf by accident.</summary>
    public bool Holds(TimeOnly time) => From != To && time.IsBetween(From, To);
}
