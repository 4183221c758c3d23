using Jiesu.Identity.Contracts;
using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;
using OpenIddict.EntityFrameworkCore.Models;

namespace Jiesu.Identity.Domain;

internal sealed class People(JiesuDb db, IUnitDirectory units, Remembered remembered) : IPeople
{
    public async Task<IReadOnlyDictionary<Guid, string>> NamesAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        (await remembered.Names.GetAllAsync(ids, missing => ReadNamesAsync(missing, ct))).Where(n => n.Value.Length > 0).ToDictionary();

    public async Task<IReadOnlySet<Guid>> EnabledAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        ids.Count == 0 ? new HashSet<Guid>() : await db.Set<Person>().Where(p => ids.Contains(p.Id) && !p.IsDisabled).Select(p => p.Id).ToHashSetAsync(ct);

    public async ValueTask<IReadOnlyList<Holder>> HoldersAsync(Guid unit, string permission, CancellationToken ct) =>
        (await remembered.Holders.GetAsync((unit, permission), async () => await ReadAsync(unit, permission, ct)))!;

    /// <summary>Whoever has no name is told with an empty one: the house itself acts on many orders, and would be looked for each time.</summary>
    private async Task<IReadOnlyDictionary<Guid, string>> ReadNamesAsync(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var names = await db.Set<Person>().Where(p => ids.Contains(p.Id)).Select(p => new { p.Id, p.Name }).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        if (names.Count < ids.Count)
        {
            await AddClientsAsync(names, ids, ct);
        }

        foreach (var id in ids)
        {
            names.TryAdd(id, "");
        }

        return names;
    }

    private Task<List<Holder>> ReadAsync(Guid unit, string permission, CancellationToken ct) =>
        db.Set<Person>().Where(p => !p.IsDisabled).SelectMany(p => p.Posts).Where(p => p.UnitId == unit)
            .Where(p => db.Set<RolePermission>().Any(r => r.Role == p.Role && r.Permission == permission))
            .OrderBy(p => p.Id).Select(p => new Holder(p.PersonId, p.UnitId, p.Role)).ToListAsync(ct);

    private async Task AddClientsAsync(Dictionary<Guid, string> names, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var posts = await db.Set<ClientPost>().AsNoTracking().Where(p => ids.Contains(p.Id)).ToListAsync(ct);
        if (posts.Count == 0)
        {
            return;
        }

        var clientIds = posts.Select(p => p.ClientId).Distinct().ToArray();
        var clients = await db.Set<OpenIddictEntityFrameworkCoreApplication<Guid>>().Where(c => clientIds.Contains(c.ClientId!))
            .ToDictionaryAsync(c => c.ClientId!, c => c.DisplayName ?? c.ClientId!, ct);
        var roles = await db.Set<Role>().ToDictionaryAsync(r => r.Code, r => r.Name, ct);
        var tree = await units.GetAsync(ct);
        foreach (var post in posts)
        {
            var client = clients.GetValueOrDefault(post.ClientId, post.ClientId);
            names[post.Id] = post.Role.Length == 0 ? client : $"{client}（代 {roles.GetValueOrDefault(post.Role, post.Role)}·{tree.Find(post.UnitId)?.Name}）";
        }
    }
}
