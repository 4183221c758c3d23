using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using static Jiesu.Tests.Given.OrderBuilder;

namespace Jiesu.Orders.Features.Callbacks;

public sealed class CallBackTests
{
    [Theory]
    //          contacted solved satisfied reason    state          valid
    [InlineData(true, true, "满意", null, "Closed", true)]
    [InlineData(true, true, "基本满意", null, "Closed", true)]
    [InlineData(false, true, "满意", null, "Closed", true)]               // not contacted costs the response rate only
    [InlineData(true, true, "不满意", null, "Rework", true)]
    [InlineData(true, false, "满意", null, "Rework", true)]
    [InlineData(true, false, "不满意", "UNS-02", "Rework", true)]
    [InlineData(true, false, "基本满意", "RWK-02", "Rework", true)]
    [InlineData(null, null, null, "CBF-01", "PendingCallback", false)]    // two more attempts
    public void The_answers_say_where_the_order_goes(bool? contacted, bool? solved, string? satisfied, string? reason, string state, bool valid)
    {
        var order = AwaitingCallback().CalledBack(new() { Contacted = contacted, Solved = solved, Satisfied = satisfied, ReasonCode = reason });

        Assert.Equal((state, valid, 1), (order.State.ToString(), order.HasValidCallback, order.CallbackAttempts));
        Assert.Equal((contacted, solved, satisfied), (order.Contacted, order.Solved, order.Satisfied?.Name()));
    }

    [Theory]
    //          contacted solved satisfied reason    code               fields
    [InlineData(null, null, null, null, "request.invalid", "contacted,solved,satisfied")]
    [InlineData(true, null, null, null, "request.invalid", "solved,satisfied")]
    [InlineData(true, null, "满意", "CBF-01", "request.invalid", "solved")]
    [InlineData(true, true, "还行", null, "request.invalid", "satisfied")]
    [InlineData(true, true, "满意", "UNS-02", "reason.unsuitable", "reasonCode")]
    [InlineData(true, false, "满意", "CBF-01", "reason.unsuitable", "reasonCode")]
    [InlineData(null, null, null, "UNS-02", "reason.unsuitable", "reasonCode")]
    [InlineData(null, null, null, "EXC-02", "reason.unsuitable", "reasonCode")]
    [InlineData(null, null, null, "CBF-99", "reason.unknown", "reasonCode")]
    public void Three_answers_or_none_with_a_reason(bool? contacted, bool? solved, string? satisfied, string? reason, string code, string fields)
    {
        ActionRequest asked = new() { Contacted = contacted, Solved = solved, Satisfied = satisfied, ReasonCode = reason };

        var refusal = AwaitingCallback().Try(OrderAction.CallbackResult, asked).Error!;

        Assert.Equal((code, fields), (refusal.Code, string.Join(',', refusal.Fields.Keys)));
    }

    [Fact]
    public void Whoever_is_not_reached_three_times_leaves_no_valid_callback()
    {
        ActionRequest nobody = new() { ReasonCode = "CBF-01" };

        var order = AwaitingCallback().CalledBack(nobody).CalledBack(nobody).CalledBack(nobody);

        Assert.Equal((OrderState.Closed, false, 3), (order.State, order.HasValidCallback, order.CallbackAttempts));
    }

    [Theory]
    //          solved satisfied decision   state
    [InlineData(true, "满意", null, "PendingFinalReview")]
    [InlineData(true, "不满意", null, "Handling")]
    [InlineData(false, "基本满意", null, "Handling")]
    [InlineData(false, "基本满意", "approve", "PendingFinalReview")]
    [InlineData(true, "满意", "reject", "Handling")]
    public void The_pre_callback_follows_the_answers_unless_the_agent_decides(bool solved, string satisfied, string? decision, string state)
    {
        var order = AnOrder().Accepted().Dispatched().Signed().Replied().ReviewedInUnit()
            .After(OrderAction.PreCallback, new() { Contacted = true, Solved = solved, Satisfied = satisfied, Decision = decision });

        Assert.Equal(state, order.State.ToString());
        Assert.False(order.HasValidCallback);
    }

    [Fact]
    public void A_pre_callback_that_reached_nobody_needs_a_decision()
    {
        var order = AnOrder().Accepted().Dispatched().Signed().Replied().ReviewedInUnit();

        Assert.Equal(["decision"], order.Try(OrderAction.PreCallback, new() { ReasonCode = "CBF-01" }).Error!.Fields.Keys);
        Assert.Null(order.Try(OrderAction.PreCallback, new() { ReasonCode = "CBF-01", Decision = "approve" }).Error);
    }
}
