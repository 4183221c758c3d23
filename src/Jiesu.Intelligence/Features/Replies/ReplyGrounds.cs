using Jiesu.Intelligence.Contracts;
using Jiesu.Intelligence.Domain;

namespace Jiesu.Intelligence.Features.Replies;

/// <summary>
/// 答复依据: whether a reply says what was found, done or prescribed, or only that the letter has come. A weighed sum of a few things that a reader of the reply can check,
/// learned from replies that people judged; every weight can be shown.
/// </summary>
internal sealed class ReplyGrounds
{
    private const int Rounds = 400, MostWords = 4;
    private const double Step = 0.5, Restraint = 0.002;

    private static readonly WordList<bool> Courtesy = Words("网友", "您好", "你好", "留言", "来信", "已收悉", "收悉", "现将有关情况", "现将相关情况", "回复如下", "答复如下", "感谢您对我们工作的支持", "感谢您", "谢谢",
        "支持", "理解", "监督", "关心", "关注", "祝您", "生活愉快", "我们工作", "信任", "平台", "栏目", "问政");

    private static readonly WordList<bool> Law = Words("《", "根据", "依据", "规定", "条例", "办法", "按照", "文件", "标准", "政策", "法律", "依法", "通知");
    private static readonly WordList<bool> Found = Words("经查", "经核实", "经调查", "核查", "调查", "了解", "核实", "现场", "查看", "检查", "经了解");
    private static readonly WordList<bool> Done = Words("已", "完成", "整改", "责令", "要求", "处理", "办理", "协调", "组织", "安排", "计划", "预计");
    private static readonly WordList<bool> PassedOn = Words("转交", "转办", "已转", "交办", "正在", "尽快", "调查处理中", "待", "稍后");
    private static readonly WordList<bool> Asks = Words("未提供", "没有提供", "联系方式", "具体信息", "补充", "请您提供", "重新", "电话咨询", "拨打");

    private readonly double[] _weights;

    private ReplyGrounds(double[] weights, double atLeast)
    {
        (_weights, AtLeast) = (weights, atLeast);
    }

    /// <summary>Likelihood of "no grounds" from which a reply is held to have none: the one that served best on the judged replies.</summary>
    public double AtLeast { get; }

    public static IReadOnlyList<string> Signs { get; } = ["篇幅", "依据", "核查", "措施", "转办", "请补充", "数字", "常数"];

    /// <summary>What speaks for or against, by <see cref="Signs"/>.</summary>
    public IReadOnlyList<double> Weights => _weights;

    public bool HasGrounds(string plain) => LacksGrounds(plain) < AtLeast;

    /// <summary>Likelihood, 0–1, that the reply gives no grounds.</summary>
    public double LacksGrounds(string plain) => Likelihood(SignsOf(plain), _weights);

    /// <summary>What a reader looks for, without any judgement.</summary>
    public static ReplyCheck Check(string plain)
    {
        (string Name, WordList<bool> Words, bool IsWanted)[] lists = [("依据", Law, true), ("核查", Found, true), ("措施", Done, true), ("转办", PassedOn, false), ("请补充", Asks, false)];
        var matter = Courtesy.In(plain).Reverse().Aggregate(plain, (left, found) => left.Remove(found.Start, found.Length).Insert(found.Start, "，"));    // the 已 of 已收悉 is no measure
        var said = lists.Select(l => (l.Name, l.IsWanted, Words: (IReadOnlyList<string>)[.. l.Words.In(matter).Select(f => matter.Substring(f.Start, f.Length)).Distinct().Take(MostWords)])).ToArray();
        return new(LengthOf(plain), [.. said.Where(s => s.Words.Count > 0).Select(s => new ReplySign(s.Name, s.Words))], [.. said.Where(s => s.IsWanted && s.Words.Count == 0).Select(s => s.Name)]);
    }

    /// <param name="replies">规整文本 of judged replies, and whether people found grounds in them.</param>
    public static ReplyGrounds Learn(IReadOnlyList<(string Plain, bool HasGrounds)> replies)
    {
        var signs = replies.Select(r => SignsOf(r.Plain)).ToArray();
        var lacks = replies.Select(r => !r.HasGrounds).ToArray();
        var weights = new double[Signs.Count];
        for (var round = 0; round < Rounds; round++)
        {
            var slope = new double[weights.Length];
            for (var i = 0; i < signs.Length; i++)
            {
                var error = (lacks[i] ? 1 : 0) - Likelihood(signs[i], weights);
                for (var s = 0; s < slope.Length; s++)
                {
                    slope[s] += error * signs[i][s] / signs.Length;
                }
            }

            for (var s = 0; s < slope.Length; s++)
            {
                weights[s] += Step * (slope[s] - (Restraint * weights[s] * (s == slope.Length - 1 ? 0 : 1)));
            }
        }

        return new(weights, BestLimit([.. signs.Select((s, i) => (Likelihood(s, weights), lacks[i]))]));
    }

    /// <summary>The limit with the highest F1 of those without grounds.</summary>
    private static double BestLimit((double Likelihood, bool Lacks)[] replies)
    {
        var (hits, best, limit, all) = (0, 0.0, 0.5, replies.Count(r => r.Lacks));
        var ranked = replies.OrderByDescending(r => r.Likelihood).ToArray();
        for (var i = 0; i < ranked.Length; i++)
        {
            hits += ranked[i].Lacks ? 1 : 0;
            var f = 2.0 * hits / (i + 1 + all);
            if (f > best)
            {
                (best, limit) = (f, (ranked[i].Likelihood + (i + 1 < ranked.Length ? ranked[i + 1].Likelihood : 0)) / 2);
            }
        }

        return limit;
    }

    /// <summary>Each about 0 to 2; the length is what is left without courtesy, as a logarithm around 60 characters.</summary>
    private static double[] SignsOf(string plain)
    {
        return
        [
            Math.Log((LengthOf(plain) + 5) / 60.0), Some(Law), Some(Found), Some(Done), Some(PassedOn), Some(Asks),
            Math.Log(1 + plain.Count(char.IsAsciiDigit)) / 2, 1,
        ];

        double Some(WordList<bool> words) => Math.Log(1 + words.In(plain).Count);
    }

    private static int LengthOf(string plain) => Math.Max(0, plain.Count(PlainText.IsWord) - Courtesy.In(plain).Sum(f => f.Length));

    private static double Likelihood(double[] signs, double[] weights)
    {
        var sum = 0.0;
        for (var s = 0; s < signs.Length; s++)
        {
            sum += signs[s] * weights[s];
        }

        return 1 / (1 + Math.Exp(-sum));
    }

    private static WordList<bool> Words(params string[] words) => new(words.ToDictionary(w => w, _ => true));
}
