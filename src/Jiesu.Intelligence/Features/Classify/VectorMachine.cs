namespace Jiesu.Intelligence.Features.Classify;

/// <summary>
/// One class against all others: linear support vector machine with squared hinge loss, solved in the dual one text at a time
/// (Hsieh and others, ICML 2008, algorithm 1). Learning again goes on from where it stood.
/// </summary>
/// <remarks>Weights here have the worth of their piece inside: a text then needs its counts only, in learning and in use.</remarks>
internal sealed class VectorMachine(Rows rows, int[] labels, int label)
{
    private const double Cost = 4;
    private const double Diagonal = 1 / (2 * Cost);
    private const double CloseEnough = 0.1;
    private const int MostRounds = 40;

    private readonly double[] _alphas = new double[labels.Length];

    public float[] Weights { get; } = new float[rows.Buckets.Length];

    public float Bias { get; private set; }

    public float Margin(int text) => rows.Margin(text, Weights) + Bias;

    public void Learn(int[] texts, CancellationToken ct)
    {
        var order = (int[])texts.Clone();
        var random = new Random(label);
        for (var round = 0; round < MostRounds; round++)
        {
            ct.ThrowIfCancellationRequested();
            random.Shuffle(order);
            var (highest, lowest) = (double.MinValue, double.MaxValue);
            foreach (var text in order)
            {
                var gradient = Step(text);
                (highest, lowest) = (Math.Max(highest, gradient), Math.Min(lowest, gradient));
            }

            if (highest - lowest < CloseEnough)
            {
                return;
            }
        }
    }

    /// <summary>Sets one text's share right, given all others; returns how far off it was.</summary>
    private double Step(int text)
    {
        var side = labels[text] == label ? 1 : -1;
        var gradient = (side * Margin(text)) - 1 + (_alphas[text] * Diagonal);
        if (_alphas[text] == 0 && gradient >= 0)
        {
            return 0;
        }

        // 1 for the text's own length, 1 for the bias that stands beside it as a feature.
        var curve = (rows.Norms[text] > 0 ? 1 : 0) + 1 + Diagonal;
        var changed = Math.Max(_alphas[text] - (gradient / curve), 0);
        Move(text, (float)((changed - _alphas[text]) * side));
        _alphas[text] = changed;
        return gradient;
    }

    private void Move(int text, float by)
    {
        Bias += by;
        var step = by * rows.Norms[text];
        foreach (var gram in rows.Texts[text])
        {
            var row = gram >> 8;
            Weights[row] += step * Rows.Sublinear[gram & 255] * rows.Worth[row] * rows.Worth[row];
        }
    }
}
