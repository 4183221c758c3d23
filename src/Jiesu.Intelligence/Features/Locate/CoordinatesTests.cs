using CsCheck;

namespace Jiesu.Intelligence.Features.Locate;

public sealed class CoordinatesTests
{
    private const double MetresPerDegree = 111_320;

    /// <summary>The pairs that the libraries eviltransform (the first three) and coordtransform (the last) test themselves or show in their guide.</summary>
    //          WGS-84                      GCJ-02                                  where
    [Theory]
    [InlineData(121.5272106, 31.1774276,    121.531541859215, 31.17530398364597,    "Shanghai")]
    [InlineData(113.912316, 22.543847,      113.9171764808363, 22.540796131694766,  "Shenzhen")]
    [InlineData(116.377817, 39.911954,      116.38404722455657, 39.91334545536069,  "Beijing")]
    [InlineData(116.404, 39.915,            116.41024449916938, 39.91640428150164,  "Tian'anmen")]
    public void Points_are_shifted_as_maps_in_China_do(double lon, double lat, double shiftedLon, double shiftedLat, string where)
    {
        var shifted = Coordinates.Convert(new(lon, lat), Datum.Wgs84, Datum.Gcj02);

        Assert.True(Metres(shifted, new(shiftedLon, shiftedLat)) < 1, $"{where}: {shifted}");
    }

    [Fact]
    public void There_and_back_ends_within_a_metre() =>
        Gen.Select(Gen.Double[73.7, 135], Gen.Double[18.2, 53.5]).Sample((lon, lat) =>
        {
            var point = new LonLat(lon, lat);
            var back = Coordinates.Convert(Coordinates.Convert(point, Datum.Cgcs2000, Datum.Gcj02), Datum.Gcj02, Datum.Cgcs2000);
            return Metres(point, back) < 1;
        });

    [Fact]
    public void Gps_and_the_national_frame_are_one_for_addresses() =>
        Assert.Equal(new LonLat(116.3, 39.85), Coordinates.Convert(new(116.3, 39.85), Datum.Wgs84, Datum.Cgcs2000));

    [Fact]
    public void Abroad_nothing_is_shifted() => Assert.Equal(new LonLat(2.35, 48.85), Coordinates.Convert(new(2.35, 48.85), Datum.Wgs84, Datum.Gcj02));

    private static double Metres(LonLat a, LonLat b) =>
        Math.Sqrt(Math.Pow((a.Lon - b.Lon) * Math.Cos(a.Lat * Math.PI / 180), 2) + Math.Pow(a.Lat - b.Lat, 2)) * MetresPerDegree;
}
