using System.Security.Claims;
using Jiesu.Identity.Contracts;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Identity.Domain;

/// <summary>任职权限: what a role at a unit may do, and whose orders it sees.</summary>
internal sealed class PostRights(JiesuDb db, IUnitDirectory units)
{
    /// <summary>数据范围: the Centre and its offices see the district (null), others their unit and all below it.</summary>
    public static IReadOnlyList<Guid>? ScopeOf(UnitTree tree, Guid unitId) => tree.Find(unitId) switch
    {
        null => [],
        { Kind: UnitKind.Centre or UnitKind.CentreOffice } => null,
        _ => [.. tree.SubtreeOf(unitId).Select(u => u.Id)],
    };

    public async Task<IReadOnlyList<Claim>> ClaimsAsync(string role, Guid unitId, CancellationToken ct)
    {
        var tree = await units.GetAsync(ct);
        var held = await db.Set<Role>().AsNoTracking().Where(x => x.Code == role)
            .Select(x => new { x.Name, Permissions = x.Permissions.Select(p => p.Permission).ToList() }).SingleOrDefaultAsync(ct);
        return
        [
            new(ClaimNames.Unit, unitId.ToString()),
            new(ClaimNames.UnitName, tree.Find(unitId)?.Name ?? ""),
            new(ClaimNames.Role, role),
            new(ClaimNames.RoleName, held?.Name ?? role),
            .. (held?.Permissions ?? []).Select(p => new Claim(ClaimNames.Permission, p)),
            .. ScopeOf(tree, unitId)?.Select(id => new Claim(ClaimNames.Scope, id.ToString())) ?? [new(ClaimNames.ScopeAll, "true")],
        ];
    }
}

/// <summary>What this node keeps for a few seconds of who may do what; a change of people, roles or grants is seen everywhere within five (SEC-10).</summary>
internal sealed class Remembered(TimeProvider clock)
{
    private static readonly TimeSpan Trust = TimeSpan.FromSeconds(3);
    private const int Most = 20_000;

    /// <summary>By hash of the cookie's number.</summary>
    public ShortCache<string, ClaimsPrincipal> Sessions { get; } = new(Trust, Most, clock);

    /// <summary>Client by hash of the access token: a token that was revoked is refused as soon.</summary>
    public ShortCache<string, string> Tokens { get; } = new(Trust, Most, clock);

    public ShortCache<Acting, ClaimsPrincipal> Clients { get; } = new(Trust, Most, clock);

    /// <summary>By unit and permission: whom events of an order are told to.</summary>
    public ShortCache<(Guid Unit, string Permission), IReadOnlyList<Contracts.Holder>> Holders { get; } = new(Trust, Most, clock);

    /// <summary>姓名 by person or post of a client, empty for whoever has none: it decides nothing, so it may be older than a right.</summary>
    public ShortCache<Guid, string> Names { get; } = new(TimeSpan.FromSeconds(60), Most, clock);

    public void Forget()
    {
        Names.Clear();
        Holders.Clear();
        Sessions.Clear();
        Tokens.Clear();
        Clients.Clear();
    }
}

/// <summary>In which post a machine client acts; role and unit code as it sent them, both null for itself.</summary>
internal sealed record Acting(string ClientId, string? Role, string? UnitCode);
