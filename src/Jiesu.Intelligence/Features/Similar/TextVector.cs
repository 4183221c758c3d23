using Jiesu.Intelligence.Domain;

namespace Jiesu.Intelligence.Features.Similar;

/// <summary>
/// 文本向量: pairs of characters thrown into 256 signed sums; alike texts point alike. Each pair counts by the logarithm of how often it stands there,
/// and three times when the title has it: the title says the matter, the rest often the anger.
/// The recipe is fixed: rows that earlier versions wrote stay comparable, so it changes only together with a rewrite of the table.
/// </summary>
/// <remarks>Measured on 2,591 public messages: of messages about one event 92 % among the ten nearest; triples beside the pairs or a plain count are worse, 86 %.</remarks>
internal static class TextVector
{
    public const int Size = 256;

    /// <summary>Sixteen products of two such numbers fit two bytes, which the scan relies on.</summary>
    private const int Highest = 45;

    private const int LongestTitle = 40;
    private const float TitleWeight = 3;

    /// <summary>Polite and official phrases that every other request has; they say nothing of the matter.</summary>
    internal static readonly WordList<bool> Common = new(WordFile.Lines("common.txt").ToDictionary(line => line, _ => true));

    public static sbyte[] Of(string plain)
    {
        var pairs = Pairs(plain);
        var sums = new float[Size];
        for (var start = 0; start < pairs.Length;)
        {
            var end = start;
            var isInTitle = false;
            for (; end < pairs.Length && pairs[end] >> 1 == pairs[start] >> 1; end++)
            {
                isInTitle |= (pairs[end] & 1) != 0;
            }

            var weight = (1 + MathF.Log(end - start)) * (isInTitle ? TitleWeight : 1);
            sums[(pairs[start] >> 1) & (Size - 1)] += pairs[start] > int.MaxValue ? weight : -weight;
            start = end;
        }

        return Round(sums);
    }

    /// <summary>All pairs of the text without common phrases and marks, sorted; the lowest bit says that it stands in the title.</summary>
    private static uint[] Pairs(string plain)
    {
        var left = plain.ToCharArray();
        foreach (var phrase in Common.In(plain))
        {
            left.AsSpan(phrase.Start, phrase.Length).Clear();
        }

        var title = Array.FindAll(left[..TitleLength(plain)], PlainText.IsWord).Length;
        var telling = Array.FindAll(left, PlainText.IsWord);
        var pairs = new uint[Math.Max(0, telling.Length - 1)];
        for (var i = 0; i < pairs.Length; i++)
        {
            pairs[i] = (Mix(telling[i], telling[i + 1]) << 1) | (i + 1 < title ? 1u : 0u);
        }

        Array.Sort(pairs);
        return pairs;
    }

    private static int TitleLength(string plain)
    {
        var end = plain.IndexOf('。', StringComparison.Ordinal);
        return Math.Min(end < 0 ? plain.Length : end, LongestTitle);
    }

    private static uint Mix(char a, char b)
    {
        var mixed = (a * 0x9E3779B1u) ^ ((b + 0x7F4A7C15u) * 0x85EBCA6Bu);
        mixed ^= mixed >> 15;
        mixed *= 0x2C1B3C6Du;
        mixed ^= mixed >> 12;
        mixed *= 0x297A2D39u;
        return mixed ^ (mixed >> 15);
    }

    private static sbyte[] Round(float[] sums)
    {
        var highest = sums.Max(Math.Abs);
        return highest > 0 ? Array.ConvertAll(sums, s => (sbyte)MathF.Round(s * Highest / highest)) : new sbyte[Size];
    }
}
