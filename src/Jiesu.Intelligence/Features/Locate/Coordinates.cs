namespace Jiesu.Intelligence.Features.Locate;

/// <summary>经纬度, in degrees.</summary>
internal readonly record struct LonLat(double Lon, double Lat);

/// <summary>坐标系: where a longitude and latitude are measured from.</summary>
internal enum Datum
{
    /// <summary>GPS.</summary>
    Wgs84,

    /// <summary>国家大地坐标系: within a decimetre of WGS-84, which no address needs.</summary>
    Cgcs2000,

    /// <summary>Maps published in China: shifted by some hundred metres.</summary>
    Gcj02,
}

/// <summary>
/// 坐标转换, the only place that knows it. GCJ-02 has no published formula; the one used everywhere (a shift by sums of sines over the Krasovsky ellipsoid) agrees with map services
/// within a metre or two. The way back has no formula at all and is found by repeating the way there.
/// </summary>
internal static class Coordinates
{
    private const double Axis = 6378245, Flatness = 0.00669342162296594323;
    private const double Exact = 1e-9;
    private const int MostSteps = 20;

    public static LonLat Convert(LonLat point, Datum from, Datum to) => (from is Datum.Gcj02, to is Datum.Gcj02) switch
    {
        (false, true) => Shifted(point),
        (true, false) => Unshifted(point),
        _ => point,
    };

    private static LonLat Shifted(LonLat point)
    {
        if (IsAbroad(point))
        {
            return point;
        }

        var (x, y) = (point.Lon - 105, point.Lat - 35);
        var radians = point.Lat * Math.PI / 180;
        var curve = 1 - (Flatness * Math.Sin(radians) * Math.Sin(radians));
        var north = NorthWave(x, y) * 180 / (Axis * (1 - Flatness) / (curve * Math.Sqrt(curve)) * Math.PI);
        var east = EastWave(x, y) * 180 / (Axis / Math.Sqrt(curve) * Math.Cos(radians) * Math.PI);
        return new(point.Lon + east, point.Lat + north);
    }

    private static LonLat Unshifted(LonLat shifted)
    {
        var guess = shifted;
        for (var step = 0; step < MostSteps; step++)
        {
            var there = Shifted(guess);
            var (east, north) = (shifted.Lon - there.Lon, shifted.Lat - there.Lat);
            guess = new(guess.Lon + east, guess.Lat + north);
            if (Math.Abs(east) < Exact && Math.Abs(north) < Exact)
            {
                break;
            }
        }

        return guess;
    }

    /// <summary>Outside this box map services do not shift.</summary>
    private static bool IsAbroad(LonLat point) => point.Lon is < 72.004 or > 137.8347 || point.Lat is < 0.8293 or > 55.8271;

    private static double NorthWave(double x, double y) =>
        -100 + (2 * x) + (3 * y) + (0.2 * y * y) + (0.1 * x * y) + (0.2 * Math.Sqrt(Math.Abs(x)))
        + (Waves((20, 6 * x), (20, 2 * x)) + Waves((20, y), (40, y / 3)) + Waves((160, y / 12), (320, y / 30))) * 2 / 3;

    private static double EastWave(double x, double y) =>
        300 + x + (2 * y) + (0.1 * x * x) + (0.1 * x * y) + (0.1 * Math.Sqrt(Math.Abs(x)))
        + (Waves((20, 6 * x), (20, 2 * x)) + Waves((20, x), (40, x / 3)) + Waves((150, x / 12), (300, x / 30))) * 2 / 3;

    private static double Waves((double Height, double At) a, (double Height, double At) b) => (a.Height * Math.Sin(a.At * Math.PI)) + (b.Height * Math.Sin(b.At * Math.PI));
}
