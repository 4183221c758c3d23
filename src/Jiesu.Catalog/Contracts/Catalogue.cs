namespace Jiesu.Catalog.Contracts;

/// <summary>问题分类节点: one row of the class tree as it stands today.</summary>
/// <param name="Code">AABBCC; an upper level ends in zeros.</param>
/// <param name="Path">一级->二级->三级.</param>
/// <param name="Keywords">Words that point to this class.</param>
public sealed record ClassNode(string Code, string Name, int Level, string? ParentCode, string Path, string SevenFive, IReadOnlyList<string> Keywords);

/// <summary>地点: a town/street or a community/village of the district.</summary>
/// <param name="Code">区划代码, nine digits for a town, twelve for a community; also the unit code.</param>
/// <param name="ParentCode">The town of a community; null for a town.</param>
public sealed record Place(string Code, string Name, string? ParentCode);

/// <summary>原因代码.</summary>
/// <param name="Kind">RTN, NAC, EXT, PAU, HLD, EXC, UNS, CBF, RWK.</param>
public sealed record ReasonCode(string Code, string Kind, string Name);

/// <summary>字典项: one entry of a code table (统一字典).</summary>
/// <param name="Code">As the wire carries it.</param>
/// <param name="Name">As pages show it.</param>
public sealed record CodeItem(string Code, string Name);

/// <summary>常用语: a text for one use; what stands in braces is filled in, unknown braces stay as they are.</summary>
/// <param name="Use">One of <see cref="PhraseUses"/>.</param>
/// <param name="Ticks">话术: fields of the seat's form that answer this step.</param>
/// <param name="Words">话术: words in the content that call for this step at once.</param>
public sealed record Phrase(string Code, string Use, string Title, string Text, IReadOnlyList<string> Ticks, IReadOnlyList<string> Words);

/// <summary>常用语用途.</summary>
public static class PhraseUses
{
    public const string Dispatch = "派单说明";
    public const string Reply = "回复";
    public const string Review = "审核意见";
    public const string Contact = "联系记录";
    public const string Content = "诉求内容";

    /// <summary>What the seat says, step by step.</summary>
    public const string Script = "话术";

    public static IReadOnlyList<string> All { get; } = [Dispatch, Reply, Review, Contact, Content, Script];
}

/// <summary>统一字典的名称.</summary>
public static class DictionaryNames
{
    /// <summary>受理渠道.</summary>
    public const string Channels = "channels";

    /// <summary>诉求类型.</summary>
    public const string RequestTypes = "request-types";

    /// <summary>紧急程度.</summary>
    public const string Urgencies = "urgencies";

    /// <summary>七有五性.</summary>
    public const string SevenFive = "seven-five";
}

/// <summary>派单建议: who the directory says should lead, and why.</summary>
/// <param name="UnitCode">单位代码.</param>
/// <param name="Role">lead 主办 or co 协办.</param>
/// <param name="Evidence">Rule id and its basis, in Chinese.</param>
public sealed record DirectoryAdvice(string UnitCode, string Role, double Score, string Evidence);

/// <summary>时限政策: limits that hold for an order of this class and urgency, valid on a day.</summary>
public sealed record TimeLimitPolicy(
    string Code, string Name, TimeLimit SignLimit, TimeLimit HandleLimit, TimeLimit ReturnLimit, int ReworkPercent, int ReworkMinimumHours,
    bool Pausable, bool Extendable, int MaxExtensions, int MaxDispatches, int StreetBufferHours, int StreetBufferPercent);

/// <summary>业务目录: all dated tables as they stand on one day; immutable, cached, swapped when a table changes.</summary>
public interface ICatalogue
{
    ValueTask<CatalogueDay> GetAsync(CancellationToken ct);
}

/// <summary>某日业务目录.</summary>
public abstract class CatalogueDay
{
    /// <summary>The Beijing day whose rows these are.</summary>
    public abstract DateOnly Day { get; }
    public abstract IReadOnlyList<ClassNode> Classes { get; }
    public abstract IReadOnlyList<Place> Places { get; }
    public abstract IReadOnlyList<ReasonCode> Reasons { get; }

    /// <summary>By code, or by exact name or path; null when unknown.</summary>
    public abstract ClassNode? FindClass(string? codeOrName);

    /// <summary>By code or exact name; towns and communities alike; null when unknown. A community name that stands in two towns needs <paramref name="town"/>.</summary>
    public abstract Place? FindPlace(string? codeOrName, string? town = null);

    public abstract ReasonCode? FindReason(string? code);

    /// <summary>A code table by its name (<see cref="DictionaryNames"/>), in its own order; empty when unknown.</summary>
    public abstract IReadOnlyList<CodeItem> Dictionary(string name);

    /// <summary>An entry of a code table by code or exact name; null when unknown.</summary>
    public CodeItem? FindItem(string dictionary, string? codeOrName) =>
        Dictionary(dictionary).FirstOrDefault(i => i.Code == codeOrName || i.Name == codeOrName);

    /// <summary>
    /// Who should handle this class at this place; best first, the co-units of the best rule after their lead. Empty when the directory is silent.
    /// The town may be given by the code of one of its communities.
    /// </summary>
    public abstract IReadOnlyList<DirectoryAdvice> Units(string? classCode, string? townCode, string text);

    /// <summary>The policy for a class and urgency (普通, 2小时 …); the ordinary one when none is closer.</summary>
    public abstract TimeLimitPolicy Policy(string? classCode, string? urgency, string? requestType);

    /// <summary>审批链 for a kind of application (<c>Hold</c>, <c>Extension</c> …); <see cref="ApprovalChain.None"/> where the table is silent.</summary>
    public virtual ApprovalChain Approvals(string kind) => ApprovalChain.None;

    /// <summary>The definition for a request type (code or name): its own, else the one for all; null when there is none.</summary>
    public virtual FormDefinition? FindForm(string code, string? requestType) => null;

    /// <summary>Definitions for all request types and for single ones.</summary>
    public virtual IReadOnlyList<FormDefinition> Forms => [];

    /// <summary>常用语 of a use, in their order: for every class and unit, or for this one.</summary>
    public virtual IReadOnlyList<Phrase> Phrases(string use, string? classCode, string? unitCode) => [];

    /// <summary>群体性事件规则 of the day.</summary>
    public virtual MassEventRule MassEvents => MassEventRule.Assumed;

    /// <summary>选项 of a form by their source; empty when unknown.</summary>
    public IReadOnlyList<CodeItem> Source(string source) => source.Split(':') switch
    {
        ["reasons", var kind] => [.. Reasons.Where(r => r.Kind == kind).Select(r => new CodeItem(r.Code, r.Name))],
        ["classes"] => [.. Classes.Where(c => c.Level == 3).Select(c => new CodeItem(c.Code, c.Path))],
        ["towns"] => [.. Places.Where(p => p.ParentCode is null).Select(p => new CodeItem(p.Code, p.Name))],
        ["communities"] => [.. Places.Where(p => p.ParentCode is not null).Select(p => new CodeItem(p.Code, p.Name))],
        _ => Dictionary(source),
    };
}
