using Microsoft.AspNetCore.Http;

namespace Jiesu.Identity.Access;

/// <summary>The ways in: a session for people, a token for machines (SEC-14).</summary>
internal static class Schemes
{
    /// <summary>Picks one of the two; the default of the house.</summary>
    public const string Any = "Jiesu";
    public const string Session = "Jiesu.Session";
    public const string Token = "Jiesu.Token";

    public static string Pick(HttpContext http) => http.Request.Headers.ContainsKey("Authorization") ? Token : Session;

    /// <summary>A program asks, or a script in a page: it gets a status, never a sign-in page.</summary>
    public static bool WantsStatus(HttpRequest request) =>
        request.Path.StartsWithSegments("/api", StringComparison.Ordinal) || request.Headers.ContainsKey("Authorization") || request.Headers.ContainsKey("HX-Request")
        || request.Headers.Accept.ToString() is var accept && (accept.Contains("text/event-stream", StringComparison.Ordinal) || accept.Contains("application/json", StringComparison.Ordinal));
}
