using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Actions;
using Jiesu.Orders.Features.Dispatch;
using Jiesu.Platform;

namespace Jiesu.Orders.Features.Supervision;

/// <summary>督办 (T31): of the accountable unit, or of the units named.</summary>
internal sealed class SuperviseOrder() : OrderVerb(OrderAction.Supervise)
{
    private const string Ordinary = "一般";

    public override Result<Done> Do(Attempt attempt, OrderStep step)
    {
        if (attempt.Asked.Until is not { } until || until <= attempt.At)
        {
            return OrderErrors.UntilPast();
        }

        List<Guid> units = [];
        foreach (var (i, code) in (attempt.Asked.CoUnits ?? []).Index())
        {
            if (attempt.Policy.Units.Find(code) is not { } unit)
            {
                return OrderErrors.UnknownUnit($"{Carry.CoUnits}[{i}]");
            }

            units.Add(unit.Id);
        }

        return attempt.Order.Supervise(step, units.Count == 0 ? [attempt.Order.UnitId] : [.. units.Distinct()], attempt.Asked.Level ?? Ordinary, until.ToUniversalTime(), attempt.Deed);
    }
}

/// <summary>督办反馈, 督办退回申请 (T31): by the unit that is under supervision.</summary>
internal sealed class AnswerSupervision() : OrderVerb(OrderAction.SuperviseFeedback, OrderAction.SuperviseReturn)
{
    public override Error? Bars(Standing standing, OrderStep step) =>
        standing.Order.OpenSupervisionOf(standing.Actor.UnitId) is { IsAnswered: false } ? null : OrderErrors.NotSupervised(standing.Order.State);

    public override Result<Done> Do(Attempt attempt, OrderStep step) => attempt.Order.AnswerSupervision(
        step, attempt.Order.OpenSupervisionOf(attempt.Actor.UnitId)!,
        step.Action == OrderAction.SuperviseReturn ? SupervisionState.ReturnApplied : SupervisionState.PendingReview, attempt.Deed);
}

/// <summary>督办审核 (T31): of the unit named, else of the one that answered first.</summary>
internal sealed class ReviewSupervision() : OrderVerb(OrderAction.SuperviseReview)
{
    public override Error? Bars(Standing standing, OrderStep step) =>
        Answered(standing, null) is not { } supervision ? OrderErrors.NothingToReview(standing.Order.State)
        : step.IsApproval() && standing is not Attempt && standing.Order.IsLastSupervision(supervision) != (step.Outcome == OrderOutcome.Complete) ? OrderErrors.NotNow(standing.Order.State)
        : null;

    public override Result<OrderStep> Choose(Attempt attempt, IReadOnlyList<OrderStep> open)
    {
        if (attempt.Asked.Decision is null)
        {
            return Carried.Lacks(Carry.Decision);
        }

        if (Answered(attempt, attempt.Asked.Lead) is not { } supervision)
        {
            return OrderErrors.NothingToReview(attempt.Order.State);
        }

        var wanted = attempt.Asked.Decision == "reject" ? OrderOutcome.Reject : attempt.Order.IsLastSupervision(supervision) ? OrderOutcome.Complete : OrderOutcome.Approve;
        return open.FirstOrDefault(s => s.Outcome == wanted) is { } row ? row : OrderErrors.NotNow(attempt.Order.State);
    }

    public override Result<Done> Do(Attempt attempt, OrderStep step) => attempt.Order.ReviewSupervision(step, Answered(attempt, attempt.Asked.Lead)!, attempt.Deed);

    private static Domain.Supervision? Answered(Standing standing, string? code) => standing.Order.Supervisions
        .Where(s => s.IsOpen && s.IsAnswered && (code is not { Length: > 0 } || standing.Policy.Units.Find(code)?.Id == s.UnitId)).MinBy(s => s.FeedbackAt);
}

/// <summary>提级办 (T32): by a leader of the unit that leads, or of the district.</summary>
internal sealed class EscalateOrder() : OrderVerb(OrderAction.Escalate)
{
    public override Error? Bars(Standing standing, OrderStep step) =>
        standing.IsOfLead || standing.Actor.UnitId == standing.Policy.Units.Centre.Id || standing.Actor.Units is null ? null : OrderErrors.NotLead(standing.Order.State);

    public override Result<Done> Do(Attempt attempt, OrderStep step) => attempt.Order.Take(step, attempt.Deed);
}

/// <summary>外部质检 (T38): what was found undone is handled again, by the unit that closed it.</summary>
internal sealed class CheckInField() : OrderVerb(OrderAction.FieldCheck)
{
    public override Error? Bars(Standing standing, OrderStep step) =>
        step.Outcome == OrderOutcome.FalseClose && standing.Order.Dispatches == 0 ? OrderErrors.NeverDispatched(standing.Order.State) : null;

    public override Result<OrderStep> Choose(Attempt attempt, IReadOnlyList<OrderStep> open) =>
        open.FirstOrDefault(s => (s.Outcome == OrderOutcome.FalseClose) == (attempt.Asked.Solved == false)) is { } row ? row : OrderErrors.NeverDispatched(attempt.Order.State);

    public override Result<Done> Do(Attempt attempt, OrderStep step) => attempt.Order.CheckInField(
        step, step.Outcome == OrderOutcome.FalseClose ? new(attempt.Order.UnitId, [], attempt.Starts(Round.LimitOf(attempt)), null) : null, attempt.Deed);
}
