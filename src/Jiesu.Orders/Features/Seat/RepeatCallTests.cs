using System.Net;
using Jiesu.Identity.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Tests;
using Jiesu.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Orders.Features.Seat;

public sealed class RepeatCallTests
{
    private const string Url = "/orders/new";
    private const string Phone = "13812345678";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_seat_sees_what_the_caller_asked_for_and_makes_an_urge_of_the_second_call(Database database)
    {
        await using var app = await DeskSteps.StartDeskAsync(database, DeskRules.Street);
        using var seat = app.As(Permissions.Create, Permissions.Read, Permissions.Urge);
        var first = await MadeAsync(seat, new { title = "楼道堆物", content = "楼道堆物，影响通行。", channel = "电话", callerPhone = Phone });
        await MadeAsync(seat, new { title = "举报", content = "举报某人。", channel = "电话", callerPhone = Phone, isSecret = true });
        var typed = await seat.FillInAsync(Url, Url, ("content", "堆物还在，催一下"), ("callerPhone", "138-1234-5678"));

        var calls = await (await seat.SendAsync(Url + "/calls", typed)).Content.ReadAsStringAsync(Ct);
        Assert.Contains("楼道堆物", calls, StringComparison.Ordinal);
        Assert.Contains("今年 1 次", calls, StringComparison.Ordinal);
        Assert.Contains("弱重复", calls, StringComparison.Ordinal);
        Assert.DoesNotContain("举报", calls, StringComparison.Ordinal);
        var urged = await seat.SendAsync($"{Url}/urge/{first}", typed);
        await seat.SendAsync($"{Url}/urge/{first}", typed);    // a double click

        Assert.Equal(HttpStatusCode.Redirect, urged.StatusCode);
        Assert.Equal($"/orders/{first}", urged.Headers.Location?.ToString());
        var order = await app.InDbAsync(db => db.Set<WorkOrder>().Include(x => x.History).SingleAsync(x => x.Title == "楼道堆物", Ct));
        Assert.Equal(1, order.Urges);
        Assert.Contains("堆物还在", Assert.Single(order.History, h => h.Action == OrderAction.Urge).Note, StringComparison.Ordinal);
        Assert.Equal(2, await app.InDbAsync(db => db.Set<WorkOrder>().CountAsync(Ct)));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_call_after_the_closing_makes_a_new_order_that_is_linked_to_the_old_one(Database database)
    {
        await using var app = await DeskSteps.StartDeskAsync(database, DeskRules.Street);
        using var seat = app.As(Permissions.Create, Permissions.Read, Permissions.Urge);
        var old = await MadeAsync(seat, new { title = "路灯不亮", content = "路灯不亮。", channel = "电话", callerPhone = Phone });
        await app.InDbAsync(db => db.Set<WorkOrder>().ExecuteUpdateAsync(s => s.SetProperty(x => x.State, OrderState.Closed), Ct));
        var typed = await seat.FillInAsync(Url, Url, ("title", "路灯又不亮"), ("content", "路灯又不亮了。"), ("channel", "电话"), ("callerPhone", Phone), ("linkTo", old));

        Assert.Contains("登记后关联", await (await seat.SendAsync(Url + "/calls", typed)).Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        var refused = await seat.SendAsync($"{Url}/urge/{old}", typed);
        var made = await seat.SendAsync(Url, typed);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("已办结", await refused.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        var id = made.Headers.Location!.ToString().Split('/')[^1];
        var linked = (await seat.ReadAsync($"orders/{id}/related")).GetProperty("linked");
        Assert.Equal(old, Assert.Single(linked.EnumerateArray()).GetProperty("id").GetString());
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Where_the_district_wants_it_so_the_same_matter_from_the_same_telephone_is_an_urge_and_no_second_order(Database database)
    {
        await using var app = await TestApp.StartAsync(database, s =>
        {
            DeskRules.AddTo(s);
            s.Configure<OrdersSettings>(o => typeof(OrdersSettings).GetProperty(nameof(OrdersSettings.AttachRepeatCalls))!.SetValue(o, true));
        });
        await app.GivenDistrictAsync([new(UnitCode.From("QZX"), "区中心", UnitKind.Centre, null)]);
        using var client = app.As(Permissions.Create, Permissions.Read, Permissions.Urge);
        object Call(string content, string? address = "和平里1号", string? phone = Phone, string? orderNo = null) =>
            new { title = "下水道堵塞", content, channel = "电话", classL3 = DeskRules.Class, address, callerPhone = phone, orderNo };

        var first = await (await client.PostOrderAsync("k1", Call("下水道堵了。"))).JsonAsync();
        var again = await client.PostOrderAsync("k2", Call("下水道还堵着。"));
        var repeated = await client.PostOrderAsync("k2", Call("下水道还堵着。"));
        var elsewhere = await client.PostOrderAsync("k3", Call("下水道堵了。", address: "别处2号"));
        var other = await client.PostOrderAsync("k4", Call("下水道堵了。", phone: "13812345679"));
        var city = await client.PostOrderAsync("k5", Call("下水道堵了。", orderNo: "SZ-1"));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Created, HttpStatusCode.Created, HttpStatusCode.Created], new[] { again, repeated, elsewhere, other, city }.Select(r => r.StatusCode));
        Assert.Equal(first.GetProperty("id").GetString(), (await again.JsonAsync()).GetProperty("id").GetString());
        Assert.Equal(await again.Content.ReadAsStringAsync(Ct), await repeated.Content.ReadAsStringAsync(Ct));
        Assert.Equal((4, 1), (await app.InDbAsync(db => db.Set<WorkOrder>().CountAsync(Ct)), await app.InDbAsync(db => db.Set<WorkOrder>().SumAsync(x => x.Urges, Ct))));
    }

    private static async Task<string> MadeAsync(HttpClient client, object order) =>
        (await (await client.PostOrderAsync(Guid.CreateVersion7().ToString(), order)).JsonAsync()).GetProperty("id").GetString()!;
}
