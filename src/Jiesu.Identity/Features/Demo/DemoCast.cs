using Jiesu.Identity.Contracts;
using Jiesu.Identity.Domain;

namespace Jiesu.Identity.Features.Demo;

/// <summary>演示人员: one part in the demo.</summary>
internal sealed record DemoPart(string Login, string Role, UnitView Unit, string Name);

/// <summary>Who plays in the demo district: streets first, then a department, the Centre and its offices, the administrators. Names are invented.</summary>
internal static class DemoCast
{
    private const int Streets = 3;

    private static readonly string[] Handling = ["UC", "UR", "OF"];
    private static readonly string[] Administrators = [DefaultRoles.SystemAdministrator, DefaultRoles.SecurityAdministrator, DefaultRoles.AuditAdministrator];

    /// <summary>Compound surnames as novels have them, with counted given names: nobody is meant.</summary>
    private static readonly string[] Surnames = ["欧阳", "司徒", "上官", "慕容", "令狐", "东方", "南宫", "诸葛", "夏侯", "皇甫", "尉迟", "钟离"];
    private static readonly string[] Given = ["一鸣", "二南", "三川", "四海", "五岳", "六合", "七星", "八方", "九洲", "十全", "百川", "千里"];

    /// <summary>Role and what the name of its office at the Centre contains.</summary>
    private static readonly (string Role, string[] Words)[] Offices =
    [
        ("CT", ["受理", "话务"]), ("DP", ["派单", "派发", "调度"]), ("DR", ["审核"]), ("DL", []), ("CB", ["回访"]), ("EV", ["考评", "考核", "评价"]), ("SV", ["督办", "督查"]),
    ];

    public static IReadOnlyList<DemoPart> Of(UnitTree tree)
    {
        var streets = tree.All.Where(u => u.Kind == UnitKind.Street).Take(Streets).ToArray();
        var community = streets.SelectMany(s => tree.ChildrenOf(s.Id)).FirstOrDefault(u => u.Kind == UnitKind.Community);
        var department = tree.All.FirstOrDefault(u => u.Kind == UnitKind.Department);
        IEnumerable<(string Login, string Role, UnitView? Unit)> parts =
        [
            .. streets.Index().SelectMany(s => Handling, (s, role) => (Login(role, s.Index + 1), role, (UnitView?)s.Item)),
            (Login("UL", 1), "UL", streets.FirstOrDefault()),
            ("community1", "OF", community),
            .. Handling.Select(role => ("dept1" + Login(role, null), role, department)),
            .. Offices.Select(o => (Login(o.Role, null), o.Role, (UnitView?)OfficeOf(tree, o.Words))),
            .. Administrators.Select(role => (Login(role, null), role, (UnitView?)tree.Centre)),
        ];
        return [.. parts.Where(p => p.Unit is not null).Select((p, i) => new DemoPart(p.Login, p.Role, p.Unit!, Surnames[i % Surnames.Length] + Given[(i * 5 + (i / Surnames.Length)) % Given.Length]))];
    }

    private static string Login(string role, int? number) => role.ToLowerInvariant() + number;

    private static UnitView OfficeOf(UnitTree tree, string[] words) =>
        tree.All.FirstOrDefault(u => u.Kind == UnitKind.CentreOffice && words.Any(w => u.Name.Contains(w, StringComparison.Ordinal))) ?? tree.Centre;
}
