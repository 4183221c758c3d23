using System.Diagnostics;
using Jiesu.Intelligence.Features.Similar;

namespace Jiesu.Bench.Intelligence;

/// <summary>Similar orders: how many of a message's own event stand among its first ten, and what a million orders cost.</summary>
internal static class SimilarBench
{
    private const string Name = IntelligenceBench.Name;
    private const int Stored = 1_000_000;
    private const int Questions = 300;
    private const int First = 10;
    private const int NewOrders = 50;

    public static int Run(Options options)
    {
        if (JudgedEvents.Read(options) is not { } judged)
        {
            return 2;
        }

        var vectors = judged.Messages.Select(m => TextVector.Of(m.Plain)).ToArray();
        Figures.Print(Name, "similar.recall10", Recall(judged, vectors), judged.EventOf.Count);
        Many(judged, vectors);
        return 0;
    }

    /// <summary>For each message of an event: of the others of the event those among its first ten, divided by ten or by their number, if that is less; averaged.</summary>
    private static double Recall(JudgedEvents judged, sbyte[][] vectors)
    {
        using var index = new SimilarIndex();
        index.Add(judged.Messages.Select((m, i) => new Indexed(m.Id, m.At, m.At, vectors[i])));
        var named = judged.Messages.Index().Where(m => judged.EventOf.ContainsKey(m.Item.Name)).ToLookup(m => judged.EventOf[m.Item.Name]);
        return named.Where(e => e.Count() > 1).SelectMany(e => e.Select(m =>
        {
            var found = index.Nearest(vectors[m.Index], m.Item.Id, First, since: null, OrderTexts.LeastScore).Select(s => s.Id).ToHashSet();
            return (double)e.Count(other => found.Contains(other.Item.Id)) / Math.Min(First, e.Count() - 1);
        })).Average();
    }

    /// <summary>A million vectors drawn from the messages: reading a question and walking over all rows; then orders that come in are asked for at once.</summary>
    private static void Many(JudgedEvents judged, sbyte[][] vectors)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var index = new SimilarIndex();
        var random = new Random(1);
        index.Add(Enumerable.Range(0, Stored).Select(i => new Indexed(new Guid(i, 0, 0, new byte[8]), default, default, vectors[random.Next(vectors.Length)])));
        Figures.Print(Name, "similar.indexGiB", (GC.GetTotalMemory(forceFullCollection: true) - before) / Math.Pow(1024, 3), Stored);

        var millis = judged.Messages.Take(Questions).Select(m =>
        {
            var clock = Stopwatch.StartNew();
            index.Nearest(TextVector.Of(m.Plain), except: null, First, since: null, OrderTexts.LeastScore);
            return clock.Elapsed.TotalMilliseconds;
        }).ToArray();
        Figures.Print(Name, "similar.p95Ms", Figures.Percentile(millis, 0.95), Stored);

        var fresh = Enumerable.Range(0, NewOrders).Select(i =>
        {
            var (id, vector) = (new Guid(i, 1, 0, new byte[8]), TextVector.Of($"新来诉求{(char)(0x4e00 + i)}{(char)(0x5e00 + (7 * i))}路{(char)(0x6e00 + (3 * i))}桥下积水"));
            var clock = Stopwatch.StartNew();
            index.Add([new(id, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, vector)]);
            var isFound = index.Nearest(vector, except: null, First, since: null, OrderTexts.LeastScore).Any(s => s.Id == id);
            return isFound ? clock.Elapsed.TotalSeconds : double.PositiveInfinity;
        });
        Figures.Print(Name, "similar.freshSeconds", fresh.Max(), NewOrders);
    }
}
