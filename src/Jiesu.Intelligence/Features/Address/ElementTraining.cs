using System.Runtime.InteropServices;

namespace Jiesu.Intelligence.Features.Address;

/// <summary>How a parser is trained; the values were chosen by cross-validation (docs/intelligence-address.md).</summary>
/// <param name="Dropout">Share of the signs hidden at each look at an address, so that none is trusted alone.</param>
/// <param name="Members">So many chains are trained, every other one without the outline; being linear, their mean is one chain again.</param>
/// <param name="Rarest">Signs seen less often are not learned.</param>
internal sealed record ElementSettings(int Rounds = 12, double Rate = 0.06, double Dropout = 0.65, int Rarest = 2, int Members = 2, int Seed = 1);

/// <summary>Trains a linear-chain conditional random field by stochastic gradients with AdaGrad steps.</summary>
internal sealed class ElementTraining
{
    private const double Tiny = 1e-6;

    private readonly ElementSettings _settings;
    private readonly LabelledAddress[] _addresses;
    private readonly string[] _kinds;
    private readonly Dictionary<string, int> _kindOf;
    private readonly Dictionary<ulong, int> _rows;
    private readonly ElementFeatures _features;
    private readonly ElementLexicon _lexicon = new();
    private readonly ElementChain _chain;
    private readonly ElementWeights _weights, _steps, _kept;
    private readonly double[] _keptEdges;
    private int _keptRounds;
    private readonly double[] _between, _betweenSteps, _edges, _edgeSteps;
    private readonly int _states;
    private double[] _emissions = [], _marginals = [];
    private readonly double[] _moves;
    private readonly float[] _slope;
    private readonly List<int> _shown = [];

    private ElementTraining(IReadOnlyList<LabelledAddress> addresses, ElementSettings settings)
    {
        _settings = settings;
        _addresses = [.. addresses.Where(a => a.Tokens.Length > 0)];
        _kinds = [.. _addresses.SelectMany(a => a.Elements).Select(e => e.Kind).Distinct().Order(StringComparer.Ordinal)];
        _kindOf = _kinds.Index().ToDictionary(k => k.Item, k => k.Index);
        _states = ElementChain.Places * _kinds.Length;
        Array.ForEach(_addresses, _lexicon.Add);
        _features = new(_lexicon);
        _rows = Rows();
        _chain = new(_kinds.Length);
        (_weights, _steps, _kept) = (new(_rows.Count, _states), new(_rows.Count, _states), new(_rows.Count, _states));
        _keptEdges = new double[(_kinds.Length * _kinds.Length) + (2 * _kinds.Length)];
        (_between, _betweenSteps) = (new double[_kinds.Length * _kinds.Length], new double[_kinds.Length * _kinds.Length]);
        (_edges, _edgeSteps) = (new double[2 * _kinds.Length], new double[2 * _kinds.Length]);
        _moves = new double[_between.Length];
        _slope = new float[_states];
    }

    public static ElementModel Run(IReadOnlyList<LabelledAddress> addresses, ElementSettings settings, CancellationToken ct)
    {
        var training = new ElementTraining(addresses, settings);
        for (var member = 0; member < settings.Members; member++)
        {
            training.Begin(hasOutline: member % 2 == 1 || settings.Members == 1);
            training.LearnAll(new Random(settings.Seed + member), ct);
        }

        return training.Model();
    }

    private void Begin(bool hasOutline)
    {
        _features.HasOutline = hasOutline;
        _weights.Clear();
        _steps.Clear();
        Array.ForEach([_between, _betweenSteps, _edges, _edgeSteps], Array.Clear);
    }

    private void LearnAll(Random random, CancellationToken ct)
    {
        for (var round = 0; round < _settings.Rounds; round++)
        {
            random.Shuffle(_addresses);
            foreach (var address in _addresses)
            {
                ct.ThrowIfCancellationRequested();
                Learn(address, random);
            }

            if (round >= _settings.Rounds / 2)
            {
                Keep();
            }
        }
    }

    private ElementModel Model()
    {
        // Hidden signs are missing in training only: scaling them back keeps the sums alike.
        _kept.Scale((float)(1 - _settings.Dropout) / _keptRounds);
        return new(_kinds, _rows, _kept, [.. _keptEdges.Select(e => e / _keptRounds)], _lexicon);
    }

    /// <summary>The model is the mean over the later rounds, which leaves out where the last addresses happened to pull.</summary>
    private void Keep()
    {
        _keptRounds++;
        _kept.Add(_weights);
        foreach (var (i, edge) in _between.Concat(_edges).Index())
        {
            _keptEdges[i] += edge;
        }
    }

    private Dictionary<ulong, int> Rows()
    {
        var counts = new Dictionary<ulong, int>();
        foreach (var address in _addresses)
        {
            _features.Read(address.Tokens, address.Elements);
            for (var t = 0; t < address.Tokens.Length; t++)
            {
                foreach (var code in _features.At(t))
                {
                    CollectionsMarshal.GetValueRefOrAddDefault(counts, code, out _)++;
                }
            }
        }

        return counts.Where(c => c.Value >= _settings.Rarest).Select(c => c.Key).Index().ToDictionary(c => c.Item, c => c.Index);
    }

    private void Learn(LabelledAddress address, Random random)
    {
        var length = address.Tokens.Length;
        var ends = Show(address, random);
        _chain.Marginals(_emissions, Array.ConvertAll(_between, Math.Exp), Array.ConvertAll(_edges[.._kinds.Length], Math.Exp), Array.ConvertAll(_edges[_kinds.Length..], Math.Exp), length, _marginals, _moves);
        foreach (var element in address.Elements)
        {
            for (var t = element.Start; t < element.End; t++)
            {
                _marginals[(t * _states) + State(element, t)] -= 1;
            }
        }

        for (var t = 0; t < length; t++)
        {
            for (var s = 0; s < _states; s++)
            {
                _slope[s] = (float)_marginals[(t * _states) + s];
            }

            for (var i = t == 0 ? 0 : ends[t - 1]; i < ends[t]; i++)
            {
                _weights.Step(_shown[i], _slope, _steps, (float)_settings.Rate);
            }
        }

        StepBetween(address);
    }

    /// <summary>Sums the weights of the signs that are not hidden this time; where each token's signs end in the list of the shown.</summary>
    private int[] Show(LabelledAddress address, Random random)
    {
        var length = address.Tokens.Length;
        if (_emissions.Length < length * _states)
        {
            (_emissions, _marginals) = (new double[length * _states], new double[length * _states]);
        }

        _features.Read(address.Tokens, address.Elements);
        _shown.Clear();
        var ends = new int[length];
        var sum = new float[_states];
        for (var t = 0; t < length; t++)
        {
            Array.Clear(sum);
            foreach (var code in _features.At(t))
            {
                if (_rows.TryGetValue(code, out var row) && random.NextDouble() >= _settings.Dropout)
                {
                    _shown.Add(row);
                    _weights.AddTo(sum, row);
                }
            }

            ends[t] = _shown.Count;
            for (var s = 0; s < _states; s++)
            {
                _emissions[(t * _states) + s] = sum[s];
            }
        }

        return ends;
    }

    private void StepBetween(LabelledAddress address)
    {
        var kinds = _kinds.Length;
        var edges = new double[2 * kinds];
        var last = (address.Tokens.Length - 1) * _states;
        for (var k = 0; k < kinds; k++)
        {
            // The gold state was taken away from the marginals already.
            edges[k] = _marginals[k] + _marginals[(ElementChain.Single * kinds) + k];
            edges[kinds + k] = _marginals[last + (ElementChain.End * kinds) + k] + _marginals[last + (ElementChain.Single * kinds) + k];
        }

        for (var i = 1; i < address.Elements.Length; i++)
        {
            _moves[(_kindOf[address.Elements[i - 1].Kind] * kinds) + _kindOf[address.Elements[i].Kind]] -= 1;
        }

        Step(_between, _betweenSteps, _moves);
        Step(_edges, _edgeSteps, edges);
    }

    private void Step(double[] weights, double[] steps, double[] slope)
    {
        for (var i = 0; i < weights.Length; i++)
        {
            steps[i] += slope[i] * slope[i];
            weights[i] -= _settings.Rate * slope[i] / Math.Sqrt(steps[i] + Tiny);
        }
    }

    private int State(AddressElement element, int t)
    {
        var place = (t == element.Start, t == element.End - 1) switch
        {
            (true, true) => ElementChain.Single,
            (true, false) => ElementChain.Begin,
            (false, true) => ElementChain.End,
            _ => ElementChain.Middle,
        };
        return (place * _kinds.Length) + _kindOf[element.Kind];
    }
}
