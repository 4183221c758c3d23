using System.Diagnostics;
using System.Text.Json;
using Jiesu.Catalog.Contracts;
using Jiesu.Intelligence.Features.Address;
using Jiesu.Intelligence.Features.Locate;

namespace Jiesu.Bench.Intelligence;

/// <summary>
/// Address elements, matching and place: <c>./bench.sh intelligence --data DIR --only address</c>, with <c>--dev FILE</c> (CoNLL), <c>--pairs FILE</c> (jsonl or tsv) and <c>--communities FILE</c> (tsv) in place of the usual ones.
/// What is trained on what stands in docs/intelligence-address.md.
/// </summary>
internal static class AddressBench
{
    private const string Name = IntelligenceBench.Name;
    private const double Confident = 0.9;
    private const int Folds = 5;

    private static readonly Dictionary<string, AddressMatch> Matches = new() { ["不匹配"] = AddressMatch.Different, ["部分匹配"] = AddressMatch.Partly, ["完全匹配"] = AddressMatch.Same };

    public static int Run(Options options)
    {
        var folder = Path.Combine(options.Text("data", "."), "address");
        var places = Path.Combine(options.Text("data", "."), "fengtai-divisions.csv");
        var (train, dev) = (Path.Combine(folder, "ncap-train.conll"), options.Text("dev", Path.Combine(folder, "ncap-dev.conll")));
        var (first, second) = (Path.Combine(folder, "relevance-round1-fold.tsv"), Path.Combine(folder, "relevance-round2.jsonl"));
        var pairs = options.Text("pairs", second);
        if (new[] { train, dev, first, second, pairs, places }.FirstOrDefault(f => !File.Exists(f)) is { } missing)
        {
            Console.Error.WriteLine($"{Name}: {missing} is not there, so addresses are not measured; name --data DIR");
            return 2;
        }

        var parser = Parse(train, dev);
        if (pairs == second)
        {
            MatchRounds(parser, ReadMatches(first), ReadMatches(second));
        }
        else
        {
            MatchOther(parser, [.. ReadMatches(first), .. ReadMatches(second)], ReadMatches(pairs));
        }

        Locate(places, options.Text("communities", ""));
        return 0;
    }

    private static ElementModel Parse(string train, string dev)
    {
        var clock = Stopwatch.StartNew();
        LabelledAddress[] known = [.. LabelledAddress.Read(train)], asked = [.. LabelledAddress.Read(dev)];
        var parser = ElementTraining.Run(known, new(), CancellationToken.None);
        Figures.Print(Name, "address.parse.trainSeconds", clock.Elapsed.TotalSeconds, known.Length);

        var parsed = Array.ConvertAll(asked, a => parser.Parse(a.Tokens));
        var (gold, said) = (asked.Sum(a => a.Elements.Length), parsed.Sum(p => p.Length));
        var hits = asked.Zip(parsed, (a, p) => a.Elements.Intersect(p).Count()).Sum();
        Figures.Print(Name, "address.parse.f1", 2.0 * hits / (gold + said), gold, baseline: 0.8745);
        Figures.Print(Name, "address.parse.whole", asked.Zip(parsed, (a, p) => a.Elements.SequenceEqual(p) ? 1.0 : 0).Average(), asked.Length, baseline: 0.626);

        var before = Environment.CpuUsage.TotalTime;
        Array.ForEach(asked, a => parser.Parse(a.Tokens));
        Figures.Print(Name, "address.parse.ms", (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / asked.Length, asked.Length, baseline: 0.75);
        return parser;
    }

    private static void MatchRounds(ElementModel parser, LabelledMatch[] first, LabelledMatch[] second)
    {
        var held = second.Where(IsHeldOut).ToArray();
        Figures.Print(Name, "address.match.macroF1", F1(AddressMatcher.Train([.. first, .. second.Except(held)], parser, new(), Folds, CancellationToken.None), held), held.Sum(q => q.Candidates.Count), baseline: 0.634);
        Figures.Print(Name, "address.match.otherRoundMacroF1", F1(AddressMatcher.Train(first, parser, new(), Folds, CancellationToken.None), second), second.Sum(q => q.Candidates.Count), baseline: 0.634);
    }

    /// <summary>A file of its own is asked whole; a question that is in it is not learned from.</summary>
    private static void MatchOther(ElementModel parser, LabelledMatch[] known, LabelledMatch[] asked)
    {
        var questions = asked.Select(q => q.Question).ToHashSet();
        var matcher = AddressMatcher.Train([.. known.Where(q => !questions.Contains(q.Question))], parser, new(), Folds, CancellationToken.None);
        Figures.Print(Name, "address.match.macroF1", F1(matcher, asked), asked.Sum(q => q.Candidates.Count), baseline: 0.634);
    }

    private static double F1(AddressMatcher matcher, LabelledMatch[] asked) =>
        AddressMatcher.MacroF1(asked.SelectMany(q => matcher.Compare(q.Question, [.. q.Candidates.Select(c => c.Text)]).Zip(q.Candidates, (g, c) => ((int)g, (int)c.Match))));

    /// <summary>A fifth of the questions of round 2, by a sum over the characters: the same fifth on every machine.</summary>
    private static bool IsHeldOut(LabelledMatch question) => question.Question.Aggregate(17, (sum, c) => ((sum * 31) + c) % 1_000_003) % 5 == 0;

    private static LabelledMatch[] ReadMatches(string file) => file.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase)
        ? [.. File.ReadLines(file).Where(l => l.Length > 0).Select(l => l.Split('\t')).GroupBy(c => c[0]).Select(g => new LabelledMatch(g.Key, [.. g.Select(c => (c[1], (AddressMatch)(c[2][0] - '0')))]))]
        : [.. File.ReadLines(file).Where(l => l.Length > 0).Select(Read)];

    private static LabelledMatch Read(string line)
    {
        using var json = JsonDocument.Parse(line);
        return new(
            json.RootElement.GetProperty("query").GetString()!,
            [.. json.RootElement.GetProperty("candidate").EnumerateArray().Select(c => (c.GetProperty("text").GetString()!, Matches[c.GetProperty("label").GetString()!]))]);
    }

    private static void Locate(string places, string named)
    {
        var locator = new Locator([.. File.ReadLines(places).Skip(1).Select(l => l.Split(',')).Where(c => c[0].Length > 6).Select(c => new Place(c[0], c[1], c[0].Length == 12 ? c[3] : null))]);
        var asked = Lines(named).Skip(1).Select(l => l.Split('\t')).Select(c => (Community: c[1], Found: locator.Locate(c[0], "", null))).ToArray();
        var decidable = asked.Where(a => a.Community.Length > 0).ToArray();
        Figures.Print(Name, "address.community.top1", decidable.Average(a => a.Found.Take(1).Any(f => f.Community == a.Community) ? 1.0 : 0), decidable.Length);
        Figures.Print(Name, "address.community.top3", decidable.Average(a => a.Found.Take(3).Any(f => f.Community == a.Community) ? 1.0 : 0), decidable.Length);
        Figures.Print(Name, "address.community.confident", decidable.Average(a => a.Found.Any(f => f.Community == a.Community && f.Score > Confident) ? 1.0 : 0), decidable.Length);
        Figures.Print(Name, "address.community.confidentWrong", asked.Count(a => a.Found.Any(f => f.Community is { } c && c != a.Community && f.Score > Confident)), asked.Length);
    }

    private static IEnumerable<string> Lines(string named)
    {
        using var reader = named.Length > 0 ? new StreamReader(named) : new StreamReader(typeof(AddressBench).Assembly.GetManifestResourceStream("fengtai-addresses.tsv")!);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
