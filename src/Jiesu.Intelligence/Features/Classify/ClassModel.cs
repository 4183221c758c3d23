using System.Runtime.Intrinsics;

namespace Jiesu.Intelligence.Features.Classify;

/// <summary>分类模型: one linear separator a class over weighted character pieces; immutable.</summary>
/// <remarks>Weights are eight bits with one scale a class, laid out piece by piece, so that a text walks over as many short rows as it has pieces.</remarks>
internal sealed class ClassModel
{
    private const int Lane = 32;

    /// <summary>As if each text had a piece or two more that nobody knows: a single known piece must not make a sure class.</summary>
    private const double Unheard = 16;

    /// <summary>1 + ln(count), in sixteenths: small enough that its product with a weight fits sixteen bits.</summary>
    private static readonly short[] Sublinear = [0, .. Enumerable.Range(1, 255).Select(n => (short)Math.Round(16 * (1 + Math.Log(n))))];

    private readonly int[] _rowOf = new int[1 << Grams.Bits];

    public ClassModel()
    {
        Array.Fill(_rowOf, -1);
    }

    public required ModelCard Card { get; init; }

    public required IReadOnlyList<string> Codes { get; init; }

    /// <summary>Bucket of each row, ascending.</summary>
    public required int[] Buckets
    {
        get;
        init
        {
            field = value;
            for (var row = 0; row < value.Length; row++)
            {
                _rowOf[value[row]] = row;
            }
        }
    }

    /// <summary>Rarity of each row's piece, 1 and more.</summary>
    public required float[] Rarity { get; init; }

    /// <summary>Row by row, each padded to <see cref="StrideOf"/>.</summary>
    public required sbyte[] Weights { get; init; }

    public required float[] Scales { get; init; }

    public required float[] Biases { get; init; }

    /// <summary>Divides the margins before they become shares: the larger, the more modest the scores.</summary>
    public required float Temperature { get; init; }

    public int Stride => StrideOf(Codes.Count);

    public static int StrideOf(int classes) => (classes + Lane - 1) / Lane * Lane;

    public static double Weight(uint gram) => Sublinear[gram & 255] / 16.0;

    /// <summary>Whether the text has any piece that was learned.</summary>
    public bool Knows(ReadOnlySpan<uint> grams)
    {
        foreach (var gram in grams)
        {
            if (_rowOf[gram >> 8] >= 0)
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
            if (_rowOf[gram >> 8] is >= 0 and var row)
            {
                var weight = Sublinear[gram & 255];
                Add(Weights.AsSpan(row * sums.Length, sums.Length), weight, sums);
                square += Math.Pow(weight / 16.0 * Rarity[row], 2);
            }
        }

        var norm = (float)(1 / (16 * Math.Sqrt(square)));
        return [.. Codes.Select((_, c) => (sums[c] * norm * Scales[c]) + Biases[c])];
    }

    /// <summary>Share of each class, 0–1; together 1.</summary>
    public double[] Scores(ReadOnlySpan<uint> grams) => Shares(Margins(grams), Temperature);

    public static double[] Shares(ReadOnlySpan<float> margins, double temperature)
    {
        var shares = new double[margins.Length];
        var highest = Highest(margins);
        var sum = 0.0;
        for (var c = 0; c < shares.Length; c++)
        {
            sum += shares[c] = Math.Exp((margins[c] - highest) / temperature);
        }

        for (var c = 0; c < shares.Length; c++)
        {
            shares[c] /= sum;
        }

        return shares;
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

    /// <summary>What one piece says for one class, before the length of the text counts.</summary>
    public double Says(int bucket, int index) => _rowOf[bucket] is >= 0 and var row ? Weights[(row * Stride) + index] * Scales[index] : 0;

    private static void Add(ReadOnlySpan<sbyte> row, short weight, Span<int> sums)
    {
        var times = Vector256.Create(weight);
        for (var i = 0; i < row.Length; i += Lane)
        {
            var (low, high) = Vector256.Widen(Vector256.Create(row[i..]));
            Add(low * times, sums[i..]);
            Add(high * times, sums[(i + (Lane / 2))..]);
        }
    }

    private static void Add(Vector256<short> products, Span<int> sums)
    {
        var (low, high) = Vector256.Widen(products);
        (Vector256.Create<int>(sums) + low).CopyTo(sums);
        (Vector256.Create<int>(sums[8..]) + high).CopyTo(sums[8..]);
    }
}

/// <summary>模型说明: what people see of a model.</summary>
/// <param name="Version">Day in Beijing and fingerprint of what was learned; <c>catalogue-…</c> while no order has been learned from.</param>
/// <param name="Samples">Orders learned from; 0 for the catalogue alone.</param>
/// <param name="Accuracy">Share of first places that were right on the tenth of the orders that was kept aside; null when there were too few.</param>
internal sealed record ModelCard(string Version, DateTimeOffset TrainedAt, int Classes, int Samples, double? Accuracy);
