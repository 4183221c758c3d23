using System.Text.Json;
using Jiesu.Catalog.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Actions;
using Jiesu.Platform;

namespace Jiesu.Orders.Features.Forms;

/// <summary>
/// 操作表单定义: which form an action brings, and how its answers become part of the deed. A question that bears the name of a member of the action
/// (<c>result</c>, <c>contacted</c> …) is that member: it may be said in either place, and counts in both.
/// </summary>
internal static class ReplyForm
{
    private static readonly (string Name, Func<ActionRequest, object?> Said, Func<ActionRequest, JsonElement, ActionRequest> With)[] Members =
    [
        (Carry.Contacted, r => r.Contacted, (r, v) => Flag(v) is { } flag ? r with { Contacted = flag } : r),
        (Carry.Solved, r => r.Solved, (r, v) => Flag(v) is { } flag ? r with { Solved = flag } : r),
        (Carry.Satisfied, r => Text(r.Satisfied), (r, v) => r with { Satisfied = Text(v) }),
        (Carry.ReasonCode, r => Text(r.ReasonCode), (r, v) => r with { ReasonCode = Text(v) }),
        (Carry.Basis, r => Text(r.Basis), (r, v) => r with { Basis = Text(v) }),
        (Carry.Result, r => Text(r.Result), (r, v) => r with { Result = Text(v) }),
        (Carry.Opinion, r => Text(r.Opinion), (r, v) => r with { Opinion = Text(v) }),
        (Carry.Note, r => Text(r.Note), (r, v) => r with { Note = Text(v) }),
    ];

    /// <summary>The form that an action brings; null when it brings none.</summary>
    public static string? CodeOf(OrderAction action) => action == OrderAction.SubmitReply ? FormCodes.Reply : null;

    /// <summary>The same as it is defined on a day; null for what is no action, too.</summary>
    /// <param name="action">Name of the wire.</param>
    public static FormDefinition? DefinitionFor(string action, string? requestType, CatalogueDay day) =>
        Enum.GetValues<OrderAction>().Where(a => a.Wire() == action).Select(CodeOf).FirstOrDefault() is { } code ? day.FindForm(code, requestType) : null;

    /// <summary>How the control of a question is called, and what is wrong with it.</summary>
    public static string ControlOf(string name) => IsMember(name) ? name : $"{Carry.Form}.{name}";

    public static bool IsMember(string name) => Members.Any(m => m.Name == name);

    /// <summary>The request with what its form says of the members, and the other way round; as it was without a form.</summary>
    public static Attempt Join(Attempt attempt)
    {
        if (attempt.Asked.Form is not { } form || DefinitionFor(attempt) is not { } definition)
        {
            return attempt;
        }

        var (asked, whole) = (attempt.Asked, form.ToDictionary());
        foreach (var (name, said, with) in Members.Where(m => definition.Questions.Any(q => q.Name == m.Name)))
        {
            if (said(asked) is not { } member)
            {
                asked = whole.TryGetValue(name, out var answer) ? with(asked, answer) : asked;
            }
            else
            {
                whole.TryAdd(name, JsonSerializer.SerializeToElement(member));
            }
        }

        return attempt with { Asked = asked with { Form = whole } };
    }

    /// <summary>The answers as they are kept; null without a form.</summary>
    public static Result<AnsweredForm?> Read(Attempt attempt)
    {
        if (attempt.Asked.Form is not { } form)
        {
            return (AnsweredForm?)null;
        }

        if (DefinitionFor(attempt) is not { } definition)
        {
            return FormErrors.None();
        }

        var answers = definition.Check(form, attempt.Policy.Catalogue, attempt.Policy.Units);
        var problems = answers.Problems.ToDictionary();
        foreach (var (name, said, _) in Members.Where(m => form.ContainsKey(m.Name) && !problems.ContainsKey(m.Name)))
        {
            if (said(attempt.Asked) is { } member && answers.Values.TryGetValue(name, out var answer) && !JsonElement.DeepEquals(answer, JsonSerializer.SerializeToElement(member)))
            {
                problems[name] = "表单内外填写的不一致，请只填写一处。";
            }
        }

        return problems.Count > 0 ? FormErrors.Wrong(problems, ControlOf) : new AnsweredForm(definition.Code, definition.Version, answers.Values);
    }

    private static FormDefinition? DefinitionFor(Attempt attempt) => DefinitionFor(attempt.Action.Wire(), attempt.Order.RequestType, attempt.Policy.Catalogue);

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string? Text(JsonElement answer) => answer.ValueKind == JsonValueKind.String ? Text(answer.GetString()) : null;

    private static bool? Flag(JsonElement answer) => answer.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null };
}

/// <summary>Refusals of forms.</summary>
internal static class FormErrors
{
    public static Error None() => new(ErrorKind.Unprocessable, "form.none", "现在没有适用的表单定义，请去掉 form，或先在业务目录中定义。", Carry.Form);

    /// <param name="control">Names the field at fault by the question.</param>
    public static Error Wrong(IReadOnlyDictionary<string, string> problems, Func<string, string> control) =>
        OrderErrors.Missing(problems.ToDictionary(p => control(p.Key), p => new[] { p.Value }));
}
