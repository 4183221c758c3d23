using System.Text.Json;

namespace Jiesu.Catalog.Contracts;

/// <summary>表单定义 as the wire describes it, with the options of the day: enough to draw the form. Its fields are what <c>form</c> of a request may bring.</summary>
public sealed record FormView(string Code, int Version, string Title, IReadOnlyList<QuestionView> Fields)
{
    public static FormView Of(FormDefinition form, CatalogueDay day) => new(form.Code, form.Version, form.Title, [.. form.Questions.Select(q => QuestionView.Of(q, day))]);
}

/// <summary>表单字段 as the wire describes it.</summary>
/// <param name="Type">text, longText, number, yesNo, date, instant, choice, choices, unit, offset.</param>
/// <param name="RequiredIf">The answer to another field that makes this one required; null without a condition.</param>
/// <param name="Options">选项; empty where none are chosen from, and for units, which <c>GET /units</c> lists.</param>
/// <param name="Longest">最多字数; null for the usual.</param>
public sealed record QuestionView(
    string Name, string Label, string Type, bool Required, RequiredIf? RequiredIf, IReadOnlyList<CodeItem> Options, string? Hint, int? Longest, double? Least, double? Most, string? Group)
{
    internal static QuestionView Of(FormQuestion q, CatalogueDay day) => new(
        q.Name, q.Label, JsonNamingPolicy.CamelCase.ConvertName(q.Type.ToString()), q.Required, q.RequiredIf, q.OptionsOn(day), q.Hint, q.Longest, q.Least, q.Most, q.Group);
}
