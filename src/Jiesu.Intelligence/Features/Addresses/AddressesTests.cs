using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Jiesu.Intelligence.Contracts;
using Jiesu.Intelligence.Features.Address;
using Jiesu.Intelligence.Domain;
using Jiesu.Platform;
using Jiesu.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Intelligence.Features.Addresses;

public sealed class AddressesTests
{
    private static readonly Uri AliasesUrl = new("/api/v1/intelligence/aliases", UriKind.Relative);
    private static readonly (Guid One, Guid Other) People = (Guid.CreateVersion7(), Guid.CreateVersion7());

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Three_confirmations_of_two_people_teach_an_alias_that_the_next_advice_knows(Database database)
    {
        await using var app = await StartAsync(database);
        var (first, _) = await CommunitiesAsync(app);
        Assert.DoesNotContain(await LocateAsync(app, "锦绣嘉苑小区9号楼"), a => a.Community == first);

        await ConfirmAsync(app, first, "锦绣嘉苑小区3号楼2单元", People.One, People.One, People.Other);
        app.Clock.Advance(TimeSpan.FromMinutes(2));

        var found = (await LocateAsync(app, "锦绣嘉苑小区9号楼"))[0];
        Assert.Equal((first, true), (found.Community, found.Evidence.Contains("别名“锦绣嘉苑小区”", StringComparison.Ordinal)));
        Assert.All(await app.InDbAsync(db => db.Set<StoredConfirmation>().Select(c => c.Name).ToListAsync(Ct)), name => Assert.Equal("锦绣嘉苑小区", name));
        using var viewer = app.As(Permissions.View);
        var row = Assert.Single((await viewer.GetFromJsonAsync<JsonElement>(AliasesUrl, Ct)).EnumerateArray());
        Assert.Equal((first, 3, 2), (row.GetProperty("code").GetString(), row.GetProperty("orders").GetInt32(), row.GetProperty("people").GetInt32()));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_road_of_several_communities_is_never_learned(Database database)
    {
        await using var app = await StartAsync(database);
        var (first, second) = await CommunitiesAsync(app);

        await ConfirmAsync(app, first, "锦绣东路12号", People.One, People.One, People.Other, People.Other);
        await ConfirmAsync(app, second, "锦绣东路80号", People.One);

        using var viewer = app.As(Permissions.View);
        Assert.Empty((await viewer.GetFromJsonAsync<JsonElement>(AliasesUrl, Ct)).EnumerateArray());
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task What_is_switched_off_stays_off_whatever_is_confirmed(Database database)
    {
        await using var app = await StartAsync(database);
        using var editor = app.As(Permissions.View, Permissions.Edit);
        var (first, _) = await CommunitiesAsync(app);
        await ConfirmAsync(app, first, "锦绣嘉苑小区3号楼", People.One, People.One, People.Other);
        var id = (await editor.GetFromJsonAsync<JsonElement>(AliasesUrl, Ct))[0].GetProperty("id").GetString();

        using var off = await editor.PostAsync(new Uri($"{AliasesUrl}/{id}/remove", UriKind.Relative), null, Ct);
        await ConfirmAsync(app, first, "锦绣嘉苑小区5号楼", People.One, People.Other, People.Other);
        app.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(HttpStatusCode.NoContent, off.StatusCode);
        Assert.DoesNotContain(await LocateAsync(app, "锦绣嘉苑小区9号楼"), a => a.Community == first);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task An_alias_by_hand_counts_at_once_and_only_for_who_may_edit(Database database)
    {
        await using var app = await StartAsync(database);
        using var editor = app.As(Permissions.View, Permissions.Edit);
        using var viewer = app.As(Permissions.View);
        var (first, _) = await CommunitiesAsync(app);

        using var refused = await viewer.PostAsJsonAsync(AliasesUrl, new { name = "锦绣大院", community = first }, Ct);
        using var wrong = await editor.PostAsJsonAsync(AliasesUrl, new { name = "锦绣大院", community = "没有的社区" }, Ct);
        using var added = await editor.PostAsJsonAsync(AliasesUrl, new { name = "锦绣大院", community = first }, Ct);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.BadRequest, HttpStatusCode.NoContent), (refused.StatusCode, wrong.StatusCode, added.StatusCode));
        Assert.Equal(first, (await LocateAsync(app, "锦绣大院3号楼"))[0].Community);
        var page = await viewer.GetStringAsync(new Uri(ShowAddresses.Url, UriKind.Relative), Ct);
        Assert.Contains("锦绣大院", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.DoesNotContain("添加别名", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_parser_is_made_at_night_and_from_then_on_advice_names_the_elements_of_an_address()
    {
        await using var app = await StartAsync(Database.Sqlite);
        using var seat = app.As(Orders.Permissions.Read);

        await app.RunAsync<MakeParser>();                      // in the morning it does nothing
        Assert.Empty(await ElementsAsync());
        app.Clock.Advance(TimeSpan.FromHours(17));
        await app.RunAsync<MakeParser>();

        var elements = await ElementsAsync();
        Assert.Equal(("houseno", "楼号", "3号楼"), elements.Single(e => e.Kind == "houseno"));

        async Task<(string Kind, string Name, string Text)[]> ElementsAsync()
        {
            using var answer = await seat.PostAsJsonAsync(new Uri("/api/v1/advice", UriKind.Relative), new { text = "楼道灯不亮", address = "丰台区马家堡街道3号楼2单元" }, Ct);
            return [.. (await answer.JsonAsync()).GetProperty("elements").EnumerateArray().Select(e => (e.GetProperty("kind").GetString()!, e.GetProperty("kindName").GetString()!, e.GetProperty("text").GetString()!))];
        }
    }

    [Fact]
    public async Task An_address_that_is_tried_shows_its_elements_in_order()
    {
        await using var app = await StartAsync(Database.Sqlite);
        using var viewer = app.As(Permissions.View);
        using var nobody = app.As(Permissions.Train);
        var url = new Uri("/api/v1/intelligence/addresses/parse", UriKind.Relative);

        var parsed = await ParseAsync();
        while (parsed.GetProperty("isPreparing").GetBoolean())
        {
            await Task.Delay(500, Ct);
            parsed = await ParseAsync();
        }

        using var empty = await viewer.PostAsJsonAsync(url, new { text = " " }, Ct);
        using var refused = await nobody.PostAsJsonAsync(url, new { text = "马家堡街道" }, Ct);

        Assert.NotEmpty(parsed.GetProperty("elements").EnumerateArray());
        var text = parsed.GetProperty("text").GetString()!;
        Assert.All(parsed.GetProperty("elements").EnumerateArray(), e => Assert.Equal(e.GetProperty("text").GetString(), text[e.GetProperty("start").GetInt32()..e.GetProperty("end").GetInt32()]));
        Assert.NotEmpty(parsed.GetProperty("candidates").EnumerateArray());
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Forbidden), (empty.StatusCode, refused.StatusCode));

        async Task<System.Text.Json.JsonElement> ParseAsync()
        {
            using var answer = await viewer.PostAsJsonAsync(url, new { text = "丰台区马家堡街道3号楼2单元" }, Ct);
            return await answer.JsonAsync();
        }
    }

    private static async Task<TestApp> StartAsync(Database database)
    {
        var app = await TestApp.StartAsync(database);
        await app.SeedAsync();
        return app;
    }

    private static async Task<(string First, string Second)> CommunitiesAsync(TestApp app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var places = (await scope.ServiceProvider.GetRequiredService<Catalog.Contracts.ICatalogue>().GetAsync(Ct)).Places.Where(p => p.ParentCode is not null).Take(2).ToArray();
        return (places[0].Code, places[1].Code);
    }

    private static async Task<IReadOnlyList<AddressAdvice>> LocateAsync(TestApp app, string address)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<IOrderAdvisor>().AdviseAsync(new AdviceQuestion("停水了", Address: address), Ct)).Addresses is { Count: > 0 } found
            ? found
            : [];
    }

    /// <summary>One order of each person, all with this address.</summary>
    private static async Task ConfirmAsync(TestApp app, string code, string address, params Guid[] people)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IAdviceOutcomes>().LearnAsync(
            [.. people.Select(p => new Decision(Guid.CreateVersion7(), AdvisedMatter.Place, null, 0, code, 0, null, null, "model", p, app.Clock.GetUtcNow(), address))], Ct);
        await scope.ServiceProvider.GetRequiredService<JiesuDb>().SaveChangesAsync(Ct);
    }
}
