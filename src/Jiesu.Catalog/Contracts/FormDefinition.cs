using System.Text.Json;
using Jiesu.Identity.Contracts;

namespace Jiesu.Catalog.Contracts;

/// <summary>字段类型 of a form.</summary>
public enum QuestionType
{
    /// <summary>单行文字.</summary>
    Text,

    /// <summary>多行文字.</summary>
    LongText,
    Number,

    /// <summary>是否.</summary>
    YesNo,
    Date,

    /// <summary>时刻, with an offset.</summary>
    Instant,

    /// <summary>单选.</summary>
    Choice,

    /// <summary>多选.</summary>
    Choices,

    /// <summary>单位代码.</summary>
    Unit,

    /// <summary>录音位置 mm:ss.</summary>
    Offset,
}

/// <summary>必填条件: another question of the form, and the answer to it that makes this one required.</summary>
/// <param name="Value"><c>true</c> or <c>false</c> for 是否; of several choices, one of them.</param>
public sealed record RequiredIf(string Field, string Value);

/// <summary>表单字段: one question of a form.</summary>
/// <param name="Name">As the wire names it.</param>
public sealed record FormQuestion(string Name, string Label, QuestionType Type)
{
    private const int UsualLine = 200;
    private const int UsualText = 2000;

    public bool Required { get; init; }
    public RequiredIf? RequiredIf { get; init; }

    /// <summary>选项 that are their own codes; empty where <see cref="Source"/> names a table.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>选项来源: a code table, <c>reasons:UNS</c>, <c>classes</c>, <c>towns</c> or <c>communities</c>.</summary>
    public string? Source { get; init; }
    public string? Hint { get; init; }

    /// <summary>最多字数.</summary>
    public int? Longest { get; init; }
    public double? Least { get; init; }
    public double? Most { get; init; }

    /// <summary>分组 under which it stands.</summary>
    public string? Group { get; init; }

    internal int MostCharacters => Longest ?? (Type == QuestionType.LongText ? UsualText : UsualLine);

    /// <summary>选项 as the catalogue of a day has them.</summary>
    public IReadOnlyList<CodeItem> OptionsOn(CatalogueDay day) => Source is null ? [.. Options.Select(o => new CodeItem(o, o))] : day.Source(Source);

    /// <summary>An answer as people read it.</summary>
    public string Words(JsonElement answer, CatalogueDay day, UnitTree units) => FormAnswers.Words(this, answer, day, units);
}

/// <summary>表单定义: the questions of a form as one version has them; an order keeps the version that it was answered with.</summary>
/// <param name="Code"><see cref="FormCodes"/>, or one of them for a single request type: <c>reply:咨询</c>.</param>
/// <param name="Version">修订号 of the dated row.</param>
public sealed record FormDefinition(string Code, int Version, string Title, IReadOnlyList<FormQuestion> Questions)
{
    /// <summary>Reads answers: unknown names, types, options, what is required; blank is no answer, 0 and false are.</summary>
    public FormAnswers Check(IReadOnlyDictionary<string, JsonElement> said, CatalogueDay day, UnitTree units) => FormAnswers.Read(this, said, day, units);
}

/// <summary>表单代码.</summary>
public static class FormCodes
{
    /// <summary>回复表单.</summary>
    public const string Reply = "reply";

    /// <summary>登记表单.</summary>
    public const string Intake = "intake";

    /// <summary>What stands before the colon.</summary>
    public static string KindOf(string code) => code.Split(':')[0];
}

/// <summary>表单版本.</summary>
public readonly record struct FormVersion(string Code, int Version);

/// <summary>历次表单: definitions as they were, for orders that were answered with them.</summary>
public interface IFormVersions
{
    Task<IReadOnlyDictionary<FormVersion, FormDefinition>> FindAsync(IReadOnlyCollection<FormVersion> wanted, CancellationToken ct);
}
