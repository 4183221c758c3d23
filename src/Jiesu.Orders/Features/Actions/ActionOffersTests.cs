using System.Net.Http.Json;
using System.Text.Json;
using Jiesu.Orders.Domain;
using Jiesu.Platform;
using Jiesu.Tests;
using Jiesu.Tests.Given;
using static Jiesu.Tests.Given.GivenRules;
using static Jiesu.Tests.Given.OrderBuilder;

namespace Jiesu.Orders.Features.Actions;

public sealed class ActionOffersTests
{
    [Fact]
    public void Each_is_offered_what_the_guard_would_let_him_do()
    {
        var order = AnOrder().Accepted();
        Assert.Equal(["dispatch", "correct", "return-up", "urge", "supervise", "instruct", "cancel", "merge", "link"], Offered(order, Someone(Centre)));

        order.Dispatched(coUnits: ["PARKS"]);
        Assert.Equal(["sign", "correct", "return-up", "unit-return", "urge", "supervise", "instruct", "cancel", "merge", "link"], Offered(order, Someone(Heping)));
        Assert.Equal(["sign", "correct", "return-up", "unit-return", "urge", "supervise", "instruct", "cancel", "merge", "link"], Offered(order, Someone(Parks)));
        Assert.Equal(["correct", "return-up", "urge", "supervise", "instruct", "cancel", "merge", "link"], Offered(order, Someone(Centre)));

        Assert.Equal(["redispatch", "merge", "link"], Offered(order.Returned(), Someone(Centre) with { Permissions = new HashSet<string> { Permissions.Dispatch } }));
    }

    [Fact]
    public void Who_applied_may_take_it_back_and_another_decides()
    {
        var order = AnOrder().Accepted().Dispatched();
        var clerk = Someone(Heping) with { Permissions = new HashSet<string> { Permissions.UnitReturn, Permissions.DecideReturn } };
        Assert.Null(order.TryAs(clerk, OrderAction.UnitReturn, new() { ReasonCode = "RTN-01", Basis = "辖区图" }).Error);

        var back = Assert.Single(ActionOffers.Of(new(order, clerk, Policy)));
        Assert.Equal(("unit-return", "撤回退单申请", "withdraw"), (back.Action, back.Label, Assert.Single(back.Fields[0].Options).Value));
        var form = Assert.Single(ActionOffers.Of(new(order, clerk with { PersonId = Guid.CreateVersion7(), UnitId = Centre }, Policy)));
        Assert.Equal(("decide-return", "T09"), (form.Action, form.Transition));
        Assert.Equal([("lead", false), ("coUnits", false), ("decision", true), ("opinion", false), ("note", false)], form.Fields.Select(f => (f.Name, f.Required)));
        Assert.Equal(["approve", "reject"], form.Fields[2].Options.Select(o => o.Value));
    }

    [Fact]
    public async Task The_page_and_the_api_learn_labels_fields_and_reasons()
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite, GivenRules.AddTo);
        using var unit = app.AsOf(Heping, Permissions.Read, Permissions.UnitReturn);
        var order = await app.GivenAsync(AnOrder().Accepted().Dispatched());

        var answer = await unit.GetFromJsonAsync<JsonElement>($"/api/v1/orders/{order.Id}/actions", TestContext.Current.CancellationToken);

        var form = Assert.Single(answer.GetProperty("items").EnumerateArray());
        Assert.Equal(("unit-return", "T09", "退单申请"), (Word(form, "action"), Word(form, "transition"), Word(form, "label")));
        var reason = form.GetProperty("fields").EnumerateArray().Single(f => Word(f, "name") == "reasonCode");
        Assert.Equal(("原因代码", "choice", true), (Word(reason, "label"), Word(reason, "type"), reason.GetProperty("required").GetBoolean()));
        Assert.Equal(["RTN-01"], reason.GetProperty("options").EnumerateArray().Select(o => Word(o, "value")));
    }

    private static string Word(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static IEnumerable<string> Offered(WorkOrder order, Actor actor) => ActionOffers.Of(new(order, actor, Policy)).Select(f => f.Action);
}
