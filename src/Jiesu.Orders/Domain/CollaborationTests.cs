using Jiesu.Catalog.Contracts;
using Jiesu.Identity.Contracts;
using Jiesu.Orders.Contracts;
using static Jiesu.Tests.Given.GivenRules;
using static Jiesu.Tests.Given.OrderBuilder;

namespace Jiesu.Orders.Domain;

/// <summary>What several units, several people and several orders do together; clocks that stand still.</summary>
public sealed class CollaborationTests
{
    private static readonly DateTimeOffset InSevenDays = Morning.AddDays(7);
    private static readonly ActionRequest Longer = new() { ReasonCode = "EXT-03", Reason = "须采购水泵", Until = Morning.AddDays(10) };
    private static readonly ActionRequest Ledger = new() { ReasonCode = "HLD-02", Reason = "待改造", Basis = "改造计划", Until = Morning.AddDays(90) };
    private static readonly ActionRequest Granted = new() { Decision = "approve" };
    private static readonly ActionRequest Denied = new() { Decision = "reject", Opinion = "理由不充分" };

    private static WorkOrder InWork() => AnOrder().Accepted().Dispatched().Signed();

    [Fact]
    public void An_extension_moves_the_deadline_when_it_is_granted_and_only_once()
    {
        var order = InWork().After(OrderAction.Extend, Longer, Heping);
        Assert.Equal((InSevenDays, "ExtensionApplied"), (order.DueAt, Assert.Single(order.Overlays.Wire())));

        order.After(OrderAction.Extend, Granted);

        Assert.Equal((Morning.AddDays(10), Morning.AddDays(10), 1), (order.DueAt, order.LiveLead!.DueAt, order.Extensions));
        Assert.Equal("order.extended_often", order.Try(OrderAction.Extend, Longer with { Until = Morning.AddDays(12) }, Heping).Error!.Code);
    }

    [Theory]
    //          day applied, hour, until day, code
    [InlineData(6, 20.1, 8, "order.extend_too_late")]    // less than four hours before the end
    [InlineData(0, 1, 7, "until.too_early")]
    [InlineData(0, 1, 15, "until.too_late")]             // longer than the limit itself
    public void An_extension_is_asked_for_early_and_is_no_longer_than_the_limit(int day, double hour, int until, string code) => Assert.Equal(
        code, InWork().Try(OrderAction.Extend, Longer with { Until = Morning.AddDays(until) }, Heping, Morning.AddDays(day).AddHours(hour)).Error!.Code);

    [Fact]
    public void A_pause_lets_the_clock_stand_still_and_what_remained_goes_on()
    {
        var order = InWork().After(OrderAction.Pause, new() { ReasonCode = "PAU-01", Until = Morning.AddDays(3) }, at: Morning.AddDays(1));
        Assert.Equal((null, InSevenDays, Morning.AddDays(3)), (order.DueAt, order.StoppedDueAt, order.StopUntil));
        Assert.Null(order.NextReminderAt);

        order.After(OrderAction.Resume, at: Morning.AddDays(2));

        Assert.Equal((InSevenDays.AddDays(1), InSevenDays.AddDays(1), OrderOverlay.None), (order.DueAt, order.LiveLead!.DueAt, order.Overlays));
        Assert.Contains(Deadline.From(order.History, Calendar).Explanation, line => line.Contains("暂停", StringComparison.Ordinal) && line.Contains("顺延", StringComparison.Ordinal));
    }

    [Fact]
    public void The_citys_clock_does_not_stand_still()
    {
        var order = AnOrder(OriginType.CityDirect).Accepted().Dispatched().Signed().After(OrderAction.Pause, new() { ReasonCode = "PAU-01", Until = Morning.AddDays(3) });

        Assert.Equal((InSevenDays, "Paused"), (order.DueAt, Assert.Single(order.Overlays.Wire())));
        Assert.Equal(InSevenDays, order.After(OrderAction.Resume, at: Morning.AddDays(2)).DueAt);
    }

    [Fact]
    public void An_order_on_hold_has_no_clock_until_it_is_released()
    {
        var order = InWork().After(OrderAction.Hold, Ledger, Heping).After(OrderAction.Hold, Granted, at: Morning.AddDays(1));
        Assert.Equal((OrderState.OnHold, null, Morning.AddDays(90), Heping), (order.State, order.DueAt, order.StopUntil, order.UnitId));

        order.After(OrderAction.Release, new() { Note = "立项未批", Until = Morning.AddDays(180) }, at: Morning.AddDays(90));
        Assert.Equal((OrderState.OnHold, Morning.AddDays(180)), (order.State, order.StopUntil));

        order.After(OrderAction.Release, new() { Note = "已改造" }, at: Morning.AddDays(101));
        Assert.Equal((OrderState.Handling, InSevenDays.AddDays(100), AssignmentState.Handling), (order.State, order.DueAt, order.LiveLead!.State));
    }

    [Fact]
    public void Of_return_and_hold_only_one_is_open_and_a_reply_waits_for_the_decision()
    {
        var order = InWork().After(OrderAction.Hold, Ledger, Heping);

        Assert.Equal("order.not_now", order.Try(OrderAction.UnitReturn, new() { ReasonCode = "RTN-01", Basis = "辖区图" }, Heping).Error!.Code);
        Assert.Equal("order.not_now", order.Try(OrderAction.SubmitReply, new() { Result = "已疏通" }, Heping).Error!.Code);

        order.After(OrderAction.Hold, new() { Decision = "withdraw" }, Heping).Replied();
        Assert.All(order.Applications, a => Assert.Equal((false, null), (a.IsOpen, a.IsApproved)));
    }

    [Fact]
    public void Only_the_applicant_takes_back_and_what_is_refused_stays_as_it_was()
    {
        var order = InWork().After(OrderAction.Extend, Longer, Heping);
        Assert.Equal("order.not_applicant", order.Try(OrderAction.Extend, new() { Decision = "withdraw" }, Parks).Error!.Code);

        order.After(OrderAction.Extend, Denied);

        Assert.Equal((InSevenDays, OrderOverlay.None, 0), (order.DueAt, order.Overlays, order.Extensions));
    }

    [Fact]
    public void A_chain_of_two_needs_two_people_each_in_its_role()
    {
        var policy = Policy with { Catalogue = new TwoLevels() };
        var order = InWork();
        Assert.Null(order.TryAs(Someone(Heping), OrderAction.Hold, Ledger, policy: policy).Error);
        var (reviewer, leader) = (Someone(Centre) with { Role = "DR" }, Someone(Centre) with { Role = "DL" });

        Assert.Equal("order.not_your_level", order.TryAs(leader, OrderAction.Hold, Granted, policy: policy).Error!.Code);
        Assert.Null(order.TryAs(reviewer, OrderAction.Hold, Granted, policy: policy).Error);
        Assert.Equal((OrderState.Handling, OrderOverlay.HoldApplied, 1), (order.State, order.Overlays, order.OpenApplication(ApplicationKind.Hold)!.Level));
        Assert.Equal("order.same_person", order.TryAs(reviewer with { Role = "DL" }, OrderAction.Hold, Granted, policy: policy).Error!.Code);
        Assert.Null(order.TryAs(leader, OrderAction.Hold, Granted, policy: policy).Error);

        Assert.Equal(OrderState.OnHold, order.State);
        Assert.Equal(["T19", "T19", "T19"], order.History.Where(e => e.Action == OrderAction.Hold).Select(e => e.StepId));
    }

    [Fact]
    public void A_helper_comes_with_the_dispatchers_leave_and_has_a_clock_of_its_own()
    {
        var order = InWork().After(OrderAction.AddHandler, new() { CoUnits = ["PARKS"], Reason = "树根堵塞", Limit = new() { Value = 2, Unit = "natural_day" } }, Heping);
        Assert.Null(order.LiveShareOf(Parks));

        order.After(OrderAction.AddHandler, Granted, at: Morning.AddHours(3));

        Assert.Equal((AssignmentRole.Co, Morning.AddDays(2)), (order.LiveShareOf(Parks)!.Role, order.LiveShareOf(Parks)!.DueAt));
        Assert.Equal("limit.too_long", order.Try(OrderAction.AddHandler, new() { CoUnits = ["WATER"], Reason = "停水", Limit = new() { Value = 30, Unit = "natural_day" } }, Heping).Error!.Code);
        Assert.Equal("unit.has_share", order.Try(OrderAction.AddHandler, new() { CoUnits = ["PARKS"], Reason = "再派" }, Heping).Error!.Code);
    }

    [Fact]
    public void Below_itself_a_unit_adds_helpers_without_leave() =>
        Assert.Equal(AssignmentRole.Co, InWork().After(OrderAction.AddHandler, new() { CoUnits = ["HEPING-1"], Reason = "现场看护" }, Heping).LiveShareOf(HepingFirst)!.Role);

    [Fact]
    public void Going_out_of_a_joint_step_leaves_the_lead_with_its_task()
    {
        var order = AnOrder().Accepted().Dispatched(coUnits: ["PARKS"]).Signed().Signed(Parks);
        order.After(OrderAction.UnitReturn, new() { ReasonCode = "RTN-01", Basis = "无树木" }, Parks);
        Assert.Equal(["ReturnApplied"], order.Overlays.Wire());

        order.Replied().After(OrderAction.DecideReturn, Granted);

        Assert.Equal((OrderState.PendingUnitReview, Heping, OrderOverlay.None), (order.State, order.LiveLead!.UnitId, order.Overlays));
        Assert.Null(order.LiveShareOf(Parks));
    }

    [Fact]
    public void A_return_may_be_granted_to_another_unit_at_once()
    {
        var order = InWork().ReturnApplied().After(OrderAction.DecideReturn, new() { Decision = "approve", Lead = "PARKS" });

        Assert.Equal((OrderState.PendingSign, Parks, 2, 1, InSevenDays), (order.State, order.UnitId, order.Dispatches, order.Returns, order.DueAt));
    }

    [Fact]
    public void A_designated_unit_objects_with_evidence_and_the_district_decides()
    {
        ActionRequest objection = new() { Reason = "管线属产权单位", Basis = "移交协议", Attachments = [Proof.ToString()] };
        Assert.Equal("order.not_designated", InWork().Try(OrderAction.Objection, objection, Heping).Error!.Code);
        var order = AnOrder().Accepted().Dispatched().Returned().Dispatched().Returned().Dispatched();

        Assert.Equal("request.invalid", order.Try(OrderAction.Objection, objection with { Attachments = null }, Heping).Error!.Code);
        order.After(OrderAction.Objection, objection, Heping).After(OrderAction.Objection, Granted);

        Assert.Equal((OrderState.PendingDispatch, Centre, 3), (order.State, order.UnitId, order.Returns));
    }

    [Fact]
    public void A_whistle_calls_departments_until_the_last_has_reported_in()
    {
        var order = InWork().After(OrderAction.Whistle, new() { CoUnits = ["PARKS", "WATER"], Note = "联合清掏", Until = Morning.AddHours(4) }, Heping);
        Assert.Equal((OrderOverlay.Whistled, AssignmentRole.Whistle), (order.Overlays, order.LiveShareOf(Parks)!.Role));
        Assert.Equal("unit.whistled", order.Try(OrderAction.Whistle, new() { CoUnits = ["PARKS"], Note = "再来", Until = Morning.AddHours(5) }, Heping).Error!.Code);

        order.After(OrderAction.ReportIn, new() { Result = "已到场清运树根", Solved = true }, Parks, Morning.AddHours(5));
        Assert.Equal((OrderOverlay.Whistled, true), (order.Overlays, order.Whistles.Single(w => w.UnitId == Parks).IsLate));
        Assert.Equal("order.not_whistled", order.Try(OrderAction.ReportIn, new() { Result = "又到" }, Parks).Error!.Code);

        order.After(OrderAction.ReportIn, new() { Result = "已关阀" }, Water, Morning.AddHours(3));
        Assert.Equal(OrderOverlay.None, order.Overlays);
        Assert.Equal(Heping, order.LiveLead!.UnitId);
    }

    [Fact]
    public void Supervision_has_its_own_states_and_ends_when_the_last_answer_is_approved()
    {
        var order = InWork().After(OrderAction.Supervise, new() { Note = "三日内报结果", Until = Morning.AddDays(3), Level = "重点", CoUnits = ["HEPING", "PARKS"] });
        Assert.Equal("order.nothing_to_review", order.Try(OrderAction.SuperviseReview, Granted).Error!.Code);

        order.After(OrderAction.SuperviseFeedback, new() { Result = "正在清掏" }, Heping).After(OrderAction.SuperviseReview, Denied);
        Assert.Equal(SupervisionState.Pending, order.OpenSupervisionOf(Heping)!.State);

        order.After(OrderAction.SuperviseFeedback, new() { Result = "已清掏" }, Heping).After(OrderAction.SuperviseReview, Granted);
        Assert.Equal(OrderOverlay.Supervised, order.Overlays);
        order.After(OrderAction.SuperviseReturn, new() { Reason = "与本单位无关" }, Parks).After(OrderAction.SuperviseReview, Granted with { Lead = "PARKS" });

        Assert.Equal((OrderOverlay.None, SupervisionState.Done, SupervisionState.Closed), (
            order.Overlays, order.Supervisions.Single(s => s.UnitId == Heping).State, order.Supervisions.Single(s => s.UnitId == Parks).State));
        Assert.Equal((OrderState.Handling, InSevenDays), (order.State, order.DueAt));
    }

    [Fact]
    public void A_false_close_is_handled_again_by_the_unit_that_closed_it()
    {
        var honest = AwaitingCallback().CalledBack().After(OrderAction.FieldCheck, new() { Result = "现场畅通", Solved = true });
        Assert.Equal((OrderState.Closed, false), (honest.State, honest.IsFalseClose));

        var order = AwaitingCallback().CalledBack().After(OrderAction.FieldCheck, new() { Result = "仍有积水", Solved = false }, at: Morning.AddDays(9));

        Assert.Equal((OrderState.Handling, 2, Heping, true), (order.State, order.Round, order.LiveLead!.UnitId, order.IsFalseClose));
        Assert.NotNull(order.DueAt);
    }

    [Fact]
    public void What_the_city_rejects_goes_on_with_its_original_deadline()
    {
        var order = AnOrder(OriginType.Forwarded).Accepted().Dispatched().Signed().Replied().ReviewedInUnit().CalledBeforehand().ReviewedFinally()
            .After(OrderAction.CityReject, new() { Reason = "缺少现场照片" }, at: Morning.AddDays(2));
        Assert.Equal((OrderState.Rework, InSevenDays), (order.State, order.DueAt));

        order.After(OrderAction.Rework, new() { Note = "补充照片" }, at: Morning.AddDays(2));

        Assert.Equal((OrderState.PendingSign, InSevenDays, InSevenDays), (order.State, order.DueAt, order.LiveLead!.DueAt));
    }

    [Fact]
    public void An_appeal_that_holds_changes_the_answers_that_count()
    {
        var order = AwaitingCallback();
        foreach (var _ in Enumerable.Range(0, 2))
        {
            order.CalledBack(Unhappy).After(OrderAction.Rework, new() { Note = "仍有积水" }).Signed().Replied().ReviewedInUnit().CalledBeforehand().ReviewedFinally();
        }

        order.CalledBack(Unhappy);
        Assert.Equal("order.appeal_too_late", order.Try(OrderAction.Appeal, new() { Reason = "录音中已说解决" }, Heping, Morning.AddDays(30)).Error!.Code);
        order.After(OrderAction.Appeal, new() { Reason = "录音 2 分 10 秒诉求人称已解决", Solved = true, Satisfied = "基本满意" }, Heping);
        Assert.Equal("order.not_now", order.Try(OrderAction.Archive, new()).Error!.Code);

        order.After(OrderAction.Appeal, Granted);

        Assert.Equal((true, Satisfaction.MostlySatisfied, OrderState.Closed), (order.Solved, order.Satisfied, order.State));
    }

    [Fact]
    public void Putting_the_place_right_gives_the_order_to_nobody_else()
    {
        var order = InWork().After(OrderAction.Correct, new() { Note = "地址听错", Address = "和平里二区 3 号楼" });

        Assert.Equal(("和平里二区 3 号楼", Heping, OrderState.Handling, InSevenDays), (order.Address, order.LiveLead!.UnitId, order.State, order.DueAt));
        Assert.Equal("value.unknown", order.Try(OrderAction.Correct, new() { Note = "改街道", Town = "无此街道" }).Error!.Code);
        Assert.Equal("request.invalid", order.Try(OrderAction.Correct, new() { Note = "什么都没改" }).Error!.Code);
    }

    [Fact]
    public void A_merged_order_is_handled_with_its_master_and_its_caller_is_answered_too()
    {
        var (master, merged) = (InWork(), AnOrder().Accepted().Dispatched("PARKS").Signed(Parks));
        merged.MergedInto(master);
        Assert.Equal((true, master.Id, 0), (merged.IsMerged, merged.MasterOrderId, merged.Live.Count()));
        Assert.Equal(AssignmentRole.Co, master.LiveShareOf(Parks)!.Role);
        Assert.Equal("order.merged", merged.Try(OrderAction.UnitReturn, new() { ReasonCode = "RTN-01", Basis = "辖区图" }, Parks).Error!.Code);

        Assert.Null(merged.TryAs(Someone(Centre), OrderAction.Follow, new() { Result = "已疏通，现场畅通。" }, master: master).Error);

        Assert.Equal((OrderState.PendingCallback, Heping, "已疏通，现场畅通。"), (merged.State, merged.UnitId, merged.ReplyText));
        Assert.Equal(OrderState.Closed, merged.CalledBack().State);
        Assert.Equal(OrderState.Rework, AnOrder().Accepted().MergedInto(master).Followed(master).CalledBack(Unhappy).State);
    }

    [Fact]
    public void A_merge_into_an_order_that_is_answered_already_is_refused_and_an_undone_merge_is_on_the_desk_again()
    {
        var order = AnOrder().Accepted();
        Assert.Equal("order.master_not_now", order.TryAs(Someone(Centre), OrderAction.Merge, new() { MasterOrderId = "x" }, master: AwaitingCallback()).Error!.Code);
        Assert.Equal("order.merge_circle", order.TryAs(Someone(Centre), OrderAction.Merge, new() { MasterOrderId = "x" }, master: order).Error!.Code);

        order.MergedInto(InWork()).After(OrderAction.Unmerge, new() { Reason = "不是同一处" });

        Assert.Equal((OrderState.PendingDispatch, OrderOverlay.None, Centre), (order.State, order.Overlays, order.UnitId));
    }

    [Fact]
    public void A_unit_that_is_no_more_leaves_its_task_to_its_heir()
    {
        var order = AnOrder().Accepted().Dispatched(coUnits: ["PARKS"]).Signed().After(OrderAction.SubDispatch, new() { Lead = "HEPING-1" }, Heping);
        Assert.Equal("unit.still_there", order.Try(OrderAction.Reassign, new() { Reason = "撤并" }).Error!.Code);
        var merged = new UnitTree([.. Units.All.Select(u => u.Id == Heping ? u with { IsClosed = true, SuccessorId = Water } : u)]);

        Assert.Null(order.TryAs(Someone(Centre), OrderAction.Reassign, new() { Reason = "街道撤并" }, policy: Policy with { Units = merged }).Error);

        Assert.Equal((Water, Water, AssignmentState.Handling, InSevenDays), (order.UnitId, order.LiveLead!.UnitId, order.LiveLead.State, order.LiveLead.DueAt));
        Assert.Equal(order.LiveLead.Id, order.LiveShareOf(HepingFirst)!.ParentId);
    }

    [Fact]
    public void Warnings_lie_ahead_of_the_deadline_and_move_with_it()
    {
        var order = InWork();
        Assert.Equal((ReminderStage.Half, Morning.AddDays(3.5)), (order.ReminderStage, order.NextReminderAt));

        order.After(OrderAction.Extend, Longer, Heping, Morning.AddDays(6)).After(OrderAction.Extend, Granted, at: Morning.AddDays(6));
        Assert.Equal((ReminderStage.FourFifths, Morning.AddDays(8)), (order.ReminderStage, order.NextReminderAt));

        Assert.Null(order.Replied(at: Morning.AddDays(6)).ReviewedInUnit().CalledBeforehand().ReviewedFinally(Morning.AddDays(6)).NextReminderAt);
    }

    private sealed class TwoLevels : CatalogueDay
    {
        private readonly CatalogueDay _day = Jiesu.Tests.Given.GivenRules.Policy.Catalogue;

        public override DateOnly Day => _day.Day;
        public override IReadOnlyList<ClassNode> Classes => _day.Classes;
        public override IReadOnlyList<Place> Places => _day.Places;
        public override IReadOnlyList<ReasonCode> Reasons => _day.Reasons;

        public override ClassNode? FindClass(string? codeOrName) => _day.FindClass(codeOrName);

        public override Place? FindPlace(string? codeOrName, string? town = null) => _day.FindPlace(codeOrName, town);

        public override ReasonCode? FindReason(string? code) => _day.FindReason(code);

        public override IReadOnlyList<CodeItem> Dictionary(string name) => _day.Dictionary(name);

        public override IReadOnlyList<DirectoryAdvice> Units(string? classCode, string? townCode, string text) => [];

        public override TimeLimitPolicy Policy(string? classCode, string? urgency, string? requestType) => _day.Policy(classCode, urgency, requestType);

        public override ApprovalChain Approvals(string kind) => ApprovalChain.Read("DR 24, DL 48");
    }
}
