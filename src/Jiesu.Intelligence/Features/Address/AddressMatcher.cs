namespace Jiesu.Intelligence.Features.Address;

/// <summary>地址匹配: whether two addresses are one place, parts of one place, or different.</summary>
internal enum AddressMatch { Different, Partly, Same }

/// <summary>One question with the addresses that might answer it, each labelled.</summary>
internal sealed record LabelledMatch(string Question, IReadOnlyList<(string Text, AddressMatch Match)> Candidates);

/// <summary>
/// Compares a question's address with candidates; trained from labelled pairs in two steps: a model of the words that only one side has,
/// then trees over the measured signs, how the pair stands among the other candidates, and what the first model said of pairs that it had not learned from.
/// </summary>
internal sealed class AddressMatcher
{
    private static readonly int Classes = Enum.GetValues<AddressMatch>().Length;

    private readonly ElementModel _parser;
    private readonly PairSigns _signs;
    private WordChances[] _words = [];
    private BoostedTrees[] _pairs = [];
    private double[] _weights = [1, 1, 1];

    private AddressMatcher(ElementModel parser, PairSigns signs) => (_parser, _signs) = (parser, signs);

    /// <summary>Macro-F1 on the parts left out while training: what tuning may look at.</summary>
    public double AsideF1 { get; private set; }

    /// <summary>Probability of different, partly and same for each candidate.</summary>
    public IReadOnlyList<double[]> Chances(string question, IReadOnlyList<string> candidates)
    {
        var (read, others) = (ReadAddress.Of(question, _parser), candidates.Select(c => ReadAddress.Of(c, _parser)).ToArray());
        var words = others.Select(c => Mean(_words, m => m.Predict(WordChances.Signs(read, c)))).ToArray();
        var rows = WithChances(_signs.Of(read, others), words);
        return Array.ConvertAll(rows, r => Mean(_pairs, m => m.Predict(r)));
    }

    public IReadOnlyList<AddressMatch> Compare(string question, IReadOnlyList<string> candidates) => [.. Chances(question, candidates).Select(c => Decide(c, _weights))];

    /// <param name="folds">The training set is cut into so many parts by question; a model is trained without each, and their mean decides.</param>
    public static AddressMatcher Train(IReadOnlyList<LabelledMatch> questions, ElementModel parser, TreeSettings settings, int folds, CancellationToken ct)
    {
        var matcher = new AddressMatcher(parser, new(questions.SelectMany(q => q.Candidates.Select(c => c.Text).Append(q.Question)).Distinct().Select(AddressWords.Even)));
        var read = questions.Select(q => (Question: ReadAddress.Of(q.Question, parser), Candidates: q.Candidates.Select(c => ReadAddress.Of(c.Text, parser)).ToArray())).ToArray();
        var labels = questions.Select(q => q.Candidates.Select(c => (int)c.Match).ToArray()).ToArray();
        var fold = questions.Select(q => (int)(ElementFeatures.Code(q.Question) % (ulong)folds)).ToArray();

        var signs = read.Select(r => Array.ConvertAll(r.Candidates, c => WordChances.Signs(r.Question, c))).ToArray();
        (matcher._words, var words) = Crosswise(signs, labels, fold, folds, (x, y, f) => WordChances.Train(x, y, Classes, f), (m, x) => m.Predict(x));
        var rows = read.Select((r, i) => WithChances(matcher._signs.Of(r.Question, r.Candidates), words[i])).ToArray();
        (matcher._pairs, var aside) = Crosswise(rows, labels, fold, folds, (x, y, f) => BoostedTrees.Train(x, y, Classes, settings with { Seed = f }, ct), (m, x) => m.Predict(x));
        (double[] Chances, int Label)[] told = [.. aside.SelectMany((a, i) => a.Zip(labels[i]))];
        matcher._weights = BestWeights(told);
        matcher.AsideF1 = F1(told, matcher._weights);
        return matcher;
    }

    public static double MacroF1(IEnumerable<(int Guess, int Label)> answers)
    {
        var counts = answers.CountBy(a => a).ToDictionary();
        int Count(Func<(int Guess, int Label), bool> which) => counts.Where(c => which(c.Key)).Sum(c => c.Value);
        return Enumerable.Range(0, Classes).Average(c => 2.0 * Count(a => a.Guess == c && a.Label == c) / Math.Max(1, Count(a => a.Guess == c) + Count(a => a.Label == c)));
    }

    /// <summary>A model for each part, trained without it, and what each says of its own part.</summary>
    private static (TModel[] Models, double[][][] Aside) Crosswise<TRow, TModel>(
        TRow[][] rows, int[][] labels, int[] fold, int folds, Func<TRow[], int[], int, TModel> train, Func<TModel, TRow, double[]> predict)
    {
        var aside = new double[rows.Length][][];
        var models = new TModel[folds];
        for (var f = 0; f < folds; f++)
        {
            int[] rest = [.. fold.Index().Where(x => x.Item != f).Select(x => x.Index)];
            models[f] = train([.. rest.SelectMany(i => rows[i])], [.. rest.SelectMany(i => labels[i])], f + 1);
            foreach (var (i, _) in fold.Index().Where(x => x.Item == f))
            {
                aside[i] = Array.ConvertAll(rows[i], r => predict(models[f], r));
            }
        }

        return (models, aside);
    }

    private static float[][] WithChances(float[][] rows, double[][] chances) => [.. rows.Zip(chances, (r, c) => (float[])[.. r, (float)c[1], (float)c[2]])];

    /// <summary>Rare classes lose against frequent ones in doubt, which macro-F1 does not want.</summary>
    private static double[] BestWeights((double[] Chances, int Label)[] told)
    {
        double[] steps = [0.7, 0.85, 1, 1.15, 1.3, 1.5, 1.75, 2];
        return steps.SelectMany(partly => steps.Select(same => new[] { 1, partly, same })).MaxBy(w => F1(told, w))!;
    }

    private static double F1((double[] Chances, int Label)[] told, double[] weights) => MacroF1(told.Select(a => ((int)Decide(a.Chances, weights), a.Label)));

    private static AddressMatch Decide(double[] chances, double[] weights) => (AddressMatch)Enumerable.Range(0, Classes).MaxBy(c => chances[c] * weights[c]);

    private static double[] Mean<TModel>(TModel[] models, Func<TModel, double[]> predict)
    {
        var said = Array.ConvertAll(models, m => predict(m));
        return [.. Enumerable.Range(0, Classes).Select(c => said.Average(x => x[c]))];
    }
}
