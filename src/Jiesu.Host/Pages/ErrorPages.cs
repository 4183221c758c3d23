using System.Diagnostics;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Jiesu.Host.Pages;

/// <summary>Shows a refusal as a page to a person who navigates; scripts and machines keep their problem details.</summary>
internal sealed class ErrorPages(IOptions<ProblemDetailsOptions> options) : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context)
    {
        var request = context.HttpContext.Request;
        return Page.IsNavigation(request) && !request.Path.StartsWithSegments("/api");
    }

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var (http, problem) = (context.HttpContext, context.ProblemDetails);
        options.Value.CustomizeProblemDetails?.Invoke(context);
        var view = new ErrorPage.Problem(problem.Status ?? http.Response.StatusCode, problem.Title ?? "", problem.Detail ?? "", Activity.Current?.Id ?? http.TraceIdentifier);
        http.Response.Headers.CacheControl = "no-cache, no-store";
        await new RazorComponentResult<ErrorPage>(new Dictionary<string, object?> { ["View"] = view })
        {
            StatusCode = view.Status,
            PreventStreamingRendering = true,
        }.ExecuteAsync(http);
    }
}
