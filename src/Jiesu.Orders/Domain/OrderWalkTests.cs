using Jiesu.Tests.Given;
using CsCheck;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Features.Actions;
using static Jiesu.Tests.Given.GivenRules;
using static Jiesu.Tests.Given.OrderBuilder;

namespace Jiesu.Orders.Domain;

/// <summary>Whatever anybody does in whatever order, these laws hold (REL-24, REL-25, REL-28).</summary>
public sealed class OrderWalkTests
{
    private static readonly OrderAction[] Actions = [.. Enum.GetValues<OrderAction>().Where(a => a != OrderAction.Create)];
    private static readonly Guid[] People = [Centre, Heping, HepingFirst, HepingSecond, Parks];
    private static readonly string[] Codes = ["HEPING", "HEPING-1", "HEPING-2", "PARKS"];

    private static readonly Gen<(int Action, int Unit, ActionRequest Asked, int Minutes)> Steps = Gen.Select(
        Gen.Int[0, 1_000], Gen.Int[0, People.Length - 1], Gen.Int[0, Codes.Length - 1], Gen.Bool, Gen.Int[0, 5], Gen.Int[1, 3_000],
        (action, unit, code, yes, variety, minutes) => (action, unit, Words(Codes[code], yes, variety), minutes));

    [Fact]
    public void No_walk_loses_an_order_its_unit_its_deadline_or_its_history() => Gen.Select(Gen.Enum<OriginType>(), Steps.Array[60])
        .Sample(
            (origin, steps) =>
            {
                var (order, master, at) = (AnOrder(origin), AnOrder().Accepted().Dispatched().Signed(), Morning);
                foreach (var (pick, unit, asked, minutes) in steps)
                {
                    at = at.AddMinutes(minutes);
                    Step(order, master, pick, People[unit], asked, at);
                    AssertLaws(order);
                    AssertLaws(master);
                }
            },
            iter: 1_700);

    /// <summary>Orders that anything may have happened to, each with the order that it may have been merged into.</summary>
    internal static IReadOnlyList<(WorkOrder Order, WorkOrder Master)> Walked(int count) =>
    [
        .. Gen.Select(Gen.Enum<OriginType>(), Steps.Array[60]).Array[count].Single().Select(walk =>
        {
            var (order, master, at) = (AnOrder(walk.Item1), AnOrder().Accepted().Dispatched().Signed(), Morning);
            foreach (var (pick, unit, asked, minutes) in walk.Item2)
            {
                Step(order, master, pick, People[unit], asked, at = at.AddMinutes(minutes));
            }

            return (order, master);
        }),
    ];

    /// <summary>Mostly something that is offered, sometimes anything at all; with only the fields that the step takes.</summary>
    private static void Step(WorkOrder order, WorkOrder master, int pick, Guid unit, ActionRequest asked, DateTimeOffset at)
    {
        var actor = Someone(unit);
        var offers = ActionOffers.Of(new(order, actor, Policy));
        var action = pick % 5 == 0 || offers.Count == 0 ? Actions[pick % Actions.Length] : Actions.Single(a => a.Wire() == offers[pick % offers.Count].Action);
        var before = (order.State, order.Version, order.History.Count);
        var fields = offers.SingleOrDefault(o => o.Action == action.Wire())?.Fields.Select(f => f.Name).ToHashSet() ?? [];
        var stood = (order.State, order.Overlays);
        var refused = order.TryAs(actor, action, Only(asked, fields, action, at), at, master: master).Error is not null;
        if (refused)
        {
            Assert.Equal(before, (order.State, order.Version, order.History.Count));
        }
        else
        {
            ReferenceMachine.AssertAllows(order.History.MaxBy(e => e.Seq)!, stood.Overlays);
        }
    }

    private static void AssertLaws(WorkOrder order)
    {
        var last = order.History.MaxBy(e => e.Seq)!;
        Assert.Equal(order.State, last.ToState);
        Assert.NotEqual(Guid.Empty, order.UnitId);
        Assert.True(order.Live.Count(a => a.Role == AssignmentRole.Lead) <= 1);
        Assert.Equal(order.Live.Count(), order.Live.Select(a => a.UnitId).Distinct().Count());
        Assert.True(order.Live.Any(a => a.Role == AssignmentRole.Lead) == (IsInHand(order) && !order.IsMerged), Told(order));
        Assert.Equal(order.LiveLead?.UnitId ?? order.UnitId, order.UnitId);
        Assert.True(order.DueAt == Deadline.From(order.History, Calendar).DueAt, Told(order));
        Assert.False(order.NextReminderAt is not null && order.DueAt is null, "a warning of a deadline that is none");
        Assert.Equal(order.Overlays.HasFlag(OrderOverlay.Whistled), order.Whistles.Any(w => w.IsOpen));
        Assert.Equal(order.Overlays.HasFlag(OrderOverlay.Supervised), order.Supervisions.Any(s => s.IsOpen));
        Assert.Equal(Retold.From(order.History, Calendar), Retold.Of(order));
        Assert.All(order.Applications.GroupBy(a => a.Kind), kind => Assert.True(kind.Count(a => a.IsOpen) <= 1));
        Assert.Equal(order.OpenApplication(ApplicationKind.Return) is not null, order.Overlays.HasFlag(OrderOverlay.ReturnApplied));
        if (OrderLifeCycle.Finished.Contains(order.State))
        {
            Assert.Empty(order.Live);
            Assert.Null(order.DueAt);
        }
    }

    private static string Told(WorkOrder order) => $"{order.DueAt:u} {string.Join(' ', order.History.Select(e => $"{e.StepId}{e.Outcome}→{e.ToState}"))}";

    /// <summary>Some unit holds the lead share exactly in these states.</summary>
    private static bool IsInHand(WorkOrder order) => order.State is OrderState.PendingSign or OrderState.Handling or OrderState.PendingUnitReview
        or OrderState.PendingPreCallback or OrderState.PendingFinalReview or OrderState.Submitted or OrderState.PendingCallback or OrderState.Rework or OrderState.OnHold;

    private static ActionRequest Words(string code, bool yes, int variety) => new()
    {
        Lead = code,
        CoUnits = variety == 0 ? ["PARKS"] : null,
        Limit = variety == 1 ? new() { Value = 30, Unit = "work_hour" } : null,
        Note = "说明",
        Decision = yes ? "approve" : "reject",
        Opinion = "意见",
        Result = "结果",
        Contacted = variety == 2 ? null : true,
        Solved = variety == 2 ? null : yes,
        Satisfied = variety == 2 ? null : "基本满意",
        Reason = "原因",
        Basis = "依据",
    };

    private static ActionRequest Only(ActionRequest asked, HashSet<string> fields, OrderAction action, DateTimeOffset at) => new()
    {
        Lead = fields.Contains(Carry.Lead) ? asked.Lead : null,
        CoUnits = fields.Contains(Carry.CoUnits) ? asked.CoUnits : null,
        Limit = fields.Contains(Carry.Limit) ? asked.Limit : null,
        Note = fields.Contains(Carry.Note) ? asked.Note : null,
        Decision = fields.Contains(Carry.Decision) && action != OrderAction.PreCallback ? asked.Decision : null,
        Opinion = fields.Contains(Carry.Opinion) ? asked.Opinion : null,
        Result = fields.Contains(Carry.Result) ? asked.Result : null,
        Contacted = fields.Contains(Carry.Contacted) ? asked.Contacted : null,
        Solved = fields.Contains(Carry.Solved) ? asked.Solved : null,
        Satisfied = fields.Contains(Carry.Satisfied) ? asked.Satisfied : null,
        Reason = fields.Contains(Carry.Reason) ? asked.Reason : null,
        Basis = fields.Contains(Carry.Basis) ? asked.Basis : null,
        Until = fields.Contains(Carry.Until) && (action != OrderAction.Release || asked.Solved == true) ? at.AddDays(9) : null,
        Attachments = fields.Contains(Carry.Attachments) && action == OrderAction.Objection ? [Proof.ToString()] : null,
        MasterOrderId = fields.Contains(Carry.MasterOrderId) ? "master" : null,
        Address = fields.Contains(Carry.Address) ? "和平里二区" : null,
        ReasonCode = !fields.Contains(Carry.ReasonCode) ? null : action switch
        {
            OrderAction.Refuse => "NAC-05",
            OrderAction.UnitReturn or OrderAction.ReturnUp => "RTN-01",
            OrderAction.Exclusion => "EXC-02",
            OrderAction.Extend => "EXT-03",
            OrderAction.Pause => "PAU-01",
            OrderAction.Hold => "HLD-02",
            OrderAction.CallbackResult when asked.Solved is null => "CBF-01",
            _ => null,
        },
    };
}
