namespace Jiesu.Platform.Kit;

/// <summary>当前用户: what the layout shows of whoever is signed in. Identity fills it; without it nobody is.</summary>
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

/// <summary>Nobody is signed in.</summary>
public sealed class Nobody : IDeskUser
{
    public string? Name => null;
    public string? UnitName => null;
    public string? RoleName => null;

    public bool Can(string permission) => false;
}
