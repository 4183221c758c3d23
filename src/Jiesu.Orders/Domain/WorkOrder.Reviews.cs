using Jiesu.Orders.Contracts;
using Jiesu.Platform;

namespace Jiesu.Orders.Domain;

/// <summary>回访三问: the answers of the caller, all three or none.</summary>
internal sealed record CallerAnswers(bool Contacted, bool Solved, Satisfaction Satisfied)
{
    /// <summary>Solved, and not dissatisfied.</summary>
    public bool IsContent => Solved && Satisfied != Satisfaction.Dissatisfied;
}

/// <summary>审核与回访: whether the reply goes on or back to the unit.</summary>
internal sealed partial class WorkOrder
{
    /// <summary>单位审核 (T22).</summary>
    public Result<Done> UnitReview(OrderStep step, Deed deed) => Move(step, deed, () =>
    {
        if (step.Outcome == OrderOutcome.Approve)
        {
            ReplyText = deed.Details.Result ?? ReplyText;
            LiveLead!.Reply(LiveLead.RepliedAt ?? SubmittedAt ?? deed.At, ReplyText);
        }
        else
        {
            HandleAgain();
        }
    });

    /// <summary>预回访 (T23): the answers stay in the history; the score takes the callback's.</summary>
    public Result<Done> PreCallback(OrderStep step, CallerAnswers? answers, Deed deed) => Move(step, deed, () =>
    {
        Raise(Answered(answers, isPreCallback: true, deed));
        if (step.Outcome == OrderOutcome.Reject)
        {
            HandleAgain();
        }
    });

    /// <summary>终审 (T24): approving stops the clock at the moment of submission; being late is decided then, once.</summary>
    public Result<Done> FinalReview(OrderStep step, Deed deed) => Move(step, deed, () =>
    {
        if (step.Outcome == OrderOutcome.Reject)
        {
            HandleAgain();
        }
        else
        {
            ReplyText = deed.Details.Result ?? ReplyText;
        }
    });

    /// <summary>回访结果 (T26): answers make the callback valid; a caller who is not reached makes an attempt.</summary>
    public Result<Done> CallbackResult(OrderStep step, CallerAnswers? answers, Deed deed) => Move(step, deed, () =>
    {
        CallbackAttempts++;
        HasValidCallback = answers is not null;
        (Contacted, Solved, Satisfied) = (answers?.Contacted, answers?.Solved, answers?.Satisfied);
        Reworks += step.Outcome == OrderOutcome.Discontent ? 1 : 0;
        Raise(Answered(answers, isPreCallback: false, deed));
    });

    /// <summary>催办 (T30).</summary>
    public Result<Done> Urge(OrderStep step, Deed deed) => Move(step, deed, () => Urges++);

    /// <summary>驳回: the lead handles again and so do its children, with the same deadline.</summary>
    private void HandleAgain()
    {
        foreach (var share in Live.Where(a => a.State == AssignmentState.Replied && (a == LiveLead || a.ParentId == LiveLead?.Id)))
        {
            share.HandleAgain();
        }
    }

    private CallbackAnswered Answered(CallerAnswers? answers, bool isPreCallback, Deed deed) => new(
        Guid.CreateVersion7(), deed.At, Id, UnitId, Round, isPreCallback, answers?.Contacted, answers?.Solved, answers?.Satisfied.Name(), deed.ReasonCode, deed.Actor.PersonId);
}
