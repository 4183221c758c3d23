using Jiesu.Orders.Contracts;
using Jiesu.Platform;

namespace Jiesu.Orders.Domain;

/// <summary>派给谁: units, limit and clock of a dispatch, already checked against policy.</summary>
/// <param name="CoUnits">Without the lead and without repeats.</param>
/// <param name="Clock">Null where the remaining time carries over as it is.</param>
internal sealed record Charge(Guid Lead, IReadOnlyList<Guid> CoUnits, ClockTerms? Clock, DateTimeOffset? SignDueAt)
{
    /// <summary>区中心: accountable for what no unit has any more.</summary>
    public Guid Centre { get; init; }

    /// <summary>协办时限, UTC: of helpers with a limit of their own; null: the order's.</summary>
    public DateTimeOffset? HelpersDueAt { get; init; }
}

/// <summary>派发、二次派单、重办、重新打开: who becomes accountable.</summary>
internal sealed partial class WorkOrder
{
    /// <summary>受理、更正 (T02): what and where it is may be put right; whoever has the order keeps it.</summary>
    public Result<Done> Correct(OrderStep step, Corrections right, Deed deed) =>
        Move(step, deed with { Details = deed.Details with { ClassCode = right.ClassCode, Corrections = right } }, () =>
        {
            (RequestType, ClassCode, Urgency) = (right.RequestType ?? RequestType, right.ClassCode ?? ClassCode, right.Urgency ?? Urgency);
            (Address, PointName) = (right.Address ?? Address, right.PointName ?? PointName);
            if (right.TownCode is not null)
            {
                (TownCode, CommunityCode) = (right.TownCode, right.CommunityCode);
            }

            if (right.Lon is not null)
            {
                (Lon, Lat) = (right.Lon, right.Lat);
            }
        });

    /// <summary>直接答复 (T03): answered on the line, never dispatched.</summary>
    public Result<Done> Answer(OrderStep step, string? classCode, Deed deed) => Move(step, Classed(classCode, deed), () =>
    {
        ClassCode = classCode ?? ClassCode;
        ReplyText = deed.Details.Result;
    });

    /// <summary>派发 and 二次派单 (T06, T07, T10): one unit becomes accountable, others its helpers; the class may be put right.</summary>
    public Result<Done> Dispatch(OrderStep step, Charge charge, Deed deed) => Move(step, Charged(charge, deed), () =>
    {
        ClassCode = deed.Details.ClassCode ?? ClassCode;
        Dispatches++;
        Limit ??= charge.Clock?.Limit;
        Hand(charge, deed.At);
    });

    /// <summary>重办 (T27): a new round; the old shares end.</summary>
    public Result<Done> BeginRework(OrderStep step, Charge charge, Deed deed) => Move(step, Charged(charge, deed), () =>
    {
        BeginRound(deed.At);
        Hand(charge, deed.At);
    });

    /// <summary>重新打开 (T37): a new round, in the hands of the unit that led the last one.</summary>
    public Result<Done> Reopen(OrderStep step, Charge charge, Deed deed) => Move(step, Charged(charge, deed), () =>
    {
        BeginRound(deed.At);
        Hand(charge, deed.At);
        LiveLead!.Sign(deed.At);
    });

    private static Deed Charged(Charge charge, Deed deed) =>
        deed with { Details = deed.Details with { Clock = charge.Clock, Lead = charge.Lead, CoUnits = charge.CoUnits.Count == 0 ? null : charge.CoUnits } };

    private static Deed Classed(string? classCode, Deed deed) => deed with { Details = deed.Details with { ClassCode = classCode } };

    private void BeginRound(DateTimeOffset at)
    {
        Live.ToList().ForEach(a => a.End(at));
        Lapse(at, k => k is ApplicationKind.AddHandler or ApplicationKind.ShareReturn or ApplicationKind.Extension);
        Round++;
        SubmittedAt = null;
    }

    private void Hand(Charge charge, DateTimeOffset at)
    {
        UnitId = charge.Lead;
        _assignments.Add(ShareOf(charge, charge.Lead, AssignmentRole.Lead, at));
        _assignments.AddRange(charge.CoUnits.Select(unit => ShareOf(charge, unit, AssignmentRole.Co, at)));
        Raise(new OrderDispatched(Guid.CreateVersion7(), at, Id, UnitId, DueAt ?? at));
    }

    private Assignment ShareOf(Charge charge, Guid unit, AssignmentRole role, DateTimeOffset at) => new()
    {
        OrderId = Id,
        Round = Round,
        UnitId = unit,
        Role = role,
        AssignedAt = at,
        SignDueAt = charge.SignDueAt,
        DueAt = DueAt ?? StoppedDueAt,
        Limit = charge.Clock?.Limit ?? Limit,
    };
}
