using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Jiesu.Orders.Domain;
using Jiesu.Tests;
using Jiesu.Tests.Given;
using Microsoft.EntityFrameworkCore;
using static Jiesu.Tests.Given.GivenRules;
using static Jiesu.Tests.Given.OrderBuilder;

namespace Jiesu.Orders.Features.Merge;

public sealed class MergeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_reply_to_a_merged_number_reaches_the_surviving_order_and_each_caller_is_answered(Database database)
    {
        await using var app = await TestApp.StartAsync(database, GivenRules.AddTo);
        var master = await app.GivenAsync(AnOrder().Accepted().Dispatched().Signed());
        var merged = await app.GivenAsync(AnOrder().Accepted().Dispatched().Signed());
        using var dispatcher = app.As(Permissions.Dispatch, Permissions.Read);
        using var unit = app.AsOf(Heping, Permissions.SubmitReply, Permissions.UnitReview, Permissions.Read);

        (await dispatcher.ActAsync($"orders/{merged.Id}/actions/merge", merged.Version, new { masterOrderId = master.CaseNo })).EnsureSuccessStatusCode();
        var answer = await unit.ActAsync($"orders/{merged.Id}/actions/submit-reply", merged.Version + 1, new { result = "已疏通，现场畅通。" });
        answer.EnsureSuccessStatusCode();

        Assert.Equal(master.Id.ToString(), (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("id").GetString());
        Assert.Equal((OrderState.PendingUnitReview, OrderState.Handling), (await StateAsync(app, master), await StateAsync(app, merged)));
        await (await unit.ActAsync($"orders/{merged.Id}/actions/unit-review", merged.Version + 1, new { decision = "approve" })).ShouldBeRefusedAsync(HttpStatusCode.Conflict, "order.merged");

        (await unit.ActAsync($"orders/{master.Id}/actions/unit-review", await VersionAsync(app, master), new { decision = "approve" })).EnsureSuccessStatusCode();
        await GoOnAsync(app, master, "pre-callback", new { contacted = true, solved = true, satisfied = "满意" });
        await GoOnAsync(app, master, "final-review", new { decision = "approve" });
        await app.DeliverAsync();

        Assert.Equal((OrderState.PendingCallback, OrderState.PendingCallback), (await StateAsync(app, master), await StateAsync(app, merged)));
        Assert.Equal("已疏通，现场畅通。", await app.InDbAsync(db => db.Set<WorkOrder>().Where(x => x.Id == merged.Id).Select(x => x.ReplyText).SingleAsync(Ct)));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Two_clerks_who_merge_crosswise_leave_one_order_that_survives(Database database)
    {
        await using var app = await TestApp.StartAsync(database, GivenRules.AddTo);
        for (var round = 0; round < 5; round++)
        {
            var (one, other) = (await app.GivenAsync(AnOrder().Accepted()), await app.GivenAsync(AnOrder().Accepted()));
            using var first = app.As(Permissions.Dispatch);
            using var second = app.As(Permissions.Dispatch);

            var answers = await Task.WhenAll(
                first.ActAsync($"orders/{one.Id}/actions/merge", one.Version, new { masterOrderId = other.Id }),
                second.ActAsync($"orders/{other.Id}/actions/merge", other.Version, new { masterOrderId = one.Id }));

            Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
            Assert.All(answers, a => Assert.True(a.StatusCode is HttpStatusCode.OK or HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict or HttpStatusCode.UnprocessableEntity, a.StatusCode.ToString()));
            var merged = await app.InDbAsync(db => db.Set<WorkOrder>().AsNoTracking().Where(x => x.Id == one.Id || x.Id == other.Id).ToListAsync(Ct));
            Assert.Single(merged, x => x.IsMerged);
        }
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task What_was_merged_into_an_order_goes_with_it_and_comes_back_when_it_ends_unanswered(Database database)
    {
        await using var app = await TestApp.StartAsync(database, GivenRules.AddTo);
        var (first, second, third) = (await app.GivenAsync(AnOrder().Accepted()), await app.GivenAsync(AnOrder().Accepted()), await app.GivenAsync(AnOrder().Accepted()));
        await GoOnAsync(app, first, "merge", new { masterOrderId = second.Id });
        await GoOnAsync(app, second, "merge", new { masterOrderId = third.Id });
        Assert.Equal(2, await app.InDbAsync(db => db.Set<WorkOrder>().CountAsync(x => x.MasterOrderId == third.Id, Ct)));

        await GoOnAsync(app, third, "cancel", new { reason = "诉求人撤回" });
        await GoOnAsync(app, third, "cancel", new { decision = "approve" });
        await app.DeliverAsync();

        Assert.Equal((OrderState.PendingDispatch, OrderState.PendingDispatch, OrderState.Cancelled), (await StateAsync(app, first), await StateAsync(app, second), await StateAsync(app, third)));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Orders_outside_the_readers_scope_are_neither_shown_nor_counted(Database database)
    {
        await using var app = await TestApp.StartAsync(database, GivenRules.AddTo);
        var mine = await app.GivenAsync(AnOrder().Accepted().Dispatched().Signed());
        var foreign = await app.GivenAsync(AnOrder().Accepted().Dispatched("PARKS").Signed(Parks));
        await GoOnAsync(app, mine, "link", new { masterOrderId = foreign.Id });
        using var unit = app.AsOf(Heping, Permissions.Read);
        using var centre = app.As(Permissions.Read);

        Assert.Single((await centre.GetFromJsonAsync<JsonElement>($"/api/v1/orders/{mine.Id}/related", Ct)).GetProperty("linked").EnumerateArray());
        Assert.Empty((await unit.GetFromJsonAsync<JsonElement>($"/api/v1/orders/{mine.Id}/related", Ct)).GetProperty("linked").EnumerateArray());
        await (await unit.GetAsync(new Uri($"/api/v1/orders/{foreign.Id}/related", UriKind.Relative), Ct)).ShouldBeRefusedAsync(HttpStatusCode.NotFound, "order.not_found");
    }

    private static Task<OrderState> StateAsync(TestApp app, WorkOrder order) => app.InDbAsync(db => db.Set<WorkOrder>().Where(x => x.Id == order.Id).Select(x => x.State).SingleAsync(Ct));

    private static Task<int> VersionAsync(TestApp app, WorkOrder order) => app.InDbAsync(db => db.Set<WorkOrder>().Where(x => x.Id == order.Id).Select(x => x.Version).SingleAsync(Ct));

    /// <summary>By another person each time, in the version that stands.</summary>
    private static async Task GoOnAsync(TestApp app, WorkOrder order, string action, object body)
    {
        using var somebody = app.As(Permissions.All.Select(p => p.Code));
        var answer = await somebody.ActAsync($"orders/{order.Id}/actions/{action}", await VersionAsync(app, order), body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
    }
}
