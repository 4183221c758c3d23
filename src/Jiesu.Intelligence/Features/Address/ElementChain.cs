namespace Jiesu.Intelligence.Features.Address;

/// <summary>
/// The chain of elements over one address. A token begins, continues, ends or alone is (B, M, E, S) an element of a kind; only an ended element hands over to the next,
/// so a step costs kinds × kinds and not states × states.
/// </summary>
internal sealed class ElementChain(int kinds)
{
    public const int Begin = 0, Middle = 1, End = 2, Single = 3, Places = 4;

    private double[] _enter = [], _open = [], _closed = [], _backOpen = [], _backClosed = [];

    /// <summary>Probability of each state (place × kinds + kind) at each token; the emissions are overwritten by their exponentials.</summary>
    public void Marginals(double[] emissions, double[] transitions, double[] starts, double[] ends, int length, double[] marginals, double[] moves)
    {
        Grow(length);
        var states = Places * kinds;
        for (var t = 0; t < length; t++)
        {
            var at = emissions.AsSpan(t * states, states);
            var top = double.NegativeInfinity;
            foreach (var score in at)
            {
                top = Math.Max(top, score);
            }

            for (var s = 0; s < states; s++)
            {
                at[s] = Math.Exp(at[s] - top);
            }
        }

        Forward(emissions, transitions, starts, length);
        Backward(emissions, transitions, ends, length);
        Collect(emissions, transitions, length, marginals, moves);
    }

    private void Forward(double[] e, double[] transitions, double[] starts, int length)
    {
        var states = Places * kinds;
        for (var t = 0; t < length; t++)
        {
            var (here, before, at) = (t * kinds, (t - 1) * kinds, t * states);
            var sum = 0.0;
            for (var k = 0; k < kinds; k++)
            {
                var enter = t == 0 ? starts[k] : 0;
                for (var from = 0; t > 0 && from < kinds; from++)
                {
                    enter += _closed[before + from] * transitions[(from * kinds) + k];
                }

                var open = t == 0 ? 0 : _open[before + k];
                _enter[here + k] = enter;
                _open[here + k] = (enter * e[at + k]) + (open * e[at + (Middle * kinds) + k]);
                _closed[here + k] = (open * e[at + (End * kinds) + k]) + (enter * e[at + (Single * kinds) + k]);
                sum += _open[here + k] + _closed[here + k];
            }

            for (var k = 0; k < kinds; k++)
            {
                _open[here + k] /= sum;
                _closed[here + k] /= sum;
            }
        }
    }

    private void Backward(double[] e, double[] transitions, double[] ends, int length)
    {
        var states = Places * kinds;
        for (var k = 0; k < kinds; k++)
        {
            _backOpen[((length - 1) * kinds) + k] = 0;
            _backClosed[((length - 1) * kinds) + k] = ends[k];
        }

        var next = new double[kinds];
        for (var t = length - 2; t >= 0; t--)
        {
            var (here, after, at) = (t * kinds, (t + 1) * kinds, (t + 1) * states);
            for (var k = 0; k < kinds; k++)
            {
                next[k] = (e[at + k] * _backOpen[after + k]) + (e[at + (Single * kinds) + k] * _backClosed[after + k]);
            }

            var sum = 0.0;
            for (var k = 0; k < kinds; k++)
            {
                var closed = 0.0;
                for (var to = 0; to < kinds; to++)
                {
                    closed += transitions[(k * kinds) + to] * next[to];
                }

                _backClosed[here + k] = closed;
                _backOpen[here + k] = (e[at + (Middle * kinds) + k] * _backOpen[after + k]) + (e[at + (End * kinds) + k] * _backClosed[after + k]);
                sum += closed + _backOpen[here + k];
            }

            for (var k = 0; k < kinds; k++)
            {
                _backClosed[here + k] /= sum;
                _backOpen[here + k] /= sum;
            }
        }
    }

    private void Collect(double[] e, double[] transitions, int length, double[] marginals, double[] moves)
    {
        var states = Places * kinds;
        Array.Clear(moves);
        for (var t = 0; t < length; t++)
        {
            var (here, before, at) = (t * kinds, (t - 1) * kinds, t * states);
            var sum = 0.0;
            for (var k = 0; k < kinds; k++)
            {
                var open = t == 0 ? 0 : _open[before + k];
                sum += marginals[at + k] = _enter[here + k] * e[at + k] * _backOpen[here + k];
                sum += marginals[at + (Middle * kinds) + k] = open * e[at + (Middle * kinds) + k] * _backOpen[here + k];
                sum += marginals[at + (End * kinds) + k] = open * e[at + (End * kinds) + k] * _backClosed[here + k];
                sum += marginals[at + (Single * kinds) + k] = _enter[here + k] * e[at + (Single * kinds) + k] * _backClosed[here + k];
            }

            for (var s = 0; s < states; s++)
            {
                marginals[at + s] /= sum;
            }

            for (var to = 0; t > 0 && to < kinds; to++)
            {
                var into = marginals[at + to] + marginals[at + (Single * kinds) + to];
                for (var from = 0; into > 0 && from < kinds; from++)
                {
                    moves[(from * kinds) + to] += into * _closed[before + from] * transitions[(from * kinds) + to] / _enter[here + to];
                }
            }
        }
    }

    /// <summary>The likeliest elements; scores are logarithms.</summary>
    public List<(int Start, int End, int Kind)> Best(double[] emissions, double[] transitions, double[] starts, double[] ends, int length)
    {
        Grow(length);
        var states = Places * kinds;
        var origin = new int[length * kinds];     // the kind that ended before the element that begins here
        var opened = new int[length * kinds];     // where the element that is open here began
        var closedFrom = new int[length * kinds]; // where the element that ends here began
        for (var t = 0; t < length; t++)
        {
            var (here, before, at) = (t * kinds, (t - 1) * kinds, t * states);
            for (var k = 0; k < kinds; k++)
            {
                var enter = t == 0 ? starts[k] : double.NegativeInfinity;
                for (var from = 0; t > 0 && from < kinds; from++)
                {
                    var score = _closed[before + from] + transitions[(from * kinds) + k];
                    if (score > enter)
                    {
                        (enter, origin[here + k]) = (score, from);
                    }
                }

                var open = t == 0 ? double.NegativeInfinity : _open[before + k];
                var (begin, middle) = (enter + emissions[at + k], open + emissions[at + (Middle * kinds) + k]);
                (_open[here + k], opened[here + k]) = begin >= middle ? (begin, t) : (middle, opened[before + k]);
                var (end, single) = (open + emissions[at + (End * kinds) + k], enter + emissions[at + (Single * kinds) + k]);
                (_closed[here + k], closedFrom[here + k]) = single >= end ? (single, t) : (end, opened[before + k]);
            }
        }

        return Trace(ends, length, origin, closedFrom);
    }

    private List<(int Start, int End, int Kind)> Trace(double[] ends, int length, int[] origin, int[] closedFrom)
    {
        var found = new List<(int Start, int End, int Kind)>();
        var kind = Enumerable.Range(0, kinds).MaxBy(k => _closed[((length - 1) * kinds) + k] + ends[k]);
        for (var t = length - 1; t >= 0;)
        {
            var start = closedFrom[(t * kinds) + kind];
            found.Add((start, t + 1, kind));
            kind = origin[(start * kinds) + kind];
            t = start - 1;
        }

        found.Reverse();
        return found;
    }

    private void Grow(int length)
    {
        if (_enter.Length < length * kinds)
        {
            (_enter, _open, _closed, _backOpen, _backClosed) = (new double[length * kinds], new double[length * kinds], new double[length * kinds], new double[length * kinds], new double[length * kinds]);
        }
    }
}
