namespace Jiesu.Intelligence.Features.Classify;

/// <summary>字符片段: a text as counted pieces of one to three characters, each piece a bucket. Digits are all one: a house number says nothing of the matter.</summary>
internal static class Grams
{
    /// <summary>16,777,216 buckets. Fewer make pieces of three characters useless: what a rare, telling piece says is drowned by those that fall into its bucket.</summary>
    public const int Bits = 24;

    /// <summary>Stands for this recipe in a model file: a model made by another recipe is not read.</summary>
    public const string Recipe = "han-1-3/24/v2";

    private const int MaxCount = 255;

    public static int One(char a) => Bucket(Letter(a) * 0x9E3779B1u);

    public static int Two(char a, char b) => Bucket((Letter(a) * 0x85EBCA6Bu) ^ ((Letter(b) + 0x3C6EF372u) * 0xC2B2AE35u));

    public static int Three(char a, char b, char c) => Bucket((Letter(a) * 0x27D4EB2Fu) ^ ((Letter(b) + 0x165667B1u) * 0xC2B2AE35u) ^ ((Letter(c) + 0x5BD1E995u) * 0x9E3779B1u));

    /// <summary>The pieces of a plain text, each once: bucket × 256 + count, in the order of buckets.</summary>
    public static uint[] Of(ReadOnlySpan<char> plain)
    {
        if (plain.IsEmpty)
        {
            return [];
        }

        var all = new List<int>(3 * plain.Length);
        for (var i = 0; i < plain.Length; i++)
        {
            all.Add(One(plain[i]));
            if (i > 0)
            {
                all.Add(Two(plain[i - 1], plain[i]));
            }

            if (i > 1)
            {
                all.Add(Three(plain[i - 2], plain[i - 1], plain[i]));
            }
        }

        all.Sort();
        return Count(all);
    }

    private static uint[] Count(List<int> sorted)
    {
        var counted = new uint[sorted.Count];
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
