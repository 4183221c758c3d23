using Jiesu.Orders.Contracts;

namespace Jiesu.Orders.Domain;

/// <summary>大模型意见进度.</summary>
internal enum OpinionState { Waiting, Given, None }

/// <summary>大模型意见: what the model said of an order after intake, beside the local advice; or that it will be asked. Never applied by itself.</summary>
internal sealed class LanguageOpinion
{
    public const int LongestJson = 8_000;

    /// <summary>An order that the model cannot make sense of is not asked about for ever.</summary>
    private const int MostAttempts = 3;

    public required OrderId OrderId { get; init; }
    public OpinionState State { get; private set; }
    public int Attempts { get; private set; }

    /// <summary>When it is to be asked, UTC.</summary>
    public required DateTimeOffset NextAt { get; set; }

    /// <summary>When it was last asked, UTC; null before.</summary>
    public DateTimeOffset? AskedAt { get; private set; }

    /// <summary>模型名称 that answered.</summary>
    public string? Model { get; private set; }

    /// <summary>Facts, classes and reason, as the wire names them, with names and numbers struck out.</summary>
    public string? Json { get; private set; }

    public void Give(string model, string json, DateTimeOffset now) => (State, AskedAt, Model, Json) = (OpinionState.Given, now, model, json);

    /// <summary>The model was asked in vain: later again, or no more.</summary>
    public void Fail(DateTimeOffset now)
    {
        (Attempts, AskedAt) = (Attempts + 1, now);
        (State, NextAt) = Attempts < MostAttempts ? (OpinionState.Waiting, now.AddMinutes(5 * Attempts)) : (OpinionState.None, now);
    }

    /// <summary>It may not be asked at all.</summary>
    public void Withhold() => State = OpinionState.None;
}
