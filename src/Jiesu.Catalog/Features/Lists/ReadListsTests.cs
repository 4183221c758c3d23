using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Jiesu.Catalog.Domain;
using Jiesu.Platform;
using Jiesu.Tests;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Catalog.Features.Lists;

public sealed class ReadListsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Whoever_is_signed_in_reads_the_tables_of_today(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        await app.GivenCatalogueAsync();
        using var client = app.As(Permissions.Read);

        var @class = (await ItemsAsync(client, "classes")).Single(c => c.GetProperty("code").GetString() == "030101");
        var place = (await ItemsAsync(client, "places")).Single(p => p.GetProperty("code").GetString() == "110106001002");
        var reasons = await ItemsAsync(client, "reasons?kind=RTN");
        var channels = await ItemsAsync(client, "dictionaries/channels");

        Assert.Equal(("供暖->集中供暖->室温不达标", 3, "宜居性"), (@class.GetProperty("path").GetString(), @class.GetProperty("level").GetInt32(), @class.GetProperty("sevenFive").GetString()));
        Assert.Contains("暖气不热", @class.GetProperty("keywords").EnumerateArray().Select(k => k.GetString()));
        Assert.Equal(("翠林二里社区", "110106001", "右安门街道"), (place.GetProperty("name").GetString(), place.GetProperty("parentCode").GetString(), place.GetProperty("townName").GetString()));
        Assert.Equal(8, reasons.Count);
        Assert.Equal("12345热线", channels[0].GetProperty("name").GetString());
        var reply = (await ItemsAsync(client, "forms")).Single(f => f.GetProperty("code").GetString() == "reply").GetProperty("fields").EnumerateArray().ToDictionary(f => f.GetProperty("name").GetString()!);
        Assert.Equal(("offset", "yesNo"), (reply["contactedAt"].GetProperty("type").GetString(), reply["met"].GetProperty("type").GetString()));
        Assert.Equal(("solved", "false"), (reply["reasonCode"].GetProperty("requiredIf").GetProperty("field").GetString(), reply["reasonCode"].GetProperty("requiredIf").GetProperty("value").GetString()));
        Assert.Equal("UNS-01", reply["reasonCode"].GetProperty("options")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task What_does_not_exist_is_refused()
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite);
        using var client = app.As(Permissions.Read);

        var kind = await (await GetAsync(client, "reasons?kind=XXX")).ShouldBeRefusedAsync(HttpStatusCode.BadRequest, "catalog.kind_unknown");
        Assert.Equal(["kind"], kind.GetProperty("errors").EnumerateObject().Select(p => p.Name));
        await (await GetAsync(client, "dictionaries/nothing")).ShouldBeRefusedAsync(HttpStatusCode.NotFound, "catalog.not_found");
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_change_made_on_another_node_is_seen_within_two_seconds(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        await app.GivenCatalogueAsync();
        using var client = app.As(Permissions.Read);
        Assert.Equal(8, (await ItemsAsync(client, "reasons?kind=RTN")).Count);
        await app.InDbAsync(async db =>
        {
            (await db.Set<ReasonRow>().SingleAsync(r => r.Code == "RTN-99", Ct)).Close(app.Clock.Today());
            db.Add(new CatalogChange { Subject = "reasons/RTN-99", At = app.Clock.GetUtcNow() });
            return await db.SaveChangesAsync(Ct);
        });

        app.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(7, (await ItemsAsync(client, "reasons?kind=RTN")).Count);
    }

    private static Task<HttpResponseMessage> GetAsync(HttpClient client, string path) => client.GetAsync(new Uri("/api/v1/" + path, UriKind.Relative), Ct);

    private static async Task<IReadOnlyList<JsonElement>> ItemsAsync(HttpClient client, string path) =>
        [.. (await client.GetFromJsonAsync<JsonElement>("/api/v1/" + path, Ct)).GetProperty("items").EnumerateArray()];
}
