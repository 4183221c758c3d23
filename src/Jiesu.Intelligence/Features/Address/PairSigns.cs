using System.Text.RegularExpressions;

namespace Jiesu.Intelligence.Features.Address;

/// <summary>An address made ready for comparing.</summary>
internal sealed partial class ReadAddress
{
    public required string Text { get; init; }

    public required string[] Tokens { get; init; }

    /// <summary>Texts of the elements by kind, in their order.</summary>
    public required ILookup<string, string> Elements { get; init; }

    public required string[] Numbers { get; init; }

    /// <summary>By how it sounds.</summary>
    public required string Sound { get; init; }

    /// <summary>The last name of a place, road or settlement: what the address is about.</summary>
    public required string Main { get; init; }

    /// <summary>The name that is left without remarks in brackets and without the way there: 甲路与乙街交叉口东200米丙大厦(北门) is 丙大厦.</summary>
    public required string Core { get; init; }

    private static readonly string[] Mains = ["poi", "community", "road", "devzone", "town"];

    public static ReadAddress Of(string? text, ElementModel parser)
    {
        var even = AddressWords.Even(text);
        var tokens = AddressWords.Tokens(even);
        var elements = parser.Parse(tokens).Select(e => (e.Kind, Text: string.Concat(tokens[e.Start..e.End]))).ToArray();
        return new()
        {
            Text = even,
            Sound = Sounds.Of(even),
            Main = Mains.Select(kind => elements.LastOrDefault(e => e.Kind == kind).Text).FirstOrDefault(text => text is not null) ?? even,
            Core = CoreOf(even),
            Tokens = tokens,
            Elements = elements.ToLookup(e => e.Kind, e => e.Text),
            Numbers = [.. tokens.Where(t => char.IsAsciiDigit(t[0]))],
        };
    }

    private static string CoreOf(string even)
    {
        var bare = Remark().Replace(even, "");
        var core = WayThere().Replace(bare, "");
        return core.Length > 1 ? core : bare.Length > 1 ? bare : even;
    }

    [GeneratedRegex(@"[(（\[][^)）\]]*[)）\]]?")]
    private static partial Regex Remark();

    [GeneratedRegex("^.*([0-9]米(路?[东南西北]侧?)?|附近|交叉口([东南西北]+[角侧])?|交汇处|对面)(?=.{2})")]
    private static partial Regex WayThere();
}

/// <summary>地址对比特征: what speaks for and against two addresses being one place.</summary>
internal sealed class PairSigns
{
    private static readonly string[] Names = ["prov", "city", "district", "devzone", "town", "community", "road", "subroad", "poi", "subpoi", "person", "assist"];
    private static readonly string[] Numbered = ["roadno", "subroadno", "houseno", "cellno", "floorno", "roomno"];
    private static readonly string[] Marks = ["门)", "交叉口", "附近", "旁", "对面", "米", "停车", "(", "店", "公司", "小区", "村", "路", "号楼", "单元", "层", "侧"];

    private static readonly string[] Units = ["号", "号楼", "单", "期", "区", "层", "室", "弄", "组", "巷", "街", "路", "门"];
    private const string Lasts = "路街道巷村镇区县市园苑城厦店场院校司厂楼号元室层口站)";

    private readonly Dictionary<string, double> _rarity = [];
    private readonly double _unseen;

    public PairSigns(IEnumerable<string> texts)
    {
        var counts = new Dictionary<string, int>();
        var all = 0;
        foreach (var text in texts)
        {
            all++;
            foreach (var gram in Grams(text, 2).Concat(Grams(text, 1)).Concat(Grams(text, 3)).Distinct())
            {
                counts[gram] = counts.GetValueOrDefault(gram) + 1;
            }
        }

        _unseen = Math.Log(all + 1);
        _rarity = counts.ToDictionary(c => c.Key, c => Math.Log((all + 1.0) / c.Value));
    }

    /// <summary>One row a candidate: the pair alone, then how it stands among the other candidates of the same question.</summary>
    public float[][] Of(ReadAddress question, IReadOnlyList<ReadAddress> candidates)
    {
        var alone = candidates.Select(c => Pair(question, c)).ToArray();
        return [.. alone.Select((row, i) => Ranked(alone, row, i))];
    }

    private static float[] Ranked(float[][] rows, float[] row, int own)
    {
        var signs = new List<float>(row) { rows.Length };
        for (var s = 0; s < Ranks; s++)
        {
            var others = rows.Where((_, i) => i != own).Select(r => r[s]).DefaultIfEmpty(0).ToArray();
            signs.Add(row[s] - others.Max());
            signs.Add(row[s] - others.Average());
        }

        return [.. signs];
    }

    /// <summary>How many of the first signs of a pair are compared among candidates.</summary>
    private const int Ranks = 8;

    private float[] Pair(ReadAddress a, ReadAddress b)
    {
        var signs = new List<float>(120);
        void Add(double value) => signs.Add((float)value);

        var (bigrams, singles) = (Shared(a.Text, b.Text, 2), Shared(a.Text, b.Text, 1));
        var trigrams = Shared(a.Text, b.Text, 3);
        var common = Texts.LongestRun(a.Text, b.Text);
        var sequence = Texts.LongestSequence(a.Text, b.Text);
        Add(bigrams.Left);
        Add(bigrams.Right);
        Add(singles.Left);
        Add(singles.Right);
        Add(trigrams.Left);
        Add(trigrams.Right);
        Add(Share(common.Length, a.Text.Length));
        Add(Share(sequence, a.Text.Length));
        // The first eight are compared among candidates (Ranks).
        Add(Share(common.Length, b.Text.Length));
        Add(Share(sequence, b.Text.Length));
        Add(common.Length);
        Add(RarityOf(common));
        Add(a.Text.Length);
        Add(b.Text.Length);
        Add(Share(Texts.Distance(a.Text, b.Text), Math.Max(a.Text.Length, b.Text.Length)));
        Add(Share(Texts.SharedEnd(a.Text, b.Text), b.Text.Length));
        Add(Texts.SharedEnd(a.Text, b.Text));
        Add(a.Text.EndsWith(common, StringComparison.Ordinal) ? 1 : 0);
        Add(b.Text.EndsWith(common, StringComparison.Ordinal) ? 1 : 0);
        Add(bigrams.LeftMissing);
        Add(bigrams.RightMissing);
        Add(singles.LeftMissing);
        Add(singles.RightMissing);
        Add(Shared(a.Text, Tail(b.Text), 2).Right);
        Add(Shared(b.Text, Tail(a.Text), 2).Right);
        AddMain(signs, a, b);
        AddCore(signs, a, b);
        AddCounted(signs, a, b);
        Add(LastOf(a.Core));
        Add(LastOf(b.Core));
        AddNumbers(signs, a, b);
        foreach (var kind in Names)
        {
            AddNames(signs, a, b, kind);
        }

        foreach (var kind in Numbered)
        {
            Add(NumberSign(a.Elements[kind], b.Elements[kind]));
            Add(a.Elements[kind].Any() && b.Numbers.Intersect(a.Elements[kind].SelectMany(Digits)).Any() ? 1 : 0);
        }

        foreach (var mark in Marks)
        {
            Add((a.Text.Contains(mark, StringComparison.Ordinal) ? 1 : 0) + (b.Text.Contains(mark, StringComparison.Ordinal) ? 2 : 0));
        }

        return [.. signs];
    }

    private void AddMain(List<float> signs, ReadAddress a, ReadAddress b)
    {
        var (left, right) = (Sounds.Of(a.Main), Sounds.Of(b.Main));
        signs.Add((float)Alike(a.Main, b.Main));
        signs.Add((float)Alike(left, right));
        signs.Add((float)Shared(a.Main, b.Text, 2).Left);
        signs.Add((float)Shared(b.Main, a.Text, 2).Left);
        signs.Add((float)RarityOf(a.Main));
        signs.Add((float)Share(Texts.LongestSequence(left, b.Sound), left.Length));
        signs.Add((float)Share(Texts.LongestSequence(right, a.Sound), right.Length));
        signs.Add(Texts.SharedEnd(a.Main, b.Main));
        signs.Add(b.Text.EndsWith(b.Main, StringComparison.Ordinal) ? 1 : 0);
        signs.Add(a.Text.IndexOf(a.Main, StringComparison.Ordinal));
        var common = Texts.LongestRun(a.Sound, b.Sound).Length;
        signs.Add((float)Share(common, a.Sound.Length));
        signs.Add((float)Share(common, b.Sound.Length));
        signs.Add((float)Share(Texts.LongestSequence(a.Sound, b.Sound), a.Sound.Length));
    }

    /// <summary>Numbers by the word they count, whatever the parser made of them, and by the two characters before them: 甲路12号 and 甲路14号 disagree.</summary>
    private static void AddCounted(List<float> signs, ReadAddress a, ReadAddress b)
    {
        foreach (var unit in Units)
        {
            signs.Add(NumberSign(Counted(a, unit), Counted(b, unit)));
        }

        var (left, right) = (Placed(a.Text), Placed(b.Text));
        signs.Add(left.Count(l => right.Contains(l)));
        signs.Add(left.Count(l => right.Exists(r => r.Before == l.Before && r.Number != l.Number) && !right.Contains(l)));
        signs.Add(left.Count);
    }

    private static IEnumerable<string> Counted(ReadAddress address, string unit)
    {
        for (var i = 0; i + 1 < address.Tokens.Length; i++)
        {
            if (char.IsAsciiLetterOrDigit(address.Tokens[i][0]) && address.Tokens[i + 1] == unit[..1] && (i + 2 < address.Tokens.Length && address.Tokens[i + 2] == "楼") == (unit.Length > 1))
            {
                yield return address.Tokens[i];
            }
        }
    }

    private static List<(string Before, string Number)> Placed(string text)
    {
        var placed = new List<(string, string)>();
        for (var i = 2; i < text.Length; i++)
        {
            if (char.IsAsciiDigit(text[i]) && !char.IsAsciiDigit(text[i - 1]))
            {
                var end = i;
                while (end < text.Length && char.IsAsciiDigit(text[end]))
                {
                    end++;
                }

                placed.Add((text[(i - 2)..i], text[i..end]));
            }
        }

        return placed;
    }

    private void AddCore(List<float> signs, ReadAddress a, ReadAddress b)
    {
        var (left, right) = (Sounds.Of(a.Core), Sounds.Of(b.Core));
        var (into, back) = (Shared(b.Core, a.Text, 2), Shared(a.Core, b.Text, 2));
        var run = Texts.LongestRun(right, a.Sound);
        signs.Add((float)into.Left);
        signs.Add((float)into.LeftMissing);
        signs.Add((float)back.Left);
        signs.Add((float)back.LeftMissing);
        signs.Add((float)Shared(b.Core, a.Core, 1).Left);
        signs.Add((float)Alike(left, right));
        signs.Add((float)Share(run.Length, right.Length));
        signs.Add((float)Share(Texts.LongestSequence(right, a.Sound), right.Length));
        signs.Add((float)Share(Texts.LongestSequence(left, b.Sound), left.Length));
        signs.Add(right.StartsWith(run, StringComparison.Ordinal) ? 1 : 0);
        signs.Add(right.EndsWith(run, StringComparison.Ordinal) ? 1 : 0);
        signs.Add(a.Sound.EndsWith(run, StringComparison.Ordinal) ? 1 : 0);
        signs.Add(Texts.SharedEnd(left, right));
        signs.Add(right.Length);
        signs.Add(left.Length);
        signs.Add((float)Shared(b.Core, Tail(a.Text), 2).Left);
        signs.Add(a.Numbers.Length > 0 && b.Core.Contains(a.Numbers[^1], StringComparison.Ordinal) ? 1 : 0);
    }

    /// <summary>What kind of place a name is, by its last character.</summary>
    private static int LastOf(string core) => core.Length == 0 ? -1 : Lasts.IndexOf(core[^1], StringComparison.Ordinal);

    private static void AddNumbers(List<float> signs, ReadAddress a, ReadAddress b)
    {
        var shared = a.Numbers.Intersect(b.Numbers).Count();
        signs.Add(shared);
        signs.Add(a.Numbers.Distinct().Count() - shared);
        signs.Add(b.Numbers.Distinct().Count() - shared);
        signs.Add((float)Share(shared, a.Numbers.Length));
        signs.Add((float)Share(shared, b.Numbers.Length));
        signs.Add(Same(a.Numbers.FirstOrDefault(), b.Numbers.FirstOrDefault()));
        signs.Add(Same(a.Numbers.LastOrDefault(), b.Numbers.LastOrDefault()));
        signs.Add(a.Numbers.Length == 0 ? -1 : b.Numbers.Contains(a.Numbers[0]) ? 1 : 0);
    }

    /// <summary>A name against the names of its kind, and against the whole other text: a parser may give the same words another kind.</summary>
    private void AddNames(List<float> signs, ReadAddress a, ReadAddress b, string kind)
    {
        var (left, right) = (string.Concat(a.Elements[kind]), string.Concat(b.Elements[kind]));
        var within = left.Length > 0 ? Shared(left, b.Text, 2) : default;
        var reverse = right.Length > 0 ? Shared(right, a.Text, 2) : default;
        signs.Add(left.Length == 0 || right.Length == 0 ? -1 : (float)Alike(left, right));
        signs.Add(left.Length == 0 ? -1 : left.Length == 1 ? b.Text.Contains(left, StringComparison.Ordinal) ? 1 : 0 : (float)within.Left);
        signs.Add(right.Length == 0 ? -1 : right.Length == 1 ? a.Text.Contains(right, StringComparison.Ordinal) ? 1 : 0 : (float)reverse.Left);
    }

    private static double Alike(string a, string b) => 1 - Share(Texts.Distance(a, b), Math.Max(a.Length, b.Length));

    /// <summary>0 neither, 1 only the question, 2 only the candidate, 3 other numbers, 4 some shared, 5 the same.</summary>
    private static float NumberSign(IEnumerable<string> left, IEnumerable<string> right)
    {
        string[] a = [.. left.SelectMany(Digits)], b = [.. right.SelectMany(Digits)];
        return (a.Length, b.Length) switch
        {
            (0, 0) => 0,
            (_, 0) => 1,
            (0, _) => 2,
            _ => a.SequenceEqual(b) ? 5 : a.Intersect(b).Any() ? 4 : 3,
        };
    }

    private static IEnumerable<string> Digits(string text) => AddressWords.Tokens(text).Where(t => char.IsAsciiLetterOrDigit(t[0]));

    private static float Same(string? a, string? b) => a is null ? b is null ? 0 : 1 : b is null ? 2 : a == b ? 4 : 3;

    private (double Left, double Right, double LeftMissing, double RightMissing) Shared(string a, string b, int length)
    {
        var (left, right) = (Grams(a, length).ToHashSet(), Grams(b, length).ToHashSet());
        var (both, inLeft, inRight, worst, worstRight) = (0.0, 0.0, 0.0, 0.0, 0.0);
        foreach (var gram in left)
        {
            var rarity = RarityOfGram(gram);
            inLeft += rarity;
            if (right.Contains(gram))
            {
                both += rarity;
            }
            else
            {
                worst = Math.Max(worst, rarity);
            }
        }

        foreach (var gram in right)
        {
            var rarity = RarityOfGram(gram);
            inRight += rarity;
            worstRight = left.Contains(gram) ? worstRight : Math.Max(worstRight, rarity);
        }

        return (Share(both, inLeft), Share(both, inRight), worst, worstRight);
    }

    private double RarityOf(string text) => Grams(text, 2).Sum(RarityOfGram);

    private double RarityOfGram(string gram) => _rarity.GetValueOrDefault(gram, _unseen);

    private static string Tail(string text) => text.Length > 7 ? text[^7..] : text;

    private static IEnumerable<string> Grams(string text, int length)
    {
        for (var i = 0; i + length <= text.Length; i++)
        {
            yield return text.Substring(i, length);
        }
    }

    private static double Share(double part, double whole) => whole > 0 ? part / whole : 0;
}
