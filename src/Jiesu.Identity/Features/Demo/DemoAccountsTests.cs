using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Jiesu.Identity.Contracts;
using Jiesu.Tests;
using Jiesu.Tests.Given;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Identity.Features.Demo;

public sealed class DemoAccountsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task The_demo_has_people_for_every_role_and_a_client_and_keeps_them(Database database)
    {
        await using var app = await PeopleSteps.StartDistrictAsync(database);
        await app.GivenDistrictAsync([new(UnitCode.From("D1"), "住建委", UnitKind.Department, null), new(UnitCode.From("C-DP"), "派单科", UnitKind.CentreOffice, UnitCode.From("C"))]);

        var path = await EnsureAsync(app);
        var text = await File.ReadAllTextAsync(path, Ct);
        await EnsureAsync(app);

        Assert.Equal(text, await File.ReadAllTextAsync(path, Ct));
        Steps.ShouldBeForItsOwnerOnly(path);
        using var file = JsonDocument.Parse(text);
        var users = file.RootElement.GetProperty("users").EnumerateArray().Select(u => (Role: u.GetProperty("role").GetString()!, Unit: u.GetProperty("unit").GetString()!, User: u)).ToArray();
        Assert.Equal([("UC", "S1"), ("UR", "S1"), ("OF", "S1"), ("UC", "S2"), ("UR", "S2"), ("OF", "S2")], users.Take(6).Select(u => (u.Role, u.Unit)));
        Assert.Equal(Domain.DefaultRoles.Names.Select(r => r.Code).Order(), users.Select(u => u.Role).Distinct().Order());
        Assert.Equal("C-DP", users.Single(u => u.Role == "DP").Unit);
        Assert.Contains(("OF", "S1-1"), users.Select(u => (u.Role, u.Unit)));
        Assert.Equal(users.Length, users.Select(u => u.User.GetProperty("name").GetString()).Distinct().Count());
    }

    [Fact]
    public async Task Its_accounts_and_its_client_open_without_a_change_of_password_and_a_lost_file_means_new_secrets()
    {
        await using var app = await PeopleSteps.StartDistrictAsync(Database.Sqlite);
        var path = await EnsureAsync(app);
        var first = await ReadAsync(path);

        var user = first.GetProperty("users")[0];
        var (browser, _) = await app.SignInAsync(user.GetProperty("login").GetString()!, user.GetProperty("password").GetString()!);
        Assert.Equal(HttpStatusCode.OK, (await browser.AskAsync("/api/v1/units")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, await ActAsync(app, first.GetProperty("clients")[0]));

        File.Delete(path);
        await EnsureAsync(app);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await app.SignInAsync(user.GetProperty("login").GetString()!, user.GetProperty("password").GetString()!)).Answer.StatusCode);
        var second = await ReadAsync(path);
        Assert.Equal(HttpStatusCode.OK, await ActAsync(app, second.GetProperty("clients")[0]));
    }

    [Fact]
    public async Task A_fresh_installation_gets_three_administrators_once()
    {
        await using var app = await PeopleSteps.StartDistrictAsync(Database.Sqlite);
        await using var scope = app.Services.CreateAsyncScope();
        var first = scope.ServiceProvider.GetRequiredService<IFirstAdministrators>();

        var made = await first.EnsureAsync(Ct);

        Assert.Equal(["admin", "security", "audit"], made.Select(m => m.Login));
        Assert.Empty(await first.EnsureAsync(Ct));
        var (browser, answer) = await app.SignInAsync(made[0].Login, made[0].OneTimePassword);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/me/password", (await browser.AskAsync("/")).Headers.Location?.OriginalString);
        app.Clock.Advance(TimeSpan.FromHours(73));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await app.SignInAsync(made[1].Login, made[1].OneTimePassword)).Answer.StatusCode);
    }

    private static async Task<string> EnsureAsync(TestApp app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IDemoAccounts>().EnsureAsync(new Uri("http://127.0.0.1:5080/"), Ct);
    }

    private static async Task<JsonElement> ReadAsync(string path)
    {
        using var file = JsonDocument.Parse(await File.ReadAllTextAsync(path, Ct));
        return file.RootElement.Clone();
    }

    private static async Task<HttpStatusCode> ActAsync(TestApp app, JsonElement entry)
    {
        using var client = app.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await client.TokenAsync(entry.GetProperty("clientId").GetString()!, entry.GetProperty("clientSecret").GetString()!));
        return (await client.AskAsync("/api/v1/units", ("X-Acting-Role", "UC"), ("X-Acting-Unit", "S2"))).StatusCode;
    }
}
