using Jiesu.Catalog.Contracts;

namespace Jiesu.Tests.Given;

/// <summary>A catalogue small enough to read: a dozen classes, a few places of the demo district, and a directory of three rules.</summary>
internal sealed class SmallCatalogue : CatalogueDay
{
    public const string Youanmen = "110106001", Taipingqiao = "110106002", Fangzhuang = "110106014";

    private static readonly ClassNode[] Tree =
    [
        Upper("020000", "供暖"),
        Leaf("020100", "020000", "集中供暖", "供暖->集中供暖", "暖气不热", "室温不达标", "停暖", "暖气", "供暖", "供热"),
        Leaf("020200", "020000", "自采暖", "供暖->自采暖", "壁挂炉", "自采暖补贴"),
        Upper("030000", "物业管理"),
        Leaf("030100", "030000", "电梯故障", "物业管理->电梯故障", "电梯", "电梯停运", "困梯"),
        Leaf("030200", "030000", "停车管理", "物业管理->停车管理", "停车位", "乱停车", "车位"),
        Leaf("030300", "030000", "消防通道", "物业管理->消防通道", "消防通道堵塞", "楼道堆物"),
        Upper("040000", "城乡建设"),
        Leaf("040100", "040000", "夜间施工", "城乡建设->施工管理->夜间施工", "夜间施工", "施工噪音", "半夜施工"),
        Leaf("040200", "040000", "违法建设", "城乡建设->违法建设", "违建", "私搭乱建"),
        Upper("050000", "市容环卫"),
        Leaf("050100", "050000", "垃圾清运", "市容环卫->垃圾清运", "垃圾", "垃圾堆积", "垃圾桶满溢"),
        Leaf("050200", "050000", "占道经营", "市容环卫->占道经营", "占道", "游商", "摊贩"),
        Upper("060000", "市政"),
        Leaf("060100", "060000", "路灯", "市政->路灯", "路灯不亮"),
        Leaf("060200", "060000", "井盖", "市政->井盖", "井盖丢失", "井盖松动"),
        Upper("070000", "劳动和社会保障"),
        Leaf("070100", "070000", "薪酬纠纷", "劳动和社会保障->薪酬纠纷", "拖欠工资", "欠薪", "讨薪"),
    ];

    public override IReadOnlyList<ClassNode> Classes => Tree;

    public override IReadOnlyList<Place> Places { get; } =
    [
        new(Youanmen, "右安门街道", null),
        new(Taipingqiao, "太平桥街道", null),
        new(Fangzhuang, "方庄街道", null),
        new("110106100", "北宫镇", null),
        new("110106001001", "翠林一里社区", Youanmen),
        new("110106001002", "玉林里社区", Youanmen),
        new("110106001200", "右安门村", Youanmen),
        new("110106001003", "永乐社区", Youanmen),
        new("110106002001", "三路居社区", Taipingqiao),
        new("110106002002", "精图社区", Taipingqiao),
        new("110106014001", "芳古园一区第一社区", Fangzhuang),
        new("110106014002", "紫芳园社区", Fangzhuang),
        new("110106014003", "永乐社区", Fangzhuang),
        new("110106100200", "太子峪村", "110106100"),
    ];

    public override IReadOnlyList<ReasonCode> Reasons => [];

    public override ClassNode? FindClass(string? codeOrName) => Array.Find(Tree, c => c.Code == codeOrName || c.Name == codeOrName);

    public override Place? FindPlace(string? codeOrName, string? town = null) => Places.FirstOrDefault(p => p.Code == codeOrName || p.Name == codeOrName);

    public override ReasonCode? FindReason(string? code) => null;

    /// <summary>Heating: the company with the street. All else of a street: the street. Wages: the labour bureau.</summary>
    public override IReadOnlyList<DirectoryAdvice> Units(string? classCode, string? townCode, string text) => (classCode, townCode) switch
    {
        ("070100", _) => [new("RSJ", "lead", 0.9, "规则 W1：薪酬归人社")],
        ("020100", { } town) => [new("HEAT", "lead", 0.9, "规则 H1：供暖归供热企业"), new(town, "co", 0.6, "规则 H1：属地协办")],
        (not null, { } town) => [new(town, "lead", 0.8, "规则 T1：属地")],
        _ => [],
    };

    public override TimeLimitPolicy Policy(string? classCode, string? urgency, string? requestType) => throw new NotSupportedException("Nobody asks for limits here.");

    private static ClassNode Upper(string code, string name) => new(code, name, 1, null, name, "", []);

    private static ClassNode Leaf(string code, string parent, string name, string path, params string[] keywords) => new(code, name, 2, parent, path, "", keywords);
}

internal sealed class FixedCatalogue : ICatalogue
{
    private static readonly SmallCatalogue Day = new();

    public ValueTask<CatalogueDay> GetAsync(CancellationToken ct) => new(Day);
}
