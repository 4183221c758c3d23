using Jiesu.Identity.Contracts;
using Jiesu.Tests;
using Jiesu.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Identity.Domain;

public sealed class UnitDirectoryTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_change_on_another_node_is_seen_within_two_seconds_and_no_change_costs_no_reading(Database database)
    {
        await using var app = await PeopleSteps.StartDistrictAsync(database);
        var before = await TreeAsync(app);
        app.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Same(before, await TreeAsync(app));

        await app.InDbAsync(async db =>
        {
            (await db.Set<Unit>().SingleAsync(u => u.Code == UnitCode.From("S2"), Ct)).Name = "二街道";
            (await db.Set<Stamp>().SingleAsync(Ct)).Value = Guid.CreateVersion7();
            return await db.SaveChangesAsync(Ct);
        });
        app.Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("二街道", (await TreeAsync(app)).Find("S2")!.Name);
    }

    private static async Task<UnitTree> TreeAsync(TestApp app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IUnitDirectory>().GetAsync(Ct);
    }
}
