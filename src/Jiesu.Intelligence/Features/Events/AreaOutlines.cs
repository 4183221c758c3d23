using System.Text.Json;
using Jiesu.Intelligence.Contracts;
using Jiesu.Intelligence.Features.Locate;
using Microsoft.Extensions.Configuration;

namespace Jiesu.Intelligence.Features.Events;

/// <summary>
/// 区划边界, for drawing only: the same files that tell in which area a point lies (<see cref="AreaFile"/>), read once at the first map, thinned to what an eye can tell apart.
/// </summary>
internal sealed class AreaOutlines(IConfiguration settings)
{
    /// <summary>About ten metres.</summary>
    private const double Visible = 0.0001;

    private readonly Lazy<IReadOnlyList<AreaOutline>> _all = new(() => Read(settings));

    public IReadOnlyList<AreaOutline> In(double west, double south, double east, double north) =>
        [.. _all.Value.Where(a => a.Rings.Any(r => r.Min(p => p.Lon) <= east && r.Max(p => p.Lon) >= west && r.Min(p => p.Lat) <= north && r.Max(p => p.Lat) >= south))];

    private static IReadOnlyList<AreaOutline> Read(IConfiguration settings)
    {
        var datum = Enum.Parse<Datum>(settings["Jiesu:Intelligence:AreaDatum"] ?? nameof(Datum.Cgcs2000));
        var found = new List<AreaOutline>();
        foreach (var path in (settings["Jiesu:Intelligence:AreaFiles"] ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            found.AddRange(json.RootElement.GetProperty("features").EnumerateArray()
                .Where(f => f.GetProperty("properties").TryGetProperty("code", out _))
                .Select(f => new AreaOutline(f.GetProperty("properties").GetProperty("code").GetString() ?? "", Rings(f.GetProperty("geometry"), datum))));
        }

        return [.. found.Where(a => a.Rings.Count > 0)];
    }

    private static IReadOnlyList<IReadOnlyList<(double Lon, double Lat)>> Rings(JsonElement geometry, Datum datum) => geometry.GetProperty("type").GetString() switch
    {
        "Polygon" => [.. geometry.GetProperty("coordinates").EnumerateArray().Select(r => Thin(r, datum))],
        "MultiPolygon" => [.. geometry.GetProperty("coordinates").EnumerateArray().SelectMany(p => p.EnumerateArray()).Select(r => Thin(r, datum))],
        _ => [],
    };

    private static List<(double Lon, double Lat)> Thin(JsonElement ring, Datum datum)
    {
        var points = new List<(double Lon, double Lat)>();
        foreach (var corner in ring.EnumerateArray())
        {
            var p = Coordinates.Convert(new(corner[0].GetDouble(), corner[1].GetDouble()), datum, Datum.Cgcs2000);
            if (points.Count == 0 || Math.Abs(p.Lon - points[^1].Lon) > Visible || Math.Abs(p.Lat - points[^1].Lat) > Visible)
            {
                points.Add((p.Lon, p.Lat));
            }
        }

        return points;
    }
}
