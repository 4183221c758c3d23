using Jiesu.Orders.Contracts;

namespace Jiesu.Orders.Domain;

/// <summary>督办状态 (hotline guide 2.3, T31): 待处理 → 待审核 or 申请退回 → 办理完成 → 督办办结.</summary>
internal enum SupervisionState { Pending, ReturnApplied, PendingReview, Done, Closed }

/// <summary>督办: what one unit must do about an order until a day of its own; the order's own clock goes on beside it.</summary>
internal sealed class Supervision
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public required OrderId OrderId { get; init; }
    public required Guid UnitId { get; init; }

    /// <summary>督办级别: 一般, 重点, 挂牌.</summary>
    public required string Level { get; init; }

    /// <summary>督办要求.</summary>
    public required string Requirement { get; init; }
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>督办期限, UTC.</summary>
    public required DateTimeOffset DueAt { get; init; }
    public required Guid IssuedBy { get; init; }
    public SupervisionState State { get; private set; }

    /// <summary>督办反馈 or why it should be taken back.</summary>
    public string? Feedback { get; private set; }
    public DateTimeOffset? FeedbackAt { get; private set; }

    /// <summary>审核意见.</summary>
    public string? Opinion { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>待审核: somebody above has to look at it.</summary>
    public bool IsAnswered => State is SupervisionState.ReturnApplied or SupervisionState.PendingReview;

    public bool IsOpen => ClosedAt is null;

    public void Answer(SupervisionState state, string? text, DateTimeOffset at) => (State, Feedback, FeedbackAt) = (state, text, at);

    /// <summary>Approved, what was done is done and what should be taken back is closed; refused, it waits for the unit again.</summary>
    public void Review(bool isApproved, Deed deed)
    {
        Opinion = deed.Details.Opinion ?? deed.Note;
        if (!isApproved)
        {
            State = SupervisionState.Pending;
        }
        else if (State == SupervisionState.ReturnApplied)
        {
            Close(deed.At);
        }
        else
        {
            (State, ClosedAt) = (SupervisionState.Done, deed.At);
        }
    }

    /// <summary>督办办结.</summary>
    public void Close(DateTimeOffset at) => (State, ClosedAt) = (SupervisionState.Closed, ClosedAt ?? at);
}

/// <summary>关联: one order to another, as the dispatcher saw it.</summary>
internal sealed class OrderLink
{
    public required OrderId OrderId { get; init; }
    public required OrderId OtherId { get; init; }
    public required Guid ById { get; init; }
    public required DateTimeOffset At { get; init; }
}
