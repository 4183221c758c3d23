using System.ComponentModel.DataAnnotations;
using Jiesu.Evaluation.Domain;
using Jiesu.Identity.Contracts;
using Jiesu.Platform;

namespace Jiesu.Evaluation.Features.Policy;

/// <summary>调整考核期: another last day or another window of 办结量 for a period that is not over; the next period begins the day after, so no order falls between two.</summary>
public static class MovePeriod
{
    private const int LongestLead = 60;

    /// <summary>What was typed.</summary>
    public sealed record Form
    {
        public string? Code { get; init; }
        public string? LastDay { get; init; }
        public string? ClosedFirstDay { get; init; }
        public string? Reason { get; init; }

        internal Request ToRequest() => new() { Code = Code, LastDay = Typed.Day(LastDay), ClosedFirstDay = Typed.Day(ClosedFirstDay), Reason = Reason };
    }

    internal sealed record Request : IRequest
    {
        [Required(ErrorMessage = "请选择考核期。")]
        public string? Code { get; init; }

        [Required(ErrorMessage = "请选择截止日期。")]
        public DateOnly? LastDay { get; init; }

        /// <summary>办结窗口起始; that of the period where absent.</summary>
        public DateOnly? ClosedFirstDay { get; init; }

        [Required(ErrorMessage = "请填写调整原因。"), MaxLength(200, ErrorMessage = "调整原因最多 200 字。")]
        public string? Reason { get; init; }
    }

    internal sealed class Handler(JiesuDb db, IAuditLog audit, TimeProvider clock)
    {
        public async Task<Result<Done>> HandleAsync(Request request, Actor actor, CancellationToken ct)
        {
            if (Shape.Refuses(request) is { } refusal)
            {
                return refusal;
            }

            var table = await db.PeriodsAsync(ct);
            if (table.Find(request.Code!) is not { } period)
            {
                return EvaluationErrors.UnknownPeriod() with { Kind = ErrorKind.Unprocessable };
            }

            var (next, last, closedFirst) = (table.After(period), request.LastDay!.Value, request.ClosedFirstDay ?? period.FirstDay);
            if (Refuses(period, next, last, closedFirst) is { } wrong)
            {
                return wrong;
            }

            db.Add(Revise(period, period.FirstDay, last, closedFirst, request.Reason!, actor));
            if (next is not null && next.FirstDay != last.AddDays(1))
            {
                var first = last.AddDays(1);
                db.Add(Revise(next, first, next.LastDay, next.ClosedFirstDay == next.FirstDay ? first : next.ClosedFirstDay, request.Reason!, actor));
            }

            audit.Record(actor, "evaluation.move-period", $"period/{period.Code}", $"{period.LastDay:yyyy-MM-dd} → {last:yyyy-MM-dd}");
            return await db.TrySaveAsync(ct) ? default(Done) : EvaluationErrors.Changed();
        }

        private Error? Refuses(AssessmentPeriod period, AssessmentPeriod? next, DateOnly last, DateOnly closedFirst)
        {
            var today = clock.Today();
            return period.IsOver(today) ? EvaluationErrors.PeriodOver()
                : last < today || last < period.FirstDay || last >= next?.LastDay ? EvaluationErrors.PeriodEnd()
                : closedFirst > last || closedFirst < period.FirstDay.AddDays(-LongestLead) ? EvaluationErrors.ClosedWindow()
                : null;
        }

        private AssessmentPeriod Revise(AssessmentPeriod period, DateOnly first, DateOnly last, DateOnly closedFirst, string reason, Actor actor) => new()
        {
            Code = period.Code,
            Revision = period.Revision + 1,
            FirstDay = first,
            LastDay = last,
            ClosedFirstDay = closedFirst,
            Reason = reason,
            AuthorId = actor.PersonId,
            CreatedAt = clock.GetUtcNow(),
        };
    }
}
