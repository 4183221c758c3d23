using Jiesu.Orders.Contracts;

namespace Jiesu.Orders.Features.Import;

/// <summary>导入字段: what a column can become; names are those of the wire.</summary>
/// <param name="Label">As pages name it.</param>
/// <param name="Put">The order with the text of a cell in it; null when the text says nothing that the field can hold.</param>
/// <param name="Expected">What the field can hold, told with a refusal.</param>
/// <param name="Titles">列名 under which it is known; the first that a file has is taken.</param>
internal sealed record ImportField(string Name, string Label, Func<NewOrder, string, NewOrder?> Put, string Expected, params IReadOnlyList<string> Titles)
{
    private const string YesNo = "请填写“是”或“否”。";
    private static readonly Dictionary<string, int> Origins = new() { ["0"] = 0, ["1"] = 1, ["2"] = 2, ["本地录入"] = 0, ["区分转"] = 1, ["市直派"] = 2 };

    public static IReadOnlyList<ImportField> All { get; } =
    [
        Text("title", "标题", (o, x) => o with { Title = x }, "标题", "诉求标题", "工单标题", "留言主题", "主题", "title", "subject"),
        Text("content", "主要内容", (o, x) => o with { Content = x }, "主要内容", "内容", "诉求内容", "工单内容", "反映内容", "留言详情", "留言内容", "问题描述", "content", "description"),
        Text("orderNo", "工单编号", (o, x) => o with { OrderNo = x }, "工单编号", "市级工单编号", "工单号", "诉求编号", "留言编号", "编号", "orderNo", "messageId", "id"),
        new("callTime", "来电时间", (o, x) => CellText.Instant(x) is { } at ? o with { CallTime = at } : null, "请写成“2026-03-02 09:05:00”的样子，年份在前。",
            "来电时间", "诉求时间", "反映时间", "受理时间", "留言时间", "创建时间", "时间", "日期", "callTime", "createdTime", "time", "date"),
        Text("channel", "受理渠道", (o, x) => o with { Channel = x }, "受理渠道", "来源渠道", "诉求来源", "渠道", "来源", "channel", "source"),
        Text("requestType", "诉求类型", (o, x) => o with { RequestType = x }, "诉求类型", "诉求类别", "类型", "requestType", "kind"),
        Text("classL3", "问题分类", (o, x) => o with { ClassL3 = x }, "问题分类代码", "三级分类代码", "问题分类", "三级分类", "classL3"),
        Text("urgency", "紧急程度", (o, x) => o with { Urgency = x }, "紧急程度", "urgency"),
        Text("town", "街道（镇）", (o, x) => o with { Town = x }, "街道（镇）", "街道", "街镇", "所属街道", "街道乡镇", "town"),
        Text("community", "社区（村）", (o, x) => o with { Community = x }, "社区（村）", "社区", "社区村", "所属社区", "community"),
        Text("address", "发生地址", (o, x) => o with { Address = x }, "发生地址", "诉求地址", "事发地址", "详细地址", "地址", "address"),
        Text("pointName", "点位", (o, x) => o with { PointName = x }, "小区点位", "点位", "小区", "pointName"),
        new("lonLat.lon", "经度", (o, x) => CellText.Degrees(x) is { } lon ? o with { LonLat = new(lon, o.LonLat?.Lat) } : null, "请填写以度为单位的数。", "经度", "lonLat.lon", "longitude", "lon", "lng"),
        new("lonLat.lat", "纬度", (o, x) => CellText.Degrees(x) is { } lat ? o with { LonLat = new(o.LonLat?.Lon, lat) } : null, "请填写以度为单位的数。", "纬度", "lonLat.lat", "latitude", "lat"),
        new("lonLat", "经纬度", PutPoint, "请写成“经度,纬度”，如 116.29,39.86。", "经纬度", "坐标", "lonLat"),
        Text("callerName", "诉求人", (o, x) => o with { CallerName = x }, "诉求人", "诉求人姓名", "来电人", "联系人", "姓名", "callerName"),
        Text("callerPhone", "联系电话", (o, x) => o with { CallerPhone = x }, "联系电话", "来电号码", "联系方式", "手机号", "电话", "callerPhone"),
        new("isSecret", "是否保密", (o, x) => CellText.Flag(x) is { } flag ? o with { IsSecret = flag } : null, YesNo, "是否保密", "保密", "isSecret"),
        new("needReply", "是否回复", (o, x) => CellText.Flag(x) is { } flag ? o with { NeedReply = flag } : null, YesNo, "是否回复", "是否需要回复", "needReply"),
        new("originType", "数据来源", (o, x) => Origins.TryGetValue(x, out var origin) ? o with { OriginType = origin } : null, "请填写 0（本地录入）、1（区分转）或 2（市直派）。", "数据来源", "originType"),
    ];

    public static ImportField? Of(string name) => All.FirstOrDefault(f => f.Name == name);

    /// <summary>Where a refusal of intake names a field that no column bears (受理渠道 has a default), its name stands for itself.</summary>
    public static string LabelOf(string name) => Of(name)?.Label ?? name;

    private static ImportField Text(string name, string label, Func<NewOrder, string, NewOrder> put, params IReadOnlyList<string> titles) => new(name, label, put, "", titles);

    private static NewOrder? PutPoint(NewOrder order, string text) =>
        text.Split([',', '，', ' '], StringSplitOptions.RemoveEmptyEntries) is [var x, var y] && CellText.Degrees(x) is { } lon && CellText.Degrees(y) is { } lat
            ? order with { LonLat = new(lon, lat) }
            : null;
}
