using System.Text.Json;

namespace Jiesu.Intelligence.Features.Locate;

/// <summary>区划面: areas of streets, communities or grids from a GeoJSON file, and which of them a point lies in. Points come and go in WGS-84 or CGCS2000, whatever the file has.</summary>
internal sealed class Areas
{
    /// <summary>Cells a side of the grid over the whole extent: about as many cells as a district has communities, times ten.</summary>
    private const int Cells = 64;

    private readonly record struct Box(double West, double South, double East, double North)
    {
        public bool Holds(double lon, double lat) => lon >= West && lon <= East && lat >= South && lat <= North;
    }

    private sealed record Area(string Code, Box Box, double[][][] Rings);

    private readonly List<Area> _areas;
    private readonly Box _extent;
    private readonly List<Area>?[] _grid = new List<Area>?[Cells * Cells];

    private readonly Datum _datum;

    private Areas(Datum datum, List<Area> areas)
    {
        (_datum, _areas) = (datum, areas);
        _extent = areas.Count == 0 ? default
            : new(areas.Min(a => a.Box.West), areas.Min(a => a.Box.South), areas.Max(a => a.Box.East), areas.Max(a => a.Box.North));
        foreach (var area in areas)
        {
            var (left, bottom) = Cell(area.Box.West, area.Box.South);
            var (right, top) = Cell(area.Box.East, area.Box.North);
            for (var y = bottom; y <= top; y++)
            {
                for (var x = left; x <= right; x++)
                {
                    (_grid[(y * Cells) + x] ??= []).Add(area);
                }
            }
        }
    }

    public static Areas None { get; } = new(Datum.Cgcs2000, []);

    public int Count => _areas.Count;

    /// <summary>Reads Polygon and MultiPolygon features; the code stands in the properties as <c>code</c>. Features without one are left out.</summary>
    public static Areas Read(Datum datum, params IEnumerable<Stream> files)
    {
        var areas = new List<Area>();
        foreach (var file in files)
        {
            using var json = JsonDocument.Parse(file);
            foreach (var feature in json.RootElement.GetProperty("features").EnumerateArray())
            {
                if (feature.GetProperty("properties").TryGetProperty("code", out var code) && Rings(feature.GetProperty("geometry")) is { Length: > 0 } rings)
                {
                    var corners = rings.SelectMany(r => r).ToArray();
                    areas.Add(new(code.GetString() ?? "", new(corners.Min(c => c[0]), corners.Min(c => c[1]), corners.Max(c => c[0]), corners.Max(c => c[1])), rings));
                }
            }
        }

        return new(datum, areas);
    }

    /// <summary>Codes of the areas that hold the point, the shortest code (the town) first; a point on a border belongs to at most one neighbour.</summary>
    public IReadOnlyList<string> At(double lon, double lat)
    {
        (lon, lat) = Coordinates.Convert(new(lon, lat), Datum.Cgcs2000, _datum);
        if (_areas.Count == 0 || !_extent.Holds(lon, lat))
        {
            return [];
        }

        var (x, y) = Cell(lon, lat);
        return [.. (_grid[(y * Cells) + x] ?? []).Where(a => a.Box.Holds(lon, lat) && Holds(a.Rings, lon, lat)).Select(a => a.Code).OrderBy(c => c.Length).ThenBy(c => c, StringComparer.Ordinal)];
    }

    /// <summary>The middle of the largest ring of an area, for showing it on a map; null when unknown.</summary>
    public LonLat? CentreOf(string code) =>
        _areas.Find(a => a.Code == code)?.Rings.Select(Centroid).MaxBy(c => Math.Abs(c.Area)) is { } found ? Coordinates.Convert(new(found.Lon, found.Lat), _datum, Datum.Cgcs2000) : null;

    private (int X, int Y) Cell(double lon, double lat) =>
        (Step(lon - _extent.West, _extent.East - _extent.West), Step(lat - _extent.South, _extent.North - _extent.South));

    private static int Step(double from, double whole) => whole > 0 ? Math.Clamp((int)(from / whole * Cells), 0, Cells - 1) : 0;

    /// <summary>A ray to the east crosses the border an odd number of times; holes are rings like others.</summary>
    private static bool Holds(double[][][] rings, double lon, double lat)
    {
        var isInside = false;
        foreach (var ring in rings)
        {
            for (int i = 0, j = ring.Length - 1; i < ring.Length; j = i++)
            {
                var (a, b) = (ring[i], ring[j]);
                isInside ^= (a[1] > lat) != (b[1] > lat) && lon < ((b[0] - a[0]) * (lat - a[1]) / (b[1] - a[1])) + a[0];
            }
        }

        return isInside;
    }

    private static (double Lon, double Lat, double Area) Centroid(double[][] ring)
    {
        var (x, y, area) = (0.0, 0.0, 0.0);
        var origin = ring[0];
        for (int i = 0, j = ring.Length - 1; i < ring.Length; j = i++)
        {
            var (ax, ay, bx, by) = (ring[j][0] - origin[0], ring[j][1] - origin[1], ring[i][0] - origin[0], ring[i][1] - origin[1]);
            var cross = (ax * by) - (bx * ay);
            (x, y, area) = (x + ((ax + bx) * cross), y + ((ay + by) * cross), area + cross);
        }

        return area == 0 ? (origin[0], origin[1], 0) : (origin[0] + (x / (3 * area)), origin[1] + (y / (3 * area)), area / 2);
    }

    private static double[][][] Rings(JsonElement geometry) => geometry.GetProperty("type").GetString() switch
    {
        "Polygon" => [.. geometry.GetProperty("coordinates").EnumerateArray().Select(Ring)],
        "MultiPolygon" => [.. geometry.GetProperty("coordinates").EnumerateArray().SelectMany(p => p.EnumerateArray()).Select(Ring)],
        _ => [],
    };

    private static double[][] Ring(JsonElement ring) => [.. ring.EnumerateArray().Select(c => new[] { c[0].GetDouble(), c[1].GetDouble() })];
}
