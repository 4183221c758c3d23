using System.Net.Http.Json;
using System.Text.Json;
using Jiesu.Orders.Domain;
using Jiesu.Tests;
using Jiesu.Tests.Given;
using static Jiesu.Tests.Given.GivenRules;
using static Jiesu.Tests.Given.OrderBuilder;

namespace Jiesu.Orders.Features.Actions;

public sealed class ExplainDeadlineTests
{
    private static readonly DateTimeOffset BeforeMayDay = new(2026, 4, 29, 9, 20, 0, TimeSpan.Zero);

    [Theory]
    //          dispatched Wed 2026-04-29 17:20        due              street's children  why (hotline guide 2.6)
    [InlineData(7, "natural_day", "2026-05-06 17:20", "2026-05-05 17:20")]      // runs through the holiday
    [InlineData(5, "work_day", "2026-05-09 18:00", "2026-05-08 18:00")]         // 9 May is a make-up working Saturday
    [InlineData(2, "urgent_hour", "2026-04-29 19:20", "2026-04-29 18:50")]
    public void The_examples_of_the_guide_come_out(int value, string unit, string due, string inner)
    {
        var order = AnOrder().Accepted()
            .After(OrderAction.Dispatch, new() { Lead = "HEPING", Limit = new() { Value = value, Unit = unit } }, at: BeforeMayDay)
            .Signed(at: BeforeMayDay).After(OrderAction.SubDispatch, new() { Lead = "HEPING-1" }, Heping, BeforeMayDay);

        Assert.Equal((due, inner), (Told(order.DueAt), Told(order.LiveShareOf(HepingFirst)!.DueAt)));
    }

    [Fact]
    public async Task The_deadline_is_explained_from_the_history()
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite, GivenRules.AddTo);
        using var reader = app.AsOf(Parks, Permissions.Read);
        var order = await app.GivenAsync(AnOrder().Accepted().Dispatched().Returned().Dispatched("PARKS", at: Morning.AddDays(1)));
        app.Clock.Advance(TimeSpan.FromDays(4));

        var answer = await reader.GetFromJsonAsync<JsonElement>($"/api/v1/orders/{order.Id}/deadline", TestContext.Current.CancellationToken);

        Assert.Equal((Morning.AddDays(7), "yellow", "剩余 3 天 0 小时"), (
            answer.GetProperty("due").GetDateTimeOffset(), answer.GetProperty("lamp").GetString(), answer.GetProperty("remaining").GetString()));
        Assert.Equal("7 natural_day", $"{answer.GetProperty("limit").GetProperty("value")} {answer.GetProperty("limit").GetProperty("unit")}");
        Assert.All(answer.GetProperty("explanation").EnumerateArray(), line => Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", line.GetString()));
    }

    private static string Told(DateTimeOffset? instant) => instant!.Value.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
