namespace Jiesu.Intelligence.Features.Classify;

/// <summary>字符片段: a text as counted pieces of one and two characters, each piece a bucket. Digits are all one: a house number says nothing of the matter.</summary>
internal static class Grams
{
    /// <summary>262,144 buckets: about one collision in six among the pieces of 6,000 texts, which costs nothing measurable.</summary>
    public const int Bits = 18;

    /// <summary>Stands for this recipe in a model file: a model made by another recipe is not read.</summary>
    public const string Recipe = "han-1-2/18/v1";

    private const int MaxCount = 255;

    public static int One(char a) => Bucket(Letter(a) * 0x9E3779B1u);

    public static int Two(char a, char b) => Bucket((Letter(a) * 0x85EBCA6Bu) ^ ((Letter(b) + 0x3C6EF372u) * 0xC2B2AE35u));

    /// <summary>The pieces of a plain text, each once: bucket × 256 + count, in the order of buckets.</summary>
    public static uint[] Of(ReadOnlySpan<char> plain)
    {
        if (plain.IsEmpty)
        {
            return [];
        }

        var all = new int[(2 * plain.Length) - 1];
        for (var i = 0; i < plain.Length; i++)
        {
            all[i] = One(plain[i]);
        }

        for (var i = 1; i < plain.Length; i++)
        {
            all[plain.Length + i - 1] = Two(plain[i - 1], plain[i]);
        }

        Array.Sort(all);
        return Count(all);
    }

    private static uint[] Count(int[] sorted)
    {
        var counted = new uint[sorted.Length];
        var last = -1;
        foreach (var bucket in sorted)
        {
            if (last >= 0 && counted[last] >> 8 == bucket)
            {
                counted[last] += (counted[last] & MaxCount) < MaxCount ? 1u : 0u;
            }
            else
            {
                counted[++last] = ((uint)bucket << 8) | 1;
            }
        }

        return counted[..(last + 1)];
    }

    private static uint Letter(char c) => char.IsAsciiDigit(c) ? '0' : (uint)c;

    private static int Bucket(uint mixed)
    {
        mixed ^= mixed >> 15;
        mixed *= 0x2C1B3C6Du;
        mixed ^= mixed >> 12;
        return (int)(mixed * 0x297A2D39u >> (32 - Bits));
    }
}
