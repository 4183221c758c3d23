using System.ComponentModel.DataAnnotations;

namespace Jiesu.Callback;

/// <summary>回访参数, section <c>Jiesu:Callback</c> (hotline guide 7.3). They warn and date; only the guard of the order refuses.</summary>
internal sealed class CallbackSettings : IValidatableObject
{
    public const string Section = "Jiesu:Callback";

    /// <summary>预回访时限: hours from the approval of the reply.</summary>
    [Range(1, 720)]
    public int PreCallbackHours { get; init; } = 24;

    /// <summary>回访时限: hours from the final review; three attempts on different half-days fit into two days.</summary>
    [Range(1, 720)]
    public int CallbackHours { get; init; } = 48;

    /// <summary>拨打次数: attempts, each on another half-day, before a pre-callback may be passed on unanswered.</summary>
    [Range(1, 20)]
    public int Attempts { get; init; } = 3;

    /// <summary>免打扰时段: Beijing times of day, several parted by commas; one that ends before it begins runs over midnight.</summary>
    public string QuietHours { get; init; } = "12:00-14:00,21:00-08:30";

    internal IReadOnlyList<Domain.QuietSpan> Quiet => [.. QuietHours.Split(',').Select(q => Domain.QuietSpan.TryParse(q, out var span) ? span : default)];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        QuietHours.Split(',').All(q => Domain.QuietSpan.TryParse(q, out _)) ? [] : [new("QuietHours are written as 12:00-14:00,21:00-08:30.", [nameof(QuietHours)])];
}
