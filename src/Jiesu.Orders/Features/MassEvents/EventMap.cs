using System.Globalization;
using Jiesu.Intelligence.Contracts;

namespace Jiesu.Orders.Features.MassEvents;

/// <summary>
/// 事件地图, drawn without a map service: outlines of streets and communities where the house has them, the points of the orders, their places by name, and a scale. Points too near to
/// be told apart are one spot. Pure; knows only the orders that it is given.
/// </summary>
public static class EventMap
{
    public const int Width = 400, Height = 300, Margin = 48;
    private const int Near = 22, SmallestRadius = 9, LargestRadius = 17, LongestBar = 110;
    private static readonly int[] Lengths = [10_000, 5000, 2000, 1000, 500, 200, 100, 50];

    /// <summary>Null where no order has a point.</summary>
    /// <param name="outlines">What reaches into a box of west, south, east, north.</param>
    internal static View? Of(IReadOnlyList<ShowEvents.Order> orders, Func<double, double, double, double, IReadOnlyList<AreaOutline>> outlines)
    {
        var placed = orders.Where(o => o.LonLat is { Lon: not null, Lat: not null }).Select(o => (Order: o, Lon: o.LonLat!.Lon!.Value, Lat: o.LonLat.Lat!.Value)).ToArray();
        if (placed.Length == 0)
        {
            return null;
        }

        var sheet = MapSheet.Around(placed.Min(p => p.Lon), placed.Min(p => p.Lat), placed.Max(p => p.Lon), placed.Max(p => p.Lat));
        var (west, north) = sheet.PlaceOf(0, 0);
        var (east, south) = sheet.PlaceOf(Width, Height);
        var spots = SpotsOf([.. placed.Select(p => (p.Order, sheet.At(p.Lon, p.Lat)))]);
        return new(
            [.. outlines(west, south, east, north).OrderByDescending(a => a.Code.Length).Select(a => new Outline(a.Code.Length > 9 ? "community" : "town", string.Concat(a.Rings.Select(r => PathOf(r, sheet)))))],
            spots, [.. spots.Where(s => s.Place is not null).GroupBy(s => s.Place).Select(g => LabelOf(g.MinBy(s => s.Y)!))], ScaleOf(sheet), MissingOf(orders));
    }

    private static string PathOf(IReadOnlyList<(double Lon, double Lat)> ring, MapSheet sheet) =>
        "M" + string.Join('L', ring.Select(p => sheet.At(p.Lon, p.Lat)).Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.X:0.#} {p.Y:0.#}"))) + "Z";

    /// <summary>Most orders first, so that a small spot is not hidden below a large one.</summary>
    private static Spot[] SpotsOf((ShowEvents.Order Order, (double X, double Y) At)[] points)
    {
        var groups = new List<List<(ShowEvents.Order Order, (double X, double Y) At)>>();
        foreach (var point in points)
        {
            if (groups.Find(g => Math.Abs(g[0].At.X - point.At.X) < Near && Math.Abs(g[0].At.Y - point.At.Y) < Near) is { } near)
            {
                near.Add(point);
            }
            else
            {
                groups.Add([point]);
            }
        }

        return
        [
            .. groups.OrderByDescending(g => g.Count).Select((g, i) => new Spot(
                i + 1, (int)Math.Round(g.Average(p => p.At.X)), (int)Math.Round(g.Average(p => p.At.Y)), Math.Min(LargestRadius, SmallestRadius + g.Count - 1),
                g.Select(p => p.Order.Place).OfType<string>().CountBy(p => p).OrderByDescending(p => p.Value).Select(p => p.Key).FirstOrDefault(), [.. g.Select(p => p.Order)])),
        ];
    }

    /// <summary>Above its spot, turned inwards at the edges.</summary>
    private static Label LabelOf(Spot spot) =>
        new(spot.X, spot.Y - spot.Radius - 5, spot.X < Width / 4 ? "start" : spot.X > Width * 3 / 4 ? "end" : "middle", spot.Place!);

    private static ScaleBar ScaleOf(MapSheet sheet)
    {
        var metres = Lengths.FirstOrDefault(l => l * sheet.PixelsAMetre <= LongestBar, Lengths[^1]);
        return new((int)Math.Round(metres * sheet.PixelsAMetre), metres >= 1000 ? string.Create(CultureInfo.InvariantCulture, $"{metres / 1000} 公里") : string.Create(CultureInfo.InvariantCulture, $"{metres} 米"));
    }

    private static string? MissingOf(IReadOnlyList<ShowEvents.Order> orders)
    {
        var missing = orders.Where(o => o.LonLat is not { Lon: not null, Lat: not null }).ToArray();
        return missing.Length == 0 ? null
            : $"另有 {missing.Length} 件没有坐标：{string.Join('、', missing.CountBy(o => o.Place ?? "地点不详").OrderByDescending(p => p.Value).Select(p => string.Create(null, $"{p.Key} {p.Value} 件")))}";
    }

    /// <summary>地图.</summary>
    /// <param name="Outlines">街道、社区的边界.</param>
    /// <param name="Labels">地名.</param>
    /// <param name="Missing">Orders without a point, in words; null when all have one.</param>
    public sealed record View(IReadOnlyList<Outline> Outlines, IReadOnlyList<Spot> Spots, IReadOnlyList<Label> Labels, ScaleBar Scale, string? Missing);

    /// <param name="Kind">town or community.</param>
    /// <param name="Path">As SVG draws it.</param>
    public sealed record Outline(string Kind, string Path);

    /// <summary>点: orders of one point, numbered as in the list beside.</summary>
    public sealed record Spot(int Number, int X, int Y, int Radius, string? Place, IReadOnlyList<ShowEvents.Order> Orders);

    /// <param name="Anchor">start, middle or end.</param>
    public sealed record Label(int X, int Y, string Anchor, string Text);

    /// <summary>比例尺.</summary>
    public sealed record ScaleBar(int Length, string Text);
}

/// <summary>图幅: degrees to the sheet and back; north is up, and a metre is as long in both directions.</summary>
internal sealed record MapSheet(double Lon, double Lat, double PixelsAMetre)
{
    private const double MetresADegree = 111_320, LeastMetres = 400;

    private double MetresADegreeEast => MetresADegree * Math.Cos(Lat * Math.PI / 180);

    /// <summary>All of the box with a margin; a single point has its surroundings.</summary>
    public static MapSheet Around(double west, double south, double east, double north)
    {
        var middle = new MapSheet((west + east) / 2, (south + north) / 2, 1);
        var (wide, high) = (Math.Max((east - west) * middle.MetresADegreeEast, LeastMetres), Math.Max((north - south) * MetresADegree, LeastMetres));
        return middle with { PixelsAMetre = Math.Min((EventMap.Width - (2 * EventMap.Margin)) / wide, (EventMap.Height - (2 * EventMap.Margin)) / high) };
    }

    public (double X, double Y) At(double lon, double lat) =>
        ((EventMap.Width / 2.0) + ((lon - Lon) * MetresADegreeEast * PixelsAMetre), (EventMap.Height / 2.0) - ((lat - Lat) * MetresADegree * PixelsAMetre));

    public (double Lon, double Lat) PlaceOf(double x, double y) =>
        (Lon + ((x - (EventMap.Width / 2.0)) / PixelsAMetre / MetresADegreeEast), Lat - ((y - (EventMap.Height / 2.0)) / PixelsAMetre / MetresADegree));
}
