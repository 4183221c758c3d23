using Jiesu.Orders.Contracts;
using Jiesu.Platform;

namespace Jiesu.Orders.Domain;

/// <summary>监督: supervision with its own states, leader's words, field checks.</summary>
internal sealed partial class WorkOrder
{
    public Supervision? OpenSupervisionOf(Guid unit) => _supervisions.FirstOrDefault(s => s.IsOpen && s.UnitId == unit);

    /// <summary>督办 (T31): each unit has its own; one that is under supervision already is asked for the new requirement instead.</summary>
    public Result<Done> Supervise(OrderStep step, IReadOnlyList<Guid> units, string level, DateTimeOffset due, Deed deed) =>
        Move(step, deed with { Details = deed.Details with { CoUnits = units, Level = level } }, () =>
        {
            foreach (var unit in units)
            {
                OpenSupervisionOf(unit)?.Close(deed.At);
                _supervisions.Add(new() { OrderId = Id, UnitId = unit, Level = level, Requirement = deed.Note!, IssuedAt = deed.At, DueAt = due, IssuedBy = deed.Actor.PersonId });
            }
        });

    /// <summary>督办反馈, 督办退回申请.</summary>
    public Result<Done> AnswerSupervision(OrderStep step, Supervision supervision, SupervisionState state, Deed deed) =>
        Move(step, deed, () => supervision.Answer(state, deed.Details.Result ?? deed.Details.Reason, deed.At));

    /// <summary>With this one no supervision is open any more.</summary>
    public bool IsLastSupervision(Supervision supervision) => _supervisions.All(s => s == supervision || !s.IsOpen);

    /// <summary>督办审核.</summary>
    public Result<Done> ReviewSupervision(OrderStep step, Supervision supervision, Deed deed) =>
        Move(step, deed with { Details = deed.Details with { Lead = supervision.UnitId } }, () => supervision.Review(step.IsApproval(), deed));

    /// <summary>外部质检 (T38): what was found false goes back to the unit that closed it, in a new round.</summary>
    /// <param name="charge">Null when the closing was true.</param>
    public Result<Done> CheckInField(OrderStep step, Charge? charge, Deed deed) => Move(step, charge is null ? deed : Charged(charge, deed), () =>
    {
        Raise(new FieldChecked(Guid.CreateVersion7(), deed.At, Id, UnitId, IsFalse: charge is not null));
        if (charge is not null)
        {
            IsFalseClose = true;
            BeginRound(deed.At);
            Hand(charge, deed.At);
            LiveLead!.Sign(deed.At);
        }
    });
}
