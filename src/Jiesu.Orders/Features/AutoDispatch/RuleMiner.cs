namespace Jiesu.Orders.Features.AutoDispatch;

/// <summary>候选标准: conditions under which nearly all past orders went to one unit and stayed there.</summary>
/// <param name="LeadCode">Null for 属地街乡镇.</param>
internal sealed record MinedRule(string ClassCode, string? TownCode, string? Word, string? LeadCode, int Support, int Right);

/// <summary>
/// 标准挖掘: from general to narrow. A class whose orders go to one unit makes a rule; else the class at a town; else the class with one of the words that its branch of
/// the tree knows. A narrower rule is looked for only where the wider one does not hold, so that there are few and each can be read.
/// </summary>
internal static class RuleMiner
{
    /// <summary>One-sided, nine times in ten: at twenty orders all must be right, at a hundred four may be wrong.</summary>
    private const double Z = 1.2816;

    public static IReadOnlyList<MinedRule> Mine(IReadOnlyList<SentOrder> orders, Func<string, IReadOnlyList<string>> wordsOf, int leastSupport, double leastPrecision)
    {
        var rules = new List<MinedRule>();
        foreach (var group in orders.GroupBy(o => o.ClassCode).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            if (Best(group.Key, null, null, [.. group]) is { } wide)
            {
                rules.Add(wide);
                continue;
            }

            var byTown = group.Where(o => o.TownCode is not null).GroupBy(o => o.TownCode!).Select(town => Best(group.Key, town.Key, null, [.. town])).OfType<MinedRule>().ToArray();
            rules.AddRange(byTown);
            if (byTown.Length == 0)
            {
                rules.AddRange(wordsOf(group.Key).Select(word => Best(group.Key, null, word, [.. group.Where(o => o.Text.Contains(word, StringComparison.OrdinalIgnoreCase))])).OfType<MinedRule>());
            }
        }

        return rules;

        MinedRule? Best(string classCode, string? town, string? word, SentOrder[] fitting)
        {
            if (fitting.Length < leastSupport)
            {
                return null;
            }

            // A unit of its own before 属地 where both say the same: within one town it is the plainer word.
            var units = fitting.CountBy(o => o.LeadCode).Select(c => (Lead: (string?)c.Key, Right: fitting.Count(o => o.IsRight && o.LeadCode == c.Key)));
            var best = units.Append((Lead: null, Right: fitting.Count(o => o.IsRight && o.IsTerritorial))).MaxBy(c => c.Right);
            return LowestPrecision(best.Right, fitting.Length) >= leastPrecision ? new(classCode, town, word, best.Lead, fitting.Length, best.Right) : null;
        }
    }

    /// <summary>威尔逊下限: the share right, with the doubt of so small a number taken off.</summary>
    public static double LowestPrecision(int right, int all)
    {
        if (all == 0)
        {
            return 0;
        }

        var p = (double)right / all;
        return (p + (Z * Z / (2 * all)) - (Z * Math.Sqrt((p * (1 - p) / all) + (Z * Z / (4.0 * all * all))))) / (1 + (Z * Z / all));
    }
}
