using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Jiesu.Catalog.Contracts;

namespace Jiesu.Orders.Domain;

/// <summary>时限条款: from what a step computed the deadline; enough to compute it again.</summary>
/// <param name="Value">Of the limit.</param>
/// <param name="Unit">Of the limit, as on the wire.</param>
/// <param name="Start">起算, UTC.</param>
/// <param name="DueAt">What was promised then, UTC.</param>
/// <param name="IsCarried">二次派单: the time that remained carries over, so the limit may only shorten it.</param>
internal sealed record ClockTerms(int Value, string Unit, DateTimeOffset Start, DateTimeOffset DueAt, bool IsCarried = false)
{
    [JsonIgnore]
    public TimeLimit Limit => TimeLimit.Of(Value, Unit) ?? throw new InvalidOperationException($"{Value} {Unit} is no limit.");
}

/// <summary>更正: facts that were put right; null what stays. Codes are checked.</summary>
internal sealed record Corrections(
    string? RequestType, string? ClassCode, string? Urgency, string? TownCode, string? CommunityCode, string? Address, string? PointName, double? Lon, double? Lat);

/// <summary>流转明细: what a step carried beside note and reason code. Stored as JSON with the event; fields are only ever added.</summary>
internal sealed record StepDetails
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public ClockTerms? Clock { get; init; }

    /// <summary>截止时间 from this step on, where no new limit began: after an extension, a pause, a hold; UTC.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>停表: whether the clock stands still from this step on. A pause under a policy that does not allow it is written down and the clock runs on.</summary>
    public bool? StopsClock { get; init; }

    /// <summary>截至 as it was asked for, UTC.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>时限 asked for a helper: value and unit, as on the wire.</summary>
    public int? LimitValue { get; init; }
    public string? LimitUnit { get; init; }

    /// <summary>督办级别.</summary>
    public string? Level { get; init; }

    /// <summary>主单 or the other order of a link.</summary>
    public Guid? OtherOrder { get; init; }

    /// <summary>更正内容: what was put right.</summary>
    public Corrections? Corrections { get; init; }

    /// <summary>主办, or the unit that the share was handed down to.</summary>
    public Guid? Lead { get; init; }
    public IReadOnlyList<Guid>? CoUnits { get; init; }
    public Guid? ProposedUnit { get; init; }
    public string? ClassCode { get; init; }
    public bool? Contacted { get; init; }
    public bool? Solved { get; init; }
    public string? Satisfied { get; init; }
    public string? Reason { get; init; }
    public string? Basis { get; init; }
    public string? Opinion { get; init; }
    public string? Result { get; init; }
    public IReadOnlyList<string>? Attachments { get; init; }
    public AnsweredForm? Form { get; init; }

    public static StepDetails Read(string? stored) => stored is null ? new() : JsonSerializer.Deserialize<StepDetails>(stored, Json)!;

    /// <summary>Null when nothing was carried.</summary>
    public string? Write() => this == new StepDetails() ? null : JsonSerializer.Serialize(this, Json);
}
