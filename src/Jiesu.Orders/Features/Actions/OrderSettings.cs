using System.ComponentModel.DataAnnotations;

namespace Jiesu.Orders.Features.Actions;

/// <summary>协同处置参数, section <c>Jiesu:Orders</c> (hotline guide 2.3, 7.3, 11).</summary>
internal sealed class OrderSettings
{
    public const string Section = "Jiesu:Orders";

    /// <summary>How often an order may be reworked; after that a discontent answer closes it.</summary>
    [Range(0, 20)]
    public int MaxReworks { get; init; } = 2;

    /// <summary>回访次数: attempts to reach the caller before the callback is given up.</summary>
    [Range(1, 20)]
    public int CallbackAttempts { get; init; } = 3;

    /// <summary>归档天数: days between closing and archiving.</summary>
    [Range(1, 3650)]
    public int ArchiveAfterDays { get; init; } = 30;
}
