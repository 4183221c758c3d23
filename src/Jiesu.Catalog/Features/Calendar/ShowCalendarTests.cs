using System.Net;
using Jiesu.Tests;

namespace Jiesu.Catalog.Features.Calendar;

public sealed class ShowCalendarTests
{
    private const string Action = "/catalog/calendar/preview";
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_year_shows_its_feasts_and_its_make_up_days()
    {
        await using var app = await StartAsync();
        using var reader = app.As(Permissions.Read);

        var html = await reader.GetStringAsync(new Uri("/catalog/calendar?year=2026", UriKind.Relative), Ct);

        Assert.Contains("title=\"2 月 17 日 周二 春节放假\"", html, StringComparison.Ordinal);
        Assert.Contains("title=\"2 月 14 日 周六 调休上班\"", html, StringComparison.Ordinal);
        Assert.Contains("title=\"2 月 24 日 周二 工作日\"", html, StringComparison.Ordinal);
        Assert.Contains("09:00–18:00", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preview_in_the_page_is_that_of_the_interface()
    {
        await using var app = await StartAsync();
        using var reader = app.As(Permissions.Read);

        var response = await reader.SubmitAsync("/catalog/calendar", Action, ("start", "2026-02-13T10:00"), ("limit.value", "3"), ("limit.unit", "work_day"), ("stepBefore.value", "1"), ("stepBefore.unit", "work_day"));

        var html = await response.Content.ReadAsStringAsync(Ct);
        Assert.Contains("到期时间 2026-02-25 18:00，内部时限 2026-02-24 18:00", html, StringComparison.Ordinal);
        Assert.Contains("第 1 个工作日：2026-02-14（周六），调休上班。", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preview_that_cannot_be_keeps_what_was_typed()
    {
        await using var app = await StartAsync();
        using var reader = app.As(Permissions.Read);

        var response = await reader.SubmitAsync("/catalog/calendar", Action, ("start", "2026-02-13T10:00"), ("limit.value", "three"), ("limit.unit", "work_day"), ("pauseFrom", "2026-02-13T12:00"));

        var html = await response.Content.ReadAsStringAsync(Ct);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.All(new[] { "时限须是 1 到 720 的整数。", "value=\"three\"", "value=\"2026-02-13T12:00\"", "id=\"intervals[0].to-problem\"" }, t => Assert.Contains(t, html, StringComparison.Ordinal));
    }

    private static async Task<TestApp> StartAsync()
    {
        var app = await TestApp.StartAsync(Database.Sqlite);
        await app.GivenCatalogueAsync();
        return app;
    }
}
