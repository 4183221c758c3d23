using Jiesu.Platform;

namespace Jiesu.Orders.Domain;

/// <summary>派件: what a unit does with its own share. The lead's share moves the order, a helper's or a child's does not.</summary>
internal sealed partial class WorkOrder
{
    /// <summary>The shares that are not over; there is at most one of a unit.</summary>
    public IEnumerable<Assignment> Live => _assignments.Where(a => a.IsLive);

    /// <summary>主办派件.</summary>
    public Assignment? LiveLead => Live.SingleOrDefault(a => a.Role == AssignmentRole.Lead);

    public Assignment? LiveShareOf(Guid unit) => Live.SingleOrDefault(a => a.UnitId == unit);

    /// <summary>With this reply all children of the lead have replied, and the lead has not: the order goes on to the review.</summary>
    public bool IsLastReply(Assignment share) => LiveLead is { State: AssignmentState.Handling } lead && share.ParentId == lead.Id
        && Live.Where(a => a.ParentId == lead.Id && a != share).All(a => a.State == AssignmentState.Replied);

    /// <summary>签收 (T08).</summary>
    public Result<Done> Sign(OrderStep step, Assignment share, Deed deed) => Move(step, deed, () => share.Sign(deed.At));

    /// <summary>下派 (T11): offices and communities below the acting unit, each with a deadline inside the unit's own.</summary>
    public Result<Done> SubDispatch(OrderStep step, Assignment parent, Charge charge, DateTimeOffset? dueAt, Deed deed)
    {
        var handed = deed with { Details = deed.Details with { Lead = charge.Lead, CoUnits = charge.CoUnits.Count == 0 ? null : charge.CoUnits } };
        return Move(step, handed, () => _assignments.AddRange(charge.CoUnits.Prepend(charge.Lead).Select(unit => new Assignment
        {
            OrderId = Id,
            ParentId = parent.Id,
            Round = Round,
            UnitId = unit,
            Role = AssignmentRole.Sub,
            AssignedAt = deed.At,
            SignDueAt = charge.SignDueAt,
            DueAt = dueAt,
            Limit = parent.Limit,
        })));
    }

    /// <summary>联系诉求人 (T13): the first contact that was made counts for the response.</summary>
    public Result<Done> Contact(OrderStep step, Deed deed) => Move(step, deed, () =>
    {
        if (deed.Details.Contacted != false)
        {
            FirstContactAt ??= deed.At;
        }
    });

    /// <summary>提交回复 (T21): by the lead, or the last of its children, it brings the order to the review.</summary>
    public Result<Done> SubmitReply(OrderStep step, Assignment share, Deed deed) => Move(step, deed, () =>
    {
        share.Reply(deed.At, deed.Details.Result);
        if (step.To == OrderState.PendingUnitReview)
        {
            SubmittedAt = deed.At;
            ReplyText = share.Role == AssignmentRole.Lead ? share.ReplyText : string.Join('\n', Live.Where(a => a.ParentId == LiveLead!.Id).Select(a => a.ReplyText));
        }
    });
}
