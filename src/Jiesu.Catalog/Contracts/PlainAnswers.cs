using System.Text.Json;
using System.Text.Json.Serialization;

namespace Jiesu.Catalog.Contracts;

/// <summary>表单答案 on the wire: an object of texts, numbers, true or false, and lists of texts; anything else, and text that is none, is no JSON of ours.</summary>
public sealed class PlainAnswers : JsonConverter<IReadOnlyDictionary<string, JsonElement>>
{
    private const int MostAnswers = 200;

    public override IReadOnlyDictionary<string, JsonElement> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var answers = reader.TokenType == JsonTokenType.StartObject ? new Dictionary<string, JsonElement>() : throw new JsonException();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = NameOf(ref reader);
            reader.Read();
            var answer = JsonElement.ParseValue(ref reader);
            if (!IsPlain(answer) || answers.Count == MostAnswers || !answers.TryAdd(name, answer))
            {
                throw new JsonException();
            }
        }

        return answers;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, JsonElement> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (name, answer) in value)
        {
            writer.WritePropertyName(name);
            answer.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    private static string NameOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new JsonException();    // half of a surrogate pair
        }
    }

    private static bool IsPlain(JsonElement answer) => answer.ValueKind switch
    {
        JsonValueKind.String => IsText(answer),
        JsonValueKind.Array => answer.EnumerateArray().All(a => a.ValueKind == JsonValueKind.String && IsText(a)),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null => true,
        JsonValueKind.Undefined or JsonValueKind.Object => false,
    };

    /// <summary>JSON may carry half of a surrogate pair, which no text can hold.</summary>
    private static bool IsText(JsonElement answer)
    {
        try
        {
            return answer.GetString() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
