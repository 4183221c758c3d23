using Jiesu.Catalog.Contracts;
using Jiesu.Identity.Contracts;

namespace Jiesu.Catalog.Domain.Tables;

/// <summary>Options that several tables offer.</summary>
internal static class Choices
{
    public static IReadOnlyList<(string Code, string Name)> ReasonKinds { get; } =
    [
        ("RTN", "退单"), ("NAC", "不予受理"), ("EXT", "延期"), ("PAU", "暂停"), ("HLD", "挂账"), ("EXC", "剔除"), ("UNS", "未解决"), ("CBF", "回访失败"), ("RWK", "重办"),
    ];

    /// <summary>申请类别, as Orders names them.</summary>
    public static IReadOnlyList<(string Code, string Name)> Applications { get; } =
    [
        ("Return", "退单"), ("ShareReturn", "协办退单"), ("Objection", "派单异议"), ("ReturnUp", "退回市级"), ("Refuse", "不予受理"), ("Cancel", "撤单"),
        ("Exclusion", "剔除"), ("Appeal", "考核申诉"), ("Extension", "延期"), ("Hold", "挂账"), ("AddHandler", "加派"),
    ];

    public static IReadOnlyList<(string Code, string Name)> Dictionaries { get; } =
    [
        (DictionaryNames.Channels, "受理渠道"), (DictionaryNames.RequestTypes, "诉求类型"), (DictionaryNames.Urgencies, "紧急程度"), (DictionaryNames.SevenFive, "七有五性"),
    ];

    public static IEnumerable<Option> LimitUnits { get; } =
        [new("urgent_hour", "小时（连续计时）"), new("work_hour", "工作小时"), new("work_day", "工作日"), new("natural_day", "自然日")];

    /// <summary>Units that can lead: all but communities and offices.</summary>
    public static IEnumerable<Option> Units(Surroundings around) => around.Units.All.Where(u => !u.IsClosed)
        .Where(u => u.Kind is UnitKind.Department or UnitKind.Company or UnitKind.Street or UnitKind.Centre)
        .OrderBy(u => Order(u.Kind)).ThenBy(u => u.Code.Value, StringComparer.Ordinal)
        .Select(u => new Option(u.Code.Value, u.Name, KindName(u.Kind)));

    public static IEnumerable<Option> Towns(Surroundings around) =>
        around.Copy.Day.Places.Where(p => p.ParentCode is null).Select(p => new Option(p.Code, p.Name));

    /// <summary>Entries of a code table, kept by their name.</summary>
    public static IEnumerable<Option> Names(Surroundings around, string dictionary) =>
        around.Copy.Day.Dictionary(dictionary).Select(i => new Option(i.Name, i.Name));

    public static IEnumerable<(string Field, string Message)> UnknownClasses(string field, string value, Surroundings around) =>
        CatalogWords.Split(value).Where(c => around.Copy.Day.FindClass(c)?.Code != c).Take(1).Select(c => (field, $"没有编码为 {c} 的问题分类。"));

    public static string KindName(UnitKind kind) => kind switch
    {
        UnitKind.Centre => "指挥中心",
        UnitKind.CentreOffice => "中心科室",
        UnitKind.Street => "街道（镇）",
        UnitKind.Community => "社区（村）",
        UnitKind.Department => "委办局",
        UnitKind.Company => "公共服务企业",
        UnitKind.Office => "科室",
    };

    private static int Order(UnitKind kind) => kind switch
    {
        UnitKind.Department => 0,
        UnitKind.Company => 1,
        UnitKind.Street => 2,
        UnitKind.Centre or UnitKind.CentreOffice or UnitKind.Community or UnitKind.Office => 3,
    };

    /// <summary>Whether text is a whole path of digits of this length.</summary>
    public static bool IsDigits(string text, int length) => text.Length == length && text.All(char.IsAsciiDigit);
}
