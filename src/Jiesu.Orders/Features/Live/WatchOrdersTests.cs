using Jiesu.Tests;
using Jiesu.Tests.Given;

namespace Jiesu.Orders.Features.Live;

public sealed class WatchOrdersTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task An_open_page_hears_the_counters_first_and_then_each_change(Database database)
    {
        await using var app = await DeskSteps.StartDeskAsync(database);
        using var desk = app.As(Permissions.Create, Permissions.Read);
        await desk.PostOrderAsync("k1", new { title = "甲", content = "内容", channel = "电话" });
        using var answer = await desk.GetAsync(new Uri("/live", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Ct);
        using var stream = new StreamReader(await answer.Content.ReadAsStreamAsync(Ct));

        var first = await CountsAsync(stream);
        await desk.PostOrderAsync("k2", new { title = "乙", content = "内容", channel = "电话" });
        await app.DeliverAsync();
        var next = CountsAsync(stream);
        while (!next.IsCompleted)
        {
            app.Clock.Advance(TimeSpan.FromMilliseconds(500));
            await Task.WhenAny(next, Task.Delay(TimeSpan.FromMilliseconds(20), Ct));
        }

        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("\"Received\":1", first, StringComparison.Ordinal);
        Assert.Contains("\"Received\":2", await next, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE identity_session SET ended_at = started_at")]
    [InlineData("UPDATE identity_post SET unit_id = (SELECT id FROM identity_unit WHERE code = 'S2')")]
    [InlineData("DELETE FROM identity_role_permission WHERE permission = 'orders.read'")]
    [InlineData("UPDATE identity_person SET is_disabled = TRUE")]
    public async Task An_open_stream_ends_within_five_seconds_when_its_reader_may_see_other_things_or_nothing(string change)
    {
        foreach (var database in Enum.GetValues<Database>())
        {
            await using var app = await PeopleSteps.StartDistrictAsync(database);
            await app.GivenPersonAsync("wang", ("UC", "S1"));
            var (browser, _) = await app.SignInAsync("wang");
            using var stream = new StreamReader(await browser.GetStreamAsync(new Uri("/live", UriKind.Relative), Ct));
            await CountsAsync(stream);
            var end = EndAsync(stream);
            await PassAsync(app, TimeSpan.FromSeconds(10), end);
            Assert.False(end.IsCompleted);

            await app.TypeAsync(change);
            await PassAsync(app, TimeSpan.FromSeconds(4.9), end);

            Assert.True(end.IsCompleted);
            browser.Dispose();
        }
    }

    [Fact]
    public async Task An_open_stream_does_not_keep_a_session_alive()
    {
        await using var app = await PeopleSteps.StartDistrictAsync(Database.Sqlite);
        await app.GivenPersonAsync("wang", ("UC", "S1"));
        var (browser, _) = await app.SignInAsync("wang");
        using var stream = new StreamReader(await browser.GetStreamAsync(new Uri("/live", UriKind.Relative), Ct));
        await CountsAsync(stream);
        var end = EndAsync(stream);
        for (var minute = 0; minute < 31; minute++)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(1));
            await Task.WhenAny(end, Task.Delay(30, Ct));
        }

        await PassAsync(app, TimeSpan.FromSeconds(4.9), end);

        Assert.True(end.IsCompleted);
        browser.Dispose();
    }

    private static async Task EndAsync(StreamReader stream)
    {
        while (await stream.ReadLineAsync(Ct) is not null)
        {
        }
    }

    /// <summary>Lets the clock of the house go on in small steps, and gives what waits for it a moment each.</summary>
    private static async Task PassAsync(TestApp app, TimeSpan time, Task end)
    {
        for (var step = TimeSpan.FromMilliseconds(350); time >= step && !end.IsCompleted; time -= step)
        {
            app.Clock.Advance(step);
            await Task.WhenAny(end, Task.Delay(100, Ct));
        }
    }

    private static async Task<string> CountsAsync(StreamReader stream)
    {
        while (await stream.ReadLineAsync(Ct).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Ct) is { } line)
        {
            if (line.StartsWith("data: {", StringComparison.Ordinal))
            {
                return line;
            }
        }

        return "";
    }
}
