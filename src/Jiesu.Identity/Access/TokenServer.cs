using Jiesu.Identity.Domain;
using Jiesu.Platform;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Server;

namespace Jiesu.Identity.Access;

/// <summary>令牌服务: OAuth 2.0 client credentials at <c>POST /connect/token</c>. Code with PKCE joins it here with single sign-on.</summary>
internal static class TokenServer
{
    public const string ApiScope = "api";

    public static IServiceCollection AddTokenServer(this IServiceCollection services)
    {
        services.AddOptions<OpenIddictServerOptions>().Configure<IConfiguration, IOptions<IdentitySettings>>((server, settings, identity) =>
        {
            var keys = TokenKeys.Open(settings["Jiesu:DataFolder"] ?? "var");
            server.SigningCredentials.Add(keys.Signing);
            server.EncryptionCredentials.Add(keys.Encryption);
            server.AccessTokenLifetime = TimeSpan.FromMinutes(identity.Value.AccessTokenMinutes);
        });
        services.AddOpenIddict()
            .AddCore(o => o.UseEntityFrameworkCore().UseDbContext<JiesuDb>().ReplaceDefaultEntities<Guid>())
            .AddServer(o =>
            {
                o.SetTokenEndpointUris("connect/token").AllowClientCredentialsFlow().RegisterScopes(ApiScope);
                o.AddEventHandler(ClientCredentials.Descriptor);
                o.AddEventHandler(TokenAudit.Descriptor);
                o.UseAspNetCore().DisableTransportSecurityRequirement();    // TLS ends at the proxy; without one the host listens on loopback
            })
            .AddValidation(o =>
            {
                o.UseLocalServer();
                o.EnableTokenEntryValidation();
                o.UseAspNetCore();
            });
        return services;
    }
}

/// <summary>A client that proved its secret gets a token of its own name.</summary>
internal sealed class ClientCredentials : IOpenIddictServerHandler<OpenIddictServerEvents.HandleTokenRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<OpenIddictServerEvents.HandleTokenRequestContext>().UseSingletonHandler<ClientCredentials>().Build();

    public ValueTask HandleAsync(OpenIddictServerEvents.HandleTokenRequestContext context)
    {
        if (context.Request.IsClientCredentialsGrantType())
        {
            var identity = new System.Security.Claims.ClaimsIdentity("client", OpenIddictConstants.Claims.Name, OpenIddictConstants.Claims.Role);
            identity.SetClaim(OpenIddictConstants.Claims.Subject, context.ClientId).SetScopes(context.Request.GetScopes());
            context.SignIn(new(identity));
        }

        return ValueTask.CompletedTask;
    }
}

/// <summary>Writes down each token given or refused.</summary>
internal sealed class TokenAudit(AuditLog audit, JiesuDb db) : IOpenIddictServerHandler<OpenIddictServerEvents.ApplyTokenResponseContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<OpenIddictServerEvents.ApplyTokenResponseContext>().UseScopedHandler<TokenAudit>().SetOrder(int.MinValue).Build();

    public async ValueTask HandleAsync(OpenIddictServerEvents.ApplyTokenResponseContext context)
    {
        var client = context.Request?.ClientId is { Length: > 0 and <= 100 } id && id.All(char.IsAsciiLetterOrDigit) ? id : "?";
        audit.Add("client.token", $"client/{client}", context.Error, context.Error is null ? AuditResult.Done : AuditResult.Refused);
        await db.SaveChangesAsync(CancellationToken.None);
    }
}
