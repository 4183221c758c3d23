using System.Net.Http.Json;
using System.Text.Json;
using Jiesu.Intelligence.Contracts;
using Jiesu.Intelligence.Domain;
using Jiesu.Intelligence.Features.Classify;
using Jiesu.Tests;
using Jiesu.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Jiesu.Intelligence.Features.Train;

public sealed class TrainModelTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_empty_installation_has_a_model_of_its_catalogue()
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite);
        using var dispatcher = app.As(Permissions.View);

        var model = await dispatcher.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/intelligence/model", UriKind.Relative), Ct);

        Assert.StartsWith("catalogue-", model.GetProperty("version").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, model.GetProperty("samples").GetInt32());
    }

    [Fact]
    public async Task It_learns_from_what_people_confirmed_and_not_from_ended_classes()
    {
        var folder = Directory.CreateTempSubdirectory("jiesu-models-").FullName;
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Jiesu:DataFolder", folder)]).Build();
        var models = new Models(settings, TimeProvider.System, NullLogger<Models>.Instance);
        LearnedText[] confirmed = [.. Enumerable.Range(0, 20).Select(i => new LearnedText(Guid.CreateVersion7(), "游泳卡退费\n健身房不退钱", i % 2 == 0 ? "030200" : "999999", null, default))];

        var trained = await new TrainModel(new FixedCatalogue(), [new Confirmed(confirmed)], models, TimeProvider.System).TrainAsync(Ct);

        Assert.Equal((10, 12), (trained.Samples, trained.Classes));
        Assert.Equal(trained.Version, models.Current(new SmallCatalogue()).Card.Version);
        Assert.Single(Directory.GetFiles(Path.Combine(folder, "models"), "*.model"));
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>An update must not leave a district with the catalogue's words alone until somebody notices.</summary>
    [Fact]
    public async Task Models_that_cannot_be_read_any_more_are_told_once_so_that_orders_are_learned_anew()
    {
        var folder = Directory.CreateTempSubdirectory("jiesu-models-").FullName;
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Jiesu:DataFolder", folder)]).Build();
        Directory.CreateDirectory(Path.Combine(folder, "models"));
        await using (var packed = new System.IO.Compression.GZipStream(File.Create(Path.Combine(folder, "models", "class-20260101T000000000-20260101-aaaa.model")), System.IO.Compression.CompressionLevel.Fastest))
        {
            await packed.WriteAsync("\rhan-1-2/18/v1"u8.ToArray(), Ct);
        }

        var models = new Models(settings, TimeProvider.System, NullLogger<Models>.Instance);

        Assert.Equal((true, false), (models.TakeOutdated(), models.TakeOutdated()));
        Assert.StartsWith("catalogue-", models.Current(new SmallCatalogue()).Card.Version, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_training_that_was_asked_for_is_done_once_in_the_background(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        using var trainer = app.As(Permissions.View, Permissions.Train);

        await trainer.SubmitAsync(ShowModel.Url);
        var twice = await trainer.SubmitAsync(ShowModel.Url);
        Assert.Contains("已有训练在排队", await twice.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        await RunJobAsync(app);

        var training = await app.InDbAsync(db => db.Set<Training>().SingleAsync(Ct));
        Assert.Equal((TrainingState.Completed, true), (training.State, training.ModelVersion is not null));
    }

    [Fact]
    public async Task Who_may_only_look_may_not_train()
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite);
        using var dispatcher = app.As(Permissions.View);

        var page = await dispatcher.GetStringAsync(new Uri(ShowModel.Url, UriKind.Relative), Ct);
        using var nothing = new FormUrlEncodedContent([]);
        using var answer = await dispatcher.PostAsync(new Uri(ShowModel.Url, UriKind.Relative), nothing, Ct);

        Assert.DoesNotContain("重新训练", page, StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, answer.StatusCode);
    }

    private static async Task RunJobAsync(TestApp app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await ActivatorUtilities.CreateInstance<TrainingJob>(scope.ServiceProvider).RunAsync(Ct);
    }

    private sealed class Confirmed(LearnedText[] texts) : ITrainingTexts
    {
        public IAsyncEnumerable<LearnedText> ReadAsync(CancellationToken ct) => texts.ToAsyncEnumerable();
    }
}
