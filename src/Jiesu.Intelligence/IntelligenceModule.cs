using Jiesu.Intelligence.Contracts;
using Jiesu.Intelligence.Domain;
using Jiesu.Intelligence.Features.Address;
using Jiesu.Intelligence.Features.Addresses;
using Jiesu.Intelligence.Features.Advise;
using Jiesu.Intelligence.Features.Classify;
using Jiesu.Intelligence.Features.Events;
using Jiesu.Intelligence.Features.Language;
using Jiesu.Intelligence.Features.Learn;
using Jiesu.Intelligence.Features.Locate;
using Jiesu.Intelligence.Features.Quality;
using Jiesu.Intelligence.Features.Replies;
using Jiesu.Intelligence.Features.Similar;
using Jiesu.Intelligence.Features.Train;
using Jiesu.Intelligence.Features.Words;
using Jiesu.Platform;
using Jiesu.Platform.Jobs;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Intelligence;

/// <summary>智能服务: reads requests and advises on class, unit, place and likeness. Decides nothing.</summary>
public sealed class IntelligenceModule : IModule
{
    public static IReadOnlyList<Permission> Permissions => Intelligence.Permissions.All;

    public static IReadOnlyList<MenuEntry> Menu =>
    [
        new("模型看板", ShowQuality.Url, Intelligence.Permissions.View, "智能服务"),
        new("地址工坊", ShowAddresses.Url, Intelligence.Permissions.View, "智能服务"),
        new("词典", ShowWords.Url, Intelligence.Permissions.ViewWords, "智能服务"),
        new("模型", ShowModel.Url, Intelligence.Permissions.View, "智能服务"),
        new("大模型", ShowLanguage.Url, Intelligence.Permissions.View, "智能服务"),
    ];

    public static IReadOnlyList<Job> Jobs =>
    [
        Job.Of<TrainingJob>("intelligence.train", TimeSpan.FromSeconds(2)),
        Job.Of<PlanTraining>("intelligence.plan-training", PlanTraining.Every),
        Job.Of<MakeParser>("intelligence.make-parser", MakeParser.Every),
        Job.Of<RunShadow>("intelligence.shadow", RunShadow.Every),
        Job.Of<SearchWords>("intelligence.words", SearchWords.Every),
        Job.Of<ClearLanguageCalls>("intelligence.language-calls", TimeSpan.FromHours(1)),
    ];

    public static void AddServices(IServiceCollection services)
    {
        services.AddOptions<IntelligenceSettings>().BindConfiguration(IntelligenceSettings.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<LanguageSettings>().BindConfiguration(LanguageSettings.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IModelPart, LanguageTables>().AddSingleton<LanguageServer>().AddSingleton<Breaker>().AddSingleton<LanguageModel>()
            .AddSingleton<ILanguageModel>(sp => sp.GetRequiredService<LanguageModel>()).AddScoped<ShowLanguage.Handler>();
        services.AddSingleton<IModelPart, WordTables>().AddSingleton<WordBook>().AddScoped<NewWordFinder>().AddScoped<ShowWords.Reader>().AddScoped<ShowNewWords.Reader>()
            .AddScoped<EditWords.Handler>().AddScoped<DecideNewWords.Handler>();
        services.AddSingleton<IModelPart, IntelligenceTables>()
            .AddSingleton<Models>()
            .AddSingleton<DayTools>()
            .AddSingleton<Aliases>()
            .AddSingleton<AreaFile>()
            .AddSingleton<AddressParsers>()
            .AddSingleton<IReplyChecks, ReplyChecks>()
            .AddSingleton<IAddressTraining>(services => services.GetRequiredService<AddressParsers>())
            .AddSingleton<SimilarIndex>()
            .AddSingleton<SimilarReader>()
            .AddSingleton<Corrections>()
            .AddSingleton<IEventGrouping, EventGrouping>()
            .AddSingleton<AreaOutlines>()
            .AddSingleton<IEventReading, EventReading>()
            .AddScoped<UnitHistory>()
            .AddScoped<AliasReader>()
            .AddScoped<AddressReader>()
            .AddScoped<EditAliases.Handler>()
            .AddScoped<IAdviceOutcomes, AdviceOutcomes>()
            .AddScoped<IOrderTexts, OrderTexts>()
            .AddScoped<IOrderAdvisor, OrderAdvisor>()
            .AddScoped<IModelTraining, TrainModel>()
            .AddScoped<QualityReader>()
            .AddScoped<UseModel.Handler>()
            .AddScoped<RequestTraining.Handler>();
    }

    public static void MapApi(IEndpointRouteBuilder api)
    {
        ShowModel.MapApi(api);
        UseModel.MapApi(api);
        ShowQuality.MapApi(api);
        ShowLanguage.MapApi(api);
        ShowAddresses.MapApi(api);
        EditAliases.MapApi(api);
        ShowWords.MapApi(api);
        EditWords.MapApi(api);
        ShowNewWords.MapApi(api);
        DecideNewWords.MapApi(api);
    }

    public static void MapPages(IEndpointRouteBuilder pages)
    {
        ShowModel.MapPages(pages);
        ShowQuality.MapPages(pages);
        ShowAddresses.MapPages(pages);
        EditAliases.MapPages(pages);
        ShowWords.MapPages(pages);
        EditWords.MapPages(pages);
        ShowNewWords.MapPages(pages);
        DecideNewWords.MapPages(pages);
        RequestTraining.MapPages(pages);
        UseModel.MapPages(pages);
        ShowLanguage.MapPages(pages);
    }
}
