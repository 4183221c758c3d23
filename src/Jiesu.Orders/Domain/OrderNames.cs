using System.Text.Json;

namespace Jiesu.Orders.Domain;

/// <summary>Chinese names and words of the wire, in one place.</summary>
internal static class OrderNames
{
    /// <summary>状态名称.</summary>
    public static string Name(this OrderState state) => state switch
    {
        OrderState.Draft => "草稿",
        OrderState.Received => "待受理",
        OrderState.PendingDispatch => "待派发",
        OrderState.PendingSign => "待签收",
        OrderState.Handling => "办理中",
        OrderState.PendingUnitReview => "待单位审核",
        OrderState.PendingPreCallback => "待预回访",
        OrderState.PendingFinalReview => "待终审",
        OrderState.Submitted => "已上报",
        OrderState.PendingCallback => "待回访",
        OrderState.Rework => "重办",
        OrderState.OnHold => "挂账",
        OrderState.Closed => "已办结",
        OrderState.Archived => "归档",
        OrderState.ReturnedToCity => "已退回市级",
        OrderState.NotAccepted => "不予受理",
        OrderState.Cancelled => "撤单",
    };

    /// <summary>操作名称.</summary>
    public static string Name(this OrderAction action) => action switch
    {
        OrderAction.Create => "登记",
        OrderAction.Accept => "受理",
        OrderAction.Correct => "更正",
        OrderAction.Answer => "直接答复",
        OrderAction.Refuse => "不予受理",
        OrderAction.ReturnUp => "退回市级",
        OrderAction.Dispatch => "派发",
        OrderAction.Sign => "签收",
        OrderAction.UnitReturn => "退单",
        OrderAction.DecideReturn => "退单审批",
        OrderAction.Redispatch => "二次派单",
        OrderAction.Objection => "异议",
        OrderAction.Reassign => "单位调整",
        OrderAction.SubDispatch => "下派",
        OrderAction.AddHandler => "加派",
        OrderAction.Contact => "联系诉求人",
        OrderAction.Meet => "见面",
        OrderAction.Whistle => "吹哨",
        OrderAction.ReportIn => "报到",
        OrderAction.Extend => "延期",
        OrderAction.Pause => "暂停",
        OrderAction.Resume => "恢复",
        OrderAction.Hold => "挂账",
        OrderAction.Release => "销账",
        OrderAction.SubmitReply => "提交回复",
        OrderAction.UnitReview => "单位审核",
        OrderAction.PreCallback => "预回访",
        OrderAction.FinalReview => "终审",
        OrderAction.Receipt => "市级收讫",
        OrderAction.CityReject => "市级驳回",
        OrderAction.CallbackResult => "回访",
        OrderAction.Rework => "重办",
        OrderAction.Exclusion => "剔除",
        OrderAction.Appeal => "考核申诉",
        OrderAction.Urge => "催办",
        OrderAction.Supervise => "督办",
        OrderAction.SuperviseFeedback => "督办反馈",
        OrderAction.SuperviseReturn => "督办退回申请",
        OrderAction.SuperviseReview => "督办审核",
        OrderAction.Escalate => "提级办",
        OrderAction.Instruct => "领导批示",
        OrderAction.Cancel => "撤单",
        OrderAction.Merge => "合并",
        OrderAction.Unmerge => "撤销合并",
        OrderAction.Follow => "随主单办理",
        OrderAction.Link => "关联",
        OrderAction.Archive => "归档",
        OrderAction.Reopen => "重新打开",
        OrderAction.FieldCheck => "外部质检",
        OrderAction.Recalculate => "重算期限",
    };

    public static string Name(this Satisfaction satisfaction) => satisfaction switch
    {
        Satisfaction.Satisfied => "满意",
        Satisfaction.MostlySatisfied => "基本满意",
        Satisfaction.Dissatisfied => "不满意",
    };

    public static string Name(this AssignmentRole role) => role switch
    {
        AssignmentRole.Lead => "主办",
        AssignmentRole.Co => "协办",
        AssignmentRole.Sub => "下派",
        AssignmentRole.Whistle => "吹哨",
    };

    public static string Name(this AssignmentState state) => state switch
    {
        AssignmentState.PendingSign => "待签收",
        AssignmentState.Handling => "办理中",
        AssignmentState.Replied => "已回复",
        AssignmentState.Returned => "已退回",
        AssignmentState.Ended => "已结束",
    };

    /// <summary>申请类别.</summary>
    public static string Name(this ApplicationKind kind) => kind switch
    {
        ApplicationKind.Return => "退单",
        ApplicationKind.ShareReturn => "协办退单",
        ApplicationKind.Objection => "派单异议",
        ApplicationKind.ReturnUp => "退回市级",
        ApplicationKind.Refuse => "不予受理",
        ApplicationKind.Cancel => "撤单",
        ApplicationKind.Exclusion => "剔除",
        ApplicationKind.Appeal => "考核申诉",
        ApplicationKind.Extension => "延期",
        ApplicationKind.Hold => "挂账",
        ApplicationKind.AddHandler => "加派",
    };

    public static string Name(this SupervisionState state) => state switch
    {
        SupervisionState.Pending => "待处理",
        SupervisionState.ReturnApplied => "申请退回",
        SupervisionState.PendingReview => "待审核",
        SupervisionState.Done => "办理完成",
        SupervisionState.Closed => "督办办结",
    };

    public static string Name(this ReminderStage stage) => stage switch
    {
        ReminderStage.Half => "时限过半",
        ReminderStage.FourFifths => "时限将尽",
        ReminderStage.Due => "到期",
        ReminderStage.Leader => "超期一天",
        ReminderStage.District => "超期三天",
    };

    /// <summary>The word of the wire: <c>UnitReturn</c> is <c>unit-return</c>.</summary>
    public static string Wire(this OrderAction action) => JsonNamingPolicy.KebabCaseLower.ConvertName(action.ToString());

    /// <summary>附加状态 as the wire names them; all kinds of return are <c>ReturnApplied</c>.</summary>
    public static IReadOnlyList<string> Wire(this OrderOverlay overlays) =>
        [.. Enum.GetValues<OrderOverlay>().Where(o => o != OrderOverlay.None && overlays.HasFlag(o))
            .Select(o => (o is OrderOverlay.ReturnUpApplied or OrderOverlay.ShareReturnApplied ? OrderOverlay.ReturnApplied : o).ToString()).Distinct()];
}
