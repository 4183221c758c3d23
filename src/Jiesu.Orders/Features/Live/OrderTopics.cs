using Jiesu.Orders.Contracts;
using Jiesu.Platform;
using Jiesu.Platform.Events;

namespace Jiesu.Orders.Features.Live;

/// <summary>实时主题: what open pages listen to.</summary>
internal static class OrderTopics
{
    /// <summary>Any order of the district.</summary>
    public const string District = "orders";

    public static string Of(Guid unit) => $"unit/{unit}";

    /// <summary>What an actor's pages have to hear.</summary>
    public static IReadOnlySet<string> For(Actor actor) => actor.Units is null ? new HashSet<string> { District } : actor.Units.Select(Of).ToHashSet();

    public static void AddOrders(this Announcements announcements, IEnumerable<Guid> units)
    {
        announcements.Add(District);
        foreach (var unit in units)
        {
            announcements.Add(Of(unit));
        }
    }
}

/// <summary>Tells open pages of each step. New orders are announced where they become findable.</summary>
internal sealed class AnnounceSteps(Announcements announcements) : IEventHandler<OrderMoved>
{
    public Task HandleAsync(IReadOnlyList<OrderMoved> events, CancellationToken ct)
    {
        announcements.AddOrders(events.SelectMany(e => e.Units.Append(e.UnitId)));
        return Task.CompletedTask;
    }
}
