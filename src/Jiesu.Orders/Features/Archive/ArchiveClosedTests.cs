using Jiesu.Orders.Domain;
using Jiesu.Tests;
using Jiesu.Tests.Given;
using Microsoft.EntityFrameworkCore;
using static Jiesu.Tests.Given.GivenRules;
using static Jiesu.Tests.Given.OrderBuilder;

namespace Jiesu.Orders.Features.Archive;

public sealed class ArchiveClosedTests
{
    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Orders_rest_thirty_days_and_then_go_to_the_archive_unless_an_exclusion_is_open(Database database)
    {
        await using var app = await TestApp.StartAsync(database, GivenRules.AddTo);
        var closed = await app.GivenAsync(AwaitingCallback().CalledBack());
        var disputed = await app.GivenAsync(AwaitingCallback().CalledBack().After(OrderAction.Exclusion, new() { ReasonCode = "EXC-02", Reason = "已依法办理" }, Heping));

        app.Clock.Advance(TimeSpan.FromDays(30));
        await app.RunAsync<ArchiveClosed>();
        Assert.Equal([OrderState.Closed, OrderState.Closed], await StatesAsync(app, closed, disputed));

        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await app.RunAsync<ArchiveClosed>();
        await app.RunAsync<ArchiveClosed>();
        Assert.Equal([OrderState.Archived, OrderState.Closed], await StatesAsync(app, closed, disputed));
    }

    private static Task<List<OrderState>> StatesAsync(TestApp app, WorkOrder first, WorkOrder second) => app.InDbAsync(db =>
        db.Set<WorkOrder>().Where(x => x.Id == first.Id || x.Id == second.Id).OrderBy(x => x.No).Select(x => x.State).ToListAsync(TestContext.Current.CancellationToken));
}
