using Jiesu.Intelligence.Features.Classify;
using Jiesu.Intelligence.Features.Learn;
using Jiesu.Intelligence.Features.Similar;

namespace Jiesu.Bench.Intelligence;

/// <summary>
/// What corrections bring before any training: messages come one after the other to a model of the class names, each is advised first and decided then, and what was decided speaks
/// up for the next ones. Figures: share of right first places among each next five hundred, beside that of the names alone.
/// </summary>
internal static class LearnBench
{
    private const int Step = 500, Steps = 4, Seed = 5;

    public static int Run(Options options)
    {
        if (BenchFiles.Find(options, "tree", "a1-label-tree.csv") is not [var tree] || BenchFiles.Find(options, "train", "a2-train-1.csv", "a2-train-2.csv") is not { } train)
        {
            return 2;
        }

        var all = BenchFiles.Messages(train).ToArray();
        new Random(Seed).Shuffle(all);
        var messages = all.DistinctBy(m => m.Plain).Take(Step * Steps).ToArray();
        var model = ClassBench.Described(tree, [.. messages.Select(m => m.Label).Distinct()]);
        var decided = new List<Corrections.Remembered>();
        var (alone, taught) = (new List<bool>(), new List<bool>());
        foreach (var (at, message) in messages.Index())
        {
            var byNames = model.Scores(Grams.Of(message.Plain)).Index().ToDictionary(s => model.Codes[s.Index], s => s.Item);
            var scores = new Corrections.Memory(decided).About(message.Plain)?.Mix(byNames) ?? byNames;
            var advised = scores.MaxBy(s => s.Value).Key;
            alone.Add(byNames.MaxBy(s => s.Value).Key == message.Label);
            taught.Add(advised == message.Label);
            decided.Add(new(TextVector.Of(message.Plain), message.Label, advised != message.Label, DateTimeOffset.UnixEpoch.AddMinutes(at)));
        }

        for (var step = 0; step < Steps; step++)
        {
            Figures.Print(IntelligenceBench.Name, string.Create(null, $"learn.after{step * Step}.accuracy"), Share(taught, step), Step, baseline: Share(alone, step));
        }

        return 0;
    }

    private static double Share(List<bool> right, int step) => right.Skip(step * Step).Take(Step).Average(r => r ? 1.0 : 0);
}
