using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Jiesu.Identity;
using Jiesu.Identity.Contracts;
using Jiesu.Tests;
using Jiesu.Tests.Given;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Jiesu.Orders.Features.Read;

/// <summary>SEC-18, SEC-20: of a foreign order nothing is told through any door.</summary>
public sealed class OrderScopeTests
{
    private const string Marker = "紫藤暗号";
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_foreign_unit_gets_nothing_and_the_own_unit_gets_it_through_every_door(Database database)
    {
        await using var app = await DeskSteps.StartDeskAsync(database, DeskRules.Street, "110106001");
        using var centre = app.As(Permissions.Create, Permissions.Read, Permissions.Attach);
        var order = await (await centre.PostOrderAsync("k1", new { title = Marker, content = $"{Marker} 下水道堵塞", channel = "电话", callerName = "张小明", callerPhone = "13812345678" })).JsonAsync();
        await centre.PostOrderAsync("k2", new { title = "另一件", content = "下水道堵塞，请处理", channel = "电话" });
        await app.GivenShareAsync(Marker, await app.UnitIdAsync(DeskRules.Street));
        await app.GivenShareAsync("另一件", await app.UnitIdAsync("110106001"));
        await app.DeliverAsync();
        var (id, path) = (order.GetProperty("id").GetString(), $"/api/v1/orders/{order.GetProperty("id").GetString()}");
        var file = await (await UploadAsync(centre, path)).JsonAsync();
        string[] all = [Permissions.Read, Permissions.Export, Permissions.Attach, Permissions.RevealCaller];
        using var own = app.AsOf(await app.UnitIdAsync(DeskRules.Street), all);
        using var foreign = app.AsOf(await app.UnitIdAsync("110106001"), all);

        string[] single = [path, $"{path}/timeline", $"{path}/similar", $"{path}/advice", $"{path}/attachments", $"{path}/attachments/{file.GetProperty("id").GetString()}"];
        foreach (var url in single)
        {
            using var seen = await own.GetAsync(new Uri(url, UriKind.Relative), Ct);
            Assert.True(seen.IsSuccessStatusCode, $"{url} {seen.StatusCode}");
            using var unseen = await foreign.GetAsync(new Uri(url, UriKind.Relative), Ct);
            using var absent = await foreign.GetAsync(new Uri(url.Replace(id![..8], "00000001", StringComparison.Ordinal), UriKind.Relative), Ct);
            Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (unseen.StatusCode, absent.StatusCode));
            Assert.Equal(Without(await absent.JsonAsync()), Without(await unseen.JsonAsync()));
        }

        using var revealed = await foreign.PostAsJsonAsync(path + "/caller/reveal", new { purpose = "核实情况" }, Ct);
        using var uploaded = await UploadAsync(foreign, path);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (revealed.StatusCode, uploaded.StatusCode));

        string[] many = ["orders", $"orders?q={Marker}", "orders?q=下水道", "orders/export?format=csv", $"orders/export?format=csv&q={Marker}"];
        foreach (var url in many)
        {
            Assert.Contains(Marker, await own.GetStringAsync("/api/v1/" + url, Ct), StringComparison.Ordinal);
            var told = await foreign.GetStringAsync("/api/v1/" + url, Ct);
            Assert.DoesNotContain(Marker, told, StringComparison.Ordinal);
            Assert.DoesNotContain("13812345678", told, StringComparison.Ordinal);
        }

        Assert.Equal(0, (await foreign.ReadAsync($"orders?q={Marker}")).GetProperty("total").GetInt32());
        Assert.Equal(1, (await foreign.ReadAsync("orders")).GetProperty("total").GetInt32());
        Assert.Equal(1, (await foreign.ReadAsync("orders/counts")).GetProperty("states").GetProperty("PendingSign").GetInt32());
        using var advice = await foreign.PostAsJsonAsync("/api/v1/advice", new { text = $"{Marker} 下水道堵塞", title = Marker }, Ct);
        Assert.DoesNotContain(Marker, (await advice.JsonAsync()).GetProperty("similar").GetRawText(), StringComparison.Ordinal);
        using var own2 = await own.PostAsJsonAsync("/api/v1/advice", new { text = $"{Marker} 下水道堵塞", title = Marker }, Ct);
        Assert.Contains(Marker, (await own2.JsonAsync()).GetProperty("similar").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_attachment_is_given_out_by_its_own_order_only_and_never_runs()
    {
        await using var app = await DeskSteps.StartDeskAsync(Database.Sqlite);
        using var desk = app.As(Permissions.Create, Permissions.Read, Permissions.Attach);
        var mine = $"/api/v1/orders/{await IdAsync(desk, "k1")}/attachments";
        var other = $"/api/v1/orders/{await IdAsync(desk, "k2")}/attachments";
        using var added = await UploadAsync(desk, mine[..^"/attachments".Length]);
        var id = (await added.JsonAsync()).GetProperty("id").GetString();

        using var wrong = await desk.GetAsync(new Uri($"{other}/{id}", UriKind.Relative), Ct);
        using var right = await desk.GetAsync(new Uri($"{mine}/{id}?inline=true", UriKind.Relative), Ct);
        using var script = await UploadAsync(desk, mine[..^"/attachments".Length], "现场.jpg", "image/jpeg", "<script>alert(1)</script>");
        using var page = await UploadAsync(desk, mine[..^"/attachments".Length], "a.svg", "image/svg+xml", "<svg/>");

        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, wrong.StatusCode);
        Assert.Equal("现场情况", await right.Content.ReadAsStringAsync(Ct));
        Assert.StartsWith("attachment", right.Content.Headers.ContentDisposition!.ToString(), StringComparison.Ordinal);
        Assert.Equal("情况说明.txt", right.Content.Headers.ContentDisposition.FileNameStar);
        Assert.Equal("nosniff", right.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.StartsWith("sandbox", right.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        await script.ShouldBeRefusedAsync(HttpStatusCode.UnsupportedMediaType, "file.kind_mismatch");
        await page.ShouldBeRefusedAsync(HttpStatusCode.UnsupportedMediaType, "file.kind_unknown");
        Assert.Single((await desk.ReadAsync(mine["/api/v1/".Length..])).GetProperty("items").EnumerateArray());
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task The_caller_is_shown_for_a_purpose_while_the_order_is_in_hand(Database database)
    {
        await using var app = await DeskSteps.StartDeskAsync(database, DeskRules.Street);
        using var centre = app.As(Permissions.Create, Permissions.Read, Permissions.RevealCaller);
        var order = await (await centre.PostOrderAsync("k1", new { title = "甲", content = "内容", channel = "电话", callerName = "张小明", callerPhone = "13812345678" })).JsonAsync();
        var url = new Uri($"/api/v1/orders/{order.GetProperty("id").GetString()}/caller/reveal", UriKind.Relative);

        using var early = await centre.PostAsJsonAsync(url, new { purpose = "核实情况" }, Ct);
        using var purposeless = await centre.PostAsJsonAsync(url, new { purpose = "" }, Ct);
        await app.GivenShareAsync("甲", await app.UnitIdAsync(DeskRules.Street));
        using var late = await centre.PostAsJsonAsync(url, new { purpose = "核实情况" }, Ct);
        using var street = app.AsOf(await app.UnitIdAsync(DeskRules.Street), Permissions.RevealCaller);
        using var holder = await street.PostAsJsonAsync(url, new { purpose = "上门前联系" }, Ct);

        Assert.Equal("13812345678", (await early.JsonAsync()).GetProperty("phone").GetString());
        await purposeless.ShouldBeRefusedAsync(HttpStatusCode.BadRequest, "request.invalid");
        await late.ShouldBeRefusedAsync(HttpStatusCode.Conflict, "order.not_in_hands");
        Assert.Equal("张小明", (await holder.JsonAsync()).GetProperty("name").GetString());
    }

    [Fact]
    public async Task Whoever_asked_too_often_is_told_when_to_come_again()
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite, s =>
        {
            DeskRules.AddTo(s);
            s.AddSingleton(Options.Create(new IdentitySettings { RevealsPerDay = 0 }));
        });
        await app.GivenDistrictAsync([new(UnitCode.From("QZX"), "区中心", UnitKind.Centre, null)]);
        using var desk = app.As(Permissions.Create, Permissions.Read, Permissions.RevealCaller);
        var order = await (await desk.PostOrderAsync("k1", new { title = "甲", content = "内容", channel = "电话", callerPhone = "13812345678" })).JsonAsync();

        using var refused = await desk.PostAsJsonAsync($"/api/v1/orders/{order.GetProperty("id").GetString()}/caller/reveal", new { purpose = "核实情况" }, Ct);

        await refused.ShouldBeRefusedAsync(HttpStatusCode.TooManyRequests, "caller.quota_spent");
        Assert.Equal(TimeSpan.FromHours(15), refused.Headers.RetryAfter!.Delta);    // it is nine in the morning
    }

    private static string Without(System.Text.Json.JsonElement problem) =>
        string.Join(' ', problem.EnumerateObject().Where(p => p.Name != "traceId").Select(p => $"{p.Name}={p.Value}"));

    private static async Task<string?> IdAsync(HttpClient desk, string key)
    {
        using var response = await desk.PostOrderAsync(key, new { title = "甲", content = "内容", channel = "电话" });
        return (await response.JsonAsync()).GetProperty("id").GetString();
    }

    private static async Task<HttpResponseMessage> UploadAsync(HttpClient client, string path, string name = "情况说明.txt", string type = "text/plain", string text = "现场情况")
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        using var form = new MultipartFormDataContent { { content, "file", name } };
        return await client.PostAsync(new Uri(path + "/attachments", UriKind.Relative), form, Ct);
    }
}
