using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Actions;
using Jiesu.Platform;

namespace Jiesu.Orders.Features.Callbacks;

/// <summary>回访三问: contacted, solved, satisfied: all three, or none and a reason why the caller was not reached (hotline guide 7.3).</summary>
internal static class ThreeAnswers
{
    private static readonly string[] Names = [Carry.Contacted, Carry.Solved, Carry.Satisfied];

    /// <summary>Names what is missing; null when there are three, or none with a reason.</summary>
    public static Error? Refuses(Attempt attempt)
    {
        var missing = Names.Where(n => !OrderField.Of(n).IsIn(attempt.Asked)).ToArray();
        var isReached = missing.Length < Names.Length;
        return missing.Length == 0 || (!isReached && attempt.Asked.ReasonCode is { Length: > 0 }) ? null : Carried.Lacks(missing);
    }

    /// <summary>CBF says that nobody was reached, UNS and RWK say what was unmet; a contented answer needs neither.</summary>
    public static Error? RefusesReason(Attempt attempt)
    {
        if (attempt.Deed.ReasonCode is not { } code)
        {
            return null;
        }

        var saysNotReached = attempt.Policy.Catalogue.FindReason(code)!.Kind == ReasonKinds.NotReached;
        var fits = attempt.Answers is { } answers ? !saysNotReached && !answers.IsContent : saysNotReached;
        return fits ? null : OrderErrors.ReasonUnsuitable();
    }
}

/// <summary>预回访 (T23): passes when solved and not dissatisfied, unless the caller's agent decides otherwise; not reached needs a decision.</summary>
internal sealed class CallBeforehand() : OrderVerb(OrderAction.PreCallback)
{
    public override Result<OrderStep> Choose(Attempt attempt, IReadOnlyList<OrderStep> open)
    {
        if (ThreeAnswers.Refuses(attempt) is { } refusal)
        {
            return refusal;
        }

        return attempt is { Answers: { } answers, Asked.Decision: null }
            ? open.Single(s => s.IsApproval() == answers.IsContent)
            : base.Choose(attempt, open);
    }

    public override Result<Done> Do(Attempt attempt, OrderStep step) =>
        ThreeAnswers.RefusesReason(attempt) is { } refusal ? refusal : attempt.Order.PreCallback(step, attempt.Answers, attempt.Deed);
}

/// <summary>
/// 回访结果 (T26): contented answers close the order, others send it to rework as often as the setting allows. A caller who is not reached
/// is tried again; after the last attempt the order closes without a valid callback.
/// </summary>
internal sealed class CallBack() : OrderVerb(OrderAction.CallbackResult)
{
    public override Result<OrderStep> Choose(Attempt attempt, IReadOnlyList<OrderStep> open) =>
        ThreeAnswers.Refuses(attempt) is { } refusal ? refusal : open.Single(s => s.Outcome == OutcomeOf(attempt));

    public override Result<Done> Do(Attempt attempt, OrderStep step) =>
        ThreeAnswers.RefusesReason(attempt) is { } refusal ? refusal : attempt.Order.CallbackResult(step, attempt.Answers, attempt.Deed);

    private static OrderOutcome OutcomeOf(Attempt attempt)
    {
        var (order, settings) = (attempt.Order, attempt.Policy.Settings);
        return attempt.Answers switch
        {
            null => order.CallbackAttempts + 1 < settings.CallbackAttempts ? OrderOutcome.NotReached : OrderOutcome.GivenUp,
            { IsContent: true } => OrderOutcome.Content,
            _ => order.Reworks < settings.MostReworks ? OrderOutcome.Discontent : OrderOutcome.Exhausted,
        };
    }
}
