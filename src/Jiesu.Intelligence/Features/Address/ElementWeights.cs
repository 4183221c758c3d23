using System.Numerics;

namespace Jiesu.Intelligence.Features.Address;

/// <summary>要素权重: a row of weights, one a state, for each sign.</summary>
internal sealed class ElementWeights(int rows, int states)
{
    private const float Tiny = 1e-6f;

    private readonly float[] _weights = new float[rows * states];

    public Span<float> Row(int row) => _weights.AsSpan(row * states, states);

    public void AddTo(Span<float> sum, int row)
    {
        var weights = Row(row);
        var (s, width) = (0, Vector<float>.Count);
        for (; s <= states - width; s += width)
        {
            (new Vector<float>(sum[s..]) + new Vector<float>(weights[s..])).CopyTo(sum[s..]);
        }

        for (; s < states; s++)
        {
            sum[s] += weights[s];
        }
    }

    /// <summary>An AdaGrad step; <paramref name="steps"/> sums the squares of all slopes so far.</summary>
    public void Step(int row, ReadOnlySpan<float> slope, ElementWeights steps, float rate)
    {
        var weights = Row(row);
        var squares = steps.Row(row);
        var (s, width) = (0, Vector<float>.Count);
        for (; s <= states - width; s += width)
        {
            var here = new Vector<float>(slope[s..]);
            var sum = new Vector<float>(squares[s..]) + (here * here);
            sum.CopyTo(squares[s..]);
            (new Vector<float>(weights[s..]) - (here * rate / Vector.SquareRoot(sum + new Vector<float>(Tiny)))).CopyTo(weights[s..]);
        }

        for (; s < states; s++)
        {
            squares[s] += slope[s] * slope[s];
            weights[s] -= rate * slope[s] / MathF.Sqrt(squares[s] + Tiny);
        }
    }

    public void Add(ElementWeights others)
    {
        for (var i = 0; i < _weights.Length; i++)
        {
            _weights[i] += others._weights[i];
        }
    }

    public void Clear() => Array.Clear(_weights);

    public void Scale(float factor)
    {
        foreach (ref var weight in _weights.AsSpan())
        {
            weight *= factor;
        }
    }
}
