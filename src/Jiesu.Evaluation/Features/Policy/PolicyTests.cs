using System.Net;
using Jiesu.Evaluation.Domain;
using Jiesu.Tests;

namespace Jiesu.Evaluation.Features.Policy;

public sealed class PolicyTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task New_weights_hold_from_a_day_to_come_and_leave_what_was_used(Database database)
    {
        await using var app = await StartAsync(database);
        using var evaluator = app.As(Permissions.Read, Permissions.Edit);

        var saved = await SubmitAsync(evaluator, "/weights", Weights("2026-04-01", "30", "35", "35"));
        var late = await SubmitAsync(evaluator, "/weights", Weights("2026-03-02", "30", "35", "35"));
        var uneven = await SubmitAsync(evaluator, "/weights", Weights("2026-05-01", "30", "35", "36"));

        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.StatusCode);
        Assert.Contains("value=\"36\"", await uneven.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        var table = await app.InDbAsync(db => db.WeightsAsync(Ct));
        Assert.Equal([0.3m, 0.1m], table.All.Select(w => w.Contacted));
        Assert.Equal((0.1m, new DateOnly(2026, 3, 31)), (table.On(new(2026, 3, 31)).Contacted, table.LastDayOf(table.All[1])));
        Assert.Equal(0.3m, table.On(new(2026, 4, 1)).Contacted);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Moving_the_end_of_a_period_moves_the_beginning_of_the_next_and_none_that_is_over(Database database)
    {
        await using var app = await StartAsync(database);
        using var evaluator = app.As(Permissions.Read, Permissions.Edit);

        var moved = await SubmitAsync(evaluator, "/periods", ("code", "2026-03"), ("lastDay", "2026-03-20"), ("closedFirstDay", "2026-02-10"), ("reason", "市级口径调整"));
        var over = await SubmitAsync(evaluator, "/periods", ("code", "2026-02"), ("lastDay", "2026-03-05"), ("reason", "补算"));

        Assert.Equal(HttpStatusCode.Redirect, moved.StatusCode);
        Assert.Contains("考核期已经结束", await over.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        var table = await app.InDbAsync(db => db.PeriodsAsync(Ct));
        Assert.Equal((new DateOnly(2026, 3, 20), new DateOnly(2026, 2, 10), 2), (table.Find("2026-03")!.LastDay, table.Find("2026-03")!.ClosedFirstDay, table.Find("2026-03")!.Revision));
        Assert.Equal(new DateOnly(2026, 3, 21), table.Find("2026-04")!.FirstDay);
        Assert.All(table.InForce.Zip(table.InForce.Skip(1)), pair => Assert.Equal(pair.First.LastDay.AddDays(1), pair.Second.FirstDay));
    }

    [Fact]
    public async Task Who_may_only_read_sees_no_form_and_may_not_post()
    {
        await using var app = await StartAsync(Database.Sqlite);
        using var reader = app.As(Permissions.Read);

        var page = await reader.GetStringAsync(new Uri("/evaluation/policy", UriKind.Relative), Ct);
        var trial = await reader.GetStringAsync(new Uri("/evaluation/trial?contacted=20&solved=40&satisfied=40&mostlySatisfied=0.9", UriKind.Relative), Ct);
        using var nothing = new FormUrlEncodedContent([]);
        var refused = await reader.PostAsync(new Uri("/evaluation/policy/weights", UriKind.Relative), nothing, Ct);

        Assert.Contains("2026-03", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<form class=\"form\"", page, StringComparison.Ordinal);
        Assert.Contains("value=\"20\"", trial, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    private static (string, string)[] Weights(string from, string contacted, string solved, string satisfied) =>
        [("validFrom", from), ("contacted", contacted), ("solved", solved), ("satisfied", satisfied), ("mostlySatisfied", "0.9"), ("basis", "市考评办通知")];

    private static Task<HttpResponseMessage> SubmitAsync(HttpClient client, string form, params (string Name, string Value)[] typed) =>
        client.SubmitAsync("/evaluation/policy", "/evaluation/policy" + form, typed);

    private static async Task<TestApp> StartAsync(Database database)
    {
        var app = await TestApp.StartAsync(database);
        await app.InDbAsync(async db =>
        {
            await new EvaluationSeed(db, app.Clock).SeedAsync(Ct);
            return 0;
        });
        return app;
    }
}
