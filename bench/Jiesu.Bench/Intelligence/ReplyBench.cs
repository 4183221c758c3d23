using Jiesu.Intelligence.Domain;
using Jiesu.Intelligence.Features.Replies;

namespace Jiesu.Bench.Intelligence;

/// <summary>
/// Replies without grounds (a4, one team's judgements, the rarer side). Five folds over all replies: learned, limit included, on four and told on the fifth, so that each reply is told
/// once by a model that had not seen it. A reply of the same text as one in another fold is left out of learning there. The signs were chosen looking at the first file only.
/// Baseline, on the same folds: nothing but the reply's length, its limit set on the other four folds.
/// </summary>
internal static class ReplyBench
{
    private const string Name = IntelligenceBench.Name;
    private const int Folds = 5;

    private sealed record Reply(string Plain, bool HasGrounds, int File);

    public static int Run(Options options)
    {
        if (BenchFiles.Find(options, "replies", "a4-replies-1.csv", "a4-replies-2.csv") is not { } files)
        {
            return 2;
        }

        Reply[] replies = [.. files.SelectMany((f, i) => BenchFiles.Read(f, "reply", "explained_teamS").Where(r => r[1] is "0" or "1").Select(r => new Reply(PlainText.Of(r[0]), r[1] == "1", i)))];
        var told = Told(replies, ReplyGrounds.Learn, (m, plain) => m.HasGrounds(plain));
        var byLength = Told(replies, LimitOfLength, (limit, plain) => plain.Length >= limit);
        Figures.Print(Name, "replies.minorityF1", MinorityF1(replies, told, _ => true), replies.Length, baseline: MinorityF1(replies, byLength, _ => true));
        Figures.Print(Name, "replies.agreement", replies.Index().Average(r => r.Item.HasGrounds == told[r.Index] ? 1.0 : 0), replies.Length);
        if (files.Length > 1)
        {
            Figures.Print(Name, "replies.secondFile.minorityF1", MinorityF1(replies, told, r => r.File > 0), replies.Count(r => r.File > 0), baseline: MinorityF1(replies, byLength, r => r.File > 0));
        }

        return 0;
    }

    private static bool[] Told<T>(Reply[] replies, Func<IReadOnlyList<(string Plain, bool HasGrounds)>, T> learn, Func<T, string, bool> tell)
    {
        var told = new bool[replies.Length];
        for (var fold = 0; fold < Folds; fold++)
        {
            var aside = replies.Where((_, i) => i % Folds == fold).Select(r => r.Plain).ToHashSet();
            var model = learn([.. replies.Where((r, i) => i % Folds != fold && !aside.Contains(r.Plain)).Select(r => (r.Plain, r.HasGrounds))]);
            for (var i = fold; i < replies.Length; i += Folds)
            {
                told[i] = tell(model, replies[i].Plain);
            }
        }

        return told;
    }

    private static int LimitOfLength(IReadOnlyList<(string Plain, bool HasGrounds)> replies) =>
        Enumerable.Range(0, 200).MaxBy(limit => F1(replies.Count(r => !r.HasGrounds && r.Plain.Length < limit), replies.Count(r => !r.HasGrounds), replies.Count(r => r.Plain.Length < limit)));

    private static double MinorityF1(Reply[] replies, bool[] told, Func<Reply, bool> isWanted)
    {
        var wanted = replies.Index().Where(r => isWanted(r.Item)).ToArray();
        return F1(wanted.Count(r => !r.Item.HasGrounds && !told[r.Index]), wanted.Count(r => !r.Item.HasGrounds), wanted.Count(r => !told[r.Index]));
    }

    private static double F1(int hits, int real, int said) => real + said == 0 ? 0 : 2.0 * hits / (real + said);
}
