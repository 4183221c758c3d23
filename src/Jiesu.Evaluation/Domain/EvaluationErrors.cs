using Jiesu.Platform;

namespace Jiesu.Evaluation.Domain;

/// <summary>Every refusal of this module.</summary>
internal static class EvaluationErrors
{
    public static Error UnknownPeriod() => new(ErrorKind.NotFound, "evaluation.period_unknown", "没有这个考核期，请从考核期表中选择。", "period");
    public static Error UnknownGroupBy() => new(ErrorKind.Invalid, "evaluation.group_by_unknown", "groupBy 只能是 unit 或 class。", "groupBy");
    public static Error UnknownGroup() => new(ErrorKind.Invalid, "evaluation.group_unknown", "group 只能是 streets、departments、companies 或 all。", "group");
    public static Error UnknownFormat() => new(ErrorKind.Invalid, "evaluation.format_unknown", "format 只能是 json 或 xlsx。", "format");
    public static Error WeightsNotWhole() => new(ErrorKind.Invalid, "evaluation.weights_not_whole", "三项权重之和须为 100%，每项在 0 到 100% 之间。", "weights");
    public static Error TooEarly() => new(ErrorKind.Invalid, "evaluation.too_early", "生效日期须晚于今天，已经使用过的权重不能改变。", "validFrom");
    public static Error PeriodOver() => new(ErrorKind.Invalid, "evaluation.period_over", "考核期已经结束，不能再改。", "code");
    public static Error PeriodEnd() => new(ErrorKind.Invalid, "evaluation.period_end", "截止日期不能早于今天和本期起始日，并须早于下一考核期的截止日期。", "lastDay");
    public static Error ClosedWindow() => new(ErrorKind.Invalid, "evaluation.closed_window", "办结窗口须在本期截止日之前开始，最早为本期起始日前 60 天。", "closedFirstDay");
    public static Error Changed() => new(ErrorKind.Stale, "evaluation.changed", "设置已被他人更新，请刷新后再试。");
}
