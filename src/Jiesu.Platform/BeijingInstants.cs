using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Jiesu.Platform;

/// <summary>Instants on the wire: ISO 8601, written with the offset +08:00; one that comes without an offset is Beijing time, wherever the server stands.</summary>
public sealed class BeijingInstants : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String || !TryParse(reader.GetString(), out var instant))
        {
            throw new JsonException();
        }

        return instant;
    }

    /// <summary>Whole microseconds: PostgreSQL keeps no more, and an answer made before the save must read like one made after it.</summary>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToBeijing().AddTicks(-(value.Ticks % TimeSpan.TicksPerMicrosecond)));

    /// <summary>UTC; false for what is no instant.</summary>
    public static bool TryParse(string? text, out DateTimeOffset instant)
    {
        instant = default;
        if (text is not { Length: >= 10 } || text[4] != '-' || !DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var parsed))
        {
            return false;
        }

        try
        {
            instant = parsed.Kind == DateTimeKind.Unspecified
                ? new DateTimeOffset(parsed, BeijingTime.Zone.GetUtcOffset(parsed)).ToUniversalTime()
                : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToUniversalTime();
            return true;
        }
        catch (ArgumentOutOfRangeException)
        {
            return false;    // the first or last day that .NET knows, moved out of its range by the offset
        }
    }
}
