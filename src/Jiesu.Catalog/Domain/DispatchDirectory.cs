using Jiesu.Catalog.Contracts;

namespace Jiesu.Catalog.Domain;

/// <summary>派单目录 of one day (hotline.md 2.7 step 4): L3, then L2, then L1; a rule for the place or the matter before a general one.</summary>
internal sealed class DispatchDirectory(IReadOnlyList<DirectoryRow> rules, IReadOnlyDictionary<string, string> departments, string? centre)
{
    /// <summary>Stands for the street of the place in a list of co-units.</summary>
    public const string TheStreet = "属地街镇";
    private const double ForClass = 0.6, ForLevel = 0.1, ForPlace = 0.05, ForCondition = 0.05, ForCoUnit = 0.9, ByDefault = 0.4;
    private readonly ILookup<string, DirectoryRow> _rules = rules.ToLookup(r => r.ClassCode);

    public IReadOnlyList<DirectoryAdvice> Advise(string? classCode, string? town, string text)
    {
        if (!ClassCode.IsCode(classCode))
        {
            return [];
        }

        var found = new List<DirectoryAdvice>();
        var fitting = ClassCode.Upwards(classCode).SelectMany(c => _rules[c]).Where(r => Fits(r, town, text))
            .Select(r => (Rule: r, Score: ScoreOf(r))).OrderByDescending(x => x.Score).ThenBy(x => x.Rule.Code, StringComparer.Ordinal);
        foreach (var (rule, score) in fitting)
        {
            found.AddRange(Apply(rule, town, classCode!, score));
        }

        if (departments.TryGetValue(classCode!, out var department))
        {
            found.Add(new(department, "lead", ByDefault, "分类默认行业部门"));
        }

        return [.. found.DistinctBy(a => a.UnitCode)];
    }

    private static bool Fits(DirectoryRow rule, string? town, string text)
    {
        var words = CatalogWords.Split(rule.Condition);
        return (rule.Place.Length == 0 || rule.Place == town)
            && (words.Length == 0 || words.Any(w => text.Contains(w, StringComparison.OrdinalIgnoreCase)));
    }

    private static double ScoreOf(DirectoryRow rule) =>
        ForClass + (ForLevel * ClassCode.LevelOf(rule.ClassCode)) + (rule.Place.Length > 0 ? ForPlace : 0) + (rule.Condition.Length > 0 ? ForCondition : 0);

    private static string EvidenceOf(DirectoryRow rule)
    {
        var condition = rule.Condition.Length > 0 ? $"，条件：{rule.Condition}" : "";
        return $"规则 {rule.Code}（{NameOf(rule.LeadRule)}{condition}）：{rule.Basis}";
    }

    /// <summary>Chinese name of a kind of rule; the only place that knows it.</summary>
    public static string NameOf(LeadRule rule) => rule switch
    {
        LeadRule.Territorial => "属地",
        LeadRule.Sectoral => "行业",
        LeadRule.Company => "公共服务企业",
        LeadRule.Dual => "双派",
        LeadRule.District => "区级",
    };

    /// <summary>Lead first. A rule whose lead is not known (no place, no department) advises nothing.</summary>
    private IEnumerable<DirectoryAdvice> Apply(DirectoryRow rule, string? town, string classCode, double score)
    {
        if (LeadOf(rule, town, classCode) is not { } lead)
        {
            return [];
        }

        var others = CatalogWords.Split(rule.CoUnits).Select(u => u == TheStreet ? town : u);
        if (rule.LeadRule == LeadRule.Dual)
        {
            others = others.Append(rule.LeadUnit.Length > 0 ? town : departments.GetValueOrDefault(classCode));
        }

        return others.OfType<string>().Where(u => u != lead).Distinct()
            .Select(u => new DirectoryAdvice(u, "co", score * ForCoUnit, EvidenceOf(rule)))
            .Prepend(new(lead, "lead", score, EvidenceOf(rule)));
    }

    private string? LeadOf(DirectoryRow rule, string? town, string classCode) => rule.LeadRule switch
    {
        LeadRule.Territorial => town,
        LeadRule.Dual => rule.LeadUnit.Length > 0 ? rule.LeadUnit : town,
        LeadRule.Sectoral or LeadRule.Company => rule.LeadUnit.Length > 0 ? rule.LeadUnit : departments.GetValueOrDefault(classCode),
        LeadRule.District => centre,
    };
}
