using System.Net;
using System.Net.Http.Json;
using Jiesu.Orders.Domain;
using Jiesu.Tests;
using Jiesu.Tests.Given;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.Advice;

public sealed class AdviceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Each_new_order_has_advice_and_its_like_is_found(Database database)
    {
        await using var app = await DeskSteps.StartDeskAsync(database);
        using var desk = app.As(Permissions.Create, Permissions.Read);
        var first = await (await desk.PostOrderAsync("k1", new { title = "健身卡退款难", content = "健身房关门，健身卡余额不给退款，请协调。", channel = "电话" })).JsonAsync();
        await desk.PostOrderAsync("k2", new { title = "健身卡不退款", content = "健身房关门了，健身卡的余额不给退款，请帮助协调。", channel = "电话" });
        await app.DeliverAsync();
        await app.DeliverAsync();

        var advice = await desk.ReadAsync($"orders/{first.GetProperty("id").GetString()}/advice");
        var similar = await desk.ReadAsync($"orders/{first.GetProperty("id").GetString()}/similar");
        using var live = await desk.PostAsJsonAsync("/api/v1/advice", new { text = "健身房关门，健身卡余额不退", town = DeskRules.StreetName, lonLat = new { lon = 116.4, lat = 39.8 } }, Ct);

        Assert.Equal(2, await app.InDbAsync(db => db.Set<StoredAdvice>().CountAsync(Ct)));
        Assert.NotEqual("", advice.GetProperty("modelVersion").GetString());
        Assert.Equal("健身卡不退款", similar.GetProperty("items")[0].GetProperty("title").GetString());
        var told = await live.JsonAsync();
        string[] promised = ["classes", "units", "addresses", "keywords", "entities", "flags", "similar", "modelVersion", "elapsedMs"];
        Assert.All(promised, name => Assert.True(told.TryGetProperty(name, out _), name));
    }

    [Fact]
    public async Task A_question_that_cannot_be_read_is_refused_by_the_name_of_the_field()
    {
        await using var app = await DeskSteps.StartDeskAsync(Database.Sqlite);
        using var desk = app.As(Permissions.Read);
        (object Body, HttpStatusCode Status, string Field)[] cases =
        [
            (new { text = "" }, HttpStatusCode.BadRequest, "text"), (new { text = new string('水', 5000) }, HttpStatusCode.BadRequest, "text"), (new { text = "x", lonLat = new { lon = 200, lat = 0 } }, HttpStatusCode.BadRequest, "lonLat"),
            (new { text = "x", town = "没有街道" }, HttpStatusCode.UnprocessableEntity, "town"), (new { text = "x", colour = "red" }, HttpStatusCode.BadRequest, "colour"), (new { text = 1 }, HttpStatusCode.BadRequest, "text"),
        ];

        foreach (var (body, status, field) in cases)
        {
            using var answer = await desk.PostAsJsonAsync("/api/v1/advice", body, Ct);
            Assert.Equal(status, answer.StatusCode);
            Assert.True((await answer.JsonAsync()).GetProperty("errors").TryGetProperty(field, out _), field);
        }
    }
}
