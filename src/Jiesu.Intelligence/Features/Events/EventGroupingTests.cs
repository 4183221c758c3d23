using Jiesu.Intelligence.Contracts;
using Jiesu.Intelligence.Domain;
using Jiesu.Intelligence.Features.Notice;
using Microsoft.Extensions.Configuration;

namespace Jiesu.Intelligence.Features.Events;

public sealed class EventGroupingTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_request_that_comes_again_with_another_text_is_grouped_anew()
    {
        var grouping = new EventGrouping();
        GroupedText[] heating = [.. Enumerable.Range(0, 4).Select(i => Request("星河苑小区供暖不热", i))];
        GroupedText[] water = [.. Enumerable.Range(4, 3).Select(i => Request("银杏里自来水发黄", i))];
        grouping.Update([.. heating, .. water], []);

        var same = grouping.Update([heating[0] with { Version = 2 }], []);
        var moved = grouping.Update([heating[0] with { Version = 3, Text = "银杏里自来水发黄\n又黄又浑" }], []);

        Assert.Equal([4, 3], same.Matters.Select(g => g.Count).OrderDescending());
        Assert.Equal(3, grouping.Known[heating[0].Id]);
        Assert.Equal(water.Select(w => w.Id).Append(heating[0].Id).Order(), moved.Matters.Single(g => g.Contains(heating[0].Id)).Order());
    }

    [Theory]
    //          point, company, text, key
    [InlineData("银地家园 ", null, "x", "110106001/银地家园/0301")]
    [InlineData("银地·家园", null, "x", "110106001/银地家园/0301")]
    [InlineData(null, "北京星河物业管理有限公司", "x", "公司/星河/0301")]
    [InlineData(null, null, "供暖不热\n家住翠林，投诉星河物业公司乱收费", "公司/星河/0301")]
    [InlineData(null, null, "供暖不热\n物业公司不管", null)]
    [InlineData(null, null, "供暖不热", null)]
    public void Spellings_of_a_point_or_a_company_meet_under_one_key(string? point, string? company, string text, string? key) =>
        Assert.Equal(key, EventPoint.Of(new(Guid.CreateVersion7(), 1, text, Start, "110106001", "030103", point, company)));

    [Theory]
    [InlineData("三十多户都没有暖气", 30), InlineData("来了十来个人", 10), InlineData("二百多名业主", 200), InlineData("我们楼三十户，共 45 人都受影响", 45), InlineData("上千户居民", 1000)]
    [InlineData("已经打了 15 人次电话", 0), InlineData("罚了 500 人民币", 0), InlineData("住在 12 号楼", 0), InlineData("排在第二十位", 0)]
    public void A_headcount_is_people_and_nothing_else(string text, int people) => Assert.Equal(people, Flags.Headcounts(PlainText.Of(text)).DefaultIfEmpty().Max());

    [Theory]
    [InlineData("小区停暖\n家里很冷。希望尽快恢复供暖。谢谢", "希望尽快恢复供暖")]
    [InlineData("小区停暖\n已申请退费，请相关部门核实，谢谢", "请相关部门核实，谢谢")]
    [InlineData("小区停暖\n已申请退费", null)]
    public void The_sentence_that_asks_is_found(string text, string? ask) => Assert.Equal(ask, EventAsk.In(text));

    [Fact]
    public void A_text_that_says_something_else_is_farthest_from_the_middle() =>
        Assert.Equal("路灯不亮\n天黑路滑", EventCentre.Order(["路灯不亮\n天黑路滑", "供暖不热\n暖气冰凉", "供暖不热\n暖气冰凉老人受不了"]).Last());

    [Fact]
    public void Outlines_that_reach_into_the_box_are_drawn_and_no_others()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, """
            {"features":[
              {"properties":{"code":"110106001"},"geometry":{"type":"Polygon","coordinates":[[[116.30,39.80],[116.300001,39.80],[116.40,39.80],[116.40,39.90],[116.30,39.80]]]}},
              {"properties":{"code":"110106002"},"geometry":{"type":"MultiPolygon","coordinates":[[[[117.30,39.80],[117.40,39.80],[117.40,39.90]]]]}},
              {"properties":{},"geometry":{"type":"Polygon","coordinates":[[[116.30,39.80],[116.40,39.80],[116.40,39.90]]]}}]}
            """);
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Jiesu:Intelligence:AreaFiles", file)]).Build();

        var found = Assert.Single(new AreaOutlines(settings).In(116.35, 39.82, 116.36, 39.83));
        File.Delete(file);

        Assert.Equal(("110106001", 4), (found.Code, Assert.Single(found.Rings).Count));
        Assert.Empty(new AreaOutlines(new ConfigurationBuilder().Build()).In(116.35, 39.82, 116.36, 39.83));
    }

    private static GroupedText Request(string title, int i) => new(Guid.CreateVersion7(), 1, $"{title}\n{title}，{i}号楼", Start.AddMinutes(i), null, null);
}
