namespace Jiesu.Intelligence.Features.Classify;

/// <summary>Training texts over the pieces worth learning from: bucket numbers become dense row numbers.</summary>
internal sealed class Rows
{
    /// <summary>Bucket of each row, ascending.</summary>
    public required int[] Buckets { get; init; }

    /// <summary>ln((1 + texts) ÷ (1 + texts with the piece)) + 1.</summary>
    public required float[] Rarity { get; init; }

    /// <summary>Row × 256 + count, one array a text.</summary>
    public required uint[][] Texts { get; init; }

    /// <summary>One over each text's length, so that long texts do not shout.</summary>
    public required float[] Norms { get; init; }

    public static Rows Of(IReadOnlyList<uint[]> texts, int fewestTexts)
    {
        var textsWith = new int[1 << Grams.Bits];
        foreach (var gram in texts.SelectMany(t => t))
        {
            textsWith[gram >> 8]++;
        }

        int[] buckets = [.. Enumerable.Range(0, textsWith.Length).Where(b => textsWith[b] >= fewestTexts)];
        var rowOf = buckets.Index().ToDictionary(b => b.Item, b => (uint)b.Index);
        var rarity = Array.ConvertAll(buckets, b => (float)(Math.Log((1.0 + texts.Count) / (1 + textsWith[b])) + 1));
        uint[][] dense = [.. texts.Select(t => t.Where(g => rowOf.ContainsKey((int)(g >> 8))).Select(g => (rowOf[(int)(g >> 8)] << 8) | (g & 255)).ToArray())];
        return new() { Buckets = buckets, Rarity = rarity, Texts = dense, Norms = Array.ConvertAll(dense, t => Norm(t, rarity)) };
    }

    private static float Norm(uint[] text, float[] rarity)
    {
        var square = text.Sum(g => Math.Pow(ClassModel.Weight(g) * rarity[g >> 8], 2));
        return square > 0 ? (float)(1 / Math.Sqrt(square)) : 0;
    }
}
