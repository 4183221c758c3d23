using Jiesu.Platform;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Identity.Domain;

/// <summary>Brings the roles, and gives each permission to its first roles exactly once.</summary>
internal sealed class RoleSeed(JiesuDb db, Modules modules) : ISeed
{
    public async Task SeedAsync(CancellationToken ct)
    {
        var roles = await db.Set<Role>().Include(x => x.Permissions).ToDictionaryAsync(x => x.Code, ct);
        foreach (var (code, name) in DefaultRoles.Names.Where(n => !roles.ContainsKey(n.Code)))
        {
            roles[code] = new Role { Code = code, Name = name };
            db.Add(roles[code]);
        }

        var seeded = (await db.Set<SeededPermission>().AsNoTracking().ToListAsync(ct)).Select(x => (x.Role, x.Permission)).ToHashSet();
        foreach (var group in DefaultRoles.Of(modules.Permissions))
        {
            var role = roles.GetValueOrDefault(group.Key) ?? throw new InvalidOperationException($"Permissions name an unknown role {group.Key}.");
            var fresh = group.Distinct().Where(p => !seeded.Contains((role.Code, p))).ToArray();
            if (fresh.Length > 0)
            {
                db.AddRange(fresh.Select(p => new SeededPermission { Role = role.Code, Permission = p }));
                role.Hold([.. role.Permissions.Select(p => p.Permission).Union(fresh)]);
            }
        }

        await db.TrySaveAsync(ct);    // another node that starts at the same time brings the same
        db.ChangeTracker.Clear();
    }
}
