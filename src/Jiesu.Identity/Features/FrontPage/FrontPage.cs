using Jiesu.Identity.Domain;
using Jiesu.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Jiesu.Identity.Features.FrontPage;

/// <summary>首页: leads to the first thing that the post may do; a stranger to the sign-in.</summary>
public static class FrontPage
{
    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapGet("/", Go).RequireAuthorization();

    private static RedirectHttpResult Go(HttpContext http, Actor actor, Modules modules) =>
        TypedResults.Redirect(http.User.HasClaim(ClaimNames.PasswordDue, "true") ? "/me/password" : modules.Menu.FirstOrDefault(m => actor.Can(m.Permission))?.Url ?? "/me");
}
