using System.Text.Json;
using Jiesu.Catalog.Contracts;
using Jiesu.Catalog.Domain;
using Jiesu.Catalog.Seeds;
using Jiesu.Orders.Domain;
using Jiesu.Platform;
using Jiesu.Tests;
using Jiesu.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Jiesu.Tests.Given.GivenRules;

namespace Jiesu.Orders.Features.Timers;

/// <summary>REL-31: Friday 1 January 2027 is a working day until the notice of 2027 says otherwise.</summary>
public sealed class RecalculateDeadlinesTests
{
    private static readonly DateTimeOffset Monday = new DateOnly(2026, 12, 28).StartOfDay().AddHours(9);
    private static readonly object FiveDays = new { lead = "HEPING", limit = new { value = 5, unit = "work_day" } };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task When_the_notice_of_a_year_is_loaded_open_deadlines_that_ran_through_it_are_computed_again_and_say_so(Database database)
    {
        await using var app = await StartAsync(database);
        using var desk = new Desk(app);
        var open = await desk.HandledAsync("开着的", FiveDays);
        var resumed = await desk.HandledAsync("停过的", FiveDays);
        var paused = await desk.HandledAsync("停着的", FiveDays);
        var natural = await desk.HandledAsync("自然日", new { lead = "HEPING", limit = new { value = 7, unit = "natural_day" } });
        var answered = await desk.HandledAsync("已终审", FiveDays);
        await desk.AnsweredAsync(answered);
        app.Clock.Advance(TimeSpan.FromDays(1));
        await desk.TakeAsync(resumed, "pause", new { reasonCode = "PAU-01", until = Monday.AddDays(20) });
        await desk.TakeAsync(paused, "pause", new { reasonCode = "PAU-01", until = Monday.AddDays(20) });
        app.Clock.Advance(TimeSpan.FromDays(1));
        await desk.TakeAsync(resumed, "resume", new { });
        await app.RunAsync<RecalculateDeadlines>();
        Assert.Equal([At(1, 4), At(1, 5), At(1, 4), Monday.AddDays(7), At(1, 4)], await DueAsync(app));

        await LoadNoticeAsync(app);
        await app.RunAsync<RecalculateDeadlines>();
        await app.RunAsync<RecalculateDeadlines>();

        Assert.Equal([At(1, 5), At(1, 6), At(1, 5), Monday.AddDays(7), At(1, 4)], await DueAsync(app));
        var steps = await app.InDbAsync(db => db.Set<OrderEvent>().Where(e => e.Action == OrderAction.Recalculate).OrderBy(e => e.At).ThenBy(e => e.OrderId).ToListAsync(Ct));
        Assert.Equal(new[] { open, resumed, paused }.Order(), steps.Select(e => e.OrderId.ToString()).Order());
        Assert.All(steps, e => Assert.StartsWith("2027 年放假安排录入后重算：截止时间由 2027-01-0", e.Note, StringComparison.Ordinal));
        var shares = await app.InDbAsync(db => db.Set<Assignment>().Where(a => a.EndedAt == null && a.State == AssignmentState.Handling).Select(a => a.DueAt!.Value).ToListAsync(Ct));
        Assert.Equal([Monday.AddDays(7), At(1, 5), At(1, 5), At(1, 6)], shares.Order());

        var told = await desk.Centre.ReadAsync($"orders/{open}/deadline");
        Assert.Contains("由 2027-01-04 18:00（周一） 改为 2027-01-05 18:00（周二）", told.GetProperty("explanation").ToString(), StringComparison.Ordinal);
        await desk.TakeAsync(paused, "resume", new { });
        Assert.Equal(At(1, 6).AddHours(15).AddSeconds(2), (await DueAsync(app))[2]);      // a working day and two seconds later
        Assert.All(await RetoldAsync(app), f => Assert.Fail(f));
    }

    private static DateTimeOffset At(int month, int day) => new DateOnly(2027, month, day).StartOfDay().AddHours(18).ToUniversalTime();

    private static async Task<TestApp> StartAsync(Database database)
    {
        var app = await TestApp.StartAsync(database, services =>
        {
            GivenRules.AddTo(services);
            services.AddSingleton<IWorkingCalendars>(sp => sp.GetRequiredService<CatalogueCache>());
        });
        foreach (var (row, _) in SeedRows.CalendarYears())
        {
            row.Open(1, new(2020, 1, 1), null, new(null, "", app.Clock.GetUtcNow()));
            await app.GivenAsync(row);
        }

        app.Clock.SetUtcNow(Monday);
        return app;
    }

    private static async Task LoadNoticeAsync(TestApp app)
    {
        var row = new CalendarYearRow { Code = "2027", Notice = "国务院办公厅关于 2027 年部分节假日安排的通知", Holidays = "2027-01-01~2027-01-03 元旦" };
        row.Open(1, new(2026, 12, 1), null, new(null, "", app.Clock.GetUtcNow()));
        await app.GivenAsync(row);
        await app.GivenAsync(new CatalogChange { Subject = "calendar-years/2027", At = app.Clock.GetUtcNow() });
        app.Clock.Advance(TimeSpan.FromSeconds(2));      // a node follows within two seconds
    }

    /// <summary>What counts now, or goes on after the stop, in the order in which they came.</summary>
    private static Task<List<DateTimeOffset>> DueAsync(TestApp app) => app.InDbAsync(db => db.Set<WorkOrder>().OrderBy(x => x.No).Select(x => (x.DueAt ?? x.StoppedDueAt)!.Value).ToListAsync(Ct));

    private static async Task<IReadOnlyList<string>> RetoldAsync(TestApp app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetServices<ISelfCheck>().Single(c => c.Name == "工单重算").RunAsync(isThorough: true, Ct)).Faults;
    }

    /// <summary>The Centre and the street at work.</summary>
    private sealed class Desk(TestApp app) : IDisposable
    {
        private static readonly string[] Everything = [.. Permissions.All.Select(p => p.Code)];

        public HttpClient Centre { get; } = app.As(Everything);

        private HttpClient Street { get; } = app.AsOf(Heping, Everything);

        public async Task<string> HandledAsync(string title, object dispatch)
        {
            using var answer = await Centre.PostOrderAsync(title, new { title, content = "内容", channel = "电话" });
            var id = (await answer.JsonAsync()).GetProperty("id").GetString()!;
            await TakeAsync(id, "accept", new { });
            await TakeAsync(id, "dispatch", dispatch);
            await TakeAsync(id, "sign", new { });
            return id;
        }

        public async Task AnsweredAsync(string id)
        {
            await TakeAsync(id, "submit-reply", new { result = "已办" });
            await TakeAsync(id, "unit-review", new { decision = "approve" });
            await TakeAsync(id, "pre-callback", new { contacted = true, solved = true, satisfied = "满意" });
            await TakeAsync(id, "final-review", new { decision = "approve" });
        }

        public async Task TakeAsync(string id, string action, object words)
        {
            var version = (await Centre.ReadAsync($"orders/{id}")).GetProperty("version").GetInt32();
            using var answer = await (action is "sign" or "submit-reply" or "unit-review" ? Street : Centre).ActAsync($"orders/{id}/actions/{action}", version, words);
            Assert.True(answer.IsSuccessStatusCode, $"{action} {JsonSerializer.Serialize(words)}: {await answer.Content.ReadAsStringAsync(Ct)}");
        }

        public void Dispose()
        {
            Centre.Dispose();
            Street.Dispose();
        }
    }
}
