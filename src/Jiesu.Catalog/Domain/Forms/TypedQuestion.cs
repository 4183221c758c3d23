using System.Globalization;
using Jiesu.Catalog.Contracts;

namespace Jiesu.Catalog.Domain.Forms;

/// <summary>表单字段 as an editor typed it, letter by letter; what is blank is null, so that equal rows are equal text.</summary>
internal sealed record TypedQuestion
{
    public string? Name { get; init; }
    public string? Label { get; init; }
    public string? Type { get; init; }
    public string? Group { get; init; }
    public string? Required { get; init; }
    public string? IfField { get; init; }
    public string? IfValue { get; init; }

    /// <summary>Separated by 、.</summary>
    public string? Options { get; init; }
    public string? Source { get; init; }
    public string? Hint { get; init; }
    public string? Longest { get; init; }
    public string? Least { get; init; }
    public string? Most { get; init; }

    public QuestionType? Kind => Enum.TryParse<QuestionType>(Type, ignoreCase: true, out var known) && Enum.IsDefined(known) && !int.TryParse(Type, out _) ? known : null;

    /// <summary>The condition's value as answers are: people write 是 and 否.</summary>
    public string? Condition => IfValue switch { "是" => "true", "否" => "false", _ => IfValue };

    /// <summary>What can be understood of it; for the preview, too, while it is being typed.</summary>
    public FormQuestion ToQuestion() => new(Name ?? "", Label ?? Name ?? "", Kind ?? QuestionType.Text)
    {
        Required = Required is not null,
        RequiredIf = IfField is null ? null : new(IfField, Condition ?? ""),
        Options = [.. CatalogWords.Split(Options).Distinct()],
        Source = Source,
        Hint = Hint,
        Longest = int.TryParse(Longest, CultureInfo.InvariantCulture, out var longest) ? longest : null,
        Least = Number(Least),
        Most = Number(Most),
        Group = Group,
    };

    public static TypedQuestion Of(FormQuestion q) => new()
    {
        Name = q.Name,
        Label = q.Label,
        Type = FormText.Wire(q.Type),
        Group = q.Group,
        Required = q.Required ? "yes" : null,
        IfField = q.RequiredIf?.Field,
        IfValue = q.RequiredIf?.Value switch { "true" => "是", "false" => "否", var value => value },
        Options = q.Options.Count == 0 ? null : CatalogWords.Join(q.Options),
        Source = q.Source,
        Hint = q.Hint,
        Longest = q.Longest?.ToString(CultureInfo.InvariantCulture),
        Least = q.Least?.ToString(CultureInfo.InvariantCulture),
        Most = q.Most?.ToString(CultureInfo.InvariantCulture),
    };

    internal static double? Number(string? text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
