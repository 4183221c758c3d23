using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Jiesu.Callback.Domain;
using Jiesu.Identity.Contracts;
using Jiesu.Identity.Domain;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Features.Notices;
using Jiesu.Platform;
using Jiesu.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Tests.Scope;

/// <summary>A district as it is installed, with four marked orders in the hands of four units, and four people who hold every permission there is: only their scope keeps them apart.</summary>
internal sealed class MarkedDistrict : IAsyncDisposable
{
    private const string StreetA = "110106001", StreetB = "110106002", StreetC = "110106003", Department = "110106-SWJ";
    private readonly Dictionary<string, HttpClient> _clients = [];
    private string _community = "";

    private MarkedDistrict(TestApp app) => App = app;

    public TestApp App { get; }
    public IReadOnlyList<MarkedOrder> Orders { get; } = [new('a', StreetA), new('b', StreetB), new('c', StreetC), new('d', Department)];
    public IReadOnlyList<Walker> Walkers { get; private set; } = [];

    /// <summary>A person whom routes of people may name.</summary>
    public string Person { get; private set; } = "";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<MarkedDistrict> BeginAsync(Database database)
    {
        var district = new MarkedDistrict(await TestApp.StartAsync(database));
        await district.App.SeedAsync();
        await district.GivenPeopleAsync();
        foreach (var order in district.Orders)
        {
            await district.GivenOrderAsync(order);
        }

        await district.App.DeliverAsync();
        foreach (var order in district.Orders)
        {
            order.CallbackTask = await district.App.InDbAsync(db => db.Set<CallbackTask>().Where(t => t.OrderId == OrderId.From(Guid.Parse(order.Id))).Select(t => t.Id.ToString()).SingleAsync(Ct));
        }

        return district;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients.Values)
        {
            client.Dispose();
        }

        await App.DisposeAsync();
    }

    private async Task GivenPeopleAsync()
    {
        await using var scope = App.Services.CreateAsyncScope();
        var tree = await scope.ServiceProvider.GetRequiredService<IUnitDirectory>().GetAsync(Ct);
        string[] everything = [.. App.Services.GetRequiredService<Modules>().Permissions.Select(p => p.Code)];
        _clients["centre"] = App.As(everything);
        _community = tree.ChildrenOf(tree.Find(StreetB)!.Id).First().Code.Value;
        foreach (var code in new[] { StreetA, StreetB, StreetC, Department, _community })
        {
            _clients[code] = App.AsOfAll(PostRights.ScopeOf(tree, tree.Find(code)!.Id)!, everything);
        }

        Walkers =
        [
            new("the district centre", _clients["centre"], _ => true),
            new("a department", _clients[Department], o => o.Unit == Department),
            new("a street", _clients[StreetA], o => o.Unit == StreetA),
            new("a community of another street", _clients[_community], o => o.Unit == StreetB),
        ];
        Person = (await App.GivenPersonAsync("someone", ("UC", StreetC))).Id.ToString();
    }

    /// <summary>From intake to the callback, so that there is something behind each kind of door.</summary>
    private async Task GivenOrderAsync(MarkedOrder order)
    {
        var (centre, unit) = (_clients["centre"], _clients[order.Unit]);
        var created = await (await centre.PostOrderAsync($"k{order.Letter}", new
        {
            title = $"{order.Title} {MarkedOrder.Common}", content = $"{order.Content} {MarkedOrder.Common}，请处理", channel = "电话", town = StreetC,
            address = order.Address, pointName = order.PointName, callerName = order.CallerName, callerPhone = order.CallerPhone,
        })).JsonAsync();
        (order.Id, order.CaseNo) = (created.GetProperty("id").GetString()!, created.GetProperty("caseNo").GetString()!);
        order.Attachment = Id(await UploadAsync(centre, $"/api/v1/orders/{order.Id}/attachments", order.FileName + ".txt", order.FileText));
        await StepAsync(centre, order, "accept", new { note = order.Note });
        await StepAsync(centre, order, "dispatch", new { lead = order.Unit, limit = new { value = 3, unit = "natural_day" } });
        await StepAsync(unit, order, "sign", new { });
        var handler = unit;
        if (order.Unit == StreetB)
        {
            handler = _clients[_community];
            await StepAsync(unit, order, "sub-dispatch", new { lead = _community });
            await StepAsync(handler, order, "sign", new { });
        }

        await StepAsync(handler, order, "submit-reply", new { result = order.Result });
        await StepAsync(unit, order, "unit-review", new { decision = "approve" });
        order.Import = Id(await UploadAsync(handler, "/api/v1/imports", "a.csv", $"title,content,time\r\n{order.ImportedRow},内容,昨天\r\n"));
        await App.RunImportsAsync();
        foreach (var (code, client) in _clients)
        {
            var person = Guid.Parse(client.DefaultRequestHeaders.GetValues("X-Person").Single());
            var notice = await App.GivenAsync(new Notice { PersonId = person, OrderId = OrderId.From(Guid.Parse(order.Id)), Kind = NoticeKind.Sign, Text = $"{order.CaseNo} {order.Title}", At = App.Clock.GetUtcNow() });
            order.Notice = code == order.Unit ? notice.Id.ToString() : order.Notice;
        }
    }

    private static async Task StepAsync(HttpClient who, MarkedOrder order, string action, object body)
    {
        var version = (await who.ReadAsync($"orders/{order.Id}")).GetProperty("version").GetInt32();
        using var done = await who.ActAsync($"orders/{order.Id}/actions/{action}", version, body);
        Assert.True(done.IsSuccessStatusCode, $"{action}: {await done.Content.ReadAsStringAsync(Ct)}");
    }

    private static async Task<JsonElement> UploadAsync(HttpClient client, string url, string name, string text)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        using var form = new MultipartFormDataContent { { content, "file", name } };
        using var answer = await client.PostAsync(new Uri(url, UriKind.Relative), form, Ct);
        Assert.True(answer.IsSuccessStatusCode, $"{url}: {await answer.Content.ReadAsStringAsync(Ct)}");
        return await answer.JsonAsync();
    }

    private static string Id(JsonElement json) => json.GetProperty("id").GetString()!;
}
