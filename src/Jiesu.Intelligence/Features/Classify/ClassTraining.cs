using System.Security.Cryptography;
using System.Text;
using Jiesu.Platform;

namespace Jiesu.Intelligence.Features.Classify;

/// <summary>
/// Makes a model of a training set: TF-IDF over character pieces, one support vector machine a class, scores set right on a tenth kept aside.
/// The same texts in the same order give the same model, on any number of cores.
/// </summary>
internal static class ClassTraining
{
    private const int TenthKeptAside = 10;

    /// <summary>Fewer texts aside than this say nothing about scores.</summary>
    private const int FewestAside = 50;

    /// <summary>What a text scores that speaks exactly as the catalogue does, while no orders tell better: modest, since people do not speak so.</summary>
    private const double ModestScore = 0.6;

    /// <param name="texts">Of orders: the tenth that is kept aside for measuring comes from them alone.</param>
    /// <param name="words">Of the catalogue: so that every class of today is known.</param>
    /// <param name="cores">Classes learn beside each other.</param>
    public static ClassModel Run(TrainingSet texts, TrainingSet words, DateTimeOffset now, int cores, CancellationToken ct)
    {
        string[] codes = [.. texts.Codes.Concat(words.Codes).Distinct().Order(StringComparer.Ordinal)];
        var rows = Rows.Of([.. texts.Texts, .. words.Texts], fewestTexts: texts.Count >= FewestAside * TenthKeptAside ? 2 : 1);
        var labels = texts.Codes.Concat(words.Codes).Select(c => Array.BinarySearch(codes, c, StringComparer.Ordinal)).ToArray();
        int[] all = [.. Enumerable.Range(0, labels.Length)];
        int[] aside = texts.Count / TenthKeptAside >= FewestAside ? [.. all[..texts.Count].Where(i => i % TenthKeptAside == 0)] : [];
        int[] rest = [.. all.Except(aside)];

        var weights = new sbyte[rows.Buckets.Length * ClassModel.StrideOf(codes.Length)];
        var (scales, biases) = (new float[codes.Length], new float[codes.Length]);
        var margins = new float[aside.Length * codes.Length];
        var leads = new double[codes.Length];
        Parallel.For(0, codes.Length, new ParallelOptions { MaxDegreeOfParallelism = cores, CancellationToken = ct }, c =>
        {
            var machine = new VectorMachine(rows, labels, c);
            if (aside.Length > 0)
            {
                machine.Learn(rest, ct);
                Array.ForEach([.. aside.Index()], x => margins[(x.Index * codes.Length) + c] = machine.Margin(x.Item));
            }

            machine.Learn(all, ct);
            biases[c] = machine.Bias;
            leads[c] = Lead(machine, labels, c);
            scales[c] = Pack(machine.Weights, weights.AsSpan(c), ClassModel.StrideOf(codes.Length));
        });

        var measured = Measure(margins, [.. aside.Select(i => labels[i])], codes.Length);
        return new()
        {
            Card = new(Version(codes, weights, texts.Count, now), now, codes.Length, texts.Count, measured?.Accuracy),
            Codes = codes,
            Buckets = rows.Buckets,
            Rarity = rows.Rarity,
            Weights = weights,
            Scales = scales,
            Biases = biases,
            Temperature = measured?.Temperature ?? ModestTemperature(leads),
        };
    }

    /// <summary>How far a class's own texts stand above all others.</summary>
    private static double Lead(VectorMachine machine, int[] labels, int label)
    {
        var sides = labels.Index().ToLookup(l => l.Item == label, l => machine.Margin(l.Index));
        return sides[true].Average() - sides[false].DefaultIfEmpty(-1).Average();
    }

    private static float ModestTemperature(double[] leads) => (float)(leads.DefaultIfEmpty(1).Average() / Math.Log(ModestScore / (1 - ModestScore) * Math.Max(2, leads.Length - 1)));

    /// <summary>Rounds to eight bits; returns what one step is worth.</summary>
    private static float Pack(ReadOnlySpan<float> exact, Span<sbyte> column, int stride)
    {
        var highest = 0f;
        foreach (var weight in exact)
        {
            highest = Math.Max(highest, Math.Abs(weight));
        }

        var step = highest > 0 ? highest / sbyte.MaxValue : 1;
        for (var row = 0; row < exact.Length; row++)
        {
            column[row * stride] = (sbyte)MathF.Round(exact[row] / step);
        }

        return step;
    }

    /// <summary>The temperature under which the true classes were least surprising, and how often the first place was right.</summary>
    private static (float Temperature, double Accuracy)? Measure(float[] margins, int[] truth, int classes)
    {
        if (truth.Length == 0)
        {
            return null;
        }

        var best = Enumerable.Range(0, 40).Select(i => 0.02 * Math.Pow(1.15, i)).MinBy(t => truth.Index().Sum(x => Surprise(x.Index, x.Item, t)));
        var right = truth.Index().Count(x => Of(x.Index).IndexOf(Highest(Of(x.Index))) == x.Item);
        return ((float)best, (double)right / truth.Length);

        ReadOnlySpan<float> Of(int text) => margins.AsSpan(text * classes, classes);
        double Surprise(int text, int label, double temperature) => -Math.Log(Math.Max(1e-9, ClassModel.Shares(Of(text), temperature)[label]));
    }

    private static float Highest(ReadOnlySpan<float> margins)
    {
        var highest = float.MinValue;
        foreach (var margin in margins)
        {
            highest = Math.Max(highest, margin);
        }

        return highest;
    }

    private static string Version(string[] codes, sbyte[] weights, int samples, DateTimeOffset now)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(Grams.Recipe + string.Join(' ', codes)));
        hash.AppendData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(weights.AsSpan()));
        var print = Convert.ToHexStringLower(hash.GetHashAndReset())[..8];
        return samples == 0 ? $"catalogue-{print}" : $"{now.ToBeijing():yyyyMMdd}-{print}";
    }
}
