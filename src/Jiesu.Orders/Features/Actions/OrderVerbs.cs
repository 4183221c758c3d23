using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Applications;
using Jiesu.Orders.Features.Callbacks;
using Jiesu.Orders.Features.Dispatch;
using Jiesu.Orders.Features.Handling;
using Jiesu.Orders.Features.Joint;
using Jiesu.Orders.Features.Merge;
using Jiesu.Orders.Features.Review;
using Jiesu.Orders.Features.Stops;
using Jiesu.Orders.Features.SubDispatch;
using Jiesu.Orders.Features.Supervision;
using Jiesu.Orders.Features.Timers;

namespace Jiesu.Orders.Features.Actions;

/// <summary>全部操作规则: one line a verb. What stands in no line has nothing to say beyond the table.</summary>
internal static class OrderVerbs
{
    private static readonly PlainVerb Plain = new();

    private static readonly Dictionary<OrderAction, OrderVerb> All = new OrderVerb[]
    {
        new AcceptOrder(),
        new AnswerOrder(),
        new DispatchOrder(),
        new ReworkOrder(),
        new ReopenOrder(),
        new SignOrder(),
        new ContactCaller(),
        new SubDispatchOrder(),
        new SubmitReply(),
        new ReviewInUnit(),
        new ReviewFinally(),
        new CallBeforehand(),
        new CallBack(),
        new UrgeOrder(),
        new ReturnOrder(),
        new ReturnUp(),
        new DecideReturn(),
        new RefuseOrder(),
        new ExcludeOrder(),
        new CancelOrder(),
        new ExtendOrder(),
        new HoldOrder(),
        new AppealScore(),
        new ObjectToDispatch(),
        new PauseOrder(),
        new ResumeOrder(),
        new ReleaseOrder(),
        new RejectByCity(),
        new AddHandlers(),
        new MeetCaller(),
        new BlowWhistle(),
        new ReportIn(),
        new ReassignShare(),
        new SuperviseOrder(),
        new AnswerSupervision(),
        new ReviewSupervision(),
        new EscalateOrder(),
        new CheckInField(),
        new MergeOrder(),
        new UnmergeOrder(),
        new FollowMaster(),
        new LinkOrder(),
        new RecalculateDeadline(),
    }.SelectMany(v => v.Actions, (verb, action) => (verb, action)).ToDictionary(x => x.action, x => x.verb);

    public static OrderVerb Of(OrderAction action) => All.GetValueOrDefault(action, Plain);
}
