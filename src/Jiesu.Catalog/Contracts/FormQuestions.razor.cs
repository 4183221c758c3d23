using Jiesu.Identity.Contracts;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Components;

namespace Jiesu.Catalog.Contracts;

/// <summary>表单提问: a question as it is put to somebody, with the options of the day.</summary>
/// <param name="Control">Name of its control, and of what is wrong with it.</param>
/// <param name="If">Control of the question whose answer makes this one required; null without a condition.</param>
public sealed record AskedQuestion(string Control, FormQuestion Question, IReadOnlyList<Choice> Options, string? Hint, string? If)
{
    /// <summary>The questions of a form.</summary>
    /// <param name="control">How the control of a question is called.</param>
    public static IReadOnlyList<AskedQuestion> Of(FormDefinition form, CatalogueDay day, UnitTree units, Func<FormQuestion, string> control) =>
        [.. form.Questions.Select(q => new AskedQuestion(control(q), q, OptionsOf(q, day, units), HintOf(q, form, day), form.Questions.FirstOrDefault(o => o.Name == q.RequiredIf?.Field) is { } other ? control(other) : null))];

    private static IReadOnlyList<Choice> OptionsOf(FormQuestion question, CatalogueDay day, UnitTree units) => question.Type switch
    {
        QuestionType.Unit => [.. units.All.Where(u => u.Kind is not (UnitKind.Community or UnitKind.Office)).Select(u => new Choice(u.Code.Value, u.Name, u.Code.Value))],
        QuestionType.Choice or QuestionType.Choices => [.. question.OptionsOn(day).Select(o => new Choice(o.Code, o.Name))],
        QuestionType.Text or QuestionType.LongText or QuestionType.Number or QuestionType.YesNo or QuestionType.Date or QuestionType.Instant or QuestionType.Offset => [],
    };

    /// <summary>The condition is told in words, since a page without script cannot show it otherwise.</summary>
    private static string? HintOf(FormQuestion question, FormDefinition form, CatalogueDay day)
    {
        var other = form.Questions.FirstOrDefault(q => q.Name == question.RequiredIf?.Field);
        var value = question.RequiredIf?.Value switch
        {
            "true" when other?.Type == QuestionType.YesNo => "是",
            "false" when other?.Type == QuestionType.YesNo => "否",
            { } code when other is not null => other.OptionsOn(day).FirstOrDefault(o => o.Code == code)?.Name ?? code,
            _ => null,
        };
        var condition = value is null ? null : $"“{other!.Label}”为“{value}”时必填";
        return string.Join('；', new[] { question.Hint, condition }.OfType<string>()) is { Length: > 0 } hint ? hint : null;
    }
}

/// <summary>表单字段组: the questions of a form as the clerk sees them, by group; the same in the editor's preview, the reply and the seat's form.</summary>
public sealed partial class FormQuestions : ComponentBase
{
    private const int Few = 8;

    [Parameter, EditorRequired]
    public required IReadOnlyList<AskedQuestion> Questions { get; set; }

    /// <summary>What was typed, by control.</summary>
    [Parameter, EditorRequired]
    public required Func<string, IReadOnlyList<string>> Typed { get; set; }

    [Parameter]
    public Error? Refusal { get; set; }

    /// <summary>What stands beside a text, by control: 常用语.</summary>
    [Parameter]
    public Func<string, RenderFragment?>? Beside { get; set; }

    /// <summary>Shows each question, also one that nothing asks for yet.</summary>
    [Parameter]
    public bool IsWhole { get; set; }

    private string? One(string name) => Typed(name) is [var value, ..] ? value : null;
}
