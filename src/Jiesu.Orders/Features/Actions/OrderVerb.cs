using Jiesu.Orders.Domain;
using Jiesu.Platform;

namespace Jiesu.Orders.Features.Actions;

/// <summary>操作规则: what the table cannot say about an action: which of its rows is meant, who of those permitted, and what follows. Pure.</summary>
internal abstract class OrderVerb(params IReadOnlyList<OrderAction> actions)
{
    public IReadOnlyList<OrderAction> Actions { get; } = actions;

    /// <summary>Why this person may not take this row of the order now; null when nothing stands against it. Decides what is offered, too.</summary>
    public virtual Error? Bars(Standing standing, OrderStep step) => null;

    /// <summary>Which of the open rows is meant: by the decision, where there is one.</summary>
    public virtual Result<OrderStep> Choose(Attempt attempt, IReadOnlyList<OrderStep> open)
    {
        if (open.Count == 1)
        {
            return open[0];
        }

        bool? verdict = attempt.Asked.Decision switch { "approve" => true, "reject" => false, _ => null };
        return verdict is null ? Carried.Lacks(Carry.Decision)
            : open.FirstOrDefault(s => s.Verdict() == verdict) is { } meant ? meant
            : OrderErrors.NotNow(attempt.Order.State);
    }

    public abstract Result<Done> Do(Attempt attempt, OrderStep step);
}

/// <summary>An action about which the table says everything.</summary>
internal sealed class PlainVerb(params IReadOnlyList<OrderAction> actions) : OrderVerb(actions)
{
    public override Result<Done> Do(Attempt attempt, OrderStep step) => attempt.Order.Take(step, attempt.Deed);
}
