using Jiesu.Orders.Contracts;

namespace Jiesu.Evaluation.Domain;

/// <summary>
/// 考评事实: what evaluation knows of one order, told by the events of the order in their order and by nothing else, so that replaying them gives the same row.
/// Three sets of answers are kept apart: the district's own before the reply goes out (预回访), the first and the last of the callback that counts.
/// </summary>
internal sealed class EvaluationFact
{
    private EvaluationFact() { }

    public required OrderId OrderId { get; init; }

    /// <summary>登记时间, UTC: decides the period of all figures but 办结量.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>责任单位: accountable now; of a closed order, when it was closed.</summary>
    public Guid UnitId { get; private set; }

    /// <summary>问题分类代码; null until classified.</summary>
    public string? ClassCode { get; private set; }

    /// <summary>本地工单: the district's own callback decides; null until told.</summary>
    public bool? IsLocal { get; private set; }
    public bool IsClosed { get; private set; }

    /// <summary>办结时间: the last time, UTC.</summary>
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>是否超期: at the last closing.</summary>
    public bool WasLate { get; private set; }

    /// <summary>剔除: stays in the volume, leaves all rates.</summary>
    public bool IsExcluded { get; private set; }

    /// <summary>有效回访: the last callback reached the caller and brought three answers.</summary>
    public bool HasValidCallback { get; private set; }
    public bool? Contacted { get; private set; }
    public bool? Solved { get; private set; }

    /// <summary>满意, 基本满意 or 不满意.</summary>
    public string? Satisfied { get; private set; }

    /// <summary>首次回访 answers: stay when a second callback after rework brings better ones.</summary>
    public bool? FirstContacted { get; private set; }
    public bool? FirstSolved { get; private set; }
    public string? FirstSatisfied { get; private set; }

    /// <summary>预回访 answers: never count; beside the final ones they show a flip (反水).</summary>
    public bool? PreContacted { get; private set; }
    public bool? PreSolved { get; private set; }
    public string? PreSatisfied { get; private set; }

    /// <summary>退单次数: returns that were approved.</summary>
    public int Returns { get; private set; }

    /// <summary>重办次数.</summary>
    public int Reworks { get; private set; }

    /// <summary>Begins with the first event heard, which is the receipt.</summary>
    public static EvaluationFact Begin(OrderId id, DateTimeOffset at) => new() { OrderId = id, ReceivedAt = at };

    public void Hear(OrderReceived e) => (UnitId, ClassCode, IsLocal) = (e.UnitId, e.ClassCode, e.IsLocal);

    public void Hear(OrderMoved e)
    {
        (UnitId, ClassCode) = (e.UnitId, e.ClassCode);
        IsClosed = e.State is "Closed" or "Archived";
        Returns += e is { Step: "T09", State: "PendingDispatch" } ? 1 : 0;
        Reworks += e is { Step: "T25" or "T26", State: "Rework" } ? 1 : 0;
    }

    public void Hear(OrderClosed e) => (UnitId, IsClosed, ClosedAt, WasLate) = (e.UnitId, true, e.At, e.WasLate);

    public void Hear(ExclusionDecided e) => IsExcluded = e.IsExcluded;

    public void Hear(CallbackAnswered e)
    {
        if (e.IsPreCallback)
        {
            (PreContacted, PreSolved, PreSatisfied) = (e.Contacted, e.Solved, e.Satisfied);
            return;
        }

        (Contacted, Solved, Satisfied) = (e.Contacted, e.Solved, e.Satisfied);
        HasValidCallback = e is { Contacted: not null, Solved: not null, Satisfied: not null };
        if (HasValidCallback && FirstSatisfied is null)
        {
            (FirstContacted, FirstSolved, FirstSatisfied) = (e.Contacted, e.Solved, e.Satisfied);
        }
    }
}
