using Jiesu.Intelligence.Domain;

namespace Jiesu.Intelligence.Features.Classify;

/// <summary>分类依据: the stretches of a text that spoke loudest for a class.</summary>
internal static class Evidence
{
    private const int Longest = 8;
    private const double Audible = 0.25;

    /// <summary>Up to three stretches, loudest first, joined by 、; empty when nothing spoke for it.</summary>
    public static string Of(string plain, ClassModel model, int index)
    {
        var loudness = new double[plain.Length];
        for (var i = 1; i < plain.Length; i++)
        {
            var says = PlainText.IsHan(plain[i - 1]) && PlainText.IsHan(plain[i]) ? model.Says(Grams.Two(plain[i - 1], plain[i]), index) : 0;
            loudness[i - 1] += says;
            loudness[i] += says;
        }

        var least = loudness.DefaultIfEmpty().Max() * Audible;
        return least <= 0 ? "" : string.Join('、', Stretches(plain, loudness, least).OrderByDescending(s => s.Loudness).DistinctBy(s => s.Words).Take(3).Select(s => s.Words));
    }

    private static IEnumerable<(string Words, double Loudness)> Stretches(string plain, double[] loudness, double least)
    {
        for (var start = 0; start < plain.Length;)
        {
            var end = start;
            while (end < plain.Length && loudness[end] >= least && end - start < Longest)
            {
                end++;
            }

            if (end - start > 1)
            {
                yield return (plain[start..end], loudness.AsSpan(start, end - start).ToArray().Sum());
            }

            start = Math.Max(end, start + 1);
        }
    }
}
