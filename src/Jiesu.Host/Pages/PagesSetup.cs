using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.WebEncoders;

namespace Jiesu.Host.Pages;

/// <summary>Everything that pages need of the host: services, headers, files, and the group in which modules map them.</summary>
internal static partial class PagesSetup
{
    public static void AddPages(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddRazorComponents();
        services.AddHttpContextAccessor();
        services.AddResponseCompression(o => o.MimeTypes = ["text/html", "text/css", "text/javascript", "image/svg+xml"]);    // not over TLS of our own: there the gateway decides
        services.AddAntiforgery().AddSingleton<IAntiforgery, SchemeAntiforgery>();
        services.Configure<WebEncoderOptions>(o => o.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.Configure<DeskSettings>(builder.Configuration.GetSection("Jiesu"));
        services.Insert(0, ServiceDescriptor.Singleton<IProblemDetailsWriter, ErrorPages>());    // before the framework's: the first that can write does
        services.AddSingleton<AssetUrls>();
        services.TryAddScoped<IDeskUser, ClaimsUser>();
        services.AddScoped<DeskContext>();
    }

    /// <summary>First in the pipeline, so that refusals and errors carry the headers too.</summary>
    public static void UsePages(this WebApplication app)
    {
        app.UseResponseCompression();
        app.UseMiddleware<SecurityHeaders>();
        app.Use(KeepHashedFiles);
    }

    /// <summary>Maps files and pages; nothing else belongs into the group.</summary>
    public static void MapPages(this WebApplication app, Modules modules)
    {
        MapFiles(app);
        var pages = app.MapGroup("").AddEndpointFilter(PageHeaders).AddEndpointFilter(RequireToken).AddEndpointFilterFactory(RequireForm);
        pages.MapGet("/session", () => TypedResults.NoContent()).RequireAuthorization();
        pages.MapGet("/kit", (HttpContext http) => Page.Show<KitPage>(http, new KitPage.Sample())).RequireAuthorization();
        AboutPage.MapPages(pages);
        modules.MapPages(pages);
    }

    private static void MapFiles(WebApplication app)
    {
        var before = ((IEndpointRouteBuilder)app).DataSources.ToArray();
        app.MapGroup("").AllowAnonymous().MapStaticAssets();    // a group, because in Development the files bring a fallback route along
        var files = ((IEndpointRouteBuilder)app).DataSources.Except(before).SelectMany(s => s.Endpoints)
            .Select(e => e.Metadata.GetMetadata<StaticAssetDescriptor>()).OfType<StaticAssetDescriptor>()
            .Where(d => d.Selectors.Count == 0);
        app.Services.GetRequiredService<AssetUrls>().Fill(
            files.Select(d => (d.Properties.FirstOrDefault(p => p.Name == "label")?.Value, d.Route)).Where(x => x.Value is not null).Select(x => (x.Value!, x.Route)));
    }

    /// <summary>A page is for one person, and htmx hears another answer at the same address.</summary>
    private static ValueTask<object?> PageHeaders(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var headers = context.HttpContext.Response.Headers;
        headers.Vary = "HX-Request";
        headers.CacheControl = "no-cache, no-store";
        return next(context);
    }

    /// <summary>Forms bound by the framework are checked by it; this is for the posts that bind nothing.</summary>
    private static async ValueTask<object?> RequireToken(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var isSafe = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        if (isSafe || http.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: true })
        {
            return await next(context);
        }

        return await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http)
            ? await next(context)
            : new Error(ErrorKind.Invalid, "request.token", "页面已失效，请刷新后重新提交。").ToProblem();
    }

    /// <summary>A form without one field of its own binds to nothing at all; no page sends such a thing.</summary>
    private static EndpointFilterDelegate RequireForm(EndpointFilterFactoryContext context, EndpointFilterDelegate next)
    {
        var nullability = new NullabilityInfoContext();
        var forms = context.MethodInfo.GetParameters()
            .Where(p => p.GetCustomAttribute<FromFormAttribute>() is not null && nullability.Create(p).WriteState == NullabilityState.NotNull).Select(p => p.Position).ToArray();
        return forms.Length == 0 ? next : invocation => forms.Any(i => invocation.Arguments[i] is null)
            ? ValueTask.FromResult<object?>(new Error(ErrorKind.Invalid, "request.unreadable", "提交的表单是空的，请刷新页面后重新填写。").ToProblem())
            : next(invocation);
    }

    /// <summary>A chunk bears the hash of its content in its name, so it never changes.</summary>
    private static Task KeepHashedFiles(HttpContext http, RequestDelegate next)
    {
        if (HashedFile().IsMatch(http.Request.Path.Value ?? ""))
        {
            http.Response.OnStarting(() =>
            {
                if (http.Response.StatusCode is StatusCodes.Status200OK or StatusCodes.Status304NotModified)
                {
                    http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
                }

                return Task.CompletedTask;
            });
        }

        return next(http);
    }

    [GeneratedRegex(@"^/dist/[\w.-]+-[A-Z0-9]{8}\.(js|css)$")]
    private static partial Regex HashedFile();
}
