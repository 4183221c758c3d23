using Jiesu.Identity.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Joint;
using Jiesu.Tests;
using Jiesu.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Jiesu.Tests.Given.GivenRules;
using static Jiesu.Tests.Given.OrderBuilder;

namespace Jiesu.Orders.Features.Timers;

public sealed class TimersTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Each_warning_is_given_once_and_what_a_stop_of_the_service_missed_is_given_marked(Database database)
    {
        await using var app = await TestApp.StartAsync(database, GivenRules.AddTo);
        var order = await app.GivenAsync(AnOrder().Accepted().Dispatched().Signed());
        await app.RunAsync<GiveReminders>();
        Assert.Empty(await RemindersAsync(app, order));

        app.Clock.Advance(TimeSpan.FromDays(3.5));
        await app.RunAsync<GiveReminders>();
        await app.RunAsync<GiveReminders>();
        Assert.Equal([(ReminderStage.Half, Heping, false)], await RemindersAsync(app, order));

        app.Clock.Advance(TimeSpan.FromDays(7));        // the service stood still meanwhile
        await app.RunAsync<GiveReminders>();
        await app.RunAsync<GiveReminders>();

        Assert.Equal(
            [(ReminderStage.Half, Heping, false), (ReminderStage.FourFifths, Heping, true), (ReminderStage.Due, Heping, true), (ReminderStage.Leader, Heping, true), (ReminderStage.District, Centre, true)],
            await RemindersAsync(app, order));
        Assert.Equal(order.Version, await app.InDbAsync(db => db.Set<WorkOrder>().Where(x => x.Id == order.Id).Select(x => x.Version).SingleAsync(Ct)));
        Assert.Null(await app.InDbAsync(db => db.Set<WorkOrder>().Where(x => x.Id == order.Id).Select(x => x.NextReminderAt).SingleAsync(Ct)));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task What_a_clock_that_was_set_back_plans_again_is_not_given_twice(Database database)
    {
        await using var app = await TestApp.StartAsync(database, GivenRules.AddTo);
        var order = await app.GivenAsync(AnOrder().Accepted().Dispatched().Signed());
        app.Clock.Advance(TimeSpan.FromDays(3.5));
        await app.RunAsync<GiveReminders>();

        await app.InDbAsync(db => db.Set<WorkOrder>().Where(x => x.Id == order.Id).ExecuteUpdateAsync(x => x.SetProperty(o => o.NextReminderAt, Morning.AddDays(3.4)).SetProperty(o => o.ReminderStage, ReminderStage.Half), Ct));
        await app.RunAsync<GiveReminders>();

        Assert.Equal([(ReminderStage.Half, Heping, false)], await RemindersAsync(app, order));
        Assert.Equal(ReminderStage.FourFifths, (await FindAsync(app, order)).ReminderStage);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_pause_ends_by_itself_and_its_time_is_added(Database database)
    {
        await using var app = await TestApp.StartAsync(database, GivenRules.AddTo);
        var order = await app.GivenAsync(AnOrder().Accepted().Dispatched().Signed().After(OrderAction.Pause, new() { ReasonCode = "PAU-01", Until = Morning.AddDays(1) }));
        await app.RunAsync<EndPauses>();
        Assert.Null((await FindAsync(app, order)).DueAt);

        app.Clock.Advance(TimeSpan.FromDays(1));
        await app.RunAsync<EndPauses>();

        var resumed = await FindAsync(app, order);
        Assert.Equal((Morning.AddDays(8), OrderOverlay.None, null), (resumed.DueAt, resumed.Overlays, resumed.StopUntil));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Nothing_is_left_with_a_unit_that_is_no_more(Database database)
    {
        var tree = new UnitTree([.. Units.All.Select(u => u.Id == Heping ? u with { IsClosed = true, SuccessorId = Water } : u)]);
        var closed = false;
        await using var app = await TestApp.StartAsync(database, services =>
        {
            GivenRules.AddTo(services);
            services.AddSingleton<IUnitDirectory>(new Directory(() => closed ? tree : Units));
        });
        var orders = new[] { await app.GivenAsync(AnOrder().Accepted().Dispatched()), await app.GivenAsync(AnOrder().Accepted().Dispatched("PARKS", ["HEPING"]).Signed(Parks)) };
        closed = true;

        await app.RunAsync<ReassignOrphans>();

        Assert.Equal(2, await app.InDbAsync(db => db.Set<Assignment>().CountAsync(a => a.UnitId == Water && a.EndedAt == null, Ct)));
        Assert.False(await app.InDbAsync(db => db.Set<Assignment>().AnyAsync(a => a.UnitId == Heping && a.EndedAt == null, Ct)));
        Assert.Equal(Water, (await FindAsync(app, orders[0])).UnitId);
    }

    private static Task<WorkOrder> FindAsync(TestApp app, WorkOrder order) => app.InDbAsync(db => db.Set<WorkOrder>().AsNoTracking().SingleAsync(x => x.Id == order.Id, Ct));

    private static Task<List<(ReminderStage Stage, Guid Unit, bool IsLate)>> RemindersAsync(TestApp app, WorkOrder order) => app.InDbAsync(async db =>
        (await db.Set<Reminder>().AsNoTracking().Where(r => r.OrderId == order.Id).ToListAsync(Ct)).OrderBy(r => r.Stage).Select(r => (r.Stage, r.UnitId, r.IsLate)).ToList());

    private sealed class Directory(Func<UnitTree> tree) : IUnitDirectory
    {
        public ValueTask<UnitTree> GetAsync(CancellationToken ct) => new(tree());

        public Task EnsureAsync(IReadOnlyList<UnitSeed> units, CancellationToken ct) => Task.CompletedTask;
    }
}
