using Jiesu.Identity.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Forms;
using Jiesu.Platform;

namespace Jiesu.Orders.Features.Actions;

/// <summary>操作: guard, words, deed. Pure: an order and the rules in, a changed order or a refusal out.</summary>
internal static class Act
{
    public static Result<Done> Try(Attempt attempt)
    {
        attempt = ReplyForm.Join(attempt);
        var verb = OrderVerbs.Of(attempt.Action);
        var judged = OrderGuard.Judge(attempt, verb);
        if (judged.Error is { } refusal)
        {
            return refusal;
        }

        var understood = Understand(attempt);
        return understood.Error is { } unknown ? unknown : verb.Do(understood.Value, judged.Value);
    }

    /// <summary>Codes end here; inside, a unit is its Guid, and a reason is one that fits the action.</summary>
    private static Result<Attempt> Understand(Attempt attempt)
    {
        var (asked, policy) = (attempt.Asked, attempt.Policy);
        UnitView? proposed = null;
        if (asked.ProposedUnit is { Length: > 0 } code && (proposed = policy.Units.Find(code)) is null)
        {
            return OrderErrors.UnknownUnit(Carry.ProposedUnit);
        }

        if (asked.ReasonCode is { Length: > 0 } reason)
        {
            if (policy.Catalogue.FindReason(reason) is not { } known)
            {
                return OrderErrors.UnknownReason();
            }

            if (!ReasonKinds.For(attempt.Action).Contains(known.Kind))
            {
                return OrderErrors.ReasonUnsuitable();
            }
        }

        var className = asked.ClassL3 is { Length: > 0 } name ? policy.Catalogue.FindClass(name) : null;
        if (asked.ClassL3 is { Length: > 0 } && className is null)
        {
            return OrderErrors.UnknownClass();
        }

        if (asked.Attachments?.All(a => Guid.TryParse(a, out var file) && attempt.Files.Contains(file)) == false)
        {
            return OrderErrors.UnknownAttachment();
        }

        var form = ReplyForm.Read(attempt);
        if (form.Error is { } wrong)
        {
            return wrong;
        }

        var deed = attempt.Deed with
        {
            Note = First(asked.Note, asked.Opinion, asked.Reason),
            ReasonCode = First(asked.ReasonCode),
            Details = new StepDetails
            {
                ProposedUnit = proposed?.Id,
                ClassCode = className?.Code,
                Contacted = asked.Contacted,
                Solved = asked.Solved,
                Satisfied = asked.Satisfied,
                Reason = First(asked.Reason),
                Basis = First(asked.Basis),
                Opinion = First(asked.Opinion),
                Result = First(asked.Result),
                Attachments = asked.Attachments is { Count: > 0 } files ? files : null,
                Until = asked.Until?.ToUniversalTime(),
                Form = form.Value,
            },
        };
        return attempt with { Deed = deed };
    }

    private static string? First(params IEnumerable<string?> texts) => texts.FirstOrDefault(t => !string.IsNullOrWhiteSpace(t));
}
