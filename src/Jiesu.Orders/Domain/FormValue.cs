using System.Globalization;
using System.Text.Json;
using Jiesu.Catalog.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Platform.Text;

namespace Jiesu.Orders.Domain;

/// <summary>表单取值: one answer of an order's form, or one of several choices, so that it can be found and exported. The step keeps the whole form.</summary>
internal sealed class FormValue
{
    private const int LongestHead = 100;

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public required OrderId OrderId { get; init; }
    public required int Round { get; init; }

    /// <summary>Whose answer it is: a unit answers once a round, and again after a rejection.</summary>
    public required Guid UnitId { get; init; }

    /// <summary>Code of the definition.</summary>
    public required string Form { get; init; }

    /// <summary>Of the definition.</summary>
    public required int Version { get; init; }
    public required string Field { get; init; }

    /// <summary>Place among several choices, from 0.</summary>
    public required int Item { get; init; }
    public required string Text { get; init; }

    /// <summary>Beginning of the text: what an index can hold. Searches compare it.</summary>
    public required string Head { get; init; }

    /// <summary>Of a number; null for everything else.</summary>
    public double? Number { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The rows of a form.</summary>
    public static IEnumerable<FormValue> Of(AnsweredForm form, OrderId order, int round, Guid unit, DateTimeOffset at) =>
        form.Values.SelectMany(v => (v.Value.ValueKind == JsonValueKind.Array ? [.. v.Value.EnumerateArray()] : new[] { v.Value }).Select((item, i) => new FormValue
        {
            OrderId = order,
            Round = round,
            UnitId = unit,
            Form = form.Code,
            Version = form.Version,
            Field = v.Key,
            Item = i,
            Text = TextOf(item),
            Head = HeadOf(TextOf(item)),
            Number = item.ValueKind == JsonValueKind.Number ? item.GetDouble() : null,
            At = at,
        }));

    /// <summary>The answers again, by field.</summary>
    public static IReadOnlyDictionary<string, JsonElement> Values(IEnumerable<FormValue> rows, FormDefinition form) =>
        rows.GroupBy(r => r.Field).ToDictionary(g => g.Key, g => ValueOf(form.Questions.FirstOrDefault(q => q.Name == g.Key)?.Type, [.. g.OrderBy(r => r.Item)]));

    public static string HeadOf(string text) => UnicodeText.Head(text, LongestHead);

    private static string TextOf(JsonElement item) => item.ValueKind switch
    {
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Number => item.GetDouble().ToString(CultureInfo.InvariantCulture),
        _ => item.GetString()!,
    };

    private static JsonElement ValueOf(QuestionType? type, FormValue[] rows) => type switch
    {
        QuestionType.YesNo => JsonSerializer.SerializeToElement(rows[0].Text == "true"),
        QuestionType.Number => JsonSerializer.SerializeToElement(rows[0].Number),
        QuestionType.Choices => JsonSerializer.SerializeToElement(rows.Select(r => r.Text)),
        _ => JsonSerializer.SerializeToElement(rows[0].Text),
    };
}
