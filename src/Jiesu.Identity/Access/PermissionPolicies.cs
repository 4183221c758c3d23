using System.Security.Claims;
using Jiesu.Identity.Domain;
using Jiesu.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace Jiesu.Identity.Access;

/// <summary>A policy whose name is a permission: passes when the user holds that permission claim. An unknown one is held by nobody.</summary>
internal sealed class PermissionPolicies(IOptions<AuthorizationOptions> options) : DefaultAuthorizationPolicyProvider(options)
{
    public override Task<AuthorizationPolicy?> GetPolicyAsync(string policyName) =>
        Task.FromResult<AuthorizationPolicy?>(new AuthorizationPolicyBuilder().RequireClaim(ClaimNames.Permission, policyName).Build());
}

internal static class Actors
{
    public static Actor From(ClaimsPrincipal user)
    {
        var scope = user.FindAll(ClaimNames.Scope).Select(c => Guid.Parse(c.Value)).ToArray();
        return new(
            Guid.Parse(user.FindFirstValue(ClaimNames.Person)!),
            Guid.Parse(user.FindFirstValue(ClaimNames.Unit)!),
            user.FindFirstValue(ClaimNames.Role) ?? "",
            user.FindAll(ClaimNames.Permission).Select(c => c.Value).ToHashSet(),
            user.HasClaim(ClaimNames.ScopeAll, "true") ? null : scope);
    }
}
