using Jiesu.Identity.Contracts;
using Jiesu.Platform;
using Jiesu.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Identity.Domain;

public sealed class CallersTests
{
    private static readonly CallerDraft Zhang = new("张晓梅", "138 0013 5678", IsSecret: false);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_caller_is_stored_unreadable_shown_masked_and_found_by_phone(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var id = await AddAsync(app, Zhang);

        var masked = await WithCallersAsync(app, c => c.MaskAsync([id], Ct));
        var found = await WithCallersAsync(app, c => c.FindByPhoneAsync("+86-13800135678", Ct));

        Assert.Equal(new MaskedCaller("张**", "138****5678"), masked[id]);
        Assert.Equal([id], found);
        var row = await app.InDbAsync(db => db.Set<Caller>().SingleAsync(Ct));
        Assert.DoesNotContain("138", System.Text.Encoding.UTF8.GetString(row.Phone!) + row.PhoneIndex, StringComparison.Ordinal);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_reveal_needs_a_purpose_and_is_written_down_with_it(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var (id, actor) = (await AddAsync(app, Zhang), Someone());

        var without = await RevealAsync(app, id, " ", actor);
        var shown = await RevealAsync(app, id, "回访核实地址", actor);

        Assert.Equal("caller.purpose_missing", without.Error?.Code);
        Assert.Equal(("张晓梅", "138 0013 5678"), (shown.Value.Name, shown.Value.Phone));
        var record = await app.InDbAsync(db => db.Set<AuditRecord>().SingleAsync(Ct));
        Assert.Equal(("caller.reveal", "order/1", "回访核实地址", actor.PersonId), (record.Act, record.Subject, record.Detail, record.PersonId!.Value));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task The_thirty_first_reveal_of_a_day_is_refused_even_of_many_at_once(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var (id, actor) = (await AddAsync(app, Zhang), Someone());

        var all = await Task.WhenAll(Enumerable.Range(0, 34).Select(_ => RevealAsync(app, id, "联系诉求人", actor)));
        app.Clock.Advance(TimeSpan.FromDays(1));
        var nextDay = await RevealAsync(app, id, "联系诉求人", actor);

        Assert.Equal(30, all.Count(r => r.IsSuccess));
        Assert.All(all.Where(r => !r.IsSuccess), r => Assert.Equal("caller.quota_spent", r.Error!.Code));
        Assert.True(nextDay.IsSuccess);
        Assert.Equal(31, await app.InDbAsync(db => db.Set<AuditRecord>().CountAsync(Ct)));
    }

    [Fact]
    public async Task A_secret_caller_is_shown_to_nobody_who_must_not_know()
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite);
        var id = await AddAsync(app, Zhang with { IsSecret = true });

        Assert.Equal(new MaskedCaller("保密", "保密"), (await WithCallersAsync(app, c => c.MaskAsync([id], Ct)))[id]);
        Assert.Equal("caller.secret", (await RevealAsync(app, id, "联系", Someone())).Error?.Code);
        Assert.True((await WithCallersAsync(app, c => c.RevealAsync(id, "order/1", "联系", maySeeSecret: true, Someone(), Ct))).IsSuccess);
    }

    [Fact]
    public async Task What_cannot_be_written_down_is_not_shown()
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite);
        var id = await AddAsync(app, Zhang);
        await app.InDbAsync(db => db.Database.ExecuteSqlRawAsync("DROP TABLE identity_audit", Ct));

        await Assert.ThrowsAsync<DbUpdateException>(() => RevealAsync(app, id, "联系诉求人", Someone()));
    }

    private static Actor Someone() => new(Guid.CreateVersion7(), Guid.CreateVersion7(), "OF", new HashSet<string>());

    private static Task<Result<RevealedCaller>> RevealAsync(TestApp app, CallerId id, string? purpose, Actor actor) =>
        WithCallersAsync(app, c => c.RevealAsync(id, "order/1", purpose, maySeeSecret: false, actor, Ct));

    private static async Task<CallerId> AddAsync(TestApp app, CallerDraft draft)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var id = scope.ServiceProvider.GetRequiredService<ICallers>().Add(draft);
        await scope.ServiceProvider.GetRequiredService<JiesuDb>().SaveChangesAsync(Ct);
        return id;
    }

    private static async Task<T> WithCallersAsync<T>(TestApp app, Func<ICallers, Task<T>> use)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<ICallers>());
    }
}
