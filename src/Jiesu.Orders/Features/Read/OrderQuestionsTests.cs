using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Jiesu.Tests;
using Jiesu.Tests.Given;

namespace Jiesu.Orders.Features.Read;

/// <summary>How often one order asks the database, when it has all that an order can have.</summary>
public sealed class OrderQuestionsTests
{
    private const int Most = 6;
    private const string Street = "110106001", OtherStreet = "110106002", Phone = "13812345678";
    private static readonly string[] Everything = [.. Permissions.All.Select(p => p.Code)];
    private static readonly byte[] Recording = [.. "ID3\u0004"u8, .. new byte[5_000]];
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task The_page_and_the_api_of_a_full_order_ask_the_database_six_times_at_most(Database database)
    {
        var commands = new CountedCommands();
        await using var app = await TestApp.StartAsync(database, commands.AddTo);
        await app.GivenCatalogueAsync();
        using var dispatcher = app.As(Everything);
        using var officer = app.AsOf(await app.UnitIdAsync(Street), Everything);
        var id = await GivenFullOrderAsync(app, dispatcher, officer);

        foreach (var reader in new[] { dispatcher, officer })
        {
            var page = await AskedAsync(commands, reader, $"/orders/{id}");
            var api = await AskedAsync(commands, reader, $"/api/v1/orders/{id}");

            Assert.All(
                ["现场说明.txt", "核实地址", "人行道塌陷", "居委会门口", "被反映人", "已并入本单", "合并来的", "同一诉求人", "再次来电", "相似工单", "智能建议", "疏通中"],
                words => Assert.Contains(words, page.Told, StringComparison.Ordinal));
            Assert.True(page.Asked.Count <= Most, $"The page asks {page.Asked.Count} times:\n{string.Join("\n\n", page.Asked)}");
            Assert.True(api.Asked.Count <= Most, $"The API asks {api.Asked.Count} times:\n{string.Join("\n\n", api.Asked)}");
        }
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task So_does_the_page_of_an_order_whose_dispatch_is_held(Database database)
    {
        var commands = new CountedCommands();
        await using var app = await TestApp.StartAsync(database, commands.AddTo);
        await app.GivenCatalogueAsync();
        using var dispatcher = app.As(Everything);
        var id = await CreateAsync(dispatcher, "人行道塌陷");
        await ActAsync(dispatcher, id, "accept", new { });
        await app.DeliverAsync();
        await dispatcher.SubmitAsync($"/orders/desk?order={id}", $"/orders/desk/{id}", ("lead", Street));

        var page = await AskedAsync(commands, dispatcher, $"/orders/{id}");

        Assert.Contains("秒后送出", page.Told, StringComparison.Ordinal);
        Assert.True(page.Asked.Count <= Most, string.Join("\n\n", page.Asked));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task What_stands_near_an_order_is_named_and_counted_for_those_only_who_may_see_it(Database database)
    {
        var commands = new CountedCommands();
        await using var app = await TestApp.StartAsync(database, commands.AddTo);
        await app.GivenCatalogueAsync();
        using var dispatcher = app.As(Everything);
        using var officer = app.AsOf(await app.UnitIdAsync(Street), Everything);
        using var stranger = app.AsOf(await app.UnitIdAsync(OtherStreet), Everything);
        var id = await GivenFullOrderAsync(app, dispatcher, officer);
        var hidden = await CreateAsync(dispatcher, "别处的人行道塌陷", Phone, OtherStreet);
        await ActAsync(dispatcher, hidden, "accept", new { });
        await ActAsync(dispatcher, hidden, "dispatch", new { lead = OtherStreet });
        await ActAsync(dispatcher, id, "link", new { masterOrderId = hidden });
        await app.DeliverAsync();

        var seen = await AskedAsync(commands, officer, $"/orders/{id}");
        var all = await AskedAsync(commands, dispatcher, $"/orders/{id}");

        Assert.Equal(3, Count(all.Told, "别处的人行道塌陷"));       // similar, linked, the same caller
        Assert.Equal(0, Count(seen.Told, "别处的人行道塌陷"));
        Assert.Equal((3, 2), ((await Related(dispatcher, id)).GetProperty("yearCount").GetInt32(), (await Related(officer, id)).GetProperty("yearCount").GetInt32()));
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(new Uri($"/orders/{id}", UriKind.Relative), Ct)).StatusCode);
    }

    /// <summary>With files, a marked recording, two answered forms, advice, a merged order, the same caller and similar orders.</summary>
    private static async Task<string> GivenFullOrderAsync(TestApp app, HttpClient dispatcher, HttpClient officer)
    {
        var id = await CreateAsync(dispatcher, "人行道塌陷", Phone, Street, new { subjectName = "某单位" });
        var merged = await CreateAsync(dispatcher, "合并来的人行道塌陷");
        var again = await CreateAsync(dispatcher, "再次来电反映人行道塌陷", Phone);
        foreach (var order in new[] { id, merged, again })
        {
            await ActAsync(dispatcher, order, "accept", new { });
        }

        await ActAsync(dispatcher, again, "dispatch", new { lead = Street });
        await ActAsync(dispatcher, merged, "dispatch", new { lead = Street });
        await ActAsync(dispatcher, id, "dispatch", new { lead = Street });
        await ActAsync(officer, id, "sign", new { });
        await ActAsync(dispatcher, merged, "merge", new { masterOrderId = id });
        await UploadAsync(officer, id, "现场说明.txt", "text/plain", "说明"u8.ToArray());
        var recording = await UploadAsync(officer, id, "通话.mp3", "audio/mpeg", Recording);
        using var marked = await officer.PostAsJsonAsync($"/api/v1/orders/{id}/attachments/{recording}/marks", new { second = 3, label = "核实地址" }, Ct);
        Assert.Equal(HttpStatusCode.Created, marked.StatusCode);
        await ActAsync(officer, id, "submit-reply", new { result = "疏通中", form = new { contacted = false, isTrue = true, solved = true, metPlace = "居委会门口" } });
        await app.DeliverAsync();
        return id;
    }

    /// <summary>What the second of two equal requests asks; the first one fills what the node keeps.</summary>
    private static async Task<(string Told, IReadOnlyList<string> Asked)> AskedAsync(CountedCommands commands, HttpClient reader, string url)
    {
        await reader.GetStringAsync(new Uri(url, UriKind.Relative), Ct);
        commands.Take();
        var told = WebUtility.HtmlDecode(await reader.GetStringAsync(new Uri(url, UriKind.Relative), Ct));
        var asked = commands.Take();
        TestContext.Current.SendDiagnosticMessage($"{url.Split('/')[1]}: {asked.Count}");
        return (told, asked);
    }

    private static async Task<string> CreateAsync(HttpClient dispatcher, string title, string? phone = null, string? town = null, object? form = null)
    {
        using var made = await dispatcher.PostOrderAsync(title, new { title, content = "门前人行道塌陷，行人容易摔倒，请尽快修复", channel = "电话", town, callerName = phone is null ? null : "张小明", callerPhone = phone, form });
        Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync(Ct));
        return (await made.JsonAsync()).GetProperty("id").GetString()!;
    }

    private static async Task ActAsync(HttpClient who, string id, string action, object body)
    {
        using var done = await who.ActAsync($"orders/{id}/actions/{action}", (await who.ReadAsync($"orders/{id}")).GetProperty("version").GetInt32(), body);
        Assert.True(done.IsSuccessStatusCode, $"{action}: {await done.Content.ReadAsStringAsync(Ct)}");
    }

    private static async Task<string> UploadAsync(HttpClient who, string id, string name, string type, byte[] bytes)
    {
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        using var form = new MultipartFormDataContent { { content, "file", name } };
        using var added = await who.PostAsync(new Uri($"/api/v1/orders/{id}/attachments", UriKind.Relative), form, Ct);
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        return (await added.JsonAsync()).GetProperty("id").GetString()!;
    }

    private static Task<JsonElement> Related(HttpClient who, string id) => who.ReadAsync($"orders/{id}/related");

    private static int Count(string text, string word) => text.Split(word).Length - 1;
}
