using Jiesu.Intelligence.Domain;

namespace Jiesu.Intelligence.Features.Similar;

/// <summary>
/// 文本向量: pieces of two and three characters thrown into 256 signed sums; alike texts point alike.
/// The recipe is fixed: rows that other versions wrote stay comparable, so it changes only together with a rewrite of the table.
/// </summary>
internal static class TextVector
{
    public const int Size = 256;

    /// <summary>Sixteen products of two such numbers fit two bytes, which the scan relies on.</summary>
    private const int Highest = 45;

    /// <summary>Polite and official phrases that every other request has; they say nothing of the matter.</summary>
    private static readonly WordList<bool> Common = new(WordFile.Lines("common.txt").ToDictionary(line => line, _ => true));

    public static sbyte[] Of(string plain)
    {
        var telling = Telling(plain);
        var sums = new float[Size];
        for (var i = 1; i < telling.Length; i++)
        {
            Throw(sums, Mix(telling[i - 1], telling[i], '\0'), 1);
            if (i > 1)
            {
                Throw(sums, Mix(telling[i - 2], telling[i - 1], telling[i]), 1.5f);
            }
        }

        return Round(sums);
    }

    /// <summary>The text without common phrases and marks.</summary>
    private static char[] Telling(string plain)
    {
        var left = plain.ToCharArray();
        foreach (var phrase in Common.In(plain))
        {
            left.AsSpan(phrase.Start, phrase.Length).Clear();
        }

        return Array.FindAll(left, PlainText.IsWord);
    }

    private static void Throw(float[] sums, uint mixed, float weight) => sums[mixed & (Size - 1)] += (mixed & 0x8000) == 0 ? weight : -weight;

    private static uint Mix(char a, char b, char c)
    {
        var mixed = (a * 0x9E3779B1u) ^ ((b + 0x7F4A7C15u) * 0x85EBCA6Bu) ^ ((c + 0x3C6EF372u) * 0xC2B2AE35u);
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
