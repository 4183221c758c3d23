using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Jiesu.Identity.Contracts;
using Jiesu.Platform;

namespace Jiesu.Catalog.Contracts;

/// <summary>表单答案: what was understood, and what is wrong, both by name.</summary>
public sealed partial record FormAnswers(IReadOnlyDictionary<string, JsonElement> Values, IReadOnlyDictionary<string, string> Problems)
{
    /// <summary>What no definition of the day asks for.</summary>
    private const string Unknown = "表单没有这个字段，请去掉。";

    /// <summary>Answers of a page, typed letter by letter, as the wire would bring them; what is no number stays as it was typed, and the check says so.</summary>
    public static IReadOnlyDictionary<string, JsonElement> OfTyped(FormDefinition form, Func<string, IReadOnlyList<string>> typed) =>
        form.Questions.Select(q => (q.Name, Said: typed(q.Name).Where(v => !string.IsNullOrWhiteSpace(v)).ToArray())).Where(x => x.Said.Length > 0)
            .ToDictionary(x => x.Name, x => OfTyped(form.Questions.First(q => q.Name == x.Name).Type, x.Said));

    internal static FormAnswers Read(FormDefinition form, IReadOnlyDictionary<string, JsonElement> said, CatalogueDay day, UnitTree units)
    {
        var questions = form.Questions.ToDictionary(q => q.Name);
        var (values, problems) = (new Dictionary<string, JsonElement>(), said.Keys.Where(n => !questions.ContainsKey(n)).ToDictionary(n => n, _ => Unknown));
        foreach (var question in form.Questions)
        {
            var (value, problem) = said.TryGetValue(question.Name, out var answer) ? Read(question, answer, day, units) : (null, null);
            if (problem is not null)
            {
                problems[question.Name] = problem;
            }
            else if (value is { } understood)
            {
                values[question.Name] = understood;
            }
        }

        foreach (var question in form.Questions.Where(q => !values.ContainsKey(q.Name) && IsRequired(q, values)))
        {
            problems.TryAdd(question.Name, $"请填写{question.Label}。");
        }

        return new(values, problems);
    }

    internal static string Words(FormQuestion question, JsonElement answer, CatalogueDay day, UnitTree units) => question.Type switch
    {
        QuestionType.YesNo => answer.ValueKind == JsonValueKind.True ? "是" : "否",
        QuestionType.Number => answer.GetRawText(),
        QuestionType.Unit => units.Find(answer.GetString())?.Name ?? answer.GetString()!,
        QuestionType.Instant => BeijingInstants.TryParse(answer.GetString(), out var at)
            ? at.ToBeijing().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : answer.GetString()!,
        QuestionType.Choice => NameOf(question, answer.GetString()!, day),
        QuestionType.Choices => string.Join('、', answer.EnumerateArray().Select(a => NameOf(question, a.GetString()!, day))),
        QuestionType.Text or QuestionType.LongText or QuestionType.Date or QuestionType.Offset => answer.GetString()!,
    };

    private static string NameOf(FormQuestion question, string code, CatalogueDay day) => question.OptionsOn(day).FirstOrDefault(o => o.Code == code)?.Name ?? code;

    private static bool IsRequired(FormQuestion question, Dictionary<string, JsonElement> values) =>
        question.Required || (question.RequiredIf is { } condition && values.TryGetValue(condition.Field, out var other) && Says(other, condition.Value));

    private static bool Says(JsonElement answer, string value) => answer.ValueKind switch
    {
        JsonValueKind.Array => answer.EnumerateArray().Any(a => a.GetString() == value),
        JsonValueKind.True => value == "true",
        JsonValueKind.False => value == "false",
        JsonValueKind.Number => double.TryParse(value, CultureInfo.InvariantCulture, out var number) && answer.GetDouble().Equals(number),
        _ => answer.GetString() == value,
    };

    /// <summary>Null and null for a blank: that is no answer.</summary>
    private static (JsonElement? Value, string? Problem) Read(FormQuestion question, JsonElement said, CatalogueDay day, UnitTree units)
    {
        if (said.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined
            || (said.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(said.GetString()))
            || (said.ValueKind == JsonValueKind.Array && said.GetArrayLength() == 0))
        {
            return (null, null);
        }

        return question.Type switch
        {
            QuestionType.YesNo => said.ValueKind is JsonValueKind.True or JsonValueKind.False ? (said, null) : (null, $"{question.Label}须是 true（是）或 false（否）。"),
            QuestionType.Number => ReadNumber(question, said),
            QuestionType.Choices => ReadChoices(question, said, day),
            _ => said.ValueKind == JsonValueKind.String ? ReadText(question, said.GetString()!.Trim(), day, units) : (null, $"{question.Label}须是文字，请加引号。"),
        };
    }

    private static (JsonElement?, string?) ReadNumber(FormQuestion question, JsonElement said)
    {
        if (said.ValueKind != JsonValueKind.Number || !said.TryGetDouble(out var number) || !double.IsFinite(number))
        {
            return (null, $"{question.Label}须是数字。");
        }

        return number < question.Least ? (null, $"{question.Label}不能小于 {question.Least}。") : number > question.Most ? (null, $"{question.Label}不能大于 {question.Most}。") : (said, null);
    }

    private static (JsonElement?, string?) ReadChoices(FormQuestion question, JsonElement said, CatalogueDay day)
    {
        var known = question.OptionsOn(day).Select(o => o.Code).ToHashSet();
        return said.ValueKind == JsonValueKind.Array && said.EnumerateArray().All(a => a.ValueKind == JsonValueKind.String && known.Contains(a.GetString()!))
            ? (JsonSerializer.SerializeToElement(said.EnumerateArray().Select(a => a.GetString()).Distinct()), null)
            : (null, $"{question.Label}不在可选范围内，请从选项中选择。");
    }

    private static (JsonElement?, string?) ReadText(FormQuestion question, string text, CatalogueDay day, UnitTree units)
    {
        var problem = question.Type switch
        {
            _ when text.Contains('\0', StringComparison.Ordinal) => "内容含有无法保存的字符，请删除后再提交。",
            QuestionType.Choice => question.OptionsOn(day).Any(o => o.Code == text) ? null : $"{question.Label}不在可选范围内，请从选项中选择。",
            QuestionType.Date => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? null : $"{question.Label}须是日期，例如 2026-03-02。",
            QuestionType.Instant => BeijingInstants.TryParse(text, out _) ? null : $"{question.Label}须是时刻，例如 2026-03-02T09:30:00+08:00。",
            QuestionType.Unit => units.Find(text) is null ? $"{question.Label}没有这个单位代码，请重新选择。" : null,
            QuestionType.Offset => MinutesAndSeconds().IsMatch(text) ? null : $"{question.Label}须按 分:秒 填写，例如 02:35。",
            _ => text.Length > question.MostCharacters ? $"{question.Label}最多 {question.MostCharacters} 字。" : null,
        };
        return problem is null ? (JsonSerializer.SerializeToElement(text), null) : (null, problem);
    }

    private static JsonElement OfTyped(QuestionType type, string[] said) => type switch
    {
        QuestionType.Choices => JsonSerializer.SerializeToElement(said),
        QuestionType.YesNo when bool.TryParse(said[0], out var flag) => JsonSerializer.SerializeToElement(flag),
        QuestionType.Number when double.TryParse(said[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => JsonSerializer.SerializeToElement(number),
        _ => JsonSerializer.SerializeToElement(said[0]),
    };

    [GeneratedRegex(@"^[0-9]{1,3}:[0-5][0-9]\z")]
    private static partial Regex MinutesAndSeconds();
}
