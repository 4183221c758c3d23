using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Applications;
using Jiesu.Platform;
using Jiesu.Platform.Events;
using Microsoft.EntityFrameworkCore;
using static Jiesu.Orders.Domain.OrderAction;
using static Jiesu.Orders.Domain.OrderOutcome;

namespace Jiesu.Orders.Features.Notices;

/// <summary>
/// 通知有关人员: after each step, whoever must act next. New shares, whistles, supervisions and applications are told by their rows, which bear the time of the
/// step; the rest by the table.
/// </summary>
internal sealed class TellPeople(JiesuDb db, NoticeWriter writer) : IEventHandler<OrderMoved>
{
    /// <summary>PostgreSQL keeps microseconds, events keep more.</summary>
    private static readonly TimeSpan Blur = TimeSpan.FromMilliseconds(1);

    /// <summary>Told to whoever goes on with the order, or to holders of the permission at the accountable unit.</summary>
    private sealed record Rule(OrderAction Action, OrderOutcome? Outcome, NoticeKind Kind, string? Permission = null);

    private static readonly ILookup<(string, string?), Rule> Rules = new Rule[]
    {
        new(SubmitReply, null, NoticeKind.Review),
        new(PreCallback, Approve, NoticeKind.Review),
        new(UnitReview, Reject, NoticeKind.Returned),
        new(PreCallback, Reject, NoticeKind.Returned),
        new(FinalReview, Reject, NoticeKind.Returned),
        new(OrderAction.DecideReturn, Approve, NoticeKind.Returned),
        new(OrderAction.Objection, Approve, NoticeKind.Returned),
        new(CityReject, null, NoticeKind.Returned),
        new(CallbackResult, Discontent, NoticeKind.Returned),
        new(Urge, null, NoticeKind.Urge),
        new(Instruct, null, NoticeKind.Instruction),
        new(SuperviseReview, Reject, NoticeKind.Supervision, Permissions.AnswerSupervision),
        new(OrderAction.Merge, null, NoticeKind.Merged, Permissions.SubmitReply),
        new(OrderAction.Merge, Absorb, NoticeKind.Merged, Permissions.SubmitReply),
    }.ToLookup(r => (r.Action.Wire(), r.Outcome?.ToString()));

    public async Task HandleAsync(IReadOnlyList<OrderMoved> events, CancellationToken ct)
    {
        var ids = events.Select(e => e.OrderId).Distinct().ToArray();
        var shares = await db.Set<Assignment>().AsNoTracking().Where(a => ids.Contains(a.OrderId) && a.EndedAt == null && a.State == AssignmentState.PendingSign).ToListAsync(ct);
        var whistles = await db.Set<Domain.Whistle>().AsNoTracking().Where(w => ids.Contains(w.OrderId) && w.EndedAt == null).ToListAsync(ct);
        var supervisions = await db.Set<Domain.Supervision>().AsNoTracking().Where(s => ids.Contains(s.OrderId) && s.ClosedAt == null).ToListAsync(ct);
        var applications = await db.Set<Application>().AsNoTracking().Where(a => ids.Contains(a.OrderId)).ToListAsync(ct);
        await writer.WriteAsync(
            [
                .. events.SelectMany(e => Rules[(e.Action, e.Outcome)].Select(r => CallOf(e, r))),
                .. Match(events, shares.Where(a => a.Role != AssignmentRole.Whistle), a => a.OrderId, a => a.AssignedAt, (e, a) => new(e.OrderId, NoticeKind.Sign, e.At, a.UnitId, Permissions.Sign)),
                .. Match(events, whistles, w => w.OrderId, w => w.BlownAt, (e, w) => new(e.OrderId, NoticeKind.Whistle, e.At, w.UnitId, Permissions.ReportIn)),
                .. Match(events, supervisions, s => s.OrderId, s => s.IssuedAt, (e, s) => new(e.OrderId, NoticeKind.Supervision, e.At, s.UnitId, Permissions.AnswerSupervision)),
                .. Match(events, applications.Where(a => a.IsOpen), a => a.OrderId, a => a.AppliedAt, ToDecide),
                .. events.Where(IsForward).SelectMany(e => applications.Where(a => a.OrderId == e.OrderId && a.IsOpen && a.Level > 0 && Approvals.DecidedBy(a.Kind).Wire() == e.Action).Select(a => ToDecide(e, a))),
                .. Match(events, applications.Where(a => a.IsApproved is not null), a => a.OrderId, a => a.DecidedAt!.Value, (e, a) => new(e.OrderId, NoticeKind.Decision, e.At, null, null) { Person = a.AppliedBy }),
            ],
            ct);
    }

    private static NoticeCall? CallOf(OrderMoved e, Rule rule) => rule.Permission is { } permission
        ? new(e.OrderId, rule.Kind, e.At, e.UnitId, permission)
        : NoticeCall.ToNext(e.OrderId, rule.Kind, e.At, Enum.Parse<OrderState>(e.State), e.UnitId);

    /// <summary>Nobody decides on an own application.</summary>
    private static NoticeCall ToDecide(OrderMoved e, Application a) =>
        new(e.OrderId, NoticeKind.Application, e.At, null, Approvals.DecidesOn(a.Kind)) { IsFor = a.IsFor, Except = a.AppliedBy };

    private static bool IsForward(OrderMoved e) => e.Outcome is nameof(Forward) or nameof(ForwardUp) or nameof(ForwardShare);

    private static IEnumerable<NoticeCall> Match<T>(
        IReadOnlyList<OrderMoved> events, IEnumerable<T> rows, Func<T, OrderId> order, Func<T, DateTimeOffset> at, Func<OrderMoved, T, NoticeCall> call) =>
        rows.SelectMany(row => events.Where(e => e.OrderId == order(row) && (e.At - at(row)).Duration() < Blur).Take(1).Select(e => call(e, row)));
}
