using Jiesu.Identity.Contracts;

namespace Jiesu.Orders.Domain;

/// <summary>新工单事实: what intake has understood of a request; codes are checked, times are UTC.</summary>
internal sealed record OrderDraft
{
    /// <summary>Time-ordered number (<see cref="WorkOrder.No"/>).</summary>
    public required long No { get; init; }
    public required string CaseNo { get; init; }
    public string? OrderNo { get; init; }
    public OriginType OriginType { get; init; }
    public required string Title { get; init; }
    public required string Content { get; init; }
    public required string Channel { get; init; }
    public string? RequestType { get; init; }
    public string? Urgency { get; init; }
    public string? Address { get; init; }
    public string? PointName { get; init; }
    public string? TownCode { get; init; }
    public string? CommunityCode { get; init; }
    public double? Lon { get; init; }
    public double? Lat { get; init; }
    public string? ClassCode { get; init; }
    public CallerId? CallerId { get; init; }
    public bool IsSecret { get; init; }
    public bool NeedReply { get; init; } = true;

    /// <summary>来电时间; the moment of intake where not told.</summary>
    public DateTimeOffset? CallTime { get; init; }
    public string? ExtraText { get; init; }
}
