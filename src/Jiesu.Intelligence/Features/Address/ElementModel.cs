using Jiesu.Intelligence.Domain;

namespace Jiesu.Intelligence.Features.Address;

/// <summary>地址要素模型: parses addresses into elements of the kinds it was trained on. Safe to use from many threads.</summary>
/// <param name="edges">Scores from kind to kind, then of the first kind, then of the last.</param>
internal sealed class ElementModel(string[] kinds, Dictionary<ulong, int> rows, ElementWeights weights, double[] edges, ElementLexicon lexicon)
{
    private readonly double[] _between = edges[..(kinds.Length * kinds.Length)];
    private readonly double[] _starts = edges[(kinds.Length * kinds.Length)..^kinds.Length];
    private readonly double[] _ends = edges[^kinds.Length..];

    public IReadOnlyList<string> Kinds => kinds;

    public IReadOnlyDictionary<ulong, int> Rows => rows;

    public ElementWeights Weights => weights;

    public double[] Edges => edges;

    public ElementLexicon Lexicon => lexicon;

    /// <summary>Kinds and words of an address, in order.</summary>
    public IReadOnlyList<(string Kind, string Text)> Parse(string address)
    {
        var tokens = AddressWords.Tokens(PlainText.Of(address));
        return [.. Parse(tokens).Select(e => (e.Kind, string.Concat(tokens[e.Start..e.End])))];
    }

    public AddressElement[] Parse(string[] tokens)
    {
        if (tokens.Length == 0)
        {
            return [];
        }

        var found = new ElementChain(kinds.Length).Best(Emissions(tokens), _between, _starts, _ends, tokens.Length);
        return [.. found.Select(e => new AddressElement(e.Start, e.End - e.Start, kinds[e.Kind]))];
    }

    private double[] Emissions(string[] tokens)
    {
        var states = ElementChain.Places * kinds.Length;
        var features = new ElementFeatures(lexicon);
        features.Read(tokens);
        var emissions = new double[tokens.Length * states];
        var sum = new float[states];
        for (var t = 0; t < tokens.Length; t++)
        {
            Array.Clear(sum);
            foreach (var code in features.At(t))
            {
                if (rows.TryGetValue(code, out var row))
                {
                    weights.AddTo(sum, row);
                }
            }

            for (var s = 0; s < states; s++)
            {
                emissions[(t * states) + s] = sum[s];
            }
        }

        return emissions;
    }
}
