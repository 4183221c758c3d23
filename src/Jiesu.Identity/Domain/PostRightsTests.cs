using Jiesu.Identity.Contracts;

namespace Jiesu.Identity.Domain;

public sealed class PostRightsTests
{
    private static readonly UnitView[] Units =
    [
        Unit(1, UnitKind.Centre), Unit(2, UnitKind.CentreOffice, 1), Unit(3, UnitKind.Street), Unit(4, UnitKind.Community, 3), Unit(5, UnitKind.Community, 3),
        Unit(6, UnitKind.Street), Unit(7, UnitKind.Department), Unit(8, UnitKind.Office, 7), Unit(9, UnitKind.Company),
    ];

    [Theory]
    [InlineData(1, null)]
    [InlineData(2, null)]
    [InlineData(3, "3 4 5")]
    [InlineData(4, "4")]
    [InlineData(6, "6")]
    [InlineData(7, "7 8")]
    [InlineData(9, "9")]
    [InlineData(99, "")]
    public void The_Centre_sees_the_district_others_their_own_and_what_is_below(int unit, string? sees)
    {
        var scope = PostRights.ScopeOf(new UnitTree(Units), Id(unit));

        Assert.Equal(sees?.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => Id(int.Parse(n, System.Globalization.CultureInfo.InvariantCulture))), scope);
    }

    private static UnitView Unit(int number, UnitKind kind, int? parent = null) =>
        new(Id(number), UnitCode.From("U" + number), "U" + number, kind, parent is { } p ? Id(p) : null);

    private static Guid Id(int number) => new(number, 0, 0, new byte[8]);
}
