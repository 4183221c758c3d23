using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Actions;
using Jiesu.Platform;

namespace Jiesu.Orders.Features.Handling;

/// <summary>签收 (T08): the acting unit signs its own share; the lead's moves the order.</summary>
internal sealed class SignOrder() : OrderVerb(OrderAction.Sign)
{
    public override Error? Bars(Standing standing, OrderStep step) =>
        HeldShare.Bars(standing, AssignmentState.PendingSign)
        ?? ((standing.Share!.Role == AssignmentRole.Lead) == (step.Outcome is null) ? null : OrderErrors.NotNow(standing.Order.State));

    public override Result<Done> Do(Attempt attempt, OrderStep step) => attempt.Order.Sign(step, attempt.Share!, attempt.Deed);
}

/// <summary>联系诉求人 (T13): by whoever holds a share.</summary>
internal sealed class ContactCaller() : OrderVerb(OrderAction.Contact)
{
    public override Error? Bars(Standing standing, OrderStep step) => HeldShare.Bars(standing);

    public override Result<Done> Do(Attempt attempt, OrderStep step) => attempt.Order.Contact(step, attempt.Deed);
}

/// <summary>提交回复 (T21): the reply of the lead, or the last one of its children, brings the order to the unit's review; any other answers for its own share.</summary>
internal sealed class SubmitReply() : OrderVerb(OrderAction.SubmitReply)
{
    public override Error? Bars(Standing standing, OrderStep step)
    {
        if (HeldShare.Bars(standing) is { } refusal)
        {
            return refusal;
        }

        var isLead = standing.Share!.Role == AssignmentRole.Lead;
        var mayBe = step.Outcome is null ? isLead || standing.Order.IsLastReply(standing.Share) : !isLead;
        return mayBe ? null : OrderErrors.NotNow(standing.Order.State);
    }

    public override Result<OrderStep> Choose(Attempt attempt, IReadOnlyList<OrderStep> open) => open.FirstOrDefault(s => s.Outcome is null) ?? open[0];

    public override Result<Done> Do(Attempt attempt, OrderStep step) => attempt.Order.SubmitReply(step, attempt.Share!, attempt.Deed);
}

/// <summary>催办 (T30): counted; changes nothing else.</summary>
internal sealed class UrgeOrder() : OrderVerb(OrderAction.Urge)
{
    public override Result<Done> Do(Attempt attempt, OrderStep step) => attempt.Order.Urge(step, attempt.Deed);
}
