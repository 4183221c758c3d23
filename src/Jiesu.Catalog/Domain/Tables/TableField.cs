using Jiesu.Catalog.Domain.Forms;
using Jiesu.Identity.Contracts;

namespace Jiesu.Catalog.Domain.Tables;

/// <summary>字段的填写方式.</summary>
internal enum FieldKind
{
    Line,
    Text,
    Number,
    Choice,
    Choices,
    Flag,

    /// <summary>字段列表 of a form: JSON of what was typed (<see cref="FormText"/>).</summary>
    Questions,
}

/// <summary>What the rules of a table may ask: the catalogue of today and the units.</summary>
internal sealed record Surroundings(CatalogueCopy Copy, UnitTree Units);

/// <summary>字段选项.</summary>
internal sealed record Option(string Value, string Text, string? Group = null);

/// <summary>字段 of a dated table: how it is called, typed and checked.</summary>
internal sealed record TableField(string Name, string Label, FieldKind Kind = FieldKind.Line)
{
    public const string Yes = "yes";

    public bool IsRequired { get; init; }
    public string? Hint { get; init; }
    public int Longest { get; init; } = 100;
    public int Least { get; init; }
    public int Most { get; init; } = 1000;

    /// <summary>Shown in the list of the table.</summary>
    public bool IsListed { get; init; } = true;
    public Func<Surroundings, IEnumerable<Option>> Options { get; init; } = _ => [];

    /// <summary>What is wrong with a value; null when nothing is.</summary>
    public string? Problem(string value, Surroundings around) =>
        value.Length == 0 ? (IsRequired ? $"请填写{Label}。" : null) : value.Length > Longest ? $"{Label}最多 {Longest} 字。" : Misfit(value, around);

    /// <summary>As pages show it: the words of an option instead of its code.</summary>
    public string Words(string value, Surroundings around) => Kind switch
    {
        FieldKind.Flag => value == Yes ? "是" : "否",
        FieldKind.Choice or FieldKind.Choices => string.Join('、', CatalogWords.Split(value).Select(v => Options(around).FirstOrDefault(o => o.Value == v)?.Text ?? v)),
        FieldKind.Questions => string.Join('\n', FormText.Lines(value)),
        FieldKind.Line or FieldKind.Text or FieldKind.Number => value,
    };

    private string? Misfit(string value, Surroundings around) => Kind switch
    {
        FieldKind.Number => int.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out var number) && number >= Least && number <= Most
            ? null : $"{Label}须是 {Least} 到 {Most} 的整数。",
        FieldKind.Choice => Known(around).Contains(value) ? null : $"{Label}不在可选范围内，请重新选择。",
        FieldKind.Choices => CatalogWords.Split(value).All(Known(around).Contains) ? null : $"{Label}不在可选范围内，请重新选择。",
        FieldKind.Line or FieldKind.Text or FieldKind.Flag or FieldKind.Questions => null,    // rules of the table look at questions
    };

    private HashSet<string> Known(Surroundings around) => [.. Options(around).Select(o => o.Value)];
}
