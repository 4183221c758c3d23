using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Actions;
using Jiesu.Platform;

namespace Jiesu.Orders.Features.Review;

/// <summary>单位审核 (T22): by a reviewer of the lead; back means the same deadline.</summary>
internal sealed class ReviewInUnit() : OrderVerb(OrderAction.UnitReview)
{
    public override Error? Bars(Standing standing, OrderStep step) => standing.IsOfLead ? null : OrderErrors.NotLead(standing.Order.State);

    public override Result<Done> Do(Attempt attempt, OrderStep step) => attempt.Order.UnitReview(step, attempt.Deed);
}

/// <summary>终审 (T24): where the order came from says who calls back: the district after a local one, the city after the others.</summary>
internal sealed class ReviewFinally() : OrderVerb(OrderAction.FinalReview)
{
    public override Error? Bars(Standing standing, OrderStep step)
    {
        var other = standing.Order.OriginType == OriginType.Local ? OrderOutcome.ApproveCity : OrderOutcome.ApproveLocal;
        return step.Outcome == other ? OrderErrors.NotNow(standing.Order.State) : null;
    }

    public override Result<Done> Do(Attempt attempt, OrderStep step) => attempt.Order.FinalReview(step, attempt.Deed);
}
