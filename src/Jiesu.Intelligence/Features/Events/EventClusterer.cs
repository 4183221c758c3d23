using System.Runtime.InteropServices;

namespace Jiesu.Intelligence.Features.Events;

/// <summary>
/// 事件归并: puts open requests about one matter together, one by one as they come in.
/// <para>Likeness of two requests is the cosine of their pairs of characters, rare pairs weighing more. The link of a request (or event) with an event lies between the mean
/// likeness of all their pairs and the likeness of their centres, less where place, class or time speak against it (<see cref="EventRules"/>).</para>
/// <para><b>Join</b>: a new request joins the event with the highest link, if it is high enough; else it begins an event of its own.
/// <b>Merge</b>: where a request joined, the other events near to it are compared with the one that it joined; high enough, they become one, under the earlier event's id.
/// <b>Split</b>: with each arrival some earlier requests are taken out and decided anew, so a request that found its event by chance leaves it, and a chain falls apart.</para>
/// </summary>
/// <remarks>Not safe for several threads at once. The same requests in the same order give the same events.</remarks>
internal sealed class EventClusterer(EventRules rules)
{
    /// <summary>Pairs of a request by which others are looked up, loudest first.</summary>
    private const int Keys = 40;

    /// <summary>A pair that more requests than this have leads to no one.</summary>
    private const int MostWithKey = 1500;

    /// <summary>Events that are compared in full after the rough look.</summary>
    private const int MostCandidates = 8;

    /// <summary>All are weighed anew when so many times as many are known: rarity is then another.</summary>
    private const double Grown = 1.25;

    private const int MostRounds = 12;

    private readonly Dictionary<Guid, EventMember> _members = [];
    private readonly Dictionary<Guid, EventGroup> _groups = [];
    private readonly Queue<EventMember> _again = [];
    private readonly int[] _membersWith = new int[1 << EventTerms.Bits];
    private readonly List<(EventMember Member, int At)>?[] _having = new List<(EventMember, int)>?[1 << EventTerms.Bits];
    private int _weighedAt;
    private long _events;

    public int Count => _members.Count;

    public IReadOnlyCollection<EventGroup> Events => _groups.Values;

    public EventGroup? EventOf(Guid message) => _members.GetValueOrDefault(message)?.Group;

    /// <summary>Takes a request in and says which event it belongs to now. A known one is taken out before: its text, place or class may have changed.</summary>
    public Guid Add(EventMessage message) => Add(message, rules.LookAgain);

    /// <summary>The same, thinking over so many earlier ones.</summary>
    public Guid Add(EventMessage message, int lookAgain)
    {
        Remove(message.Id);
        var member = Enter(message);
        if (_members.Count > _weighedAt * Grown)
        {
            WeighAll();
        }

        Place(member);
        LookAgain(lookAgain);
        return member.Group!.Id;
    }

    /// <summary>Takes many in, in their order, and thinks all over until nothing moves.</summary>
    public void AddAll(IEnumerable<EventMessage> messages)
    {
        foreach (var message in messages)
        {
            Add(message);
        }

        Settle();
    }

    /// <summary>Takes many in without thinking any over: to be quick after a start, when arrivals will do that.</summary>
    public void Take(IEnumerable<EventMessage> messages)
    {
        foreach (var message in messages)
        {
            Add(message, lookAgain: 0);
        }
    }

    /// <summary>Thinks all over until nothing moves; returns how many rounds it took.</summary>
    public int Settle()
    {
        WeighAll();
        var round = 0;
        var moved = true;
        for (; moved && round < MostRounds; round++)
        {
            moved = false;
            foreach (var member in _members.Values.ToArray())
            {
                moved |= Reconsider(member);
            }
        }

        return round;
    }

    /// <summary>A closed or withdrawn request; false if it is not known.</summary>
    public bool Remove(Guid message)
    {
        if (!_members.Remove(message, out var member))
        {
            return false;
        }

        Leave(member);
        foreach (var term in member.Terms)
        {
            _membersWith[term]--;
            _having[term]!.RemoveAll(h => h.Member == member);
        }

        return true;
    }

    private EventMember Enter(EventMessage message)
    {
        var (terms, loudness) = EventTerms.Of(message.Plain);
        var member = new EventMember(message, terms, loudness);
        for (var i = 0; i < terms.Length; i++)
        {
            _membersWith[terms[i]]++;
            (_having[terms[i]] ??= []).Add((member, i));
        }

        _members.Add(message.Id, member);
        _again.Enqueue(member);
        member.Weigh(_membersWith, _members.Count, rules.Rarity);
        return member;
    }

    private void WeighAll()
    {
        foreach (var member in _members.Values)
        {
            member.Weigh(_membersWith, _members.Count, rules.Rarity);
        }

        foreach (var group in _groups.Values)
        {
            group.Sum();
        }

        _weighedAt = _members.Count;
    }

    private void LookAgain(int times)
    {
        for (var i = 0; i < times && _again.Count > 0; i++)
        {
            var member = _again.Dequeue();
            if (_members.GetValueOrDefault(member.Message.Id) == member)
            {
                _again.Enqueue(member);
                Reconsider(member);
            }
        }
    }

    /// <summary>True when it went elsewhere.</summary>
    private bool Reconsider(EventMember member)
    {
        var before = member.Group!;
        var wasAlone = before.Members.Count == 1;
        if (wasAlone && Candidates(member, before) is [])
        {
            return false;
        }

        Leave(member);
        Place(member, wasAlone ? before : null);
        return member.Group != before;
    }

    private void Place(EventMember member) => Place(member, null);

    private void Place(EventMember member, EventGroup? own)
    {
        var near = Candidates(member, null);
        var group = near is [var best, ..] && best.Link >= rules.Together ? best.Group : own ?? NewGroup(member);
        _groups.TryAdd(group.Id, group);
        group.Add(member);
        foreach (var other in near.Select(n => n.Group).Where(g => g != group))
        {
            if (Link(group, other) >= rules.Together)
            {
                group = Merge(group, other);
            }
        }
    }

    /// <summary>The first request gives an event its id; should it have gone elsewhere, its next event needs another.</summary>
    private EventGroup NewGroup(EventMember member) => new(_groups.ContainsKey(member.Message.Id) ? Guid.CreateVersion7() : member.Message.Id, _events++);

    private EventGroup Merge(EventGroup one, EventGroup other)
    {
        var (stays, goes) = one.Order < other.Order ? (one, other) : (other, one);
        _groups.Remove(goes.Id);
        goes.Members.ForEach(stays.Add);
        return stays;
    }

    private void Leave(EventMember member)
    {
        var group = member.Group!;
        group.Remove(member);
        if (group.Members.Count == 0)
        {
            _groups.Remove(group.Id);
        }
    }

    /// <summary>Events near to a request, nearest first.</summary>
    private List<(EventGroup Group, double Link)> Candidates(EventMember member, EventGroup? except)
    {
        var rough = new Dictionary<EventGroup, double>();
        foreach (var key in Loudest(member))
        {
            foreach (var (other, at) in CollectionsMarshal.AsSpan(_having[member.Terms[key]]))
            {
                if (other.Group is { } group && group != except && other != member)
                {
                    CollectionsMarshal.GetValueRefOrAddDefault(rough, group, out _) += member.Weights[key] * other.Weights[at];
                }
            }
        }

        return [.. rough.OrderByDescending(r => r.Value / Size(r.Key)).ThenBy(r => r.Key.Order).Take(MostCandidates).Select(r => (r.Key, Link: Link(member, r.Key))).OrderByDescending(r => r.Link).ThenBy(r => r.Key.Order)];
    }

    private IEnumerable<int> Loudest(EventMember member) =>
        Enumerable.Range(0, member.Terms.Length).Where(i => _membersWith[member.Terms[i]] is > 1 and <= MostWithKey).OrderByDescending(i => member.Weights[i]).Take(Keys);

    private double Link(EventMember member, EventGroup group) =>
        group.Likeness(member) / Size(group) * Agreement(member.Message.Place, group.Place, rules.OtherPlace) * Agreement(member.Message.ClassCode, group.ClassCode, rules.OtherClass)
        * Fresh(member.Message.At - group.Until, group.From - member.Message.At);

    private double Link(EventGroup one, EventGroup other) =>
        one.Likeness(other) / (Size(one) * Size(other)) * Agreement(one.Place, other.Place, rules.OtherPlace) * Agreement(one.ClassCode, other.ClassCode, rules.OtherClass)
        * Fresh(one.From - other.Until, other.From - one.Until);

    /// <summary>By what a sum of likeness is divided: the number of members, or the length of their sum, or something between.</summary>
    private double Size(EventGroup group) => Math.Pow(group.Members.Count, 1 - rules.Centre) * Math.Pow(Math.Max(group.Square, 1e-9), rules.Centre / 2);

    private static double Agreement(string? one, string? other, double otherwise) => one is null || other is null || one == other ? 1 : otherwise;

    private double Fresh(TimeSpan after, TimeSpan before) => Math.Pow(0.5, Math.Max(0, Math.Max(after.TotalDays, before.TotalDays)) / rules.HalfLifeDays);
}
