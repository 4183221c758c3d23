namespace Jiesu.Identity.Domain;

/// <summary>角色: a named set of permissions; data, not code.</summary>
internal sealed class Role
{
    private readonly List<RolePermission> _permissions = [];

    public required string Code { get; init; }
    public required string Name { get; set; }
    public int Version { get; private set; }
    public IReadOnlyList<RolePermission> Permissions => _permissions;

    /// <summary>Exactly these from now on; returns what was added and what was taken away.</summary>
    public (IReadOnlyList<string> Added, IReadOnlyList<string> Removed) Hold(IReadOnlyCollection<string> permissions)
    {
        string[] added = [.. permissions.Except(_permissions.Select(p => p.Permission))];
        string[] removed = [.. _permissions.Select(p => p.Permission).Except(permissions)];
        _permissions.RemoveAll(p => removed.Contains(p.Permission));
        _permissions.AddRange(added.Select(p => new RolePermission { Role = Code, Permission = p }));
        Version++;
        return (added, removed);
    }
}

/// <summary>角色权限.</summary>
internal sealed class RolePermission
{
    public required string Role { get; init; }
    public required string Permission { get; init; }
}

/// <summary>已初始授权: a permission was once given to a role by installation or upgrade; what an administrator took away since stays away.</summary>
internal sealed class SeededPermission
{
    public required string Role { get; init; }
    public required string Permission { get; init; }
}
