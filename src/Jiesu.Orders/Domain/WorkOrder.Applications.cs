using Jiesu.Orders.Contracts;
using Jiesu.Platform;

namespace Jiesu.Orders.Domain;

/// <summary>申请: one asks, one to three others decide. Applying leaves state and clock alone.</summary>
internal sealed partial class WorkOrder
{
    public Application? OpenApplication(ApplicationKind kind) => _applications.SingleOrDefault(a => a.Kind == kind && a.IsOpen);

    /// <summary>申请.</summary>
    /// <param name="chain">审批链 of the day; null without one.</param>
    public Result<Done> Apply(OrderStep step, ApplicationKind kind, string? chain, Deed deed) => Move(step, deed, () =>
    {
        var application = new Application
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
            Details = deed.Details.Write(),
            Chain = chain,
        };
        application.Begin(deed.At);
        _applications.Add(application);
    });

    /// <summary>撤回: the unit takes back what it asked for.</summary>
    public Result<Done> Withdraw(OrderStep step, ApplicationKind kind, Deed deed) => Move(step, deed, () =>
    {
        OpenApplication(kind)!.Lapse(deed.At);
        Overlays &= ~OverlayOf(kind);
    });

    /// <summary>逐级审批: granted so far.</summary>
    public Result<Done> Forward(OrderStep step, ApplicationKind kind, Deed deed) => Move(step, deed, () => OpenApplication(kind)!.Forward(deed));

    /// <summary>审批: approving has the effect of what was asked for.</summary>
    /// <param name="charge">Whom the order goes to at once, and the Centre where it goes to nobody.</param>
    public Result<Done> Decide(OrderStep step, ApplicationKind kind, Charge charge, Deed deed)
    {
        var (isApproved, asked) = (step.IsApproval(), OpenApplication(kind)!);
        var details = !isApproved ? deed.Details : kind switch
        {
            ApplicationKind.Extension => deed.Details with { DueAt = StepDetails.Read(asked.Details).Until },
            ApplicationKind.Hold => deed.Details with { StopsClock = true, Until = StepDetails.Read(asked.Details).Until },
            _ when step.Outcome == OrderOutcome.Transfer => Charged(charge, deed).Details,
            _ => deed.Details,
        };
        var before = DueAt ?? StoppedDueAt;
        return Move(step, deed with { Details = details }, () =>
        {
            asked.Decide(isApproved, deed);
            if (isApproved)
            {
                Grant(step, asked, charge, before, deed.At);
            }

            if (kind == ApplicationKind.Exclusion)
            {
                Raise(new ExclusionDecided(Guid.CreateVersion7(), deed.At, Id, UnitId, IsExcluded));
            }
        });
    }

    private void Grant(OrderStep step, Application asked, Charge charge, DateTimeOffset? before, DateTimeOffset at)
    {
        switch (asked.Kind)
        {
            case ApplicationKind.Return or ApplicationKind.Objection:
                GiveBack(charge, step.Outcome == OrderOutcome.Transfer, at);
                break;
            case ApplicationKind.ShareReturn:
                GiveBackShare(asked.AppliedByUnit, at);
                break;
            case ApplicationKind.ReturnUp:
                UnitId = charge.Centre;
                break;
            case ApplicationKind.Exclusion:
                IsExcluded = true;
                break;
            case ApplicationKind.Extension:
                Extensions++;
                Prolong(before);
                break;
            case ApplicationKind.AddHandler:
                AddHelpers(charge, at);
                break;
            case ApplicationKind.Hold:
                Overlays &= ~OrderOverlay.Paused;
                break;
            case ApplicationKind.Appeal:
                PutRight(StepDetails.Read(asked.Details), asked.AppliedBy, at);
                break;
            case ApplicationKind.Refuse or ApplicationKind.Cancel:
                break;    // the move itself is the effect
        }
    }

    /// <summary>退单: all shares end; the order is the Centre's, or another unit's at once.</summary>
    private void GiveBack(Charge charge, bool isTransfer, DateTimeOffset at)
    {
        Live.ToList().ForEach(a => a.GiveBack(at));
        Lapse(at, k => k is ApplicationKind.AddHandler or ApplicationKind.ShareReturn or ApplicationKind.Extension or ApplicationKind.Hold);
        (UnitId, Returns, SubmittedAt) = (charge.Centre, Returns + 1, null);
        if (isTransfer)
        {
            Dispatches++;
            Hand(charge, at);
        }
    }

    /// <summary>A helper leaves, with what it had handed down; the lead goes on, and no reply waits for it any more.</summary>
    private void GiveBackShare(Guid unit, DateTimeOffset at)
    {
        if (LiveShareOf(unit) is { Role: not AssignmentRole.Lead } share)
        {
            Below(share).ToList().ForEach(a => a.GiveBack(at));
            share.GiveBack(at);
        }
    }

    private IEnumerable<Assignment> Below(Assignment share) => Live.Where(a => a.ParentId == share.Id).SelectMany(a => Below(a).Prepend(a));

    /// <summary>延期: the lead's deadline is the new one; helpers and children have the same time more.</summary>
    private void Prolong(DateTimeOffset? before)
    {
        if (before is { } old && (DueAt ?? StoppedDueAt) is { } due)
        {
            foreach (var share in Live.Where(a => a.State != AssignmentState.Replied))
            {
                share.DueAt = share.Role == AssignmentRole.Lead ? due : share.DueAt + (due - old);
            }
        }
    }

    /// <summary>申诉成立: the answers that were claimed count instead of those that were heard.</summary>
    private void PutRight(StepDetails claimed, Guid by, DateTimeOffset at)
    {
        (Contacted, Solved) = (claimed.Contacted ?? Contacted, claimed.Solved ?? Solved);
        Satisfied = claimed.Satisfied is { } word ? Enum.GetValues<Satisfaction>().Single(s => s.Name() == word) : Satisfied;
        Raise(new CallbackAnswered(Guid.CreateVersion7(), at, Id, UnitId, Round, false, Contacted, Solved, Satisfied?.Name(), null, by));
    }

    private static OrderOverlay OverlayOf(ApplicationKind kind) => kind switch
    {
        ApplicationKind.Return => OrderOverlay.ReturnApplied,
        ApplicationKind.ReturnUp => OrderOverlay.ReturnUpApplied,
        ApplicationKind.Refuse => OrderOverlay.RefuseApplied,
        ApplicationKind.Cancel => OrderOverlay.CancelApplied,
        ApplicationKind.Exclusion => OrderOverlay.ExclusionApplied,
        ApplicationKind.Extension => OrderOverlay.ExtensionApplied,
        ApplicationKind.Hold => OrderOverlay.HoldApplied,
        ApplicationKind.Appeal => OrderOverlay.Appealed,
        ApplicationKind.AddHandler => OrderOverlay.AddHandlerApplied,
        ApplicationKind.ShareReturn => OrderOverlay.ShareReturnApplied,
        ApplicationKind.Objection => OrderOverlay.ObjectionApplied,
    };
}
