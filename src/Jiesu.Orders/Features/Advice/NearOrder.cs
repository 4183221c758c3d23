using Jiesu.Identity.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;

namespace Jiesu.Orders.Features.Advice;

/// <summary>近旁工单 as the grouping of similar orders reads it; within the reader's scope.</summary>
/// <param name="Reply">答复 of one that was solved, its beginning; null for others, and for those that only lie nearby.</param>
internal sealed record NearOrder(
    OrderId Id, string CaseNo, string Title, OrderState State, DateTimeOffset ReceivedAt, string? Address, string? PointName, string? Town, string? Community, double? Lon, double? Lat,
    string? ClassCode, CallerId? CallerId, string? Reply)
{
    /// <summary>The newest of a community that are looked through for the same place.</summary>
    public const int MostOfPlace = 60;

    public const int LongestReply = 400;
}

/// <summary>同一社区的工单.</summary>
internal static class NearQueries
{
    /// <summary>By the index of the town: a community is a small part of it.</summary>
    public static IQueryable<OrderId> InCommunity(this IQueryable<WorkOrder> orders, string? town, string community) =>
        orders.Where(x => x.TownCode == town && x.CommunityCode == community).OrderByDescending(x => x.No).Take(NearOrder.MostOfPlace).Select(x => x.Id);
}
