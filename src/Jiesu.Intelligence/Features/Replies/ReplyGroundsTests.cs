using Jiesu.Intelligence.Domain;

namespace Jiesu.Intelligence.Features.Replies;

public sealed class ReplyGroundsTests
{
    private static readonly string[] Bare = ["您的留言已收悉。", "网友您好，留言已收悉，感谢您的关心与支持。", "已转交相关单位办理，请耐心等待。", "感谢您对我们工作的监督。"];

    private static readonly string[] Grounded =
    [
        "经调查核实，该工地夜间施工未办理许可，根据《噪声污染防治条例》规定，已责令其停工整改并处罚款5000元，预计3月10日前完成降噪围挡安装。",
        "工作人员于2月3日现场查看，供热管道阀门损坏，已安排热力公司更换，目前室温达到20度，依据供热管理办法将为您办理退费。",
        "经核查，该路段路灯由市政部门管理，线路老化已列入本月维修计划，共更换灯具32盏，预计4月底前全部完成。",
    ];

    [Fact]
    public void A_receipt_has_no_grounds_and_a_finding_with_its_rule_has()
    {
        var grounds = Learned();

        Assert.All(Bare, r => Assert.False(grounds.HasGrounds(PlainText.Of(r)), r));
        Assert.All(Grounded, r => Assert.True(grounds.HasGrounds(PlainText.Of(r)), r));
        Assert.False(grounds.HasGrounds(""));
    }

    [Theory]
    [InlineData("网友您好，留言已收悉，感谢您的关心与支持。", "未见依据、核查、措施")]
    [InlineData("经现场核查，渣土已清运，依据市容条例责令施工方整改。", "依据：依据、条例；核查：现场、核查；措施：已、责令、整改")]
    public void A_reply_is_told_what_it_says_and_what_it_leaves_out(string reply, string words) => Assert.EndsWith(words, new ReplyChecks().Of(reply).Words, StringComparison.Ordinal);

    [Fact]
    public void Every_sign_has_a_weight_that_can_be_shown() => Assert.Equal(ReplyGrounds.Signs.Count, Learned().Weights.Count);

    [Fact]
    public void More_of_the_same_finding_never_lacks_grounds_more()
    {
        var grounds = Learned();

        Assert.True(grounds.LacksGrounds(PlainText.Of(Grounded[0] + Grounded[1])) <= grounds.LacksGrounds(PlainText.Of(Grounded[0])));
    }

    private static ReplyGrounds Learned() =>
        ReplyGrounds.Learn([.. Enumerable.Range(0, 20).SelectMany(_ => Bare.Select(r => (PlainText.Of(r), false)).Concat(Grounded.Select(r => (PlainText.Of(r), true))))]);
}
