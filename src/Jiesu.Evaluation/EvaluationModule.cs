using Jiesu.Evaluation.Domain;
using Jiesu.Evaluation.Features.Facts;
using Jiesu.Evaluation.Features.Policy;
using Jiesu.Evaluation.Features.ThreeRates;
using Jiesu.Platform;
using Jiesu.Platform.Events;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Evaluation;

/// <summary>监督评价: facts of each order, periods, weights, the three rates and who stands where.</summary>
public sealed class EvaluationModule : IModule
{
    public static IReadOnlyList<Permission> Permissions => Evaluation.Permissions.All;
    public static IReadOnlyList<MenuEntry> Menu =>
    [
        new("三率考评", "/evaluation/three-rates", Evaluation.Permissions.Read, "监督评价"),
        new("权重与考核期", "/evaluation/policy", Evaluation.Permissions.Read, "监督评价"),
    ];
    public static IReadOnlyList<Subscription> Handlers => RecordFacts.Subscriptions;

    public static void AddServices(IServiceCollection services) => services
        .AddSingleton<IModelPart, EvaluationModel>()
        .AddScoped<ISeed, EvaluationSeed>()
        .AddScoped<ISelfCheck, RetellFacts>()
        .AddScoped<RatesReport>()
        .AddScoped<ShowPolicy.Viewer>()
        .AddScoped<AddWeights.Handler>()
        .AddScoped<MovePeriod.Handler>();

    public static void MapApi(IEndpointRouteBuilder api)
    {
        ShowThreeRates.MapApi(api);
        PreviewThreeRates.MapApi(api);
        ShowPolicy.MapApi(api);
    }

    public static void MapPages(IEndpointRouteBuilder pages)
    {
        ShowThreeRates.MapPages(pages);
        TryWeights.MapPages(pages);
        ShowPolicy.MapPages(pages);
    }
}
