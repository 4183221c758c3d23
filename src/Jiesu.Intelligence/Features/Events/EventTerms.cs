using Jiesu.Intelligence.Domain;
using Jiesu.Intelligence.Features.Similar;

namespace Jiesu.Intelligence.Features.Events;

/// <summary>
/// 事件词对: the pairs of characters that tell one matter from another, each with how loudly the text says it. A pair of the title counts as eight,
/// since the title names the place and the matter; of the rest only the beginning is read, since complaints begin with the matter and end with anger.
/// </summary>
internal static class EventTerms
{
    /// <summary>1,048,576 buckets: the pairs of 100,000 messages seldom meet.</summary>
    public const int Bits = 20;

    private const int TitleWeight = 8;
    private const int LongestTitle = 60;
    private const int Beginning = 300;

    /// <summary>The buckets, ascending and each once, with 1 + ln(count).</summary>
    public static (int[] Terms, float[] Loudness) Of(string plain)
    {
        var title = TitleLength(plain);
        var read = plain.AsSpan(0, Math.Min(plain.Length, title + Beginning)).ToString();
        var telling = read.ToCharArray();
        foreach (var phrase in TextVector.Common.In(read))
        {
            telling.AsSpan(phrase.Start, phrase.Length).Clear();
        }

        var counts = new SortedDictionary<int, int>();
        for (var i = 1; i < telling.Length; i++)
        {
            if (PlainText.IsWord(telling[i - 1]) && PlainText.IsWord(telling[i]))
            {
                var term = Bucket(telling[i - 1], telling[i]);
                counts[term] = counts.GetValueOrDefault(term) + (i < title ? TitleWeight : 1);
            }
        }

        return ([.. counts.Keys], [.. counts.Values.Select(n => 1 + MathF.Log(n))]);
    }

    /// <summary>Up to the first full stop, which stands between title and content; a text that is one long sentence has no title.</summary>
    private static int TitleLength(string plain) => plain.IndexOf('。', StringComparison.Ordinal) is >= 0 and <= LongestTitle and var end ? end : 0;

    private static int Bucket(char a, char b)
    {
        var mixed = (a * 0x9E3779B1u) ^ ((b + 0x7F4A7C15u) * 0x85EBCA6Bu);
        mixed ^= mixed >> 15;
        mixed *= 0x2C1B3C6Du;
        mixed ^= mixed >> 12;
        return (int)(mixed * 0x297A2D39u >> (32 - Bits));
    }
}
