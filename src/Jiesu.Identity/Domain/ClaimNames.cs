namespace Jiesu.Identity.Domain;

/// <summary>What a request knows of whoever sends it.</summary>
internal static class ClaimNames
{
    public const string Person = "sub";
    public const string Name = "name";
    public const string Session = "session";
    public const string Post = "post";
    public const string Unit = "unit";
    public const string UnitName = "unit_name";
    public const string Role = "role";
    public const string RoleName = "role_name";
    public const string Permission = "permission";

    /// <summary>数据范围: one unit each.</summary>
    public const string Scope = "scope";

    /// <summary>数据范围: the whole district.</summary>
    public const string ScopeAll = "scope_all";

    /// <summary>The password must be changed before anything else.</summary>
    public const string PasswordDue = "password_due";
}
