using System.Net;
using System.Text.Json;
using Jiesu.Intelligence.Contracts;
using Jiesu.Intelligence.Domain;
using Jiesu.Intelligence.Features.Train;
using Jiesu.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Intelligence.Features.Quality;

public sealed class QualityTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Each_figure_is_that_of_the_decisions_in_the_span(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        using var reader = app.As(Permissions.View);
        var today = app.Clock.GetUtcNow();
        await TellAsync(
            app,
            [
                .. Enumerable.Range(0, 6).Select(i => Decided(AdvisedMatter.Class, "080301", "080301", 1, 0.95, today)),
                .. Enumerable.Range(0, 2).Select(i => Decided(AdvisedMatter.Class, "080301", "080201", 2, 0.65, today)),
                Decided(AdvisedMatter.Class, "080301", "050301", 0, 0.55, today), Decided(AdvisedMatter.Class, null, "050301", 0, 0, today),
                Decided(AdvisedMatter.Unit, "A", "A", 1, 0.9, today), Decided(AdvisedMatter.Unit, "A", "B", 0, 0.9, today),
                Decided(AdvisedMatter.Class, "080301", "080301", 1, 0.95, today.AddDays(-200)),
            ]);

        var told = await reader.ReadAsync("intelligence/quality");

        var figures = told.GetProperty("class");
        Assert.Equal((10, 0.9, 0.6667, 0.8889), (figures.GetProperty("decisions").GetInt32(), Number(figures, "coverage"), Number(figures, "top1"), Number(figures, "top3")));
        Assert.Equal((6, 2, 1), (figures.GetProperty("accepted").GetInt32(), figures.GetProperty("changed").GetInt32(), figures.GetProperty("rejected").GetInt32()));
        Assert.Equal((2, 0.5), (told.GetProperty("unit").GetProperty("decisions").GetInt32(), Number(told.GetProperty("unit"), "top1")));
        Assert.Single(told.GetProperty("weeks").EnumerateArray());
        var nine = told.GetProperty("coverage").EnumerateArray().Single(p => Number(p, "score") == 0.9);
        Assert.Equal((0.6, 1.0), (Number(nine, "coverage"), Number(nine, "accuracy")));
        var lamps = told.GetProperty("classes").EnumerateArray().Single(c => c.GetProperty("code").GetString() == "080301");
        Assert.Equal((0.6667, 1.0), (Number(lamps, "precision"), Number(lamps, "recall")));
        Assert.Equal(2, told.GetProperty("confusions")[0].GetProperty("count").GetInt32());
        Assert.Contains("首选采纳率", await reader.GetStringAsync(new Uri(ShowQuality.Url, UriKind.Relative), Ct), StringComparison.Ordinal);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_unit_that_gave_an_order_back_counts_once_however_often_it_is_told(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var decision = Decided(AdvisedMatter.Unit, "A", "A", 1, 0.9, app.Clock.GetUtcNow());
        await TellAsync(app, [decision]);
        await TellAsync(app, [decision]);
        await ReturnAsync(app, decision.OrderId);
        await ReturnAsync(app, decision.OrderId);

        var count = await app.InDbAsync(db => db.Set<UnitCount>().AsNoTracking().SingleAsync(Ct));
        Assert.Equal(("A", 1, 1), (count.Unit, count.Sent, count.Returned));
        using var reader = app.As(Permissions.View);
        Assert.Equal(1.0, Number((await reader.ReadAsync("intelligence/quality")).GetProperty("unit"), "returnRate"));
    }

    [Fact]
    public async Task A_span_that_cannot_be_is_refused_by_name_and_the_page_shows_the_usual_one()
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite);
        using var reader = app.As(Permissions.View);
        using var nobody = app.As("orders.read");

        using var reversed = await reader.GetAsync(new Uri("/api/v1/intelligence/quality?from=2026-02-01&to=2026-01-01", UriKind.Relative), Ct);
        using var forbidden = await nobody.GetAsync(new Uri("/api/v1/intelligence/quality", UriKind.Relative), Ct);
        using var page = await reader.GetAsync(new Uri(ShowQuality.Url + "?from=2020-01-01&to=2026-01-01", UriKind.Relative), Ct);

        await reversed.ShouldBeRefusedAsync(HttpStatusCode.BadRequest, "intelligence.span_reversed");
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
        Assert.Contains("统计时段最长一年", await page.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_of_what_people_ask_for_or_of_how_well_it_is_met_raises_the_alarm()
    {
        var now = DateTimeOffset.UnixEpoch.AddYears(50);
        QualityRow[] Rows(string code, int count, int daysAgo, int right) =>
            [.. Enumerable.Range(0, count).Select(i => new QualityRow(AdvisedMatter.Class, code, 0.9, code, i < right ? 1 : 0, now.AddDays(-daysAgo), false, "m"))];

        Assert.Null(Drift.Of([.. Rows("010000", 200, 30, 180), .. Rows("010000", 200, 3, 180)], now).Alarm);
        Assert.Contains("诉求结构", Drift.Of([.. Rows("010000", 200, 30, 180), .. Rows("020000", 200, 3, 180)], now).Alarm, StringComparison.Ordinal);
        Assert.Contains("采纳率", Drift.Of([.. Rows("010000", 200, 30, 180), .. Rows("010000", 200, 3, 160)], now).Alarm, StringComparison.Ordinal);
        Assert.Null(Drift.Of([.. Rows("010000", 99, 30, 99), .. Rows("020000", 200, 3, 1)], now).Alarm);
    }

    [Theory, InlineData(500, true), InlineData(499, false)]
    public async Task A_training_is_asked_for_at_night_when_enough_was_decided_and_only_then(int decisions, bool isAsked)
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite);
        await app.GivenCatalogueAsync();
        await TellAsync(app, [.. Enumerable.Range(0, decisions).Select(_ => Decided(AdvisedMatter.Class, "080301", "080301", 1, 0.9, app.Clock.GetUtcNow()))]);

        await app.RunAsync<PlanTraining>();
        Assert.Equal(0, await app.InDbAsync(db => db.Set<Training>().CountAsync(Ct)));

        var hours = (26 - app.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).Hour) % 24;
        app.Clock.Advance(TimeSpan.FromHours(hours));
        await app.RunAsync<PlanTraining>();
        await app.RunAsync<PlanTraining>();
        Assert.Equal(isAsked ? 1 : 0, await app.InDbAsync(db => db.Set<Training>().CountAsync(Ct)));
    }

    private static double Number(JsonElement json, string name) => json.GetProperty(name).GetDouble();

    private static Decision Decided(AdvisedMatter matter, string? advised, string chosen, int rank, double score, DateTimeOffset at) =>
        new(Guid.CreateVersion7(), matter, advised, score, chosen, rank, "080301", "110106001", "model", Guid.CreateVersion7(), at);

    private static async Task TellAsync(TestApp app, Decision[] decisions)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IAdviceOutcomes>().LearnAsync(decisions, Ct);
        await scope.ServiceProvider.GetRequiredService<Platform.JiesuDb>().SaveChangesAsync(Ct);
    }

    private static async Task ReturnAsync(TestApp app, Guid order)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IAdviceOutcomes>().ReturnedAsync([order], Ct);
        await scope.ServiceProvider.GetRequiredService<Platform.JiesuDb>().SaveChangesAsync(Ct);
    }
}
