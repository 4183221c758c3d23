using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Jiesu.Catalog.Contracts;

namespace Jiesu.Catalog.Domain.Forms;

/// <summary>表单定义 as text: JSON in the row, JSON of what was typed between the pages of an editor, and lines for people.</summary>
internal static class FormText
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    public static IReadOnlyList<(QuestionType Type, string Name)> Types { get; } =
    [
        (QuestionType.Text, "单行文字"), (QuestionType.LongText, "多行文字"), (QuestionType.Number, "数字"), (QuestionType.YesNo, "是否"), (QuestionType.Date, "日期"),
        (QuestionType.Instant, "时刻"), (QuestionType.Choice, "单选"), (QuestionType.Choices, "多选"), (QuestionType.Unit, "单位"), (QuestionType.Offset, "录音位置（分:秒）"),
    ];

    /// <summary>选项来源.</summary>
    public static IReadOnlyList<(string Source, string Name)> Sources { get; } =
    [
        .. Tables.Choices.Dictionaries, .. Tables.Choices.ReasonKinds.Select(k => ($"reasons:{k.Code}", $"{k.Name}原因")),
        ("classes", "问题分类（三级）"), ("towns", "街道（镇）"), ("communities", "社区（村）"),
    ];

    public static string Wire(QuestionType type) => JsonNamingPolicy.CamelCase.ConvertName(type.ToString());

    public static IReadOnlyList<FormQuestion> Questions(string stored) => JsonSerializer.Deserialize<IReadOnlyList<FormQuestion>>(stored, Json)!;

    public static string Stored(IEnumerable<FormQuestion> questions) => JsonSerializer.Serialize(questions, Json);

    /// <summary>Rows between two pages of the editor; empty text has none.</summary>
    public static IReadOnlyList<TypedQuestion> Typed(string typed) => typed.Length == 0 ? [] : JsonSerializer.Deserialize<IReadOnlyList<TypedQuestion>>(typed, Json)!;

    public static string Typed(IEnumerable<TypedQuestion> rows) => JsonSerializer.Serialize(rows, Json);

    /// <summary>A line a question, for comparison and history.</summary>
    public static IEnumerable<string> Lines(string typed) => Typed(typed).Select(q => $"{q.Label}（{string.Join('，', Facts(q))}）");

    private static IEnumerable<string> Facts(TypedQuestion q) => new[]
    {
        q.Name,
        Types.FirstOrDefault(t => t.Type == q.Kind).Name,
        q.Required is null ? null : "必填",
        q.IfField is null ? null : $"{q.IfField}为{q.IfValue}时必填",
        q.Options,
        q.Source is null ? null : Sources.FirstOrDefault(s => s.Source == q.Source).Name,
        q.Longest is null ? null : $"最多 {q.Longest} 字",
        q.Least is null ? null : $"最小 {q.Least}",
        q.Most is null ? null : $"最大 {q.Most}",
        q.Group,
        q.Hint,
    }.OfType<string>();
}
