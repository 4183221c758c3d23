using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace Jiesu.Platform.Kit;

/// <summary>当前用户: what the layout shows of whoever is signed in. Identity may register its own; until then the claims speak.</summary>
public interface IDeskUser
{
    /// <summary>姓名; null when nobody is signed in.</summary>
    string? Name { get; }

    /// <summary>所在单位.</summary>
    string? UnitName { get; }

    /// <summary>角色.</summary>
    string? RoleName { get; }

    bool Can(string permission);
}

/// <summary>The user as the claims of the session tell: <c>name</c>, <c>unit_name</c>, <c>role_name</c>, <c>permission</c>.</summary>
public sealed class ClaimsUser(IHttpContextAccessor http) : IDeskUser
{
    public string? Name => User is { Identity.IsAuthenticated: true } ? User.FindFirst("name")?.Value ?? "已登录" : null;
    public string? UnitName => User?.FindFirst("unit_name")?.Value;
    public string? RoleName => User?.FindFirst("role_name")?.Value;

    private ClaimsPrincipal? User => http.HttpContext?.User;

    public bool Can(string permission) => User?.HasClaim("permission", permission) == true;
}
