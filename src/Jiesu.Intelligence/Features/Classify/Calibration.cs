namespace Jiesu.Intelligence.Features.Classify;

/// <summary>
/// 校准: makes of margins what they are worth, so that of all requests given 0.9 nine in ten are right. First shares under a temperature; then the first place's share
/// is read off a rising curve, fitted on texts that had not been learned from, and the others share what is left.
/// </summary>
/// <param name="Temperature">Divides the margins before they become shares: the larger, the more modest the scores.</param>
/// <param name="Shares">Shares of the first place where the curve is known, ascending; empty where too little is known: then the share itself counts.</param>
/// <param name="Rights">How often the first place was right there, never falling.</param>
/// <param name="Sure">Score from which 98 of 100 first places were right; null where none or too little is known. What is dispatched without a person needs at least this.</param>
/// <param name="Familiar">认得比例: the share of its pieces that 98 of 100 such texts had in common with those learned from; 0 where too little is known. A text with less speaks another language than the curve was fitted on.</param>
internal sealed record Calibration(float Temperature, float[] Shares, float[] Rights, float? Sure, float Familiar = 0)
{
    /// <summary>Right first places that automatic dispatch asks for.</summary>
    public const double SureAccuracy = 0.98;

    private const double Usual = 0.02;

    /// <summary>Texts a step of the curve stands for; fewer follow chance.</summary>
    private const int StepSize = 60;

    public static Calibration Modest(float temperature) => new(temperature, [], [], null);

    /// <param name="margins">Of texts that were left out while learning, class by class.</param>
    /// <param name="truth">Index of each text's class.</param>
    /// <param name="familiar">Share of each text's pieces that had been learned.</param>
    public static Calibration Fit(IReadOnlyList<float[]> margins, int[] truth, IReadOnlyList<double> familiar)
    {
        var temperature = (float)Enumerable.Range(0, 60).Select(i => 0.02 * Math.Pow(1.1, i)).MinBy(t => margins.Index().Sum(m => Surprise(m.Item, truth[m.Index], t)));
        var firsts = margins.Select((m, i) => First(SharesOf(m, temperature), truth[i])).OrderBy(f => f.Share).ToArray();
        var (shares, rights) = RisingCurve(firsts);
        var fitted = new Calibration(temperature, shares, rights, null);
        return fitted with { Sure = SureFrom(firsts, fitted), Familiar = (float)familiar.Order().ElementAt((int)(familiar.Count * Usual)) };
    }

    public double[] Scores(ReadOnlySpan<float> margins)
    {
        var shares = SharesOf(margins, Temperature);
        if (Shares.Length == 0 || shares.Length < 2)
        {
            return shares;
        }

        var first = shares.IndexOf(shares.Max());
        var second = shares.Where((_, c) => c != first).Max();
        var rest = 1 - shares[first];
        var right = Math.Max(Curve(shares[first]), second / (rest + second));         // the first place stays the first
        return [.. shares.Select((s, c) => c == first ? right : rest > 0 ? s / rest * (1 - right) : 0)];
    }

    /// <summary>Straight between the known points, from (0, 0) to (1, 1).</summary>
    public double Curve(double share)
    {
        var after = Array.FindIndex(Shares, s => s > share);
        var (x0, y0) = after == 0 ? (0, 0) : after < 0 ? (Shares[^1], Rights[^1]) : (Shares[after - 1], Rights[after - 1]);
        var (x1, y1) = after < 0 ? (1, Math.Max(Rights[^1], 1)) : (Shares[after], Rights[after]);
        return x1 > x0 ? y0 + ((share - x0) / (x1 - x0) * (y1 - y0)) : y1;
    }

    public static double[] SharesOf(ReadOnlySpan<float> margins, double temperature)
    {
        var shares = new double[margins.Length];
        var highest = float.MinValue;
        foreach (var margin in margins)
        {
            highest = Math.Max(highest, margin);
        }

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

    private static double Surprise(float[] margins, int label, double temperature) => -Math.Log(Math.Max(1e-9, SharesOf(margins, temperature)[label]));

    private static (double Share, bool IsRight) First(double[] shares, int label)
    {
        var first = shares.IndexOf(shares.Max());
        return (shares[first], first == label);
    }

    /// <summary>Steps of equal size, then neighbours that would fall are joined (pool adjacent violators).</summary>
    private static (float[] Shares, float[] Rights) RisingCurve((double Share, bool IsRight)[] firsts)
    {
        var steps = new List<(double Share, double Right, int Size)>();
        foreach (var some in firsts.Chunk(StepSize))
        {
            var step = (Share: some.Average(f => f.Share), Right: some.Average(f => f.IsRight ? 1.0 : 0), Size: some.Length);
            while (steps.Count > 0 && steps[^1].Right >= step.Right)
            {
                var last = steps[^1];
                var size = last.Size + step.Size;
                step = (((last.Share * last.Size) + (step.Share * step.Size)) / size, ((last.Right * last.Size) + (step.Right * step.Size)) / size, size);
                steps.RemoveAt(steps.Count - 1);
            }

            steps.Add(step);
        }

        return ([.. steps.Select(s => (float)s.Share)], [.. steps.Select(s => (float)s.Right)]);
    }

    /// <summary>The lowest score above which, with the doubt of so small a number taken off, enough were right.</summary>
    private static float? SureFrom((double Share, bool IsRight)[] firsts, Calibration fitted)
    {
        var (right, all, sure) = (0, 0, (float?)null);
        foreach (var (share, isRight) in firsts.Reverse())
        {
            (right, all) = (right + (isRight ? 1 : 0), all + 1);
            var accuracy = (double)right / all;
            if (all >= StepSize && accuracy - Math.Sqrt(accuracy * (1 - accuracy) / all) >= SureAccuracy)
            {
                sure = (float)fitted.Curve(share);
            }
        }

        return sure;
    }
}
