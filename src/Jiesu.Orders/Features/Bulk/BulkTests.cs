using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Jiesu.Orders.Domain;
using Jiesu.Tests;
using Jiesu.Tests.Given;
using Microsoft.EntityFrameworkCore;
using static Jiesu.Tests.Given.GivenRules;
using static Jiesu.Tests.Given.OrderBuilder;

namespace Jiesu.Orders.Features.Bulk;

public sealed class BulkTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Each_order_has_its_own_result_and_a_foreign_one_is_not_found(Database database)
    {
        await using var app = await TestApp.StartAsync(database, GivenRules.AddTo);
        var (mine, done, foreign) = (await app.GivenAsync(AnOrder().Accepted().Dispatched()), await app.GivenAsync(AnOrder().Accepted().Dispatched().Signed()), await app.GivenAsync(AnOrder().Accepted().Dispatched("PARKS")));
        using var unit = app.AsOf(Heping, Permissions.Sign);

        var answer = await BulkAsync(unit, "sign", new { ids = new[] { mine.Id.ToString(), done.Id.ToString(), foreign.Id.ToString(), "nonsense" } });

        Assert.Equal([(200, null), (409, "order.not_now"), (404, "order.not_found"), (404, "order.not_found")], Items(answer));
        Assert.Equal(OrderState.Handling, await app.InDbAsync(db => db.Set<WorkOrder>().Where(x => x.Id == mine.Id).Select(x => x.State).SingleAsync(Ct)));
        Assert.Equal(OrderState.PendingSign, await app.InDbAsync(db => db.Set<WorkOrder>().Where(x => x.Id == foreign.Id).Select(x => x.State).SingleAsync(Ct)));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task The_same_key_does_nothing_twice_and_a_version_that_was_seen_earlier_is_stale(Database database)
    {
        await using var app = await TestApp.StartAsync(database, GivenRules.AddTo);
        var (one, other) = (await app.GivenAsync(AnOrder().Accepted()), await app.GivenAsync(AnOrder().Accepted()));
        using var dispatcher = app.As(Permissions.Dispatch, Permissions.Read);
        var body = new { lead = "HEPING", items = new object[] { new { id = one.Id, version = one.Version }, new { id = other.Id, version = 1 } } };

        var first = await BulkAsync(dispatcher, "dispatch", body, "k-1");
        var again = await BulkAsync(dispatcher, "dispatch", body, "k-1");

        Assert.Equal([(200, null), (412, "order.changed")], Items(first));
        Assert.Equal(Items(first), Items(again));
        Assert.Equal(1, await app.InDbAsync(db => db.Set<WorkOrder>().Where(x => x.Id == one.Id).Select(x => x.Dispatches).SingleAsync(Ct)));
        using var changed = new HttpRequestMessage(HttpMethod.Post, "/api/v1/orders/bulk/dispatch") { Content = JsonContent.Create(new { lead = "PARKS", ids = new[] { one.Id } }) };
        changed.Headers.Add("Idempotency-Key", "k-1");
        await (await dispatcher.SendAsync(changed, Ct)).ShouldBeRefusedAsync(HttpStatusCode.UnprocessableEntity, "request.key_used");
        using var stranger = app.As(Permissions.Read);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(new Uri($"/api/v1/orders/bulk/{first.GetProperty("runId").GetString()}", UriKind.Relative), Ct)).StatusCode);
    }

    [Fact]
    public async Task Nothing_too_much_and_nobody_without_leave_are_refused_as_a_whole()
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite, GivenRules.AddTo);
        using var dispatcher = app.As(Permissions.Dispatch);

        await (await PostAsync(dispatcher, "dispatch", new { lead = "HEPING" })).ShouldNameAsync(HttpStatusCode.BadRequest, "request.invalid", "ids");
        await (await PostAsync(dispatcher, "dispatch", new { lead = "HEPING", ids = Enumerable.Range(0, 501).Select(_ => Guid.CreateVersion7()) })).ShouldNameAsync(HttpStatusCode.BadRequest, "request.invalid", "ids");
        await (await PostAsync(dispatcher, "sign", new { ids = new[] { Guid.CreateVersion7() } })).ShouldBeRefusedAsync(HttpStatusCode.Forbidden, "order.not_permitted");
        await (await PostAsync(dispatcher, "vanish", new { ids = new[] { Guid.CreateVersion7() } })).ShouldBeRefusedAsync(HttpStatusCode.NotFound, "order.action_unknown");
        await (await PostAsync(dispatcher, "dispatch", new { lead = "HEPING", score = 1 })).ShouldNameAsync(HttpStatusCode.BadRequest, "request.unreadable", "score");
    }

    private static (int Status, string? Code)[] Items(JsonElement answer) =>
        [.. answer.GetProperty("items").EnumerateArray().Select(i => (i.GetProperty("status").GetInt32(), i.GetProperty("code").GetString()))];

    private static async Task<JsonElement> BulkAsync(HttpClient client, string action, object body, string? key = null)
    {
        var answer = await PostAsync(client, action, body, key);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string action, object body, string? key = null) => client.ActAsync($"orders/bulk/{action}", null, body, key);
}
