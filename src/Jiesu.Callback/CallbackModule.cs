using Jiesu.Callback.Domain;
using Jiesu.Callback.Features.Answer;
using Jiesu.Callback.Features.Tasks;
using Jiesu.Callback.Features.Worklist;
using Jiesu.Platform;
using Jiesu.Platform.Events;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Callback;

/// <summary>回访: who is to be asked whether a matter was settled, and what they said.</summary>
public sealed class CallbackModule : IModule
{
    public static IReadOnlyList<Permission> Permissions => Callback.Permissions.All;
    public static IReadOnlyList<MenuEntry> Menu =>
    [
        new("待预回访", "/callbacks?kind=pre", Callback.Permissions.Work, "回访"),
        new("待回访", "/callbacks?kind=final", Callback.Permissions.Work, "回访"),
    ];
    public static IReadOnlyList<Subscription> Handlers => KeepTasks.Subscriptions;

    public static void AddServices(IServiceCollection services)
    {
        services.AddOptions<CallbackSettings>().BindConfiguration(CallbackSettings.Section).ValidateDataAnnotations().ValidateOnStart();
        services
            .AddSingleton<IModelPart, CallbackModel>()
            .AddScoped<ListCallbacks.Handler>()
            .AddScoped<AnswerCallback.Viewer>()
            .AddScoped<AnswerCallback.Handler>();
    }

    public static void MapApi(IEndpointRouteBuilder api) => ListCallbacks.MapApi(api);

    public static void MapPages(IEndpointRouteBuilder pages)
    {
        ListCallbacks.MapPages(pages);
        AnswerCallback.MapPages(pages);
    }
}
