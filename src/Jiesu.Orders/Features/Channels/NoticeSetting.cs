using Jiesu.Orders.Features.Notices;
using Jiesu.Platform.Ciphers;

namespace Jiesu.Orders.Features.Channels;

/// <summary>通知设置 of one person; who has none gets pushes of every kind and no SMS.</summary>
internal sealed class NoticeSetting
{
    private const string Table = "orders_notice_setting";

    public required Guid PersonId { get; init; }
    public required TimeOnly QuietFrom { get; set; }
    public required TimeOnly QuietTo { get; set; }

    /// <summary>紧急工单不受免打扰限制.</summary>
    public bool IsUrgentHeard { get; set; } = true;

    /// <summary>不推送的类别, separated by commas: a kind that comes later is heard.</summary>
    public string Muted { get; set; } = "";

    /// <summary>短信类别, separated by commas.</summary>
    public string SmsKinds { get; set; } = "";

    /// <summary>手机号, sealed; null: no SMS. The person gave it for this alone.</summary>
    public byte[]? Mobile { get; private set; }

    /// <summary>From then on SMS are sent, UTC; what was told before is not.</summary>
    public DateTimeOffset? MobileSince { get; private set; }

    public QuietHours Quiet => new(QuietFrom, QuietTo);

    public static NoticeSetting Default(Guid person, ChannelSettings house) => new() { PersonId = person, QuietFrom = house.QuietFrom, QuietTo = house.QuietTo };

    /// <summary>Names that mean nothing any more are left out.</summary>
    public static IReadOnlyList<NoticeKind> Kinds(string names) =>
        [.. names.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(n => Enum.TryParse<NoticeKind>(n, out var kind) ? kind : (NoticeKind?)null).OfType<NoticeKind>()];

    public void Call(string? mobile, FieldCipher cipher, DateTimeOffset now) =>
        (Mobile, MobileSince) = (mobile is null ? null : cipher.Encrypt(mobile, Place()), mobile is null ? null : now);

    public string? MobileOf(FieldCipher cipher) => Mobile is null ? null : cipher.Decrypt(Mobile, Place());

    private FieldPlace Place() => new(Table, "mobile", PersonId.ToString());
}
