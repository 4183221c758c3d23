namespace Jiesu.Intelligence.Features.Address;

/// <summary>A logistic model over the words that only one of two addresses has, and in which element: (北门) or 公交站 on one side alone says what no measure of likeness does.</summary>
internal sealed class WordChances
{
    private const int Size = 1 << 18, Rounds = 6;
    private const double Rate = 0.1, Tiny = 1e-6, Dropout = 0.3;

    private readonly int _classes;
    private readonly float[] _weights, _steps;

    private WordChances(int classes) => (_classes, _weights, _steps) = (classes, new float[Size * classes], new float[Size * classes]);

    public static WordChances Train(int[][] rows, int[] labels, int classes, int seed)
    {
        var (model, random, order) = (new WordChances(classes), new Random(seed), Enumerable.Range(0, rows.Length).ToArray());
        for (var round = 0; round < Rounds; round++)
        {
            random.Shuffle(order);
            foreach (var i in order)
            {
                model.Learn([.. rows[i].Where(_ => random.NextDouble() >= Dropout)], labels[i]);
            }
        }

        for (var i = 0; i < model._weights.Length; i++)
        {
            model._weights[i] *= (float)(1 - Dropout);
        }

        return model;
    }

    public double[] Predict(int[] row)
    {
        var scores = new double[_classes];
        foreach (var sign in row)
        {
            for (var c = 0; c < _classes; c++)
            {
                scores[c] += _weights[(sign * _classes) + c];
            }
        }

        var top = scores.Max();
        var parts = Array.ConvertAll(scores, s => Math.Exp(s - top));
        var sum = parts.Sum();
        return Array.ConvertAll(parts, p => p / sum);
    }

    /// <summary>Hashed signs of a pair.</summary>
    public static int[] Signs(ReadAddress question, ReadAddress candidate)
    {
        var signs = new HashSet<int> { 0 };
        AddMissing(signs, question, candidate, 1);
        AddMissing(signs, candidate, question, 2);
        AddLast(signs, question.Core, candidate.Core, question.Text.Contains(candidate.Core, StringComparison.Ordinal) ? 1UL : 2UL);
        string[] kinds = [.. question.Elements.Select(e => e.Key).Union(candidate.Elements.Select(e => e.Key)).Order(StringComparer.Ordinal)];
        var states = kinds.Select(k => (Kind: ElementFeatures.Code(k), State: State(question, candidate, k))).ToArray();
        foreach (var (kind, state) in states)
        {
            Add(signs, ElementFeatures.Mix(kind, 10 + state));
            foreach (var other in states)
            {
                Add(signs, ElementFeatures.Mix(ElementFeatures.Mix(kind, 10 + state), ElementFeatures.Mix(other.Kind, 20 + other.State)));
            }
        }

        return [.. signs];
    }

    private static void AddMissing(HashSet<int> signs, ReadAddress has, ReadAddress lacks, ulong side)
    {
        foreach (var element in has.Elements.SelectMany(g => g.Select(text => (g.Key, Text: text))))
        {
            var kind = ElementFeatures.Code(element.Key);
            var known = lacks.Text.Contains(element.Text, StringComparison.Ordinal);
            Add(signs, ElementFeatures.Mix(ElementFeatures.Mix(kind, side), known ? 1UL : 2UL));
            for (var i = 0; !known && i < element.Text.Length; i++)
            {
                var pair = element.Text.Substring(i, Math.Min(2, element.Text.Length - i));
                if (!lacks.Text.Contains(pair, StringComparison.Ordinal))
                {
                    Add(signs, ElementFeatures.Mix(ElementFeatures.Code(pair), side));
                    Add(signs, ElementFeatures.Mix(ElementFeatures.Code(pair[..1]), side + 4));
                }
            }
        }
    }

    /// <summary>What kinds of places the two are, by their last words.</summary>
    private static void AddLast(HashSet<int> signs, string question, string candidate, ulong isContained)
    {
        var (asked, found) = (ElementFeatures.Code(question[^Math.Min(2, question.Length)..]), ElementFeatures.Code(candidate[^Math.Min(2, candidate.Length)..]));
        Add(signs, ElementFeatures.Mix(asked, 31));
        Add(signs, ElementFeatures.Mix(found, 32));
        Add(signs, ElementFeatures.Mix(found, 40 + isContained));
        Add(signs, ElementFeatures.Mix(ElementFeatures.Code(question[^Math.Min(1, question.Length)..]), ElementFeatures.Mix(ElementFeatures.Code(candidate[^Math.Min(1, candidate.Length)..]), 50 + isContained)));
    }

    private static ulong State(ReadAddress a, ReadAddress b, string kind)
    {
        var (left, right) = (string.Concat(a.Elements[kind]), string.Concat(b.Elements[kind]));
        return (left.Length, right.Length) switch
        {
            (_, 0) => b.Text.Contains(left, StringComparison.Ordinal) ? 1UL : 2UL,
            (0, _) => a.Text.Contains(right, StringComparison.Ordinal) ? 3UL : 4UL,
            _ => left == right ? 5UL : left.Contains(right, StringComparison.Ordinal) ? 6UL : right.Contains(left, StringComparison.Ordinal) ? 7UL : left[0] == right[0] ? 8UL : 9UL,
        };
    }

    private static void Add(HashSet<int> signs, ulong code) => signs.Add(1 + (int)(code % (Size - 1)));

    private void Learn(int[] row, int label)
    {
        var chances = Predict(row);
        for (var c = 0; c < _classes; c++)
        {
            var slope = (float)(chances[c] - (c == label ? 1 : 0));
            foreach (var sign in row)
            {
                ref var steps = ref _steps[(sign * _classes) + c];
                steps += slope * slope;
                _weights[(sign * _classes) + c] -= (float)(Rate * slope / Math.Sqrt(steps + Tiny));
            }
        }
    }
}
