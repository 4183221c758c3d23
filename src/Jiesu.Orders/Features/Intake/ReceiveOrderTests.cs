using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Platform;
using Jiesu.Tests;
using Jiesu.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Orders.Features.Intake;

public sealed class ReceiveOrderTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task What_was_told_comes_back_with_codes_names_and_a_masked_caller(Database database)
    {
        await using var app = await DeskSteps.StartDeskAsync(database, DeskRules.Street);
        using var seat = app.As(Permissions.Create, Permissions.Read);

        var response = await seat.PostOrderAsync("k1", new
        {
            title = "健身卡退款难 𠮷😀", content = "一行\r\n二行\0", channel = "电话", orderNo = "202603020012345678", town = DeskRules.StreetName, community = DeskRules.CommunityName,
            classL3 = DeskRules.ClassName, lonLat = new { lon = 116.43, lat = 39.86 }, callTime = "2026-03-02T08:30:00", callerName = "张小明", callerPhone = "13812345678", urgency = "普通",
        });

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var order = await response.JsonAsync();
        Assert.Equal($"/api/v1/orders/{order.GetProperty("id").GetString()}", response.Headers.Location!.OriginalString);
        Assert.Equal("\"1\"", response.Headers.ETag!.Tag);
        Assert.Equal("FT-20260302-000001", order.GetProperty("caseNo").GetString());
        Assert.Equal("健身卡退款难 𠮷😀", order.GetProperty("title").GetString());
        Assert.Equal("一行\n二行", order.GetProperty("content").GetString());
        Assert.Equal((DeskRules.Street, DeskRules.StreetName, DeskRules.Community), (order.GetProperty("town").GetString(), order.GetProperty("townName").GetString(), order.GetProperty("community").GetString()));
        Assert.Equal((DeskRules.Class, "市场管理->单用途预付卡->健身卡"), (order.GetProperty("classL3").GetString(), order.GetProperty("classPath").GetString()));
        Assert.Equal(("Received", "QZX", "2026-03-02T08:30:00+08:00"), (order.GetProperty("state").GetString(), order.GetProperty("unit").GetString(), order.GetProperty("callTime").GetString()));
        Assert.Equal("138****5678", order.GetProperty("caller").GetProperty("phone").GetString());
        var read = await seat.GetAsync(response.Headers.Location, Ct);
        Assert.Equal(order.GetRawText(), (await read.JsonAsync()).GetRawText());
        Assert.Equal("\"1\"", read.Headers.ETag!.Tag);
        var timeline = await seat.GetFromJsonAsync<JsonElement>($"{response.Headers.Location}/timeline", Ct);
        Assert.Equal("T01", timeline.GetProperty("items")[0].GetProperty("transition").GetString());
        Assert.Equal(("orders.received", 2), await app.InDbAsync(async db => (await db.Outbox.SingleAsync(Ct)) is { } m ? (m.Type, m.Seq) : default));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Fifty_posts_with_one_key_make_one_order_and_fifty_equal_answers(Database database)
    {
        await using var app = await DeskSteps.StartDeskAsync(database);
        using var seat = app.As(Permissions.Create);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
        {
            using var response = await seat.PostOrderAsync("same", new { title = "路灯不亮", content = "路灯不亮", channel = "电话" });
            return (response.StatusCode, response.Headers.Location?.OriginalString, response.Headers.ETag?.Tag, await response.Content.ReadAsStringAsync(Ct));
        }));

        Assert.Single(answers.Distinct());
        Assert.Equal(HttpStatusCode.Created, answers[0].StatusCode);
        Assert.Equal(1, await app.InDbAsync(db => db.Set<WorkOrder>().CountAsync(Ct)));
        using var other = await seat.PostOrderAsync("same", new { title = "井盖丢失", content = "路灯不亮", channel = "电话" });
        await other.ShouldBeRefusedAsync(HttpStatusCode.UnprocessableEntity, "request.key_used");
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Fifty_orders_at_once_have_fifty_case_numbers(Database database)
    {
        await using var app = await DeskSteps.StartDeskAsync(database);
        using var seat = app.As(Permissions.Create);

        var numbers = await Task.WhenAll(Enumerable.Range(0, 50).Select(async i =>
        {
            using var response = await seat.PostOrderAsync($"k{i}", new { title = "路灯不亮", content = "路灯不亮", channel = "电话" });
            return (await response.JsonAsync()).GetProperty("caseNo").GetString();
        }));

        Assert.Equal(50, numbers.Distinct().Count());
        Assert.Equal(50, await app.InDbAsync(db => db.Set<WorkOrder>().Select(x => x.No).Distinct().CountAsync(Ct)));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_city_number_that_is_known_gives_the_order_that_has_it(Database database)
    {
        await using var app = await DeskSteps.StartDeskAsync(database, DeskRules.Street);
        using var seat = app.As(Permissions.Create);
        using var street = app.AsOf(await app.UnitIdAsync(DeskRules.Street), Permissions.Create);
        var body = new { title = "路灯不亮", content = "路灯不亮", channel = "市级平台", orderNo = "202603020012345678" };

        var first = await (await seat.PostOrderAsync("k1", body)).JsonAsync();
        using var again = await seat.PostOrderAsync("k2", body);
        using var replayed = await seat.PostOrderAsync("k2", body);
        using var foreign = await street.PostOrderAsync("k3", body);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (again.StatusCode, replayed.StatusCode));
        Assert.Equal(first.GetProperty("id").GetString(), (await again.JsonAsync()).GetProperty("id").GetString());
        await foreign.ShouldBeRefusedAsync(HttpStatusCode.Conflict, "order.number_taken");
        Assert.Equal(1, await app.InDbAsync(db => db.Set<WorkOrder>().CountAsync(Ct)));
    }

    [Fact]
    public async Task Bad_input_is_refused_by_the_name_of_the_field()
    {
        await using var app = await DeskSteps.StartDeskAsync(Database.Sqlite);
        using var seat = app.As(Permissions.Create);
        (string Json, int Status, string Field)[] cases =
        [
            ("""{"title":"","content":"x","channel":"电话"}""", 400, "title"),
            ("""{"title":"x","content":" \n ","channel":"电话"}""", 400, "content"),
            ("""{"title":"x","content":"x"}""", 400, "channel"),
            ($$"""{"title":"x","content":"{{new string('水', 4001)}}","channel":"电话"}""", 400, "content"),
            ($$"""{"title":"x","content":"{{new string('水', 2_000_000)}}","channel":"电话"}""", 400, "content"),
            ($$"""{"title":"{{new string('x', 201)}}","content":"x","channel":"电话"}""", 400, "title"),
            ("""{"title":"x","content":"x","channel":"电话","callTime":"2026-03-02T09:10:00+08:00"}""", 400, "callTime"),
            ("""{"title":"x","content":"x","channel":"电话","callTime":"1900-01-01T00:00:00+08:00"}""", 400, "callTime"),
            ("""{"title":"x","content":"x","channel":"电话","callTime":"yesterday"}""", 400, "callTime"),
            ("""{"title":"x","content":"x","channel":"电话","originType":3}""", 400, "originType"),
            ("""{"title":"x","content":"x","channel":"电话","lonLat":{"lon":181,"lat":0}}""", 400, "lonLat.lon"),
            ("""{"title":"x","content":"x","channel":"电话","lonLat":{"lon":1}}""", 400, "lonLat.lat"),
            ("""{"title":"x","content":"x","channel":"电话","town":"没有街道"}""", 422, "town"),
            ("""{"title":"x","content":"x","channel":"电话","town":"110106001","community":"芳古园社区"}""", 422, "community"),
            ("""{"title":"x","content":"x","channel":"电话","classL3":"999999"}""", 422, "classL3"),
            ("""{"title":"x","content":"x","channel":"电话","score":1}""", 400, "score"),
            ("""{"title":"x","content":"x","channel":"电话","lonLat":{"lon":1,"lat":1,"alt":1}}""", 400, "lonLat.alt"),
            ("""{"title":1,"content":"x","channel":"电话"}""", 400, "title"),
            ("""{"title":"x","content":"x","channel":"电话","lonLat":"x"}""", 400, "lonLat"),
            ("""{"title":"x","content":"x","channel":"电话","lonLat":{"lon":"x","lat":1}}""", 400, "lonLat.lon"),
            ("""{"title":"x","content":"x","channel":"电话","isSecret":"yes"}""", 400, "isSecret"),
            ("""{"title":"\ud800","content":"x","channel":"电话"}""", 400, "title"),
        ];

        foreach (var (json, status, field) in cases)
        {
            using var response = await seat.PostJsonAsync("k", json);
            var problem = await response.JsonAsync();
            Assert.True(
                (int)response.StatusCode == status && problem.TryGetProperty("errors", out var errors) && errors.TryGetProperty(field, out _),
                $"{json[..Math.Min(90, json.Length)]}: {(int)response.StatusCode} {problem}");
        }

        using var noKey = await seat.PostJsonAsync(null, """{"title":"x","content":"x","channel":"电话"}""");
        await noKey.ShouldBeRefusedAsync(HttpStatusCode.BadRequest, "request.key_missing");
        Assert.Equal(0, await app.InDbAsync(db => db.Set<WorkOrder>().CountAsync(Ct)));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task In_a_batch_a_bad_row_does_not_spoil_the_others_and_a_second_run_adds_nothing(Database database)
    {
        await using var app = await DeskSteps.StartDeskAsync(database);
        var actor = new Actor(Guid.CreateVersion7(), OrderBuilder.Centre, "CT", new HashSet<string>());
        IncomingOrder[] rows = [.. Enumerable.Range(0, 600).Select(i => new IncomingOrder(new()
        {
            Title = "路灯不亮", Content = i == 7 ? null : "路灯不亮", Channel = "导入", OrderNo = $"N{i % 599}",
        }))];

        var first = await ReceiveAsync(app, rows, actor);
        var second = await ReceiveAsync(app, rows, actor);

        Assert.Equal("content", Assert.Single(first[7].Error!.Fields.Keys));
        Assert.Equal((598, 1), (first.Count(r => r is { IsSuccess: true, Value.IsDuplicate: false }), first.Count(r => r is { IsSuccess: true, Value.IsDuplicate: true })));
        Assert.Equal(first[0].Value.Id, first[599].Value.Id);
        Assert.True(second.Where(r => r.IsSuccess).All(r => r.Value.IsDuplicate));
        Assert.Equal(598, await app.InDbAsync(db => db.Set<WorkOrder>().CountAsync(Ct)));
    }

    private static async Task<IReadOnlyList<Result<Receipt>>> ReceiveAsync(TestApp app, IReadOnlyList<IncomingOrder> rows, Actor actor)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IIntake>().ReceiveManyAsync(rows, actor, Ct);
    }
}
