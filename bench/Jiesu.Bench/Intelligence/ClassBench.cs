using System.Diagnostics;
using Jiesu.Intelligence.Domain;
using Jiesu.Intelligence.Features.Classify;

namespace Jiesu.Bench.Intelligence;

/// <summary>
/// First-level classes. Everything that was chosen (pieces, weights, cost, calibration, the score from which one is sure) was chosen by cross-validation inside the training files;
/// the test file is only reported on.
/// </summary>
internal static class ClassBench
{
    private const int Bins = 10;
    private const string Name = IntelligenceBench.Name;

    private sealed record Guess(string Label, double Score, bool IsRight, bool IsInFirstThree);

    public static int Run(Options options)
    {
        if (BenchFiles.Find(options, "train", "a2-train-1.csv", "a2-train-2.csv") is not { } train || BenchFiles.Find(options, "test", "a2-test.csv") is not { } test)
        {
            return 2;
        }

        var (known, asked) = (BenchFiles.Messages(train), BenchFiles.Messages(test));
        var clock = Stopwatch.StartNew();
        var set = new TrainingSet();
        foreach (var message in known)
        {
            set.Add(message.Plain, message.Label);
        }

        var model = ClassTraining.Run(set, new(), TimeProvider.System.GetUtcNow(), cores: 1, CancellationToken.None);
        Figures.Print(Name, "class.trainSeconds", clock.Elapsed.TotalSeconds, known.Count);
        var guesses = Guesses(model, asked);
        Figures.Print(Name, "class.macroF1", MacroF1(asked, guesses), asked.Count, baseline: 0.919);
        Figures.Print(Name, "class.top3", guesses.Average(g => g.IsInFirstThree ? 1.0 : 0), asked.Count, baseline: 0.994);

        var before = Environment.CpuUsage.TotalTime;
        Guesses(model, asked);
        Figures.Print(Name, "class.msPerMessage", (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / asked.Count, asked.Count);
        Sureness(model.Calibration, guesses);
        return 0;
    }

    /// <summary>The classes of the test file by the names below them in the class tree; no message is learned from.</summary>
    public static int RunDescriptions(Options options)
    {
        if (BenchFiles.Find(options, "tree", "a1-label-tree.csv") is not [var tree] || BenchFiles.Find(options, "test", "a2-test.csv") is not { } test)
        {
            return 2;
        }

        var asked = BenchFiles.Messages(test);
        var guesses = Guesses(Described(tree, [.. asked.Select(m => m.Label).Distinct()]), asked);
        Figures.Print(Name, "class.descriptionsOnly.macroF1", MacroF1(asked, guesses), asked.Count);
        return 0;
    }

    /// <summary>The model of the names below each of these classes.</summary>
    public static ClassModel Described(string tree, IReadOnlyCollection<string> labels)
    {
        var words = new TrainingSet();
        foreach (var (label, name) in BenchFiles.Read(tree, "level1", "level2", "level3").Where(r => labels.Contains(r[0])).SelectMany(r => r.Select(name => (r[0], name))).Distinct())
        {
            words.Add(PlainText.Of(name), label);
        }

        return ClassTraining.Run(new(), words, TimeProvider.System.GetUtcNow(), cores: 1, CancellationToken.None);
    }

    /// <summary>
    /// Automatic: those whose score reaches what the training folds found to be right 98 times of 100. Calibration error: over ten bins of equal width, how far the mean score
    /// is from the share that was right, weighed by the bin's size.
    /// </summary>
    private static void Sureness(Calibration calibration, Guess[] guesses)
    {
        var sure = guesses.Where(g => g.Score >= (calibration.Sure ?? 1)).ToArray();
        Figures.Print(Name, "class.auto.accuracy", sure.Length == 0 ? 0 : sure.Average(g => g.IsRight ? 1.0 : 0), sure.Length);
        Figures.Print(Name, "class.auto.coverage", (double)sure.Length / guesses.Length, guesses.Length);
        var error = guesses.GroupBy(g => Math.Min(Bins - 1, (int)(g.Score * Bins))).Sum(bin => Math.Abs(bin.Average(g => g.Score) - bin.Average(g => g.IsRight ? 1.0 : 0)) * bin.Count());
        Figures.Print(Name, "class.ece", error / guesses.Length, guesses.Length);
    }

    private static Guess[] Guesses(ClassModel model, IReadOnlyList<Labelled> messages) => [.. messages.Select(m => Guessed(model.Codes, model.Scores(Grams.Of(m.Plain)), m.Label))];

    private static Guess Guessed(IReadOnlyList<string> codes, double[] scores, string label)
    {
        var ranked = codes.Index().OrderByDescending(c => scores[c.Index]).ToArray();
        return new(ranked[0].Item, scores[ranked[0].Index], ranked[0].Item == label, ranked.Take(3).Any(c => c.Item == label));
    }

    /// <summary>Mean over the classes of 2PR ÷ (P + R), the contest's own formula.</summary>
    private static double MacroF1(IReadOnlyList<Labelled> messages, Guess[] guesses) =>
        messages.Select(m => m.Label).Distinct().Average(label =>
            2.0 * messages.Index().Count(m => m.Item.Label == label && guesses[m.Index].IsRight) / (messages.Count(m => m.Label == label) + guesses.Count(g => g.Label == label)));
}
