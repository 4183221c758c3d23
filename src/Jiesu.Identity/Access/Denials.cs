using Jiesu.Identity.Domain;
using Jiesu.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Identity.Access;

/// <summary>拒绝访问: writes down who was refused what (SEC-49); leads to the change of a password that is due.</summary>
internal sealed class Denials : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _ordinary = new();

    public static Error PasswordDue() => new(ErrorKind.Forbidden, "password.change_due", "口令须先修改，请登录网页修改口令后再继续。");

    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (!authorizeResult.Forbidden)
        {
            await _ordinary.HandleAsync(next, context, policy, authorizeResult);
            return;
        }

        if (context.User.HasClaim(ClaimNames.PasswordDue, "true"))
        {
            await (Schemes.WantsStatus(context.Request) ? PasswordDue().ToProblem().ExecuteAsync(context) : TypedResults.Redirect("/me/password").ExecuteAsync(context));
            return;
        }

        await RecordAsync(context, policy);
        await _ordinary.HandleAsync(next, context, policy, authorizeResult);
    }

    private static Task<int> RecordAsync(HttpContext context, AuthorizationPolicy policy)
    {
        var services = context.RequestServices;
        services.GetRequiredService<AuditLog>().Add("access.denied", context.Request.Path, Asked(policy), AuditResult.Refused);
        return services.GetRequiredService<JiesuDb>().SaveChangesAsync(context.RequestAborted);
    }

    private static string Asked(AuthorizationPolicy policy) =>
        string.Join(' ', policy.Requirements.OfType<Microsoft.AspNetCore.Authorization.Infrastructure.ClaimsAuthorizationRequirement>().SelectMany(r => r.AllowedValues ?? []));
}
