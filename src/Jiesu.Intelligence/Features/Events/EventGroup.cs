namespace Jiesu.Intelligence.Features.Events;

/// <summary>A request with its weighed pairs; length 1 unless it says nothing.</summary>
internal sealed class EventMember(EventMessage message, int[] terms, float[] loudness)
{
    public EventMessage Message => message;
    public int[] Terms => terms;
    public float[] Weights { get; } = new float[terms.Length];
    public EventGroup? Group { get; set; }

    /// <summary>Rare pairs weigh more; what everybody says weighs next to nothing.</summary>
    public void Weigh(int[] membersWith, int members, double power)
    {
        var square = 0.0;
        for (var i = 0; i < terms.Length; i++)
        {
            var weight = loudness[i] * Math.Pow(Math.Log(1 + ((double)members / membersWith[terms[i]])), power);
            Weights[i] = (float)weight;
            square += weight * weight;
        }

        var norm = (float)Math.Sqrt(square);
        for (var i = 0; i < terms.Length && norm > 0; i++)
        {
            Weights[i] /= norm;
        }
    }
}

/// <summary>诉求事件: requests about one matter; knows the sum of their pairs, so that comparing with it costs no more than comparing with one request.</summary>
internal sealed class EventGroup(Guid id, long order)
{
    private readonly Dictionary<int, float> _sum = [];
    private readonly Dictionary<string, int> _places = [];
    private readonly Dictionary<string, int> _classes = [];

    public Guid Id => id;

    /// <summary>When it came to be, among all; of two that merge the earlier stays.</summary>
    public long Order => order;

    public List<EventMember> Members { get; } = [];

    /// <summary>Sum of the likeness of all pairs of members, each with itself too.</summary>
    public double Square { get; private set; }

    public DateTimeOffset From { get; private set; } = DateTimeOffset.MaxValue;

    public DateTimeOffset Until { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>The place that more than half of those with a place name; null if there is none.</summary>
    public string? Place => Most(_places);

    public string? ClassCode => Most(_classes);

    public void Add(EventMember member)
    {
        member.Group = this;
        Members.Add(member);
        Count(member, 1);
        (From, Until) = (Earlier(From, member.Message.At), Later(Until, member.Message.At));
        AddToSum(member, 1);
    }

    public void Remove(EventMember member)
    {
        member.Group = null;
        Members.Remove(member);
        Count(member, -1);
        From = Members.Select(m => m.Message.At).DefaultIfEmpty(DateTimeOffset.MaxValue).Min();
        Until = Members.Select(m => m.Message.At).DefaultIfEmpty(DateTimeOffset.MinValue).Max();
        AddToSum(member, -1);
    }

    /// <summary>Sums anew after the weights have changed.</summary>
    public void Sum()
    {
        _sum.Clear();
        Square = 0;
        Members.ForEach(m => AddToSum(m, 1));
    }

    /// <summary>Sum of the likeness of one request to all members.</summary>
    public double Likeness(EventMember member)
    {
        var sum = 0.0;
        for (var i = 0; i < member.Terms.Length; i++)
        {
            sum += member.Weights[i] * _sum.GetValueOrDefault(member.Terms[i]);
        }

        return sum;
    }

    /// <summary>Sum of the likeness of all members of one to all members of the other.</summary>
    public double Likeness(EventGroup other)
    {
        var (small, large) = _sum.Count < other._sum.Count ? (_sum, other._sum) : (other._sum, _sum);
        var sum = 0.0;
        foreach (var (term, weight) in small)
        {
            sum += weight * large.GetValueOrDefault(term);
        }

        return sum;
    }

    /// <summary>|sum ± one|² = |sum|² ± 2 · likeness + |one|².</summary>
    private void AddToSum(EventMember member, int sign)
    {
        Square += sign * 2 * Likeness(member);
        for (var i = 0; i < member.Terms.Length; i++)
        {
            var weight = member.Weights[i];
            Square += weight * weight;
            var left = _sum.GetValueOrDefault(member.Terms[i]) + (sign * weight);
            if (sign < 0 && left < 1e-6f)
            {
                _sum.Remove(member.Terms[i]);
            }
            else
            {
                _sum[member.Terms[i]] = left;
            }
        }
    }

    private void Count(EventMember member, int by)
    {
        Count(_places, member.Message.Place, by);
        Count(_classes, member.Message.ClassCode, by);
    }

    private static void Count(Dictionary<string, int> counts, string? code, int by)
    {
        if (code is not null)
        {
            counts[code] = counts.GetValueOrDefault(code) + by;
        }
    }

    private static string? Most(Dictionary<string, int> counts)
    {
        var all = counts.Values.Sum();
        return counts.FirstOrDefault(c => 2 * c.Value > all).Key;
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
