using Jiesu.Identity.Contracts;
using Jiesu.Platform;

namespace Jiesu.Host.Demo;

/// <summary>Who plays which part in the histories: the demo people where there are any, and stand-ins of the same post elsewhere.</summary>
internal sealed class Cast(Modules modules, UnitTree units, IReadOnlyDictionary<(string Role, Guid Unit), Guid> people)
{
    private readonly ILookup<string, string> _permissions = modules.Permissions.SelectMany(p => p.Roles, (p, role) => (role, p.Code)).ToLookup(x => x.role, x => x.Code);

    public UnitTree Units => units;

    /// <summary>Somebody of the Centre.</summary>
    public Actor Centre(string role) => Of(role, units.Centre.Id);

    public Actor Of(string role, Guid unit) => new(
        people.GetValueOrDefault((role, unit), people.GetValueOrDefault((role, Guid.Empty))),
        unit,
        role,
        _permissions[role].ToHashSet(),
        unit == units.Centre.Id ? null : [.. units.SubtreeOf(unit).Select(u => u.Id)]);
}
