using Jiesu.Intelligence.Domain;
using Jiesu.Intelligence.Features.Events;

namespace Jiesu.Bench.Intelligence;

/// <summary>
/// Event grouping, all messages put together and one by one in the order of time. The rules were tuned on the first half of the events alone (by a hash of the event's name);
/// figures of both halves and of all are printed, the contract's keys being those of all.
/// </summary>
internal static class EventBench
{
    private const string Name = IntelligenceBench.Name;
    private const int Open = 100_000;
    private const int Timed = 1000;

    /// <param name="F">Of mean precision and mean recall over the events.</param>
    private sealed record Score(double Precision, double F, double BCubed, int Events);

    public static int Run(Options options)
    {
        if (JudgedEvents.Read(options) is not { } judged)
        {
            return 2;
        }

        var messages = judged.Messages.OrderBy(m => m.At).ThenBy(m => m.Id).Select(m => new EventMessage(m.Id, m.Plain, m.At)).ToArray();
        var together = new EventClusterer(new());
        together.AddAll(messages);
        var oneByOne = new EventClusterer(new());
        Array.ForEach(messages, m => oneByOne.Add(m));
        Print("events", judged, together);
        Print("events.incremental", judged, oneByOne);
        Figures.Print(Name, "events.msPerMessage", MillisecondsAmongMany(messages), Open);
        return 0;
    }

    private static void Print(string key, JudgedEvents judged, EventClusterer clusterer)
    {
        var all = ScoreOf(judged, clusterer, _ => true);
        Figures.Print(Name, key + ".eventF", all.F, all.Events, baseline: 0.865);
        Figures.Print(Name, key + ".eventPrecision", all.Precision, all.Events, baseline: 0.846);
        Figures.Print(Name, key + ".bcubedF", all.BCubed, all.Events, baseline: 0.862);
        foreach (var (half, name) in new[] { (0, "tuned"), (1, "kept") })
        {
            var score = ScoreOf(judged, clusterer, e => HalfOf(e) == half);
            Figures.Print(Name, $"{key}.{name}.eventF", score.F, score.Events);
            Figures.Print(Name, $"{key}.{name}.eventPrecision", score.Precision, score.Events);
            Figures.Print(Name, $"{key}.{name}.bcubedF", score.BCubed, score.Events);
        }
    }

    /// <summary>
    /// Event: for each judged event the group that holds most of its messages; precision is its members among all members of that group but the ambiguous, recall its members found
    /// among its members; both are averaged over the events, F is of the two averages. B-cubed: for each message of the judged events, the same of its own group and its own event,
    /// among these messages only; averaged over the messages.
    /// </summary>
    private static Score ScoreOf(JudgedEvents judged, EventClusterer clusterer, Func<string, bool> isWanted)
    {
        var placed = judged.Messages.Select(m => (Event: judged.EventOf.GetValueOrDefault(m.Name), Group: clusterer.EventOf(m.Id)!.Id, IsIgnored: judged.Ignored.Contains(m.Name))).ToArray();
        var sizes = placed.Where(p => !p.IsIgnored).CountBy(p => p.Group).ToDictionary();
        var wanted = placed.Where(p => p.Event is not null && isWanted(p.Event)).ToArray();
        var events = wanted.GroupBy(p => p.Event).Select(e =>
        {
            var best = e.CountBy(p => p.Group).OrderByDescending(g => g.Value).ThenBy(g => sizes.GetValueOrDefault(g.Key)).First();
            return (Precision: (double)best.Value / sizes[best.Key], Recall: (double)best.Value / e.Count());
        }).ToArray();

        var (groupSizes, eventSizes) = (wanted.CountBy(p => p.Group).ToDictionary(), wanted.CountBy(p => p.Event!).ToDictionary());
        var both = wanted.CountBy(p => (p.Group, p.Event)).ToDictionary();
        return new(
            events.Average(e => e.Precision), F(events.Average(e => e.Precision), events.Average(e => e.Recall)),
            F(wanted.Average(p => (double)both[(p.Group, p.Event)] / groupSizes[p.Group]), wanted.Average(p => (double)both[(p.Group, p.Event)] / eventSizes[p.Event!])), events.Length);
    }

    private static double F(double precision, double recall) => 2 * precision * recall / (precision + recall);

    /// <summary>Two halves of the events: 0 was tuned on, 1 was kept aside.</summary>
    private static int HalfOf(string name)
    {
        var hash = name.Aggregate(2166136261u, (h, c) => (h ^ c) * 16777619u);
        hash = (hash ^ (hash >> 15)) * 0x2C1B3C6Du;
        return (int)((hash ^ (hash >> 13)) & 1);
    }

    /// <summary>
    /// Processor time of one more message among 100,000 open ones. They are made: the sentences of one message and another in turn, under a title with an invented name of four
    /// characters that twenty messages share on average, so that there are as many events and as many common words as a large city has.
    /// </summary>
    private static double MillisecondsAmongMany(EventMessage[] messages)
    {
        var random = new Random(1);
        var clusterer = new EventClusterer(new());
        EventMessage Made(int i)
        {
            var (one, other) = (messages[random.Next(messages.Length)].Plain, messages[random.Next(messages.Length)].Plain);
            var name = new Random(random.Next(Open / 20));
            var place = string.Concat(Enumerable.Range(0, 4).Select(_ => (char)name.Next(0x4e00, 0x6c00)));
            var text = place + one[..Math.Min(12, one.Length)] + "。" + string.Concat(one.Split('。').Skip(1).Zip(other.Split('。').Skip(1), (a, b) => a + "。" + b));
            return new(new(i + 1, 1, 0, new byte[8]), PlainText.Of(text), DateTimeOffset.UnixEpoch.AddMinutes(i));
        }

        clusterer.Take(Enumerable.Range(0, Open).Select(Made));
        var asked = Enumerable.Range(Open, Timed).Select(Made).ToArray();
        var before = Environment.CpuUsage.TotalTime;
        Array.ForEach(asked, m => clusterer.Add(m));
        return (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / Timed;
    }
}
