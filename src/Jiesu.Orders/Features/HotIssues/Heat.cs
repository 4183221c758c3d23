using System.Globalization;

namespace Jiesu.Orders.Features.HotIssues;

/// <summary>What is known of one issue in one period.</summary>
/// <param name="History">Orders of the eight periods before, the nearest first.</param>
/// <param name="Callers">不同诉求人; an unknown one counts each time.</param>
/// <param name="Communities">Different communities; orders without one count none.</param>
/// <param name="Discontent">Orders that were urged, reworked, or answered in the callback as not solved or not satisfied; each once.</param>
internal sealed record HotFacts(int Orders, IReadOnlyList<int> History, int Callers, int Communities, int Discontent)
{
    public int Previous => History[0];
    public int Repeats => Math.Max(0, Orders - Callers);
}

/// <summary>
/// 热度: orders × growth × spread × discontent. Four parts that a person can follow; the three factors are 1 where their weight is 0, and then the ranking is that of the volumes.
/// </summary>
internal sealed record Heat(HotFacts Facts, double Mean, double Deviation, double Baseline, double Growth, double Spread, double Discontent)
{
    /// <summary>Added above and below, so that 3 orders after 1 are no threefold growth.</summary>
    public const int Calm = 5;

    /// <summary>An issue in so many communities is spread as far as counts.</summary>
    public const int ManyCommunities = 5;

    public const double LeastRatio = 0.2, MostRatio = 5;

    public double Value => Facts.Orders * Growth * Spread * Discontent;

    public static Heat Of(HotFacts facts, OrdersSettings settings)
    {
        var (mean, deviation) = Usual(facts.History);
        var baseline = Math.Max(facts.Previous, mean);
        var orders = Math.Max(facts.Orders, 1);
        return new(
            facts, mean, deviation, baseline,
            Math.Max(0, 1 + (settings.HotGrowthWeight * (Ratio(facts.Orders, baseline) - 1))),
            1 + (settings.HotSpreadWeight * ((Math.Min(facts.Callers, orders) / (double)orders) + Reach(facts)) / 2),
            1 + (settings.HotDiscontentWeight * Anger(facts)));
    }

    /// <summary>均值 and 标准差 (of the whole, not of a sample).</summary>
    public static (double Mean, double Deviation) Usual(IReadOnlyList<int> history)
    {
        var mean = history.Average();
        return (mean, Math.Sqrt(history.Average(n => (n - mean) * (n - mean))));
    }

    /// <summary>预警 (hotline guide 6.4): far above the eight periods before, or much more than in the last one; null where neither. In words and numbers.</summary>
    public static string? Alert(int orders, IReadOnlyList<int> history, OrdersSettings settings)
    {
        var (mean, deviation) = Usual(history);
        var limit = mean + (settings.HotAlertSigmas * deviation);
        return orders >= settings.HotAlertLeast && orders > limit
                ? string.Create(CultureInfo.InvariantCulture, $"{orders} 件，超过前八期均值 {mean:0.#} + {settings.HotAlertSigmas:0.##} × 标准差 {deviation:0.#} = {limit:0.#}")
            : orders >= settings.HotAlertOrders && orders > history[0] * (1 + settings.HotAlertGrowth)
                ? string.Create(CultureInfo.InvariantCulture, $"{orders} 件，比上期 {history[0]} 件增长超过 {settings.HotAlertGrowth * 100:0.#}%，且满 {settings.HotAlertOrders} 件")
            : null;
    }

    /// <summary>怎么算的: the formula with the numbers of this issue.</summary>
    public IReadOnlyList<string> Explain(OrdersSettings settings) =>
    [
        string.Create(CultureInfo.InvariantCulture, $"热度 {Value:0.0} = 件数 {Facts.Orders} × 增长 {Growth:0.00} × 扩散 {Spread:0.00} × 不满 {Discontent:0.00}"),
        string.Create(CultureInfo.InvariantCulture, $"增长 {Growth:0.00} = 1 + {settings.HotGrowthWeight:0.##} ×（{Ratio(Facts.Orders, Baseline):0.00} − 1），其中 {Ratio(Facts.Orders, Baseline):0.00} =（{Facts.Orders} + {Calm}）÷（{Baseline:0.#} + {Calm}），限 {LeastRatio:0.#} 至 {MostRatio:0.#}；基线 {Baseline:0.#} 取上期 {Facts.Previous} 件与前八期均值 {Mean:0.#} 中较大的"),
        string.Create(CultureInfo.InvariantCulture, $"扩散 {Spread:0.00} = 1 + {settings.HotSpreadWeight:0.##} ×（诉求人 {Facts.Callers} ÷ 件数 {Facts.Orders} + 社区 {Math.Min(Facts.Communities, ManyCommunities)} ÷ {ManyCommunities}）÷ 2，社区最多按 {ManyCommunities} 个计"),
        string.Create(CultureInfo.InvariantCulture, $"不满 {Discontent:0.00} = 1 + {settings.HotDiscontentWeight:0.##} ×（催办、重办或回访不满 {Facts.Discontent} 件 + 重复来电 {Facts.Repeats} 件）÷ 件数 {Facts.Orders}，最多按 1 计"),
        string.Create(CultureInfo.InvariantCulture, $"前八期（由近到远）：{string.Join("、", Facts.History)}；均值 {Mean:0.#}，标准差 {Deviation:0.#}"),
    ];

    private static double Ratio(int orders, double baseline) => Math.Clamp((orders + Calm) / (baseline + Calm), LeastRatio, MostRatio);

    private static double Reach(HotFacts facts) => Math.Min(facts.Communities, ManyCommunities) / (double)ManyCommunities;

    private static double Anger(HotFacts facts) => facts.Orders == 0 ? 0 : Math.Min(1, (facts.Discontent + facts.Repeats) / (double)facts.Orders);
}
