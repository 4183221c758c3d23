using System.Diagnostics;
using Jiesu.Intelligence.Domain;
using Jiesu.Intelligence.Features.Classify;
using Jiesu.Intelligence.Features.Similar;
using nietras.SeparatedValues;

namespace Jiesu.Bench.Intelligence;

/// <summary>Quality and speed of advice on public data: <c>./bench.sh intelligence --data DIR</c>, or <c>--train FILE --test FILE</c> of the same columns.</summary>
internal static class IntelligenceBench
{
    private const string Name = "intelligence";
    private const int Stored = 1_000_000;
    private const int Questions = 200;

    private sealed record Message(string Plain, string Label);

    public static int Run(Options options)
    {
        var train = Files(options, "train", "a2-train-1.csv", "a2-train-2.csv");
        var test = Files(options, "test", "a2-test.csv");
        if (train.Concat(test).FirstOrDefault(f => !File.Exists(f)) is { } missing)
        {
            Console.Error.WriteLine($"{Name}: {missing} is not there; name --data DIR, or --train FILE and --test FILE");
            return 2;
        }

        Message[] messages = [.. train.SelectMany(Read)];
        Classes(messages, [.. test.SelectMany(Read)]);
        Similar(messages);
        AddressBench.Run(options);
        return 0;
    }

    private static void Classes(Message[] train, Message[] test)
    {
        var clock = Stopwatch.StartNew();
        var set = new TrainingSet();
        Array.ForEach(train, m => set.Add(m.Plain, m.Label));
        var model = ClassTraining.Run(set, new(), TimeProvider.System.GetUtcNow(), cores: 1, CancellationToken.None);
        Figures.Print(Name, "class.trainSeconds", clock.Elapsed.TotalSeconds, train.Length);

        var guesses = Array.ConvertAll(test, m => Ranked(model, m.Plain));
        Figures.Print(Name, "class.macroF1", test.Select(m => m.Label).Distinct().Average(label => F1(test, guesses, label)), test.Length, baseline: 0.919);
        Figures.Print(Name, "class.top3", test.Index().Average(x => guesses[x.Index].Take(3).Contains(x.Item.Label) ? 1.0 : 0), test.Length, baseline: 0.994);

        var before = Environment.CpuUsage.TotalTime;
        Array.ForEach(test, m => Ranked(model, m.Plain));
        Figures.Print(Name, "class.msPerMessage", (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / test.Length, test.Length);
    }

    /// <summary>A million vectors, drawn from the messages: reading the question and walking over all rows.</summary>
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
        }).ToArray();
        Figures.Print(Name, "similar.p95Ms", Figures.Percentile(millis, 0.95), Stored);
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

    /// <summary>The file that was named, or those of the data folder, in it or in its <c>teddy2020c</c>.</summary>
    private static string[] Files(Options options, string name, params string[] usual)
    {
        var named = options.Text(name, "");
        var folder = options.Text("data", ".");
        var inner = Path.Combine(folder, "teddy2020c");
        return named.Length > 0 ? [named] : [.. usual.Select(f => Path.Combine(Directory.Exists(inner) ? inner : folder, f))];
    }
}
