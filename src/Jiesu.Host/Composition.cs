using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Jiesu.Callback;
using Jiesu.Catalog;
using Jiesu.Evaluation;
using Jiesu.Host.Operation;
using Jiesu.Host.Pages;
using Jiesu.Identity;
using Jiesu.Intelligence;
using Jiesu.Orders;
using Jiesu.Platform;
using Microsoft.AspNetCore.Authorization;

namespace Jiesu.Host;

/// <summary>The house put together: floors from the ground up.</summary>
internal static class Composition
{
    /// <summary>The longest body that is read at all; uploads allow themselves more.</summary>
    private const long LongestBody = 12 * 1024 * 1024;

    public static Modules Modules() => new Modules()
        .Add<IdentityModule>()
        .Add<CatalogModule>()
        .Add<IntelligenceModule>()
        .Add<OrdersModule>()
        .Add<CallbackModule>()
        .Add<EvaluationModule>()
        .OrderMenu("协同处置", "回访", "监督评价", "智能服务", "业务目录", "系统管理");

    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseStaticWebAssets();    // a build that was not published keeps its files where they were made
        builder.WebHost.ConfigureKestrel(o => o.Limits.MaxRequestBodySize = LongestBody);
        AddWeb(builder.Services);
        builder.AddPages();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddPlatform(builder.Configuration);
        builder.AddOperation();
        Modules().AddServices(builder.Services);
        return builder;
    }

    public static WebApplication Build(WebApplicationBuilder builder)
    {
        var app = builder.Build();
        app.UsePages();
        app.UseExceptionHandler(new ExceptionHandlerOptions { StatusCodeSelector = e => e is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError });
        app.UseStatusCodePages();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapOperation();
        var modules = app.Services.GetRequiredService<Modules>();
        modules.MapApi(app.MapGroup("/api/v1"));
        app.MapPages(modules);
        return app;
    }

    private static void AddWeb(IServiceCollection services)
    {
        services.AddProblemDetails(o => o.CustomizeProblemDetails = Answers.Complete);
        services.AddExceptionHandler<Unreadable>().AddExceptionHandler<DatabaseAway>();
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(o =>
        {
            o.SerializerOptions.Converters.Add(new JsonStringEnumConverter());
            o.SerializerOptions.Converters.Add(new BeijingInstants());
            o.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            o.SerializerOptions.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
        });
        services.AddAuthentication();
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }
}
