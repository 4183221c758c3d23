using System.Security.Claims;
using Jiesu.Identity.Domain;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Http;

namespace Jiesu.Identity.Access;

/// <summary>Tells the layout who is here.</summary>
internal sealed class DeskUser(IHttpContextAccessor http) : IDeskUser
{
    private ClaimsPrincipal? User => http.HttpContext?.User is { Identity.IsAuthenticated: true } user ? user : null;

    public string? Name => User?.FindFirstValue(ClaimNames.Name);
    public string? UnitName => User?.FindFirstValue(ClaimNames.UnitName);
    public string? RoleName => User?.FindFirstValue(ClaimNames.RoleName);

    public bool Can(string permission) => User?.HasClaim(ClaimNames.Permission, permission) == true;
}
