using System.Diagnostics;
using System.Globalization;
using Jiesu.Intelligence.Domain;
using Jiesu.Intelligence.Features.Classify;
using Jiesu.Intelligence.Features.Similar;
using nietras.SeparatedValues;

namespace Jiesu.Bench.Intelligence;

/// <summary>Quality and speed of advice on public data: <c>./bench.sh intelligence --data DIR</c>, or <c>--train FILE --test FILE</c> of the same columns.</summary>
internal static class IntelligenceBench
{
    private const int Stored = 1_000_000;
    private const int Questions = 200;

    private sealed record Message(string Plain, string Label);

    public static int Run(string[] args)
    {
        var train = Option(args, "--train") is { } file ? [file] : Files(args, "a2-train-1.csv", "a2-train-2.csv");
        var test = Option(args, "--test") is { } other ? [other] : Files(args, "a2-test.csv");
        if (train.Length == 0 || test.Length == 0)
        {
            Console.Error.WriteLine("intelligence: name --data DIR, or --train FILE and --test FILE");
            return 2;
        }

        Message[] messages = [.. train.SelectMany(Read)];
        Classes(messages, [.. test.SelectMany(Read)]);
        Similar(messages);
        return 0;
    }

    private static void Classes(Message[] train, Message[] test)
    {
        var clock = Stopwatch.StartNew();
        var set = new TrainingSet();
        Array.ForEach(train, m => set.Add(m.Plain, m.Label));
        var model = ClassTraining.Run(set, new(), TimeProvider.System.GetUtcNow(), cores: 1, CancellationToken.None);
        var trained = clock.Elapsed;

        var guesses = test.Select(m => Ranked(model, m.Plain)).ToArray();
        var before = Environment.CpuUsage.TotalTime;
        Array.ForEach(test, m => Ranked(model, m.Plain));
        var perMessage = (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / test.Length;

        var f1 = test.Select(m => m.Label).Distinct().Average(label => F1(test, guesses, label));
        Line("class.macroF1", f1, "0.000", baseline: "0.919", test.Length);
        Line("class.top3", test.Index().Average(x => guesses[x.Index].Take(3).Contains(x.Item.Label) ? 1.0 : 0), "0.000", baseline: "0.994", test.Length);
        Line("class.trainSeconds", trained.TotalSeconds, "0.0", baseline: null, train.Length);
        Line("class.msPerMessage", perMessage, "0.000", baseline: null, test.Length);
    }

    /// <summary>A million vectors, drawn from the messages, and two hundred questions: reading the question and walking over all rows.</summary>
    private static void Similar(Message[] messages)
    {
        using var index = new SimilarIndex();
        var vectors = Array.ConvertAll(messages, m => TextVector.Of(m.Plain));
        var random = new Random(1);
        index.Add(Enumerable.Range(0, Stored).Select(i => new Indexed(new Guid(i, 0, 0, new byte[8]), default, default, vectors[random.Next(vectors.Length)])));
        var millis = messages.Take(Questions).Select(m =>
        {
            var clock = Stopwatch.StartNew();
            index.Nearest(TextVector.Of(m.Plain), except: null, count: 10, since: null, OrderTexts.LeastScore);
            return clock.Elapsed.TotalMilliseconds;
        }).Order().ToArray();
        Line("similar.p95Ms", millis[(int)(millis.Length * 0.95)], "0.0", baseline: null, Stored);
    }

    private static string[] Ranked(ClassModel model, string plain)
    {
        var scores = model.Scores(Grams.Of(plain));
        return [.. model.Codes.Index().OrderByDescending(c => scores[c.Index]).Select(c => c.Item)];
    }

    private static double F1(Message[] test, string[][] guesses, string label)
    {
        var hits = test.Index().Count(x => x.Item.Label == label && guesses[x.Index][0] == label);
        return 2.0 * hits / (test.Count(m => m.Label == label) + guesses.Count(g => g[0] == label));
    }

    /// <summary>Columns <c>label</c>, <c>title</c> and <c>content</c>.</summary>
    private static List<Message> Read(string file)
    {
        using var reader = Sep.Reader(o => o with { Unescape = true }).FromFile(file);
        var messages = new List<Message>();
        foreach (var row in reader)
        {
            messages.Add(new(PlainText.Of(row["title"].ToString(), row["content"].ToString()), row["label"].ToString()));
        }

        return messages;
    }

    private static string[] Files(string[] args, params string[] names) =>
        Option(args, "--data") is { } folder ? [.. names.Select(n => Path.Combine(folder, n)).Select(f => File.Exists(f) ? f : Path.Combine(folder, "teddy2020c", Path.GetFileName(f)))] : [];

    private static string? Option(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;

    private static void Line(string key, double value, string format, string? baseline, int n) =>
        Console.WriteLine($"intelligence {key} {value.ToString(format, CultureInfo.InvariantCulture)}{(baseline is null ? "" : " baseline " + baseline)} n {n}");
}
