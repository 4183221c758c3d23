using Jiesu.Catalog.Contracts;

namespace Jiesu.Intelligence.Features.Locate;

/// <summary>外区地名: provinces, and the districts beside one's own. An address that says it lies there is not read as one of ours.</summary>
internal sealed class Elsewhere(IReadOnlyList<Place> places)
{
    /// <summary>By the code of GB/T 2260: two digits a province, six a district of Beijing.</summary>
    private static readonly (string Code, string Name)[] Divisions =
    [
        ("12", "天津市"), ("13", "河北省"), ("14", "山西省"), ("15", "内蒙古"), ("21", "辽宁省"), ("22", "吉林省"), ("23", "黑龙江省"), ("31", "上海市"), ("32", "江苏省"), ("33", "浙江省"),
        ("34", "安徽省"), ("35", "福建省"), ("36", "江西省"), ("37", "山东省"), ("41", "河南省"), ("42", "湖北省"), ("43", "湖南省"), ("44", "广东省"), ("45", "广西"), ("46", "海南省"),
        ("50", "重庆市"), ("51", "四川省"), ("52", "贵州省"), ("53", "云南省"), ("54", "西藏"), ("61", "陕西省"), ("62", "甘肃省"), ("63", "青海省"), ("64", "宁夏"), ("65", "新疆"),
        ("110101", "东城区"), ("110102", "西城区"), ("110105", "朝阳区"), ("110106", "丰台区"), ("110107", "石景山区"), ("110108", "海淀区"), ("110109", "门头沟区"), ("110111", "房山区"),
        ("110112", "通州区"), ("110113", "顺义区"), ("110114", "昌平区"), ("110115", "大兴区"), ("110116", "怀柔区"), ("110117", "平谷区"), ("110118", "密云区"), ("110119", "延庆区"),
    ];

    private readonly string _own = places.Count > 0 ? places[0].Code : "";

    /// <summary>Another division is named and one's own is not.</summary>
    public bool IsIn(string plain) =>
        !Divisions.Any(d => Holds(d.Code) && d.Code.Length == 6 && plain.Contains(d.Name, StringComparison.Ordinal))
        && Divisions.Any(d => !Holds(d.Code) && plain.Contains(d.Name, StringComparison.Ordinal));

    private bool Holds(string code) => _own.StartsWith(code, StringComparison.Ordinal);
}
