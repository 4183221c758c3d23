using System.Security.Cryptography;
using System.Text;
using Jiesu.Platform;

namespace Jiesu.Intelligence.Features.Classify;

/// <summary>
/// Makes a model of a training set: character pieces by worth, one support vector machine a class. Scores are set right on texts that were left out while learning:
/// each fifth in turn, or one tenth where there are many texts or classes.
/// The same texts in the same order give the same model, on any number of cores.
/// </summary>
internal static class ClassTraining
{
    private const int Fifths = 5, Tenths = 10;

    /// <summary>Texts times classes: learning five times more costs seconds up to here; beyond, it would cost minutes, and one tenth is enough to measure on.</summary>
    private const long MostForFifths = 100_000;

    /// <summary>Fewer texts than this say nothing about scores.</summary>
    private const int FewestToMeasure = 500;

    /// <summary>What a text scores that speaks exactly as the catalogue does, while no orders tell better: modest, since people do not speak so.</summary>
    private const double ModestScore = 0.6;

    /// <param name="texts">Of orders: only these are left out for measuring.</param>
    /// <param name="words">Of the catalogue: so that every class of today is known.</param>
    /// <param name="cores">Classes learn beside each other.</param>
    public static ClassModel Run(TrainingSet texts, TrainingSet words, DateTimeOffset now, int cores, CancellationToken ct)
    {
        string[] codes = [.. texts.Codes.Concat(words.Codes).Distinct().Order(StringComparer.Ordinal)];
        var labels = texts.Codes.Concat(words.Codes).Select(c => Array.BinarySearch(codes, c, StringComparer.Ordinal)).ToArray();
        var known = new Known([.. texts.Texts, .. words.Texts], labels, codes.Length, Fewest(texts.Count), new() { MaxDegreeOfParallelism = cores, CancellationToken = ct });
        var measured = Measure(known, texts.Count);
        var (rows, columns, biases) = texts.Count == 0 ? known.Describe() : known.Learn();
        var weights = new short[rows.Buckets.Length * ClassModel.StrideOf(codes.Length)];
        var scales = columns.Select((column, c) => Pack(column, weights.AsSpan(c), ClassModel.StrideOf(codes.Length))).ToArray();
        return new()
        {
            Card = new(Version(codes, weights, texts.Count, now), now, codes.Length, texts.Count, measured?.Accuracy),
            Codes = codes,
            Buckets = rows.Buckets,
            Worth = rows.Worth,
            Weights = weights,
            Scales = scales,
            Biases = biases,
            Calibration = measured?.Calibration ?? Calibration.Modest(ModestTemperature([.. columns.Select((column, c) => Lead(rows, column, labels, c))])),
        };
    }

    /// <summary>What stands in one text only, or two, says nothing of a class once there are enough texts.</summary>
    private static int Fewest(int texts) => texts >= FewestToMeasure ? 3 : 1;

    /// <summary>All texts with their classes, to learn from this or that part of them.</summary>
    private sealed record Known(IReadOnlyList<uint[]> Texts, int[] Labels, int Classes, int FewestTexts, ParallelOptions Options)
    {
        private int[] All => [.. Enumerable.Range(0, Labels.Length)];

        public (Rows Rows, float[][] Columns, float[] Biases) Describe()
        {
            var rows = Rows.Of(Texts, Labels, Classes, All, fewestTexts: 1);
            return (rows, DescribedClasses.Weights(rows, Labels, Classes), new float[Classes]);
        }

        public (Rows Rows, float[][] Columns, float[] Biases) Learn()
        {
            var (rows, machines) = Learn(All);
            return (rows, Array.ConvertAll(machines, m => m.Weights), Array.ConvertAll(machines, m => m.Bias));
        }

        public (Rows Rows, VectorMachine[] Machines) Learn(int[] learned)
        {
            var rows = Rows.Of(Texts, Labels, Classes, learned, FewestTexts);
            var machines = new VectorMachine[Classes];
            Parallel.For(0, Classes, Options, c =>
            {
                machines[c] = new(rows, Labels, c);
                machines[c].Learn(learned, Options.CancellationToken);
            });
            return (rows, machines);
        }
    }

    /// <summary>Null when there are too few texts.</summary>
    private static (Calibration Calibration, double Accuracy)? Measure(Known known, int texts)
    {
        if (texts < FewestToMeasure)
        {
            return null;
        }

        var (parts, rounds) = (long)texts * known.Classes <= MostForFifths ? (Fifths, Fifths) : (Tenths, 1);
        var (margins, truth, familiar) = (new List<float[]>(), new List<int>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            var aside = Enumerable.Range(0, texts).Where(i => i % parts == round).ToArray();
            var (rows, machines) = known.Learn([.. Enumerable.Range(0, known.Labels.Length).Where(i => i >= texts || i % parts != round)]);
            margins.AddRange(aside.Select(i => Array.ConvertAll(machines, m => m.Margin(i))));
            truth.AddRange(aside.Select(i => known.Labels[i]));
            var learned = rows.Buckets.ToHashSet();
            familiar.AddRange(aside.Select(i => ClassModel.ShareOf(known.Texts[i], learned.Contains)));
        }

        return (Calibration.Fit(margins, [.. truth], familiar), margins.Index().Average(m => m.Item.IndexOf(m.Item.Max()) == truth[m.Index] ? 1.0 : 0));
    }

    /// <summary>How far a class's own texts stand above all others.</summary>
    private static double Lead(Rows rows, float[] column, int[] labels, int label)
    {
        var sides = labels.Index().ToLookup(l => l.Item == label, l => rows.Margin(l.Index, column));
        return sides[true].Average() - sides[false].DefaultIfEmpty(-1).Average();
    }

    private static float ModestTemperature(double[] leads) => (float)(leads.DefaultIfEmpty(1).Average() / Math.Log(ModestScore / (1 - ModestScore) * Math.Max(2, leads.Length - 1)));

    /// <summary>Rounds to fourteen bits; returns what one step is worth.</summary>
    private static float Pack(ReadOnlySpan<float> exact, Span<short> column, int stride)
    {
        var highest = 0f;
        foreach (var weight in exact)
        {
            highest = Math.Max(highest, Math.Abs(weight));
        }

        var step = highest > 0 ? highest / ClassModel.HighestWeight : 1;
        for (var row = 0; row < exact.Length; row++)
        {
            column[row * stride] = (short)MathF.Round(exact[row] / step);
        }

        return step;
    }

    private static string Version(string[] codes, short[] weights, int samples, DateTimeOffset now)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(Grams.Recipe + string.Join(' ', codes)));
        hash.AppendData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(weights.AsSpan()));
        var print = Convert.ToHexStringLower(hash.GetHashAndReset())[..8];
        return samples == 0 ? $"catalogue-{print}" : $"{now.ToBeijing():yyyyMMdd}-{print}";
    }
}
