using System.Globalization;
using Jiesu.Catalog.Contracts;
using Jiesu.Intelligence.Domain;

namespace Jiesu.Intelligence.Features.Address;

/// <summary>
/// 示例地址: labelled addresses made of the divisions of the catalogue and of invented roads, compounds and numbers, written in the ways people write them.
/// The parser that ships learns from these; an installation with labelled addresses of its own trains a better one.
/// </summary>
internal sealed class AddressGenerator(IReadOnlyList<Place> places, int seed)
{
    private static readonly string[] Heads = ["芳", "翠", "和", "新", "金", "玉", "春", "安", "嘉", "明", "秀", "永", "文", "兴", "康", "乐", "福", "祥"];
    private static readonly string[] Middles = ["华", "源", "泰", "林", "河", "景", "馨", "庭", "悦", "山", "园", "丰", "城", "湖"];
    private static readonly string[] Compounds = ["小区", "家园", "花园", "公寓", "大厦", "苑", "里", "东里", "西里", "佳园", "嘉园", "广场", "中心", "市场"];
    private static readonly string[] Parts = ["一期", "二期", "东区", "西区", "南区", "北区", "A区", "B座"];
    private static readonly string[] Places = ["幼儿园", "小学", "中学", "医院", "超市", "菜市场", "地铁站", "公园", "便利店", "物业"];
    private static readonly string[] Roads = ["路", "街", "大街", "东路", "西路", "南路", "北路", "南街", "胡同", "大道"];
    private static readonly string[] Sides = ["对面", "旁边", "附近", "门口", "北侧", "南侧", "东北角", "路口", "内"];
    private static readonly string[] Numerals = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

    private readonly Random _random = new(seed);
    private readonly Place[] _communities = [.. places.Where(p => p.ParentCode is not null)];
    private readonly Dictionary<string, Place> _towns = places.Where(p => p.ParentCode is null).ToDictionary(p => p.Code);

    public IReadOnlyList<LabelledAddress> Make(int count) => [.. Enumerable.Range(0, count).Select(_ => One())];

    private LabelledAddress One()
    {
        var parts = new List<(string Text, string Kind)>();
        AddDivisions(parts);
        if (IsLikely(0.55))
        {
            parts.Add((Name() + Pick(Roads), "road"));
            AddIf(0.7, parts, Number(300) + Pick("号", "号", "号院", "号", "甲"), "roadno");
        }

        if (IsLikely(0.75) || parts.Count == 0)
        {
            parts.Add((Name() + Pick(Compounds), "poi"));
            AddIf(0.15, parts, Pick(Parts), "subpoi");
            AddBuilding(parts);
        }

        if (IsLikely(0.12))
        {
            parts.Add((Name() + Pick(Places), "poi"));
        }

        AddIf(0.15, parts, Pick(Sides), "assist");
        return Labelled(parts);
    }

    private void AddDivisions(List<(string Text, string Kind)> parts)
    {
        AddIf(0.4, parts, Pick("北京市", "北京"), "city");
        AddIf(0.45, parts, Pick("丰台区", "丰台"), "district");
        if (_communities.Length == 0)
        {
            return;
        }

        var community = _communities[_random.Next(_communities.Length)];
        if (IsLikely(0.5) && _towns.GetValueOrDefault(community.ParentCode!) is { } town)
        {
            parts.Add((IsLikely(0.7) ? town.Name : town.Name.Replace("街道", IsLikely(0.5) ? "街道办事处" : "地区", StringComparison.Ordinal), "town"));
        }

        AddIf(0.5, parts, IsLikely(0.85) ? community.Name : community.Name.Replace("社区", "居委会", StringComparison.Ordinal), "community");
    }

    private void AddBuilding(List<(string Text, string Kind)> parts)
    {
        if (!IsLikely(0.75))
        {
            return;
        }

        parts.Add((Number(40) + Pick("号楼", "号楼", "栋", "号", "座", "幢"), "houseno"));
        AddIf(0.6, parts, Number(8) + Pick("单元", "单元", "门"), "cellno");
        AddIf(0.25, parts, Number(20) + Pick("层", "楼"), "floorno");
        AddIf(0.5, parts, string.Create(CultureInfo.InvariantCulture, $"{_random.Next(1, 28)}0{_random.Next(1, 9)}") + Pick("", "室", "号", ""), "roomno");
    }

    private void AddIf(double chance, List<(string Text, string Kind)> parts, string text, string kind)
    {
        if (IsLikely(chance))
        {
            parts.Add((text, kind));
        }
    }

    private static LabelledAddress Labelled(List<(string Text, string Kind)> parts)
    {
        var (tokens, elements) = (new List<string>(), new List<AddressElement>());
        foreach (var (text, kind) in parts)
        {
            var own = AddressWords.Tokens(PlainText.Of(text));
            elements.Add(new(tokens.Count, own.Length, kind));
            tokens.AddRange(own);
        }

        return new([.. tokens], [.. elements]);
    }

    private string Name() => Pick(Heads) + Pick(Middles);

    private string Number(int most)
    {
        var number = _random.Next(1, most);
        return number <= Numerals.Length && IsLikely(0.25) ? Numerals[number - 1] : number.ToString(CultureInfo.InvariantCulture);
    }

    private bool IsLikely(double chance) => _random.NextDouble() < chance;

    private string Pick(params string[] words) => words[_random.Next(words.Length)];
}
