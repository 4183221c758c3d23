namespace Jiesu.Intelligence.Features.Classify;

/// <summary>Training texts over the pieces worth learning from: bucket numbers become dense row numbers.</summary>
internal sealed class Rows
{
    /// <summary>So that a piece that says nothing of the class still counts a little.</summary>
    private const double LeastTelling = 0.001;

    /// <summary>More pieces than this are too rare to be worth their memory: with 50,000 orders, those that stand in a handful.</summary>
    private const int MostRows = 262_144;

    /// <summary>Bucket of each row, ascending.</summary>
    public required int[] Buckets { get; init; }

    /// <summary>
    /// Rarity × √telling. Rarity: ln((1 + texts) ÷ (1 + texts with the piece)) + 1. Telling: how far the classes of the texts with the piece are from those of all texts
    /// (relative entropy, as if one more text of average class had it). A piece that all classes share then hardly lengthens a text; that alone is worth one point of macro-F1.
    /// </summary>
    public required float[] Worth { get; init; }

    /// <summary>Row × 256 + count, one array a text.</summary>
    public required uint[][] Texts { get; init; }

    /// <summary>One over each text's length, so that long texts do not shout.</summary>
    public required float[] Norms { get; init; }

    /// <summary>1 + ln(count).</summary>
    public static float[] Sublinear { get; } = [.. Enumerable.Range(0, 256).Select(n => (float)ClassModel.Weight((uint)n))];

    /// <summary>What the weights say of a text, by its length.</summary>
    public float Margin(int text, float[] weights)
    {
        var sum = 0f;
        foreach (var gram in Texts[text])
        {
            sum += Sublinear[gram & 255] * weights[gram >> 8];
        }

        return sum * Norms[text];
    }

    /// <param name="learned">Indexes of the texts that may be learned from; the others get rows, but nothing is counted in them.</param>
    public static Rows Of(IReadOnlyList<uint[]> texts, int[] labels, int classes, int[] learned, int fewestTexts)
    {
        var textsWith = new Dictionary<int, int>();
        foreach (var gram in learned.SelectMany(i => texts[i]))
        {
            System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(textsWith, (int)(gram >> 8), out _)++;
        }

        while (textsWith.Count(t => t.Value >= fewestTexts) > MostRows)
        {
            fewestTexts++;
        }

        int[] buckets = [.. textsWith.Where(t => t.Value >= fewestTexts).Select(t => t.Key).Order()];
        var rowOf = buckets.Index().ToDictionary(b => b.Item, b => (uint)b.Index);
        uint[][] dense = [.. texts.Select(t => Dense(t, rowOf))];
        var worth = Worths(dense, labels, classes, learned, buckets.Length);
        return new() { Buckets = buckets, Worth = worth, Texts = dense, Norms = Array.ConvertAll(dense, t => Norm(t, worth)) };
    }

    private static uint[] Dense(uint[] text, Dictionary<int, uint> rowOf)
    {
        var dense = new List<uint>(text.Length);
        foreach (var gram in text)
        {
            if (rowOf.TryGetValue((int)(gram >> 8), out var row))
            {
                dense.Add((row << 8) | (gram & 255));
            }
        }

        return [.. dense];
    }

    private static float[] Worths(uint[][] texts, int[] labels, int classes, int[] learned, int rows)
    {
        var usual = new double[classes];
        var with = new int[rows * classes];
        foreach (var text in learned)
        {
            usual[labels[text]] += 1.0 / learned.Length;
            foreach (var gram in texts[text])
            {
                with[((gram >> 8) * classes) + labels[text]]++;
            }
        }

        var worth = new float[rows];
        for (var row = 0; row < rows; row++)
        {
            worth[row] = WorthOf(with.AsSpan(row * classes, classes), usual, learned.Length);
        }

        return worth;
    }

    private static float WorthOf(ReadOnlySpan<int> with, double[] usual, int texts)
    {
        var all = 0;
        foreach (var count in with)
        {
            all += count;
        }

        var telling = 0.0;
        for (var c = 0; c < with.Length; c++)
        {
            var share = (with[c] + usual[c]) / (all + 1);
            telling += share > 0 ? share * Math.Log(share / usual[c]) : 0;
        }

        return (float)((Math.Log((1.0 + texts) / (1 + all)) + 1) * Math.Sqrt(Math.Max(telling, 0) + LeastTelling));
    }

    private static float Norm(uint[] text, float[] worth)
    {
        var square = 0.0;
        foreach (var gram in text)
        {
            square += Math.Pow(ClassModel.Weight(gram) * worth[gram >> 8], 2);
        }

        return square > 0 ? (float)(1 / Math.Sqrt(square)) : 0;
    }
}
