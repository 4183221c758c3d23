namespace Jiesu.Evaluation.Domain;

/// <summary>统计项: one counted column, with what it counts, by which window, and which filters of the order list show exactly its rows.</summary>
/// <param name="Name">As the wire names it.</param>
/// <param name="Meaning">口径, for the tooltip.</param>
/// <param name="ByClosing">办结窗口 by time of closing; else 受理窗口 by time of receipt.</param>
/// <param name="Filter">Filters beside unit and window.</param>
internal sealed record Figure(string Name, string Title, string Meaning, Func<Counts, int> Of, bool ByClosing = false, params IReadOnlyList<(string Name, string Value)> Filter)
{
    private static readonly (string, string)[] Valid = [("validCallback", "true"), ("excluded", "false")];

    /// <summary>In the order of the district's table (hotline guide 3.6).</summary>
    public static IReadOnlyList<Figure> All { get; } =
    [
        new("received", "受理量", "登记的工单，含已剔除的", c => c.Received),
        new("closed", "办结量", "按办结时间计，不论何时登记", c => c.Closed, ByClosing: true, ("closed", "true")),
        new("validCallbacks", "有效回访", "联系到诉求人、取得三项答复且未剔除的工单，是三率的分母", c => c.Valid, false, Valid),
        new("contacted", "联系数", "有效回访中答“已联系”的", c => c.Contacted, false, [.. Valid, ("contacted", "true")]),
        new("solved", "解决数", "有效回访中答“已解决”的", c => c.Solved, false, [.. Valid, ("solved", "true")]),
        new("satisfied", "满意数", "有效回访中答“满意”的，不含基本满意", c => c.Satisfied, false, [.. Valid, ("satisfied", SatisfiedWords.Satisfied)]),
        new("mostlySatisfied", "基本满意", "有效回访中答“基本满意”的", c => c.MostlySatisfied, false, [.. Valid, ("satisfied", SatisfiedWords.MostlySatisfied)]),
    ];
}

/// <summary>是否满意 as events and filters write it.</summary>
internal static class SatisfiedWords
{
    public const string Satisfied = "满意";
    public const string MostlySatisfied = "基本满意";
}
