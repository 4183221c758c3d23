using Jiesu.Intelligence.Contracts;
using Jiesu.Orders.Domain;

namespace Jiesu.Orders.Features.MassEvents;

/// <summary>一事: open requests that are one event.</summary>
/// <param name="Known">The event that they are; null: a new one.</param>
/// <param name="PointKey">点位键 of a new one that was found by its point.</param>
internal sealed record SortedEvent(MassEvent? Known, IReadOnlyList<Guid> Requests, string? PointKey);

/// <summary>
/// 归为事件: which groups are events, and which of the known events each is. Pure. The event with most of a group's orders is that group's, so another node, which groups anew, finds
/// the same. Texts come first; what they left of one point is judged by the point. What is in a confirmed event stays there.
/// </summary>
/// <param name="eventOf">Event of an order, among those that have not ended.</param>
/// <param name="isSettled">In an event that a person ended: only new orders make another.</param>
/// <param name="isMass">Enough callers by the rule.</param>
internal sealed class EventSorting(Func<Guid, MassEvent?> eventOf, Func<Guid, bool> isSettled, Func<IReadOnlyList<Guid>, bool> isMass)
{
    private readonly HashSet<Guid> _placed = [];

    public IReadOnlyList<SortedEvent> Sort(EventGroups groups, IReadOnlyCollection<MassEvent> events)
    {
        var matters = groups.Matters.Select(g => (IReadOnlyList<Guid>)[.. g.Where(id => !isSettled(id))]).Where(g => g.Count > 0).OrderByDescending(g => g.Count).ToLookup(isMass);
        var points = groups.Points.ToDictionary(p => p.Key, p => p.Requests);
        var found = new List<SortedEvent>();
        var matched = new HashSet<MassEvent>();
        foreach (var (group, isStrong) in matters[true].Select(g => (g, true)).Concat(matters[false].Select(g => (g, false))))
        {
            var known = KnownOf(group, matched, isStrong);
            if (known is not null || (isStrong && isMass(Free(null, group))))
            {
                matched.UnionWith(known is null ? [] : [known]);
                found.Add(Take(known, [.. group, .. known?.PointKey is { } key ? points.GetValueOrDefault(key, []) : []], null));
            }
        }

        foreach (var known in events.Where(e => e.PointKey is not null && !matched.Contains(e)))
        {
            found.Add(Take(known, points.GetValueOrDefault(known.PointKey!, []), null));
        }

        foreach (var (key, requests) in points.Where(p => !events.Any(e => e.PointKey == p.Key)))
        {
            if (Free(null, requests) is var free && isMass(free))
            {
                found.Add(Take(null, free, key));
            }
        }

        return [.. found.Where(f => f.Requests.Count > 0)];
    }

    /// <summary>An event that was found by its point is a group's only when most of the group are in it, and they are an event by themselves.</summary>
    private MassEvent? KnownOf(IReadOnlyList<Guid> group, HashSet<MassEvent> matched, bool isStrong) =>
        group.Select(eventOf).OfType<MassEvent>().Where(e => !matched.Contains(e)).CountBy(e => e).Where(c => c.Key.PointKey is null || (isStrong && 2 * c.Value > group.Count))
            .OrderByDescending(c => c.Value).Select(c => c.Key).FirstOrDefault();

    private SortedEvent Take(MassEvent? known, IReadOnlyList<Guid> requests, string? pointKey)
    {
        var free = Free(known, requests);
        _placed.UnionWith(free);
        return new(known, free, pointKey);
    }

    private IReadOnlyList<Guid> Free(MassEvent? known, IReadOnlyList<Guid> requests) =>
        [.. requests.Distinct().Where(id => !_placed.Contains(id) && !isSettled(id) && (eventOf(id) is not { State: MassEventState.Confirmed } other || other == known))];
}
