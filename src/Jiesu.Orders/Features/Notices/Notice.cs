using Jiesu.Orders.Contracts;

namespace Jiesu.Orders.Features.Notices;

/// <summary>通知类别.</summary>
internal enum NoticeKind { Sign, Review, Application, Decision, Urge, Supervision, Instruction, Whistle, Merged, Returned, Reminder, MassEvent, RuleSuspended }

/// <summary>通知: tells one person that an order waits for them. It says which order and nothing of the caller; a secret one has its number only.</summary>
internal sealed class Notice
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public required Guid PersonId { get; init; }
    public required OrderId OrderId { get; init; }
    public required NoticeKind Kind { get; init; }
    public required string Text { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>已读时间, UTC; null while unread.</summary>
    public DateTimeOffset? ReadAt { get; private set; }
}

internal static class NoticeNames
{
    /// <summary>通知类别名称.</summary>
    public static string Name(this NoticeKind kind) => kind switch
    {
        NoticeKind.Sign => "待签收",
        NoticeKind.Review => "待审核",
        NoticeKind.Application => "待审批",
        NoticeKind.Decision => "审批结果",
        NoticeKind.Urge => "催办",
        NoticeKind.Supervision => "督办",
        NoticeKind.Instruction => "领导批示",
        NoticeKind.Whistle => "吹哨",
        NoticeKind.Merged => "已合并",
        NoticeKind.Returned => "退回",
        NoticeKind.Reminder => "时限提醒",
        NoticeKind.MassEvent => "疑似群体性事件",
        NoticeKind.RuleSuspended => "自动派单标准已暂停",
    };
}
