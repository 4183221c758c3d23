using System.Text;
using CsCheck;

namespace Jiesu.Intelligence.Features.Locate;

public sealed class AreasTests
{
    /// <summary>A town of two communities side by side, the right one with a yard cut out of it, and an island of the left one.</summary>
    private const string File = """
        {"type": "FeatureCollection", "features": [
          {"properties": {"code": "110106001"}, "geometry": {"type": "Polygon", "coordinates": [[[116, 39], [118, 39], [118, 40], [116, 40], [116, 39]]]}},
          {"properties": {"code": "110106001001"}, "geometry": {"type": "MultiPolygon", "coordinates": [[[[116, 39], [117, 39], [117, 40], [116, 40], [116, 39]]], [[[119, 39], [119.1, 39], [119.1, 39.1], [119, 39]]]]}},
          {"properties": {"code": "110106001002"}, "geometry": {"type": "Polygon", "coordinates": [[[117, 39], [118, 39], [118, 40], [117, 40], [117, 39]], [[117.4, 39.4], [117.6, 39.4], [117.6, 39.6], [117.4, 39.6], [117.4, 39.4]]]}},
          {"properties": {"name": "no code"}, "geometry": {"type": "Point", "coordinates": [116, 39]}}
        ]}
        """;

    private static readonly Areas Areas = Read(Datum.Cgcs2000);

    [Theory]
    [InlineData(116.5, 39.5, "110106001 110106001001")]
    [InlineData(117.2, 39.5, "110106001 110106001002")]
    [InlineData(117.5, 39.5, "110106001")]
    [InlineData(119.08, 39.02, "110106001001")]
    [InlineData(120.0, 39.5, "")]
    [InlineData(double.NaN, 39.5, "")]
    public void A_point_lies_in_its_town_and_its_community(double lon, double lat, string codes) => Assert.Equal(codes, string.Join(' ', Areas.At(lon, lat)));

    [Fact]
    public void A_border_belongs_to_one_neighbour_only() =>
        Gen.Double[39.01, 39.99].Sample(lat => Areas.At(117, lat).Count(c => c.Length == 12) == 1);

    [Fact]
    public void The_middle_of_an_area_stands_for_it()
    {
        var centre = Areas.CentreOf("110106001001");

        Assert.True(centre is { } c && Math.Abs(c.Lon - 116.5) < 1e-9 && Math.Abs(c.Lat - 39.5) < 1e-9, centre.ToString());
        Assert.Null(Areas.CentreOf("110106009"));
    }

    [Fact]
    public void A_file_of_a_shifted_map_is_asked_with_shifted_points()
    {
        // Some 500 m west of the border by GPS is east of it on such a map.
        Assert.Equal("110106001001", Areas.At(116.998, 39.5)[^1]);
        Assert.Equal("110106001002", Read(Datum.Gcj02).At(116.998, 39.5)[^1]);
    }

    private static Areas Read(Datum datum) => Areas.Read(datum, new MemoryStream(Encoding.UTF8.GetBytes(File)));
}
