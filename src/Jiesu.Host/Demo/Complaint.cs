using Jiesu.Orders.Contracts;

namespace Jiesu.Host.Demo;

/// <summary>诉求模板: one kind of complaint of the demo district, with slots for places and numbers.</summary>
internal sealed record Complaint(string Class, string RequestType, int Weight, string Title, string Content)
{
    private const int Columns = 5;

    public bool IsHeating => Content.Contains("供暖", StringComparison.Ordinal) || Content.Contains("暖气", StringComparison.Ordinal);

    public static IReadOnlyList<Complaint> ReadAll()
    {
        using var stream = typeof(Complaint).Assembly.GetManifestResourceStream("Jiesu.Host.Demo.complaints.tsv")!;
        using var reader = new StreamReader(stream);
        return
        [
            .. reader.ReadToEnd().Split('\n').Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split('\t'))
                .Select(c => c.Length == Columns
                    ? new Complaint(c[0], c[1], int.Parse(c[2], System.Globalization.CultureInfo.InvariantCulture), c[3], c[4])
                    : throw new InvalidDataException($"complaints.tsv: {c[0]} has {c.Length} columns")),
        ];
    }
}

/// <summary>Where something happens: a town, a community in it, and an estate and a road that are invented.</summary>
internal sealed record Scene(string TownCode, string TownName, string CommunityCode, string CommunityName, string Estate, string Road)
{
    private static readonly string[] EstateHeads = ["芳", "翠", "和", "新", "金", "玉", "春", "安", "嘉", "明", "秀", "永"];
    private static readonly string[] EstateTails = ["馨家园", "园小区", "景苑", "华里", "源小区", "泰家园", "林里", "河苑", "城小区", "苑东里"];
    private static readonly string[] RoadTails = ["东路", "西路", "南街", "北路", "中街", "一路"];

    /// <summary>The same community has the same few estates each time, so that complaints repeat at one place as they do in life.</summary>
    public static Scene At(string townCode, string townName, string communityCode, string communityName, Random random)
    {
        var bare = Bare(communityName);
        var seed = communityCode.Sum(c => c) + random.Next(3);
        var estate = bare[..Math.Min(2, bare.Length)] + EstateHeads[seed % EstateHeads.Length] + EstateTails[seed * 7 % EstateTails.Length];
        return new(townCode, townName, communityCode, communityName, estate, Bare(townName) + RoadTails[seed % RoadTails.Length]);
    }

    /// <summary>示例坐标: invented like the estate. Towns lie in rows over the district, the communities of a town around its middle, an estate always at one spot.</summary>
    public LonLat Point
    {
        get
        {
            var (town, community, estate) = (Mixed(TownCode), Mixed(CommunityCode), Mixed(Estate));
            var (column, row) = (town % Columns, town / Columns % Rows);
            return new(
                Math.Round(West + ((column + 0.5) * Cell) + Spread(community, Cell * 0.8) + Spread(estate, 0.004), 6), Math.Round(South + ((row + 0.5) * Cell) + Spread(community / 97, Cell * 0.8) + Spread(estate / 97, 0.003), 6));
        }
    }

    private const int Columns = 9, Rows = 4;
    private const double West = 116.09, South = 39.79, Cell = 0.036;

    private static double Spread(uint seed, double width) => ((seed % 97 / 96.0) - 0.5) * width;

    private static uint Mixed(string text) => text.Aggregate(2166136261u, (hash, c) => (hash ^ c) * 16777619u);

    public string Fill(string text, Random random) => text
        .Replace("{街道}", TownName, StringComparison.Ordinal)
        .Replace("{社区}", CommunityName, StringComparison.Ordinal)
        .Replace("{小区}", Estate, StringComparison.Ordinal)
        .Replace("{路}", Road, StringComparison.Ordinal)
        .Replace("{楼}", $"{random.Next(1, 30)}号楼{random.Next(1, 6)}单元", StringComparison.Ordinal)
        .Replace("{时间}", Times[random.Next(Times.Length)], StringComparison.Ordinal)
        .Replace("{天数}", (random.Next(2, 20)).ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{数}", (random.Next(2, 9)).ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{温度}", (random.Next(12, 18)).ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static readonly string[] Times = ["昨天上午", "昨天晚上", "今天早上", "前天", "上周末", "本周一", "近几天", "本月初", "昨晚十点多", "今天中午"];

    private static readonly string[] Endings = ["居委会", "村委会", "社区", "街道", "地区", "村", "镇"];

    private static string Bare(string name) => Endings.Aggregate(name, (n, ending) => n.Length > ending.Length + 1 && n.EndsWith(ending, StringComparison.Ordinal) ? n[..^ending.Length] : n);
}
