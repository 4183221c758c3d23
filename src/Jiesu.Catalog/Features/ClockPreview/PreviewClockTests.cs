using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Jiesu.Tests;

namespace Jiesu.Catalog.Features.ClockPreview;

public sealed class PreviewClockTests
{
    //          body, due, step
    private static readonly (string Body, string Due, string? Step)[] Good =
    [
        ("""{"start":"2026-04-29T17:20:00+08:00","limit":{"value":5,"unit":"work_day"}}""", "2026-05-09T18:00:00+08:00", null),
        ("""{"start":"2026-04-29T17:20","limit":{"value":7,"unit":"natural_day"},"stepBefore":{"value":1,"unit":"natural_day"}}""", "2026-05-06T17:20:00+08:00", "2026-05-05T17:20:00+08:00"),
        ("""{"start":"2026-02-13T02:00:00Z","limit":{"value":3,"unit":"work_day"}}""", "2026-02-25T18:00:00+08:00", null),
        ("""{"start":"2026-03-06T15:00","limit":{"value":4,"unit":"work_hour"},"intervals":[{"kind":"pause","from":"2026-03-06T17:00","to":"2026-03-09T10:00"}]}""", "2026-03-09T12:00:00+08:00", null),
        ("""{"start":"2026-03-02T23:00","limit":{"value":5,"unit":"work_hour"},"week":{"mon":[["22:00","06:00"]]}}""", "2026-03-03T04:00:00+08:00", null),
        ("""{"start":"2026-03-02T11:30","limit":{"value":1,"unit":"work_hour"},"week":{"mon":[["09:00","12:00"],["13:30","24:00"]]}}""", "2026-03-02T14:00:00+08:00", null),
    ];

    //          body, fields at fault
    private static readonly (string Body, string Fields)[] Bad =
    [
        ("""{}""", "limit start"),
        ("""{"start":"yesterday","limit":{"value":5,"unit":"work_day"}}""", "start"),
        ("""{"start":"3/2/2026","limit":{"value":5,"unit":"work_day"}}""", "start"),
        ("""{"start":"0001-01-01T00:00:00Z","limit":{"value":5,"unit":"work_day"}}""", "start"),
        ("""{"start":20260302,"limit":{"value":5,"unit":"work_day"}}""", "start"),
        ("""{"start":"2026-03-02T09:00","limit":{"value":0,"unit":"work_day"}}""", "limit.value"),
        ("""{"start":"2026-03-02T09:00","limit":{"value":721,"unit":"work_day"}}""", "limit.value"),
        ("""{"start":"2026-03-02T09:00","limit":{"value":1.5,"unit":"work_day"}}""", "limit.value"),
        ("""{"start":"2026-03-02T09:00","limit":{"value":1,"unit":"minute"}}""", "limit.unit"),
        ("""{"start":"2026-03-02T09:00","limit":{"value":1,"unit":"work_day"},"stepBefore":{"value":1}}""", "stepBefore.unit"),
        ("""{"start":"2026-03-02T09:00","limit":{"value":1,"unit":"work_day"},"speed":2}""", "speed"),
        ("""{"start":"2026-03-02T09:00","limit":{"value":1,"unit":"work_day","size":2}}""", "limit.size"),
        ("""{"start":"2026-03-02T09:00","limit":{"value":1,"unit":"work_day"},"week":{"monday":[]}}""", "week.monday"),
        ("""{"start":"2026-03-02T09:00","limit":{"value":1,"unit":"work_day"},"week":{}}""", "week.mon"),
        ("""{"start":"2026-03-02T09:00","limit":{"value":1,"unit":"work_day"},"week":{"tue":[["09:00","09:00"]]}}""", "week.tue"),
        ("""{"start":"2026-03-02T09:00","limit":{"value":1,"unit":"work_day"},"week":{"tue":[["9","25:00"]]}}""", "week.tue"),
        ("""{"start":"2026-03-02T09:00","limit":{"value":1,"unit":"work_day"},"week":{"tue":[["24:00","09:00"]]}}""", "week.tue"),
        ("""{"start":"2026-03-02T09:00","limit":{"value":1,"unit":"work_day"},"week":{"tue":[null]}}""", "week.tue"),
        ("""{"start":"2026-03-02T09:00","limit":{"value":1,"unit":"work_day"},"week":{"fri":[["09:00","12:00"],["11:00","18:00"]]}}""", "week.fri"),
        ("""{"start":"2026-03-02T09:00","limit":{"value":1,"unit":"work_day"},"week":{"sun":[["22:00","06:00"]],"mon":[["05:00","09:00"]]}}""", "week.mon"),
        ("""{"start":"2026-03-02T09:00","limit":{"value":1,"unit":"work_day"},"intervals":[{"kind":"nap","from":"2026-03-02T09:00","to":"2026-03-02T10:00"}]}""", "intervals[0].kind"),
        ("""{"start":"2026-03-02T09:00","limit":{"value":1,"unit":"work_day"},"intervals":[{"kind":"pause","from":"2026-03-02T09:00","to":"2026-03-02T09:00"}]}""", "intervals[0].to"),
        ("""{"start":"2026-03-02T09:00","limit":{"value":1,"unit":"work_day"},"intervals":[null]}""", "intervals"),
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_preview_says_when_and_why()
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite);
        await app.GivenCatalogueAsync();
        using var client = app.As(Permissions.Read);

        foreach (var (body, due, step) in Good)
        {
            var response = await PostAsync(client, body);
            var answer = await response.Content.ReadFromJsonAsync<JsonElement>(Ct);
            Assert.True(response.StatusCode == HttpStatusCode.OK, body);
            Assert.Equal((body, due, step), (body, answer.GetProperty("due").GetString(), answer.GetProperty("stepAt").GetString()));
            Assert.NotEmpty(answer.GetProperty("explanation").EnumerateArray());
        }
    }

    [Fact]
    public async Task Bad_input_is_refused_with_the_names_of_the_fields()
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite);
        using var client = app.As(Permissions.Read);

        foreach (var (body, fields) in Bad)
        {
            var response = await PostAsync(client, body);
            var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Ct);
            Assert.Equal((body, HttpStatusCode.BadRequest), (body, response.StatusCode));
            Assert.StartsWith("request.", problem.GetProperty("code").GetString());
            Assert.Equal((body, fields), (body, string.Join(' ', problem.GetProperty("errors").EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal))));
        }
    }

    [Fact]
    public async Task The_longest_limit_in_the_shortest_week_still_has_an_end()
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite);
        using var client = app.As(Permissions.Read);

        var response = await PostAsync(client, """{"start":"2099-12-31T00:00","limit":{"value":720,"unit":"work_hour"},"week":{"mon":[["00:00","00:01"]]}}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await client.PostAsync(new Uri("/api/v1/clock/preview", UriKind.Relative), content, Ct);
    }
}
