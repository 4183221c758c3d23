using System.Text.Encodings.Web;
using Jiesu.Identity.Domain;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Jiesu.Identity.Access;

/// <summary>会话 Cookie (SEC-07): over TLS bound to this host and never sent in clear; on plain http (loopback) under a plain name.</summary>
internal sealed class SessionCookie(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Sessions sessions)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public static string? Read(HttpRequest request) => request.Cookies[Name(request)];

    public static void Write(HttpContext http, string token) => http.Response.Cookies.Append(Name(http.Request), token, Shape(http.Request));

    public static void Remove(HttpContext http) => http.Response.Cookies.Delete(Name(http.Request), Shape(http.Request));

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Read(Request) is not { Length: > 0 and < 200 } token)
        {
            return AuthenticateResult.NoResult();
        }

        var user = await sessions.FindAsync(token, isUse: !Standing.IsLooking(Context), Context.RequestAborted);
        return user is null ? AuthenticateResult.NoResult() : AuthenticateResult.Success(new(user, Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (Schemes.WantsStatus(Request))
        {
            Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        }

        var back = HttpMethods.IsGet(Request.Method) ? Request.PathBase + Request.Path + Request.QueryString : "/";
        Response.Redirect(back == "/" ? "/login" : QueryHelpers.AddQueryString("/login", "returnUrl", back));
        return Task.CompletedTask;
    }

    private static string Name(HttpRequest request) => request.IsHttps ? "__Host-jiesu" : "jiesu";

    private static CookieOptions Shape(HttpRequest request) => new() { HttpOnly = true, Secure = request.IsHttps, SameSite = SameSiteMode.Lax, Path = "/", IsEssential = true };
}
