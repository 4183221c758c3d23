using Jiesu.Identity.Contracts;
using Jiesu.Platform;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Identity.Access;

/// <summary>Goes through the same door again with the same headers, in a scope of its own: whatever way in there is, it is asked.</summary>
internal sealed class Standing(IServiceScopeFactory scopes) : IStanding
{
    private static readonly object Looking = new();

    /// <summary>The request only looks whether the sign-in still stands, or a page asks without its reader (<see cref="Unattended"/>).</summary>
    public static bool IsLooking(HttpContext http) => http.Items.ContainsKey(Looking) || http.GetEndpoint()?.Metadata.GetMetadata<Unattended>() is not null;

    public async Task<Actor?> AskAgainAsync(HttpRequest request, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var again = new DefaultHttpContext { RequestServices = scope.ServiceProvider, RequestAborted = ct };
        again.Items[Looking] = true;
        (again.Request.Method, again.Request.Scheme, again.Request.Host, again.Request.Path) = (request.Method, request.Scheme, request.Host, request.Path);
        foreach (var (name, value) in request.Headers)
        {
            again.Request.Headers[name] = value;
        }

        return (await again.AuthenticateAsync()).Principal is { } user ? Actors.From(user) : null;
    }
}
