using Jiesu.Intelligence.Contracts;
using Jiesu.Intelligence.Domain;

namespace Jiesu.Intelligence.Features.Events;

/// <summary>The clusterer for one caller at a time, and the requests by their point.</summary>
internal sealed class EventGrouping : IEventGrouping
{
    /// <summary>More than these at once are a start: later arrivals will think them over.</summary>
    private const int Many = 500;

    private readonly Lock _one = new();
    private readonly EventClusterer _clusterer = new(new());
    private readonly Dictionary<Guid, Held> _held = [];

    public IReadOnlyDictionary<Guid, int> Known
    {
        get
        {
            lock (_one)
            {
                return _held.ToDictionary(h => h.Key, h => h.Value.Version);
            }
        }
    }

    public EventGroups Update(IReadOnlyCollection<GroupedText> arrived, IReadOnlyCollection<Guid> gone)
    {
        lock (_one)
        {
            foreach (var id in gone)
            {
                _held.Remove(id);
                _clusterer.Remove(id);
            }

            TakeIn([.. arrived.OrderBy(a => a.At).ThenBy(a => a.Id)]);
            return new(
                [.. _clusterer.Events.Select(e => e.Members.ConvertAll(m => m.Message.Id))],
                [.. _held.Values.Where(h => h.Point is not null).GroupBy(h => h.Point!, h => h.Message.Id).Where(g => g.Skip(1).Any()).Select(g => new PointGroup(g.Key, [.. g]))]);
        }
    }

    /// <summary>Most orders come again because somebody signed or dispatched them: what says the same as before stays where it is.</summary>
    private void TakeIn(GroupedText[] arrived)
    {
        var isStart = arrived.Length > Many;
        foreach (var text in arrived)
        {
            var next = new Held(text.Version, new(text.Id, PlainText.OfOrder(text.Text), text.At, text.Town, text.ClassCode), EventPoint.Of(text));
            if (_held.GetValueOrDefault(text.Id)?.Message != next.Message)
            {
                if (isStart)
                {
                    _clusterer.Take([next.Message]);
                }
                else
                {
                    _clusterer.Add(next.Message);
                }
            }

            _held[text.Id] = next;
        }
    }

    /// <param name="Point">Key of its point or company and class; null where it has none.</param>
    private sealed record Held(int Version, EventMessage Message, string? Point);
}
