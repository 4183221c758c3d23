using Jiesu.Catalog.Contracts;

namespace Jiesu.Catalog.Domain;

/// <summary>某日业务目录, made once from the rows of a day and shared by all who ask.</summary>
internal sealed class LoadedDay : CatalogueDay
{
    private readonly Dictionary<string, ClassNode> _classes;
    private readonly Dictionary<string, ClassNode> _classesByName;
    private readonly Dictionary<string, Place> _places;
    private readonly ILookup<string, Place> _placesByName;
    private readonly Dictionary<string, ReasonCode> _reasons;
    private readonly Dictionary<string, IReadOnlyList<CodeItem>> _dictionaries;
    private readonly DispatchDirectory _directory;
    private readonly IReadOnlyList<TimeLimitRow> _policies;
    private readonly Dictionary<string, FormDefinition> _forms;
    private readonly IReadOnlyList<PhraseRow> _phrases;
    private readonly Dictionary<string, ApprovalChain> _approvals;

    public LoadedDay(DateOnly day, CatalogRows rows, string? centre)
    {
        Day = day;
        Rows = rows;
        Classes = ClassTree.Of(rows.Classes);
        _classes = Classes.ToDictionary(c => c.Code);
        _classesByName = ByName(Classes);
        Places = [.. rows.Places.OrderBy(p => p.Code, StringComparer.Ordinal).Select(p => new Place(p.Code, p.Name, p.ParentCode))];
        _places = Places.ToDictionary(p => p.Code);
        _placesByName = Places.ToLookup(p => p.Name);
        Reasons = [.. rows.Reasons.OrderBy(r => r.Code, StringComparer.Ordinal).Select(r => new ReasonCode(r.Code, r.Kind, r.Name))];
        _reasons = Reasons.ToDictionary(r => r.Code);
        _dictionaries = rows.Dictionaries.GroupBy(d => d.Dictionary)
            .ToDictionary(g => g.Key, IReadOnlyList<CodeItem> (g) => [.. g.OrderBy(d => d.Rank).ThenBy(d => d.Code, StringComparer.Ordinal).Select(d => d.Item)]);
        _directory = new(rows.Directory, ClassTree.Departments(rows.Classes), centre);
        _policies = rows.TimeLimits;
        _approvals = rows.Approvals.ToDictionary(a => a.Code, a => ApprovalChain.Read(a.Chain));
        _forms = rows.Forms.ToDictionary(f => f.Code, f => f.Definition);
        MassEvents = rows.MassEvents is [var rule, ..] ? rule.Rule : MassEventRule.Assumed;
        _phrases = [.. rows.Phrases.OrderBy(p => p.Rank).ThenBy(p => p.Code, StringComparer.Ordinal)];
    }

    public CatalogRows Rows { get; }
    public override DateOnly Day { get; }
    public override IReadOnlyList<ClassNode> Classes { get; }
    public override IReadOnlyList<Place> Places { get; }
    public override IReadOnlyList<ReasonCode> Reasons { get; }

    public override MassEventRule MassEvents { get; }

    public override ClassNode? FindClass(string? codeOrName) =>
        codeOrName is null ? null : _classes.GetValueOrDefault(codeOrName) ?? _classesByName.GetValueOrDefault(codeOrName);

    public override Place? FindPlace(string? codeOrName, string? town = null)
    {
        if (codeOrName is null || _places.TryGetValue(codeOrName, out var known))
        {
            return codeOrName is null ? null : _places[codeOrName];
        }

        var named = _placesByName[codeOrName];
        if (FindTown(town) is { } within)
        {
            named = named.Where(p => p.ParentCode == within || p.Code == within);
        }

        return named.Take(2).ToArray() is [var only] ? only : null;
    }

    public override ApprovalChain Approvals(string kind) => _approvals.GetValueOrDefault(kind, ApprovalChain.None);

    public override ReasonCode? FindReason(string? code) => code is null ? null : _reasons.GetValueOrDefault(code);

    public override IReadOnlyList<CodeItem> Dictionary(string name) => _dictionaries.GetValueOrDefault(name, []);

    public override IReadOnlyList<DirectoryAdvice> Units(string? classCode, string? townCode, string text) => _directory.Advise(classCode, TownOf(townCode), text);

    public override TimeLimitPolicy Policy(string? classCode, string? urgency, string? requestType) =>
        TimeLimitPolicies.Choose(_policies, classCode, NameOf(DictionaryNames.Urgencies, urgency), NameOf(DictionaryNames.RequestTypes, requestType));

    public override IReadOnlyList<FormDefinition> Forms => [.. _forms.Values];

    public override FormDefinition? FindForm(string code, string? requestType) =>
        (NameOf(DictionaryNames.RequestTypes, requestType) is { } type ? _forms.GetValueOrDefault($"{code}:{type}") : null) ?? _forms.GetValueOrDefault(code);

    public override IReadOnlyList<Phrase> Phrases(string use, string? classCode, string? unitCode)
    {
        var classes = ClassCode.IsCode(classCode) ? ClassCode.Upwards(classCode).ToHashSet() : [];
        return [.. _phrases.Where(p => p.Use == use && (p.ClassCode.Length == 0 || classes.Contains(p.ClassCode)) && (p.Unit.Length == 0 || p.Unit == unitCode)).Select(p => p.Phrase)];
    }

    /// <summary>Names may repeat in a tree (停车管理): the whole path is certain, a bare name only where it stands once; the deeper level wins.</summary>
    private static Dictionary<string, ClassNode> ByName(IReadOnlyList<ClassNode> nodes)
    {
        var byName = nodes.GroupBy(n => n.Name)
            .Select(g => g.GroupBy(n => n.Level).MaxBy(l => l.Key)!.ToArray())
            .Where(g => g.Length == 1)
            .ToDictionary(g => g[0].Name, g => g[0]);
        foreach (var node in nodes)
        {
            byName.TryAdd(node.Path, node);
        }

        return byName;
    }

    /// <summary>Policies name urgency and type as people write them; an order may carry the code.</summary>
    private string? NameOf(string dictionary, string? codeOrName) => FindItem(dictionary, codeOrName)?.Name ?? codeOrName;

    private string? FindTown(string? codeOrName) => codeOrName is null ? null
        : _places.GetValueOrDefault(codeOrName)?.Code ?? _placesByName[codeOrName].FirstOrDefault(p => p.ParentCode is null)?.Code;

    private string? TownOf(string? code) => code is not null && _places.TryGetValue(code, out var place) ? place.ParentCode ?? place.Code : code;
}
