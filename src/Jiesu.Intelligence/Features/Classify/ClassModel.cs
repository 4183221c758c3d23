using System.Runtime.Intrinsics;

namespace Jiesu.Intelligence.Features.Classify;

/// <summary>分类模型: one linear separator a class over weighted character pieces; immutable.</summary>
/// <remarks>Weights are fourteen bits with one scale a class (eight cost two thousandths of macro-F1), laid out piece by piece, so that a text walks over as many short rows as it has pieces.</remarks>
internal sealed class ClassModel
{
    private const int Lane = 16;

    /// <summary>So that twelve thousand pieces, more than the longest text has, add up within thirty-two bits.</summary>
    public const int HighestWeight = 8191;

    /// <summary>As if each text had a piece or two more that nobody knows: a single known piece must not make a sure class.</summary>
    private const double Unheard = 4;

    /// <summary>1 + ln(count), in sixteenths.</summary>
    private static readonly int[] Sublinear = [0, .. Enumerable.Range(1, 255).Select(n => (int)Math.Round(16 * (1 + Math.Log(n))))];

    private readonly Dictionary<int, int> _rowOf = [];

    public required ModelCard Card { get; init; }

    public required IReadOnlyList<string> Codes { get; init; }

    /// <summary>Bucket of each row, ascending.</summary>
    public required int[] Buckets
    {
        get;
        init
        {
            field = value;
            _rowOf.EnsureCapacity(value.Length);
            for (var row = 0; row < value.Length; row++)
            {
                _rowOf.Add(value[row], row);
            }
        }
    }

    /// <summary>How much each row's piece counts: rare and telling ones more.</summary>
    public required float[] Worth { get; init; }

    /// <summary>Row by row, each padded to <see cref="StrideOf"/>.</summary>
    public required short[] Weights { get; init; }

    public required float[] Scales { get; init; }

    public required float[] Biases { get; init; }

    /// <summary>Turns margins into probabilities.</summary>
    public required Calibration Calibration { get; init; }

    public int Stride => StrideOf(Codes.Count);

    public static int StrideOf(int classes) => (classes + Lane - 1) / Lane * Lane;

    public static double Weight(uint gram) => Sublinear[gram & 255] / 16.0;

    /// <summary>Whether the text has any piece that was learned.</summary>
    public bool Knows(ReadOnlySpan<uint> grams)
    {
        foreach (var gram in grams)
        {
            if (_rowOf.ContainsKey((int)(gram >> 8)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Distance of the text from each class's separator.</summary>
    public float[] Margins(ReadOnlySpan<uint> grams)
    {
        var sums = new int[Stride];
        var square = Unheard;
        foreach (var gram in grams)
        {
            if (_rowOf.TryGetValue((int)(gram >> 8), out var row))
            {
                var weight = Sublinear[gram & 255];
                Add(Weights.AsSpan(row * sums.Length, sums.Length), weight, sums);
                square += Math.Pow(weight / 16.0 * Worth[row], 2);
            }
        }

        var norm = (float)(1 / (16 * Math.Sqrt(square)));
        return [.. Codes.Select((_, c) => (sums[c] * norm * Scales[c]) + Biases[c])];
    }

    /// <summary>Probability of each class, 0–1; together 1.</summary>
    /// <param name="otherwise">What is thought of a text in so far as it speaks another language than those learned from, class by class; all classes alike where null.</param>
    public double[] Scores(uint[] grams, double[]? otherwise = null)
    {
        var (scores, trust) = (Calibration.Scores(Margins(grams)), Trust(grams));
        return trust < 1 ? [.. scores.Select((s, c) => (trust * s) + ((1 - trust) * (otherwise is null ? 1.0 / scores.Length : otherwise[c])))] : scores;
    }

    /// <summary>How far the scores can be relied on, 0–1: less than 1 where fewer of the text's pieces are known than of nearly all texts that the scores were set right on.</summary>
    public double Trust(uint[] grams) => Calibration.Familiar > 0 ? Math.Min(1, ShareOf(grams, _rowOf.ContainsKey) / Calibration.Familiar) : 1;

    public static double ShareOf(uint[] grams, Func<int, bool> isKnown) => grams.Length == 0 ? 0 : grams.Count(g => isKnown((int)(g >> 8))) / (double)grams.Length;

    /// <summary>What one piece says for one class, before the length of the text counts.</summary>
    public double Says(int bucket, int index) => _rowOf.TryGetValue(bucket, out var row) ? Weights[(row * Stride) + index] * Scales[index] : 0;

    private static void Add(ReadOnlySpan<short> row, int weight, Span<int> sums)
    {
        for (var i = 0; i < row.Length; i += Lane)
        {
            var (low, high) = Vector256.Widen(Vector256.Create(row[i..]));
            (Vector256.Create<int>(sums[i..]) + (low * weight)).CopyTo(sums[i..]);
            (Vector256.Create<int>(sums[(i + (Lane / 2))..]) + (high * weight)).CopyTo(sums[(i + (Lane / 2))..]);
        }
    }
}

/// <summary>模型说明: what people see of a model.</summary>
/// <param name="Version">Day in Beijing and fingerprint of what was learned; <c>catalogue-…</c> while no order has been learned from.</param>
/// <param name="Samples">Orders learned from; 0 for the catalogue alone.</param>
/// <param name="Accuracy">Share of first places that were right among orders that had been left out while learning; null when there were too few.</param>
internal sealed record ModelCard(string Version, DateTimeOffset TrainedAt, int Classes, int Samples, double? Accuracy);
