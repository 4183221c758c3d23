using System.Security.Claims;
using Jiesu.Identity.Contracts;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Identity.Domain;

/// <summary>机器客户端: in which posts they may act.</summary>
internal sealed class Clients(JiesuDb db, IUnitDirectory units, PostRights rights, Remembered remembered)
{
    public static Error NotGranted() => new(ErrorKind.Forbidden, "client.not_granted", "此客户端未获授权以该角色代表该单位办理，请核对 X-Acting-Role 与 X-Acting-Unit，或联系安全管理员授权。");

    /// <summary>The client in the post that it names, or as itself; null when the post was not granted.</summary>
    public ValueTask<ClaimsPrincipal?> ActAsync(Acting acting, CancellationToken ct) =>
        remembered.Clients.GetAsync(acting, () => acting is { Role: null, UnitCode: null } ? AsItselfAsync(acting.ClientId, ct) : InPostAsync(acting, ct));

    /// <summary>Only what it was granted as its own, and no orders of anyone.</summary>
    private async Task<ClaimsPrincipal?> AsItselfAsync(string clientId, CancellationToken ct)
    {
        var own = await db.Set<ClientPermission>().Where(p => p.ClientId == clientId).Select(p => p.Permission).ToListAsync(ct);
        return await SignAsync(ClientPost.Of(clientId, "", Guid.Empty), [new(ClaimNames.Unit, Guid.Empty.ToString()), .. own.Select(p => new Claim(ClaimNames.Permission, p))], ct);
    }

    private async Task<ClaimsPrincipal?> InPostAsync(Acting acting, CancellationToken ct)
    {
        if ((await units.GetAsync(ct)).Find(acting.UnitCode) is not { } unit || acting.Role is not { } role)
        {
            return null;
        }

        var isGranted = await db.Set<ClientGrant>().AnyAsync(g => g.ClientId == acting.ClientId && g.Role == role && (g.UnitId == null || g.UnitId == unit.Id), ct);
        return isGranted ? await SignAsync(ClientPost.Of(acting.ClientId, role, unit.Id), await rights.ClaimsAsync(role, unit.Id, ct), ct) : null;
    }

    /// <summary>The identity is written down at its first use, so that histories can name it later.</summary>
    private async Task<ClaimsPrincipal> SignAsync(ClientPost post, IEnumerable<Claim> claims, CancellationToken ct)
    {
        if (!await db.Set<ClientPost>().AnyAsync(p => p.Id == post.Id, ct))
        {
            db.Add(post);
            await db.TrySaveAsync(ct);
            db.ChangeTracker.Clear();
        }

        var identity = new ClaimsIdentity("client", ClaimNames.Name, ClaimNames.Role);
        identity.AddClaims([new(ClaimNames.Person, post.Id.ToString()), new(ClaimNames.Name, post.ClientId), .. claims]);
        return new(identity);
    }
}
