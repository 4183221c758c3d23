using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Jiesu.Identity.Contracts;
using Jiesu.Identity.Domain;
using Jiesu.Tests;
using Jiesu.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.EntityFrameworkCore.Models;

namespace Jiesu.Identity.Access;

public sealed class ClientTokenTests
{
    private static readonly (string, string) AtCentre = ("X-Acting-Unit", "C");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_client_acts_in_the_posts_it_was_granted_and_in_no_other(Database database)
    {
        await using var app = await PeopleSteps.StartDistrictAsync(database);
        using var client = await app.GivenClientAsync("robot", "DP");

        Assert.Equal(HttpStatusCode.OK, (await client.AskAsync("/api/v1/units", ("X-Acting-Role", "DP"), AtCentre)).StatusCode);
        await (await client.AskAsync("/api/v1/units", ("X-Acting-Role", "DR"), AtCentre)).ShouldBeRefusedAsync(HttpStatusCode.Forbidden, "client.not_granted");
        await (await client.AskAsync("/api/v1/units", ("X-Acting-Role", "DP"), ("X-Acting-Unit", "NOWHERE"))).ShouldBeRefusedAsync(HttpStatusCode.Forbidden, "client.not_granted");
        await (await client.AskAsync("/api/v1/units", AtCentre)).ShouldBeRefusedAsync(HttpStatusCode.Forbidden, "client.not_granted");
        await (await client.AskAsync("/api/v1/units")).ShouldBeRefusedAsync(HttpStatusCode.Forbidden, "http.403");
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task In_two_roles_a_client_is_two_persons_and_both_have_names(Database database)
    {
        await using var app = await PeopleSteps.StartDistrictAsync(database);
        using var client = await app.GivenClientAsync("robot", "DP", "UC");

        await client.AskAsync("/api/v1/units", ("X-Acting-Role", "DP"), AtCentre);
        await client.AskAsync("/api/v1/units", ("X-Acting-Role", "UC"), ("X-Acting-Unit", "S1"));
        await client.AskAsync("/api/v1/units", ("X-Acting-Role", "UC"), ("X-Acting-Unit", "S1"));

        var ids = await app.InDbAsync(db => db.Set<ClientPost>().Select(p => p.Id).ToListAsync(Ct));
        await using var scope = app.Services.CreateAsyncScope();
        var names = await scope.ServiceProvider.GetRequiredService<IPeople>().NamesAsync(ids, Ct);
        Assert.Equal(["演示客户端（代 单位联络员·一街）", "演示客户端（代 派单员·指挥中心）"], names.Values.Order(StringComparer.Ordinal));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_token_that_was_revoked_or_has_ended_opens_nothing(Database database)
    {
        await using var app = await PeopleSteps.StartDistrictAsync(database);
        using var client = await app.GivenClientAsync("robot", "DP");
        (string, string)[] post = [("X-Acting-Role", "DP"), AtCentre];
        Assert.Equal(HttpStatusCode.OK, (await client.AskAsync("/api/v1/units", post)).StatusCode);

        await app.InDbAsync(db => db.WriteAsync(() => db.Set<OpenIddictEntityFrameworkCoreToken<Guid>>().ExecuteUpdateAsync(s => s.SetProperty(t => t.Status, "revoked"), Ct), Ct));
        app.Clock.Advance(TimeSpan.FromSeconds(5));
        await (await client.AskAsync("/api/v1/units", post)).ShouldBeRefusedAsync(HttpStatusCode.Unauthorized, "http.401");

        client.DefaultRequestHeaders.Authorization = null;
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await client.TokenAsync("robot", PeopleSteps.Password));
        Assert.Equal(HttpStatusCode.OK, (await client.AskAsync("/api/v1/units", post)).StatusCode);
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        await (await client.AskAsync("/api/v1/units", post)).ShouldBeRefusedAsync(HttpStatusCode.Unauthorized, "http.401");
    }

    [Fact]
    public async Task A_wrong_secret_and_a_made_up_token_are_refused_and_the_keys_are_kept_for_their_owner()
    {
        await using var app = await PeopleSteps.StartDistrictAsync(Database.Sqlite);
        using var client = await app.GivenClientAsync("robot", "DP");
        using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", "robot"), new("client_secret", "wrong")]);

        using var stranger = app.CreateClient();
        var refused = await stranger.PostAsync(new Uri("/connect/token", UriKind.Relative), form, Ct);
        stranger.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "x.y.z");

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        await (await stranger.AskAsync("/api/v1/units", ("X-Acting-Role", "DP"), AtCentre)).ShouldBeRefusedAsync(HttpStatusCode.Unauthorized, "http.401");
        var acts = await app.InDbAsync(db => db.Set<AuditRecord>().Where(a => a.Act == "client.token").OrderBy(a => a.Id).Select(a => a.Result).ToListAsync(Ct));
        Assert.Equal([AuditResult.Done, AuditResult.Refused], acts);
        var folder = app.Services.GetRequiredService<Microsoft.Extensions.Configuration.IConfiguration>()["Jiesu:DataFolder"]!;
        Assert.All(Directory.GetFiles(Path.Combine(folder, "keys")), Steps.ShouldBeForItsOwnerOnly);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task The_unit_directory_names_units_by_code(Database database)
    {
        await using var app = await PeopleSteps.StartDistrictAsync(database);
        using var client = await app.GivenClientAsync("robot", "UC");

        var answer = await (await client.AskAsync("/api/v1/units", ("X-Acting-Role", "UC"), ("X-Acting-Unit", "S1"))).Content.ReadFromJsonAsync<JsonElement>(Ct);

        var items = answer.GetProperty("items").EnumerateArray().Select(i => (i.GetProperty("unit").GetString(), i.GetProperty("unitName").GetString(), i.GetProperty("parent").GetString()));
        Assert.Equal([("C", "指挥中心", null), ("S1", "一街", null), ("S1-1", "一街甲社区", "S1"), ("S2", "二街", null)], items);
    }
}
