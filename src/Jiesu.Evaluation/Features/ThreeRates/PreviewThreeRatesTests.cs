using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Jiesu.Tests;

namespace Jiesu.Evaluation.Features.ThreeRates;

public sealed class PreviewThreeRatesTests
{
    private const string Path = "evaluation/three-rates/preview";
    private static readonly object X = new { valid = 1000, contacted = 985, solved = 912, satisfied = 860, mostlySatisfied = 80 };
    private static readonly object Y = new { valid = 50, contacted = 50, solved = 40, satisfied = 38, mostlySatisfied = 4 };
    private static readonly object Nobody = new { valid = 0, contacted = 0, solved = 0, satisfied = 0, mostlySatisfied = 0 };
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Counts_become_scores_ranks_their_mean_and_the_pooled_score()
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite);
        using var evaluator = app.As(Permissions.Read);

        var answer = await ReadAsync(await evaluator.ActAsync(Path, null, new { units = new[] { Y, X, Nobody } }));
        var heavier = await ReadAsync(await evaluator.ActAsync(Path, null, new { units = new[] { X }, weights = new { contacted = 30, solved = 35, satisfied = 35 } }));
        var shares = await ReadAsync(await evaluator.ActAsync(Path, null, new { units = new[] { X }, weights = new { contacted = 0.2, solved = 0.4, satisfied = 0.4 } }));

        Assert.Equal(["83.28", "92.73", null], answer.GetProperty("items").EnumerateArray().Select(i => Plain(i.GetProperty("compositeScore"))));
        Assert.Equal(["2", "1", null], answer.GetProperty("items").EnumerateArray().Select(i => Plain(i.GetProperty("rank"))));
        Assert.Equal("88.005", Plain(answer.GetProperty("mean").GetProperty("compositeScore")));
        Assert.Equal("92.28", Plain(answer.GetProperty("pooled").GetProperty("compositeScore")));
        Assert.Equal("94.09", Plain(heavier.GetProperty("items")[0].GetProperty("compositeScore")));
        Assert.Equal("93.46", Plain(shares.GetProperty("items")[0].GetProperty("compositeScore")));
    }

    [Theory]
    [InlineData("""{"units":[{"valid":10,"contacted":11,"solved":0,"satisfied":0,"mostlySatisfied":0}]}""", "units[0].contacted")]
    [InlineData("""{"units":[{"valid":10,"contacted":10,"solved":11,"satisfied":0,"mostlySatisfied":0}]}""", "units[0].solved")]
    [InlineData("""{"units":[{"valid":10,"contacted":10,"solved":0,"satisfied":6,"mostlySatisfied":5}]}""", "units[0].mostlySatisfied")]
    [InlineData("""{"units":[{"valid":-1,"contacted":0,"solved":0,"satisfied":0}]}""", "units[0].valid")]
    [InlineData("""{"units":[null]}""", "units[0]")]
    [InlineData("""{"units":[]}""", "units")]
    [InlineData("""{}""", "units")]
    [InlineData("""{"units":[{"valid":1,"contacted":1,"solved":1,"satisfied":1}],"weights":{"contacted":0.2,"solved":0.5,"satisfied":0.4}}""", "weights.contacted")]
    [InlineData("""{"units":[{"valid":1,"contacted":1,"solved":1,"satisfied":1}],"weights":{"contacted":-0.2,"solved":0.8,"satisfied":0.4}}""", "weights.contacted")]
    public async Task Impossible_counts_and_weights_are_refused_with_their_field(string body, string field)
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite);
        using var evaluator = app.As(Permissions.Read);

        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        var refused = await (await evaluator.PostAsync(new Uri("/api/v1/" + Path, UriKind.Relative), content, Ct)).ShouldBeRefusedAsync(HttpStatusCode.BadRequest, "request.invalid");

        Assert.True(refused.GetProperty("errors").TryGetProperty(field, out _), refused.GetRawText());
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }

    private static string? Plain(JsonElement number) =>
        number.ValueKind == JsonValueKind.Null ? null : number.GetDecimal().ToString("0.####", System.Globalization.CultureInfo.InvariantCulture);
}
