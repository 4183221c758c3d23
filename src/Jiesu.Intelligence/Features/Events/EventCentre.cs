using Jiesu.Intelligence.Domain;

namespace Jiesu.Intelligence.Features.Events;

/// <summary>事件中心: which texts say most of what all of them say.</summary>
internal static class EventCentre
{
    /// <summary>Nearest to the middle first; of equal ones the earlier.</summary>
    public static IEnumerable<string> Order(IReadOnlyList<string> texts)
    {
        var (vectors, sum) = (texts.Select(t => EventTerms.Of(PlainText.OfOrder(t))).ToArray(), new Dictionary<int, double>());
        foreach (var (terms, loudness) in vectors)
        {
            var length = Length(loudness);
            for (var i = 0; i < terms.Length; i++)
            {
                sum[terms[i]] = sum.GetValueOrDefault(terms[i]) + (loudness[i] / length);
            }
        }

        return texts.Zip(vectors).OrderByDescending(t => Nearness(t.Second, sum)).Select(t => t.First);
    }

    private static double Nearness((int[] Terms, float[] Loudness) text, Dictionary<int, double> sum)
    {
        var (nearness, length) = (0.0, Length(text.Loudness));
        for (var i = 0; i < text.Terms.Length; i++)
        {
            nearness += text.Loudness[i] / length * sum[text.Terms[i]];
        }

        return nearness;
    }

    private static double Length(float[] loudness) => Math.Max(Math.Sqrt(loudness.Sum(l => (double)l * l)), 1e-9);
}
