using Jiesu.Platform;

namespace Jiesu.Orders.Domain;

/// <summary>联合办理: helpers, departments that are called in, units that are no more.</summary>
internal sealed partial class WorkOrder
{
    /// <summary>加派 (T12) below the acting unit: nobody has to agree.</summary>
    public Result<Done> AddHandlers(OrderStep step, Charge charge, Deed deed) =>
        Move(step, deed with { Details = deed.Details with { CoUnits = charge.CoUnits } }, () => AddHelpers(charge, deed.At));

    /// <summary>见面 (T14).</summary>
    public Result<Done> Meet(OrderStep step, Deed deed) => Move(step, deed, () => FirstContactAt ??= deed.At);

    /// <summary>吹哨 (T15): a department that has no share gets one until the time to arrive by.</summary>
    public Result<Done> BlowWhistle(OrderStep step, IReadOnlyList<Guid> units, DateTimeOffset arriveBy, Deed deed) =>
        Move(step, deed with { Details = deed.Details with { CoUnits = units } }, () =>
        {
            foreach (var unit in units)
            {
                _whistles.Add(new() { OrderId = Id, ByUnitId = deed.Actor.UnitId, UnitId = unit, Matter = deed.Note!, BlownAt = deed.At, ArriveBy = arriveBy });
                if (LiveShareOf(unit) is null)
                {
                    _assignments.Add(new() { OrderId = Id, Round = Round, UnitId = unit, Role = AssignmentRole.Whistle, AssignedAt = deed.At, DueAt = arriveBy });
                }
            }
        });

    public Whistle? OpenWhistleOf(Guid unit) => _whistles.FirstOrDefault(w => w.IsOpen && w.UnitId == unit);

    /// <summary>With this report nobody is awaited any more.</summary>
    public bool IsLastReport(Guid unit) => _whistles.Where(w => w.IsOpen).All(w => w.UnitId == unit);

    /// <summary>报到 (T16): arrival and result; a share that was there for the whistle alone is answered with it.</summary>
    public Result<Done> ReportIn(OrderStep step, Deed deed) => Move(step, deed, () =>
    {
        OpenWhistleOf(deed.Actor.UnitId)!.ReportIn(deed);
        if (LiveShareOf(deed.Actor.UnitId) is { Role: AssignmentRole.Whistle } share)
        {
            share.Reply(deed.At, deed.Details.Result);
        }
    });

    /// <summary>单位调整 (T10): a unit is no more; its share goes on with another, in the state and with the deadline that it has.</summary>
    public Result<Done> Reassign(OrderStep step, Assignment share, Guid successor, Deed deed) =>
        Move(step, deed with { Details = deed.Details with { Lead = successor } }, () =>
        {
            var (heir, taken) = (LiveShareOf(successor), share.HandTo(successor, deed.At));
            share.End(deed.At);
            if (share.Role == AssignmentRole.Lead)
            {
                heir?.End(deed.At);
                UnitId = successor;
            }
            else if (heir is not null)
            {
                return;    // it has a share already, which goes on
            }

            _assignments.Add(taken);
            foreach (var child in Live.Where(a => a.ParentId == share.Id || (heir is not null && a.ParentId == heir.Id)))
            {
                child.ParentId = taken.Id;
            }
        });

    private void AddHelpers(Charge charge, DateTimeOffset at) => _assignments.AddRange(charge.CoUnits.Where(unit => LiveShareOf(unit) is null).Select(unit => new Assignment
    {
        OrderId = Id,
        Round = Round,
        UnitId = unit,
        Role = AssignmentRole.Co,
        AssignedAt = at,
        SignDueAt = charge.SignDueAt,
        DueAt = charge.HelpersDueAt ?? DueAt ?? StoppedDueAt,
        Limit = charge.Clock?.Limit ?? LiveLead?.Limit,
    }));
}
