using System.Security.Claims;
using Jiesu.Identity.Access;
using Jiesu.Identity.Domain;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Jiesu.Identity.Features.SignIn;

/// <summary>退出: ends the session on the server; the cookie opens nothing any more.</summary>
public static class SignOut
{
    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapPost("/logout", PostAsync).RequireAuthorization();

    /// <param name="returnUrl">Read from the form, so that the form's token is checked.</param>
    private static async Task<IResult> PostAsync([FromForm] string? returnUrl, HttpContext http, Actor actor, Sessions sessions, AuditLog audit, JiesuDb db, CancellationToken ct)
    {
        if (http.User.FindFirstValue(ClaimNames.Session) is { } session)
        {
            audit.Record(actor, "session.end", $"person/{actor.PersonId}");
            await db.SaveChangesAsync(ct);
            await sessions.EndAsync(actor.PersonId, Guid.Parse(session), null, ct);
        }

        SessionCookie.Remove(http);
        http.Response.Headers["Clear-Site-Data"] = "\"cache\"";
        return Page.Next(http, returnUrl is null ? "/login" : LocalUrl.Of(returnUrl));
    }
}
