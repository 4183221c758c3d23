using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Actions;
using Jiesu.Platform;

namespace Jiesu.Orders.Features.Applications;

/// <summary>两人操作: one person applies, another decides. Which row is an application and which a decision, the overlays of the table say.</summary>
internal abstract class TwoPersonVerb(params IReadOnlyList<OrderAction> actions) : OrderVerb(actions)
{
    public sealed override Error? Bars(Standing standing, OrderStep step) =>
        step.Closes is null ? BarsApplying(standing)
        : standing.Order.OpenApplication(KindOf(step))?.AppliedBy == standing.Actor.PersonId ? OrderErrors.SamePerson()
        : null;

    public sealed override Result<Done> Do(Attempt attempt, OrderStep step)
    {
        var kind = KindOf(step);
        return step.Closes is null
            ? attempt.Order.Apply(step, kind, attempt.Deed)
            : attempt.Order.Decide(step, kind, attempt.Policy.Units.Centre.Id, attempt.Deed);
    }

    protected abstract ApplicationKind KindOf(OrderStep step);

    /// <summary>Why this person may not apply now.</summary>
    protected virtual Error? BarsApplying(Standing standing) => null;
}

/// <summary>不予受理 (T04).</summary>
internal sealed class RefuseOrder() : TwoPersonVerb(OrderAction.Refuse)
{
    protected override ApplicationKind KindOf(OrderStep step) => ApplicationKind.Refuse;
}

/// <summary>撤单 (T34): withdrawn by the caller.</summary>
internal sealed class CancelOrder() : TwoPersonVerb(OrderAction.Cancel)
{
    protected override ApplicationKind KindOf(OrderStep step) => ApplicationKind.Cancel;
}

/// <summary>剔除 (T28): leaves the denominators; history and state stay.</summary>
internal sealed class ExcludeOrder() : TwoPersonVerb(OrderAction.Exclusion)
{
    protected override ApplicationKind KindOf(OrderStep step) => ApplicationKind.Exclusion;

    protected override Error? BarsApplying(Standing standing) =>
        standing.Order.IsExcluded ? OrderErrors.AlreadyExcluded(standing.Order.State)
        : standing.IsOfLead ? null : OrderErrors.NotLead(standing.Order.State);
}
