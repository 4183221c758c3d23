namespace Jiesu.Orders.Features.Channels;

/// <summary>通知渠道.</summary>
internal enum NoticeChannel { Push, Sms }

/// <summary>发送状态.</summary>
internal enum SendState { Waiting, Sending, Sent, Failed, Dropped, Capped, NoChannel, Unknown }

/// <summary>
/// 发送: one notice on its way to one device or telephone. It is written before anything leaves, and once for each of them, so that a restart or a
/// replay sends nothing twice (REL-11, REL-21).
/// </summary>
internal sealed class NoticeSend
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public required Guid NoticeId { get; init; }
    public required Guid PersonId { get; init; }
    public required NoticeChannel Channel { get; init; }

    /// <summary>The device; for SMS the person.</summary>
    public required Guid TargetId { get; init; }
    public SendState State { get; set; }
    public int Attempts { get; set; }
    public required DateTimeOffset NextAt { get; set; }

    /// <summary>Several notices may leave as one message.</summary>
    public Guid? MessageId { get; set; }
    public DateTimeOffset? SentAt { get; set; }

    /// <summary>回执号 of the gateway.</summary>
    public string? Receipt { get; set; }

    /// <summary>Chinese; why it did not go out.</summary>
    public string? Reason { get; set; }
}

internal static class SendNames
{
    /// <summary>渠道名称.</summary>
    public static string Name(this NoticeChannel channel) => channel switch
    {
        NoticeChannel.Push => "推送",
        NoticeChannel.Sms => "短信",
    };

    /// <summary>发送状态名称.</summary>
    public static string Name(this SendState state) => state switch
    {
        SendState.Waiting => "待发送",
        SendState.Sending => "发送中",
        SendState.Sent => "已发送",
        SendState.Failed => "发送失败",
        SendState.Dropped => "不再发送",
        SendState.Capped => "超出每日上限",
        SendState.NoChannel => "无通道",
        SendState.Unknown => "结果不明",
    };
}
