using Jiesu.Tests;

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
