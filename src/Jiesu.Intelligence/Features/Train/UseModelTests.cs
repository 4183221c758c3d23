using System.Net;
using Jiesu.Intelligence.Contracts;
using Jiesu.Intelligence.Domain;
using Jiesu.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Intelligence.Features.Train;

public sealed class UseModelTests
{
    private const string Lamp = "080301", Lift = "050301";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite, 300, true), InlineData(Database.Postgres, 300, true), InlineData(Database.Sqlite, 150, false)]
    public async Task A_challenger_takes_over_after_enough_orders_in_which_it_was_no_worse(Database database, int orders, bool takesOver)
    {
        var texts = new Confirmed();
        await using var app = await StartAsync(database, texts);
        var first = await TrainAsync(app, texts, isRight: false);
        var second = await TrainAsync(app, texts, isRight: true);
        Assert.Equal([(second, "挑战者"), (first, "现用")], await KeptAsync(app));

        texts.Say(orders, isRight: true, app.Clock.GetUtcNow().AddMinutes(1));
        app.Clock.Advance(TimeSpan.FromHours(1));
        await app.RunAsync<RunShadow>();

        var run = await app.InDbAsync(db => db.Set<ShadowRun>().SingleAsync(Ct));
        Assert.Equal((first, orders, orders), (run.ChampionVersion, run.Orders, run.Right));
        Assert.True(run.ChampionRight < run.Right);
        Assert.Equal(takesOver ? [(second, "现用"), (first, "备用")] : [(second, "挑战者"), (first, "现用")], await KeptAsync(app));
    }

    [Fact]
    public async Task A_worse_challenger_waits_and_a_person_may_use_it_and_go_back()
    {
        var texts = new Confirmed();
        await using var app = await StartAsync(Database.Sqlite, texts);
        var first = await TrainAsync(app, texts, isRight: true);
        var second = await TrainAsync(app, texts, isRight: false);
        texts.Say(300, isRight: true, app.Clock.GetUtcNow().AddMinutes(1));
        app.Clock.Advance(TimeSpan.FromHours(1));
        await app.RunAsync<RunShadow>();
        using var trainer = app.As(Permissions.View, Permissions.Train);
        using var reader = app.As(Permissions.View);

        Assert.Equal([(second, "挑战者"), (first, "现用")], await KeptAsync(app));
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.ActAsync($"intelligence/models/{second}/use", null, new { })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await trainer.ActAsync("intelligence/models/nothing/use", null, new { })).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await trainer.ActAsync($"intelligence/models/{second}/use", null, new { })).StatusCode);
        Assert.Equal([(second, "现用"), (first, "备用")], await KeptAsync(app));
        Assert.Contains("回退到此", await trainer.GetStringAsync(new Uri(ShowModel.Url, UriKind.Relative), Ct), StringComparison.Ordinal);
        await trainer.SubmitAsync(ShowModel.Url, ShowModel.Url + "/use");
        Assert.Equal([(second, "备用"), (first, "现用")], await KeptAsync(app));
    }

    private static async Task<TestApp> StartAsync(Database database, Confirmed texts)
    {
        var app = await TestApp.StartAsync(database, services => services.AddSingleton<ITrainingTexts>(texts));
        await app.SeedAsync();
        return app;
    }

    /// <returns>Its version.</returns>
    private static async Task<string> TrainAsync(TestApp app, Confirmed texts, bool isRight)
    {
        app.Clock.Advance(TimeSpan.FromDays(1));
        texts.Say(40, isRight, app.Clock.GetUtcNow().AddHours(-1));
        await using var scope = app.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<IModelTraining>().TrainChallengerAsync(Ct)).Version;
    }

    private static async Task<(string, string)[]> KeptAsync(TestApp app)
    {
        using var reader = app.As(Permissions.View);
        return [.. (await reader.ReadAsync("intelligence/models")).GetProperty("items").EnumerateArray().Select(i => (i.GetProperty("version").GetString()!, i.GetProperty("role").GetString()!))];
    }

    /// <summary>Orders that people confirmed; rightly, or with the two classes exchanged.</summary>
    private sealed class Confirmed : ITrainingTexts
    {
        private LearnedText[] _texts = [];

        public void Say(int count, bool isRight, DateTimeOffset at) => _texts =
        [
            .. Enumerable.Range(0, count).Select(i => i % 2 == 0
                ? new LearnedText(Guid.CreateVersion7(), $"胡同里第 {i} 盏灯整夜不亮", isRight ? Lamp : Lift, null, at)
                : new LearnedText(Guid.CreateVersion7(), $"{i} 号楼的升降机停着不走", isRight ? Lift : Lamp, null, at)),
        ];

        public IAsyncEnumerable<LearnedText> ReadAsync(CancellationToken ct) => _texts.ToAsyncEnumerable();
    }
}
