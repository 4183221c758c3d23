namespace Jiesu.Orders.Features.List;

/// <summary>常用视图: filters of the work list under a name that one person gave them; nobody else sees it.</summary>
internal sealed class SavedView
{
    public const int LongestName = 40;
    public const int LongestQuery = 1_000;

    public required Guid PersonId { get; init; }
    public required string Name { get; init; }

    /// <summary>The filters as they stand in the address, without the question mark.</summary>
    public required string Query { get; set; }
    public required DateTimeOffset At { get; init; }
}
