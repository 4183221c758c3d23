using Jiesu.Intelligence.Contracts;
using Jiesu.Platform;
using Jiesu.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Intelligence.Features.Similar;

public sealed class OrderTextsTests
{
    private const string Cold = "翠林一里暖气不热\n家住三号楼，暖气一直不热，室温只有十四度，老人受不了。";
    private const string ColdAgain = "翠林一里三号楼供暖不热\n楼里暖气不热，室内温度十四五度，老人孩子受不了，请供热公司检修。";
    private const string Stalls = "菜市场门口占道经营\n摊贩占用便道卖菜，行人只能走机动车道。";

    private static readonly DateTimeOffset Called = new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task The_other_complaint_of_the_same_matter_comes_first(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var (cold, again, stalls) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await LearnAsync(app, new(cold, Cold, "020100", "110106001", Called), new(again, ColdAgain, null, null, Called.AddDays(3)), new(stalls, Stalls, null, null, Called));

        var found = await FindAsync(app, Cold, except: cold);

        Assert.Equal(again, found[0].Id);
        Assert.InRange(found[0].Score, 0.5, 1);
        Assert.DoesNotContain(found, f => f.Id == cold || f.Id == stalls);
        Assert.Empty(await FindAsync(app, Cold, except: null, since: Called.AddDays(4)));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_corrected_text_replaces_the_earlier_one(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var id = Guid.CreateVersion7();
        await LearnAsync(app, new LearnedText(id, Cold, null, null, Called));
        Assert.Single(await FindAsync(app, Cold));

        await LearnAsync(app, new LearnedText(id, Stalls, null, null, Called));

        Assert.Empty(await FindAsync(app, Cold));
        Assert.Equal(id, Assert.Single(await FindAsync(app, Stalls)).Id);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task What_another_node_learned_is_found_within_two_seconds(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        await FindAsync(app, Cold);
        var id = Guid.CreateVersion7();
        await app.GivenAsync(new Domain.StoredText { Id = id, At = Called, LearnedAt = app.Clock.GetUtcNow(), Vector = [.. TextVector.Of(Domain.PlainText.OfOrder(Cold)).Select(n => (byte)n)] });

        app.Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(id, Assert.Single(await FindAsync(app, Cold)).Id);
    }

    [Fact]
    public async Task What_was_not_saved_is_not_found()
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite);
        await using (var scope = app.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<IOrderTexts>().LearnAsync([new(Guid.CreateVersion7(), Cold, null, null, Called)], Ct);
        }

        Assert.Empty(await FindAsync(app, Cold));
    }

    [Fact]
    public async Task Empty_and_broken_texts_are_near_to_nothing()
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite);
        await LearnAsync(app, [.. new[] { "", "😀\0\ud83d", new string('暖', 2_000_000) }.Select(t => new LearnedText(Guid.CreateVersion7(), t, null, null, Called))]);

        Assert.Empty(await FindAsync(app, ""));
        Assert.Empty(await FindAsync(app, "😀"));
    }

    private static async Task LearnAsync(TestApp app, params LearnedText[] texts)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IOrderTexts>().LearnAsync(texts, Ct);
        await scope.ServiceProvider.GetRequiredService<JiesuDb>().SaveChangesAsync(Ct);
    }

    private static async Task<IReadOnlyList<SimilarText>> FindAsync(TestApp app, string text, Guid? except = null, DateTimeOffset? since = null)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IOrderTexts>().FindSimilarAsync(text, except, 10, since, Ct);
    }
}
