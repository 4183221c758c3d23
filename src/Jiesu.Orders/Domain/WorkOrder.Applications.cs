using Jiesu.Orders.Contracts;
using Jiesu.Platform;

namespace Jiesu.Orders.Domain;

/// <summary>申请: two steps by two people. Applying leaves state and clock alone.</summary>
internal sealed partial class WorkOrder
{
    public Application? OpenApplication(ApplicationKind kind) => _applications.SingleOrDefault(a => a.Kind == kind && a.IsOpen);

    /// <summary>申请.</summary>
    public Result<Done> Apply(OrderStep step, ApplicationKind kind, Deed deed) => Move(step, deed, () => _applications.Add(new Application
    {
        OrderId = Id,
        Kind = kind,
        AppliedBy = deed.Actor.PersonId,
        AppliedByUnit = deed.Actor.UnitId,
        AppliedAt = deed.At,
        ReasonCode = deed.ReasonCode,
        Reason = deed.Details.Reason ?? deed.Note,
        Basis = deed.Details.Basis,
        ProposedUnitId = deed.Details.ProposedUnit,
    }));

    /// <summary>审批: approving has the effect of what was asked for.</summary>
    /// <param name="centre">区中心: accountable for what no unit has any more.</param>
    public Result<Done> Decide(OrderStep step, ApplicationKind kind, Guid centre, Deed deed)
    {
        var isApproved = step.IsApproval();
        return Move(step, deed, () =>
        {
            OpenApplication(kind)!.Decide(isApproved, deed);
            if (isApproved)
            {
                Grant(kind, centre, deed.At);
            }

            if (kind == ApplicationKind.Exclusion)
            {
                Raise(new ExclusionDecided(Guid.CreateVersion7(), deed.At, Id, UnitId, IsExcluded));
            }
        });
    }

    private void Grant(ApplicationKind kind, Guid centre, DateTimeOffset at)
    {
        switch (kind)
        {
            case ApplicationKind.Return:
                Live.ToList().ForEach(a => a.GiveBack(at));
                (UnitId, Returns, SubmittedAt) = (centre, Returns + 1, null);
                break;
            case ApplicationKind.ReturnUp:
                UnitId = centre;
                break;
            case ApplicationKind.Exclusion:
                IsExcluded = true;
                break;
            case ApplicationKind.Refuse or ApplicationKind.Cancel or ApplicationKind.Extension or ApplicationKind.Hold or ApplicationKind.Appeal:
                break;    // the move itself is the effect
        }
    }
}
