using System.Text.Encodings.Web;
using Jiesu.Identity.Domain;
using Jiesu.Platform;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Validation.AspNetCore;

namespace Jiesu.Identity.Access;

/// <summary>访问令牌 of machine clients, and the post in which they act. The token and its entry in the database are checked once in a few seconds.</summary>
internal sealed class ClientToken(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Clients clients, Remembered remembered)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const string Prefix = "Bearer ";
    private Error? _refusal;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            || await remembered.Tokens.GetAsync(Secrets.Hash(header[Prefix.Length..]), ValidateAsync) is not { } clientId)
        {
            return AuthenticateResult.Fail("No valid token.");
        }

        if (await clients.ActAsync(new(clientId, Asked("X-Acting-Role"), Asked("X-Acting-Unit")), Context.RequestAborted) is { } user)
        {
            return AuthenticateResult.Success(new(user, Scheme.Name));
        }

        _refusal = Clients.NotGranted();
        return AuthenticateResult.Fail(_refusal.Code);
    }

    /// <summary>A bad token is 401; a good one in a post that was not granted is 403, whatever the route.</summary>
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        await HandleAuthenticateOnceSafeAsync();
        if (_refusal is not null)
        {
            await _refusal.ToProblem().ExecuteAsync(Context);
            return;
        }

        Response.Headers.WWWAuthenticate = "Bearer";
        Response.StatusCode = StatusCodes.Status401Unauthorized;
    }

    private string? Asked(string header) => Request.Headers[header].ToString() is { Length: > 0 } value ? value : null;

    private async Task<string?> ValidateAsync() =>
        (await Context.AuthenticateAsync(OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme)).Principal?.GetClaim(OpenIddictConstants.Claims.Subject);
}
