using System.ComponentModel.DataAnnotations;

namespace Jiesu.Intelligence;

/// <summary>智能服务参数 under <c>Jiesu:Intelligence</c>; checked at start.</summary>
internal sealed record IntelligenceSettings
{
    public const string Section = "Jiesu:Intelligence";

    /// <summary>自动重新训练: after so many decisions on classes since the model learned; 0 never.</summary>
    [Range(0, 1_000_000)]
    public int RetrainAfter { get; init; } = 500;

    /// <summary>重新训练的钟点, Beijing: only in this hour, when few people work.</summary>
    [Range(0, 23)]
    public int RetrainHour { get; init; } = 2;

    /// <summary>新词发现的钟点, Beijing: once a night, in this hour.</summary>
    [Range(0, 23)]
    public int WordSearchHour { get; init; } = 3;

    /// <summary>自动启用: a challenger takes over after so many orders of a shadow run in which it was no worse; 0 leaves it to a person.</summary>
    [Range(0, 100_000)]
    public int PromoteAfter { get; init; } = 200;
}
