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
        ("""{"start":"2026-03-06T16:30","limit":{"value":1,"unit":"work_hour"},"week":{"mon":[["09:00","17:00"]],"tue":[["09:00","17:00"]],"wed":[["09:00","17:00"]],"thu":[["09:00","17:00"]],"fri":[["09:00","17:00"]]}}""", "2026-03-09T09:30:00+08:00", null),    // a Friday afternoon goes on on Monday
        ("""{"start":"2026-03-02T17:00","limit":{"value":4,"unit":"work_hour"},"week":{"mon":[["08:00","18:00"]],"tue":[["08:00","18:00"]],"wed":[["08:00","18:00"]],"thu":[["08:00","18:00"]],"fri":[["08:00","18:00"]]},"stepBefore":{"value":1,"unit":"work_hour"}}""", "2026-03-03T11:00:00+08:00", "2026-03-03T10:00:00+08:00"),    // a step of an hour lies before the end
        ("""{"start":"2026-03-02T16:00","limit":{"value":4,"unit":"work_hour"},"week":{"mon":[["09:00","17:00"]],"tue":[["09:00","17:00"]],"wed":[["09:00","17:00"]],"thu":[["09:00","17:00"]],"fri":[["09:00","17:00"]]},"intervals":[{"kind":"pause","from":"2026-03-02T17:00","to":"2026-03-03T09:00"}]}""", "2026-03-03T12:00:00+08:00", null),    // a pause by night adds nothing
        ("""{"start":"2026-03-02T11:30","limit":{"value":1,"unit":"work_hour"},"week":{"mon":[["09:00","12:00"],["13:30","18:00"]]}}""", "2026-03-02T14:00:00+08:00", null),    // lunch is no working time
        ("""{"start":"2026-03-02T23:00","limit":{"value":4,"unit":"work_hour"},"week":{"mon":[["21:00","02:00"]],"tue":[["21:00","02:00"]]}}""", "2026-03-03T22:00:00+08:00", null),    // a night shift goes over midnight
        ("""{"start":"2026-03-02T23:30","limit":{"value":1,"unit":"work_hour"},"week":{"mon":[["00:00","24:00"]],"tue":[["00:00","24:00"]],"wed":[["00:00","24:00"]]}}""", "2026-03-03T00:30:00+08:00", null),    // no minute is lost at midnight
        ("""{"start":"2025-09-30T10:00","limit":{"value":7,"unit":"work_day"}}""", "2025-10-16T18:00:00+08:00", null),    // over the National Day of 2025
        ("""{"start":"2026-02-13T10:00","limit":{"value":1,"unit":"work_day"}}""", "2026-02-14T18:00:00+08:00", null),    // Saturday 14 February 2026 is worked
        ("""{"start":"2026-02-27T10:00","limit":{"value":1,"unit":"work_day"}}""", "2026-02-28T18:00:00+08:00", null),    // Saturday 28 February 2026 is worked
        ("""{"start":"2025-12-31T10:00","limit":{"value":1,"unit":"work_day"}}""", "2026-01-04T18:00:00+08:00", null),    // Sunday 4 January 2026 is worked
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
        ("""{"start":"2026-03-02T09:00","limit":{"value":1,"unit":"work_day"},"intervals":[null]}""", "intervals[0]"),
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
