using System.Globalization;
using System.Text;
using Jiesu.Orders.Domain;
using Jiesu.Platform;

namespace Jiesu.Orders.Features.Actions;

/// <summary>Writes <c>docs/life-cycle.md</c> from the table, so that the page cannot say anything else.</summary>
internal static class LifeCyclePage
{
    private static readonly Dictionary<string, string> Permits = Permissions.All.ToDictionary(p => p.Code, p => $"{p.Name}（{string.Join('、', p.Roles)}）");

    public static string Write()
    {
        var page = new StringBuilder();
        page.Append("# 工单流转\n\n");
        page.Append("本页由 `OrderLifeCycle` 表生成，请勿手改：改表后以 `JIESU_WRITE_DOCS=1` 运行测试 `The_page_under_docs_says_what_the_table_says` 重新生成。\n");
        page.Append("“→”两侧相同的写“不变”；“附加状态”栏中 ＋ 为开始，－ 为结束，＝ 为须存在，× 为存在时不可办理。\n\n");
        page.Append("## 操作\n\n| 编号 | 操作 | 接口名称 | 结论 | 从 | 到 | 权限（初始角色） | 必填 | 可填 | 附加状态 | 时限 |\n|---|---|---|---|---|---|---|---|---|---|---|\n");
        foreach (var step in OrderLifeCycle.Steps.All)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {step.Id} | {step.Name()} | `{step.Action.Wire()}` | {NameOf(step.Outcome)} | {From(step)} | {To(step)} ");
            page.Append(CultureInfo.InvariantCulture, $"| {Permits[step.Permission]} | {Fields(step.Must)} | {Fields(step.May)} | {Overlays(step)} | {NameOf(step.Clock)} |\n");
        }

        page.Append("\n## 状态图\n\n```mermaid\nstateDiagram-v2\n");
        foreach (var state in Enum.GetValues<OrderState>())
        {
            page.Append(CultureInfo.InvariantCulture, $"    {state} : {state.Name()}\n");
        }

        page.Append(CultureInfo.InvariantCulture, $"    [*] --> {OrderState.Received} : T01 登记\n");
        foreach (var arrow in OrderLifeCycle.Steps.All.Where(s => s.To is not null).SelectMany(s => s.From.Where(f => f != s.To), (s, from) => $"    {from} --> {s.To} : {s.Id} {s.Name()}{NameOf(s.Outcome)}\n").Distinct())
        {
            page.Append(arrow);
        }

        return page.Append("```\n").ToString();
    }

    private static string From(OrderStep step) =>
        step.From.Count == 0 ? "—" : step.From.SequenceEqual(OrderLifeCycle.Open) ? "各在办状态" : string.Join('、', step.From.Select(s => s.Name()));

    private static string To(OrderStep step) => step.To?.Name() ?? "不变";

    private static string Fields(IReadOnlyList<string>? names) => string.Join(' ', (names ?? []).Select(n => $"`{n}`"));

    private static string Overlays(OrderStep step) => string.Join(' ', new[] { Marked("＋", step.Opens ?? step.Sets), Marked("－", step.Closes), Marked("＝", step.Needs), Marked("×", step.Bars) }.Where(x => x.Length > 0));

    private static string Marked(string mark, OrderOverlay? overlay) => overlay is { } one ? $"{mark}`{one}`" : "";

    private static string NameOf(ClockEffect clock) => clock switch
    {
        ClockEffect.Unchanged => "",
        ClockEffect.Starts => "起算",
        ClockEffect.Stops => "停止",
        ClockEffect.Pauses => "暂停",
        ClockEffect.Resumes => "恢复",
    };

    private static string NameOf(OrderOutcome? outcome) => outcome is { } known ? NameOf(known) : "";

    private static string NameOf(OrderOutcome outcome) => outcome switch
    {
        OrderOutcome.Forward => "同意，报下一级",
        OrderOutcome.ForwardUp => "同意退回市级，报下一级",
        OrderOutcome.ForwardShare => "同意协办退单，报下一级",
        OrderOutcome.ApproveShare => "同意协办退单",
        OrderOutcome.RejectShare => "驳回协办退单",
        OrderOutcome.Withdrawn => "撤回",
        OrderOutcome.Transfer => "同意并转办",
        OrderOutcome.Below => "本单位所属",
        OrderOutcome.Complete => "全部完成",
        OrderOutcome.Continue => "继续挂账",
        OrderOutcome.Absorb => "主单一侧",
        OrderOutcome.FalseClose => "虚假办结",
        OrderOutcome.Approve => "同意",
        OrderOutcome.ApproveUp => "同意退回市级",
        OrderOutcome.ApproveLocal => "同意（本地）",
        OrderOutcome.ApproveCity => "同意（市级）",
        OrderOutcome.Reject => "驳回",
        OrderOutcome.RejectUp => "驳回退回市级",
        OrderOutcome.Joint => "主办与协办",
        OrderOutcome.Share => "仅本单位派件",
        OrderOutcome.Again => "再次派发",
        OrderOutcome.Content => "已解决且非不满意",
        OrderOutcome.Discontent => "未解决或不满意",
        OrderOutcome.Exhausted => "重办次数已满",
        OrderOutcome.NotReached => "未联系上",
        OrderOutcome.GivenUp => "多次未联系上",
    };
}
