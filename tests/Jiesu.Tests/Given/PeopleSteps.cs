using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Jiesu.Identity.Contracts;
using Jiesu.Identity.Domain;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;

namespace Jiesu.Tests.Given;

/// <summary>People, units and clients that a test starts from.</summary>
internal static class PeopleSteps
{
    public const string Password = "Lanzhou-Ziyang-47";

    public static readonly IReadOnlyList<UnitSeed> SmallDistrict =
    [
        new(UnitCode.From("C"), "指挥中心", UnitKind.Centre, null),
        new(UnitCode.From("S1"), "一街", UnitKind.Street, null),
        new(UnitCode.From("S1-1"), "一街甲社区", UnitKind.Community, UnitCode.From("S1")),
        new(UnitCode.From("S2"), "二街", UnitKind.Street, null),
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<TestApp> StartDistrictAsync(Database database)
    {
        var app = await TestApp.StartAsync(database);
        await app.SeedRolesAsync();
        await app.GivenDistrictAsync(SmallDistrict);
        return app;
    }

    public static async Task<Person> GivenPersonAsync(this TestApp app, string login, params (string Role, string Unit)[] posts)
    {
        var person = Person.Of(login, "某人", app.Clock.GetUtcNow());
        person.SetPassword((await app.Services.GetRequiredService<Passwords>().HashAsync(Password, Ct))!, null, null);
        foreach (var (role, unit) in posts)
        {
            person.Take(await app.UnitIdAsync(unit), role);
        }

        return await app.GivenAsync(person);
    }

    public static async Task<Guid> UnitIdAsync(this TestApp app, string code)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<IUnitDirectory>().GetAsync(Ct)).Find(code)!.Id;
    }

    /// <summary>A browser that has signed in, or tried to.</summary>
    public static async Task<(HttpClient Browser, HttpResponseMessage Answer)> SignInAsync(this TestApp app, string login, string password = Password, string url = "/login")
    {
        var browser = app.CreateClient(new() { AllowAutoRedirect = false });
        return (browser, await browser.SubmitAsync(url, ("login", login), ("password", password)));
    }

    /// <summary>A machine client that may act in these roles at any unit; the answer carries its token.</summary>
    public static async Task<HttpClient> GivenClientAsync(this TestApp app, string clientId, params IEnumerable<string> roles)
    {
        await using (var scope = app.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>().CreateAsync(
                new OpenIddictApplicationDescriptor
                {
                    ClientId = clientId,
                    ClientSecret = Password,
                    DisplayName = "演示客户端",
                    Permissions = { OpenIddictConstants.Permissions.Endpoints.Token, OpenIddictConstants.Permissions.GrantTypes.ClientCredentials },
                },
                Ct);
        }

        foreach (var role in roles)
        {
            await app.GivenAsync(new ClientGrant { ClientId = clientId, Role = role });
        }

        var client = app.CreateClient(new() { AllowAutoRedirect = false });
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await client.TokenAsync(clientId, Password));
        return client;
    }

    public static async Task<string> TokenAsync(this HttpClient client, string clientId, string secret)
    {
        using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", clientId), new("client_secret", secret)]);
        var answer = await client.PostAsync(new Uri("/connect/token", UriKind.Relative), form, Ct);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("access_token").GetString()!;
    }

    public static Task<HttpResponseMessage> AskAsync(this HttpClient client, string url, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        Array.ForEach(headers, h => request.Headers.Add(h.Name, h.Value));
        return client.SendAsync(request, Ct);
    }
}
