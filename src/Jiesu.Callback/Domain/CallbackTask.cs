using Jiesu.Orders.Contracts;

namespace Jiesu.Callback.Domain;

/// <summary>回访类型: Pre 预回访 before the reply goes out, Final 回访.</summary>
internal enum CallbackKind { Pre, Final }

/// <summary>回访任务状态: Open 待回访, Done 已回访, GivenUp 未联系上, Withdrawn 已撤回 (the order went elsewhere).</summary>
internal enum CallbackTaskState { Open, Done, GivenUp, Withdrawn }

/// <summary>回访任务: one caller to be asked about one order; begins and ends with the events of the order, whoever gave the answer.</summary>
internal sealed class CallbackTask
{
    private readonly List<CallbackAttempt> _attempts = [];

    private CallbackTask() { }

    public required Guid Id { get; init; }
    public required OrderId OrderId { get; init; }
    public required int Round { get; init; }
    public required CallbackKind Kind { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>回访时限, UTC.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>责任单位 of the order.</summary>
    public required Guid UnitId { get; set; }
    public CallbackTaskState State { get; private set; }

    /// <summary>When it ended, UTC.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>回访员 who took it or called last; null while nobody has.</summary>
    public Guid? AgentId { get; private set; }
    public IReadOnlyList<CallbackAttempt> Attempts => _attempts;

    public static CallbackTask Begin(OrderAwaitsCallback e, DateTimeOffset dueAt) => new()
    {
        Id = Guid.CreateVersion7(e.At),
        OrderId = e.OrderId,
        Round = e.Round,
        Kind = e.IsPreCallback ? CallbackKind.Pre : CallbackKind.Final,
        CreatedAt = e.At,
        DueAt = dueAt,
        UnitId = e.UnitId,
    };

    /// <summary>领取.</summary>
    public void Take(Guid agent) => AgentId = agent;

    /// <summary>拨打: <paramref name="notReached"/> says why there is no answer; null when there are three.</summary>
    public void Call(DateTimeOffset at, Guid agent, string? notReached)
    {
        _attempts.Add(new() { TaskId = Id, Seq = _attempts.Count + 1, At = at, AgentId = agent, ResultCode = notReached });
        AgentId = agent;
        if (notReached is null)
        {
            (State, EndedAt) = (CallbackTaskState.Done, at);
        }
        else if (State == CallbackTaskState.Withdrawn)
        {
            State = CallbackTaskState.GivenUp;
        }
    }

    /// <summary>The order is where this task does not belong any more.</summary>
    public void Leave(DateTimeOffset at)
    {
        if (State == CallbackTaskState.Open)
        {
            (State, EndedAt) = (_attempts.Count > 0 ? CallbackTaskState.GivenUp : CallbackTaskState.Withdrawn, at);
        }
    }

    /// <summary>The state of the order in which this task belongs.</summary>
    public string OrderState => Kind == CallbackKind.Pre ? "PendingPreCallback" : "PendingCallback";
}

/// <summary>拨打记录.</summary>
internal sealed class CallbackAttempt
{
    public required Guid TaskId { get; init; }
    public required int Seq { get; init; }
    public required DateTimeOffset At { get; init; }
    public required Guid AgentId { get; init; }

    /// <summary>未联系上原因 (CBF-nn); null when the caller answered.</summary>
    public required string? ResultCode { get; init; }
}
