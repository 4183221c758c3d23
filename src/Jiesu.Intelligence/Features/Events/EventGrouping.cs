using Jiesu.Intelligence.Contracts;
using Jiesu.Intelligence.Domain;

namespace Jiesu.Intelligence.Features.Events;

/// <summary>The clusterer for one caller at a time.</summary>
internal sealed class EventGrouping : IEventGrouping
{
    /// <summary>More than these at once are a start: later arrivals will think them over.</summary>
    private const int Many = 500;

    private readonly Lock _one = new();
    private readonly EventClusterer _clusterer = new(new());
    private readonly HashSet<Guid> _known = [];

    public IReadOnlySet<Guid> Known
    {
        get
        {
            lock (_one)
            {
                return _known.ToHashSet();
            }
        }
    }

    public IReadOnlyList<IReadOnlyList<Guid>> Update(IReadOnlyCollection<GroupedText> arrived, IReadOnlyCollection<Guid> gone)
    {
        lock (_one)
        {
            foreach (var id in gone)
            {
                _known.Remove(id);
                _clusterer.Remove(id);
            }

            var messages = arrived.OrderBy(a => a.At).ThenBy(a => a.Id).Select(a => new EventMessage(a.Id, PlainText.OfOrder(a.Text), a.At, a.Town, a.ClassCode)).ToArray();
            if (messages.Length > Many)
            {
                _clusterer.Take(messages);
            }
            else
            {
                Array.ForEach(messages, m => _clusterer.Add(m));
            }

            _known.UnionWith(messages.Select(m => m.Id));
            return [.. _clusterer.Events.Where(e => e.Members.Count > 1).Select(e => e.Members.ConvertAll(m => m.Message.Id))];
        }
    }
}
