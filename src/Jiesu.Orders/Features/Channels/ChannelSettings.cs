using System.ComponentModel.DataAnnotations;
using Jiesu.Orders.Features.Notices;

namespace Jiesu.Orders.Features.Channels;

/// <summary>通知渠道参数 under <c>Jiesu:Notices</c>; checked at start.</summary>
internal sealed record ChannelSettings : IValidatableObject
{
    public const string Section = "Jiesu:Notices";

    /// <summary>免打扰开始, Beijing time, for whoever has set nothing of their own.</summary>
    public TimeOnly QuietFrom { get; init; } = new(22, 0);

    /// <summary>免打扰结束, Beijing time; the same as the beginning: no quiet hours.</summary>
    public TimeOnly QuietTo { get; init; } = new(7, 0);

    /// <summary>推送服务: hosts to which a browser may have its messages sent, with all below them, separated by commas. Nothing goes anywhere else.</summary>
    [RegularExpression(@"^[a-z0-9.-]+(,[a-z0-9.-]+)*$")]
    public string PushHosts { get; init; } = "fcm.googleapis.com,push.services.mozilla.com,notify.windows.com,push.apple.com";

    /// <summary>推送联系人: whom a push service writes to when something is wrong; <c>mailto:</c> or <c>https:</c>.</summary>
    [RegularExpression("^(mailto:|https://).+$")]
    public string PushContact { get; init; } = "mailto:jiesu@localhost";

    /// <summary>短信类别: kinds of notices that may go out as SMS, separated by commas; each person chooses among them.</summary>
    public string SmsKinds { get; init; } = "Urge,Supervision,Instruction,Whistle,Reminder,MassEvent";

    /// <summary>短信上限 a person and Beijing day.</summary>
    [Range(0, 1_000)]
    public int MostSmsADay { get; init; } = 20;

    public IReadOnlyList<NoticeKind> MaySend() => NoticeSetting.Kinds(SmsKinds);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        SmsKinds.Split(',', StringSplitOptions.RemoveEmptyEntries).Where(k => !Enum.TryParse<NoticeKind>(k, out _))
            .Select(k => new ValidationResult($"{Section}:{nameof(SmsKinds)}: there is no kind of notice called \"{k}\".", [nameof(SmsKinds)]));
}
