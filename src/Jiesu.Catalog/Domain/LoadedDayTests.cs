using Jiesu.Catalog.Seeds;

namespace Jiesu.Catalog.Domain;

public sealed class LoadedDayTests
{
    private const string Youanmen = "110106001";
    private static readonly LoadedDay Day = Of([.. SeedRows.Directory()]);

    //          class     place       text                          lead           co
    [Theory]
    [InlineData("030101", Youanmen, "家里暖气不热", "110106-RL", "110106001", "L2 rule: a company, the street helps")]
    [InlineData("030101", Youanmen, "小区自管锅炉房暖气不热", "110106001", "110106-CGW", "its condition is met: the street leads")]
    [InlineData("060101", Youanmen, "工地夜里施工", "110106-CGZF", "110106-ZJW、110106-STHJ", "L3 before L1")]
    [InlineData("060103", Youanmen, "围挡挡路", "110106-ZJW", "", "nothing closer than L1")]
    [InlineData("050701", "110106001002", "消防通道被堵", "110106001", "110106-XFJY、110106-ZJW", "a community stands for its town; the department of the class helps")]
    [InlineData("050701", null, "消防通道被堵", "110106-ZJW", "", "no place, no street: the department of the class is left")]
    [InlineData("240101", Youanmen, "窗口态度差", "110106-ZX", "110106-ZWFW", "the Centre decides")]
    public void The_directory_names_who_leads_and_who_helps(string @class, string? place, string text, string lead, string co, string why)
    {
        var advice = Day.Units(@class, place, text);

        var best = advice.TakeWhile((a, i) => i == 0 || a.Role == "co").ToArray();
        Assert.True(lead == best[0].UnitCode, $"{why}: {best[0].UnitCode}");
        Assert.Equal(co, string.Join('、', best.Skip(1).Select(a => a.UnitCode)));
        Assert.Equal(advice.Select(a => a.UnitCode).Distinct(), advice.Select(a => a.UnitCode));
    }

    [Fact]
    public void A_rule_for_one_town_goes_before_the_general_one_and_says_why()
    {
        var rule = new DirectoryRow { Code = "PD-X", ClassCode = "030100", Place = Youanmen, LeadRule = LeadRule.Sectoral, LeadUnit = "110106-CGW", Basis = "试点" };
        var day = Of([.. SeedRows.Directory(), rule]);

        Assert.Equal(("110106-CGW", "规则 PD-X（行业）：试点"), (day.Units("030101", Youanmen, "")[0].UnitCode, day.Units("030101", Youanmen, "")[0].Evidence));
        Assert.Equal("110106-RL", day.Units("030101", "110106002", "")[0].UnitCode);
    }

    [Theory, InlineData(null), InlineData(""), InlineData("999999"), InlineData("abc")]
    public void The_directory_is_silent_about_what_is_no_class(string? @class) => Assert.Empty(Day.Units(@class, Youanmen, "暖气"));

    //          class     urgency      policy
    [Theory]
    [InlineData("030101", null, "D7")]
    [InlineData("030101", "普通", "D7")]
    [InlineData("030103", "普通", "U24H-GY")]
    [InlineData("030103", "2小时", "U2H")]
    [InlineData("030101", "U24H", "U24H")]
    [InlineData("230101", "企业48小时", "E48H")]
    [InlineData(null, "复杂", "D15")]
    [InlineData(null, "什么", "D7")]
    public void The_closest_policy_holds(string? @class, string? urgency, string policy) => Assert.Equal(policy, Day.Policy(@class, urgency, "投诉").Code);

    [Fact]
    public void The_limits_are_those_of_the_guide()
    {
        Assert.Equal(["2 小时", "24 小时", "48 小时", "7 个自然日", "15 个自然日"],
            new[] { "2小时", "24小时", "企业48小时", "普通", "复杂" }.Select(u => Day.Policy(null, u, null).HandleLimit.Words));
        Assert.Equal("30 分钟", Day.Policy(null, null, null).SignLimit.Words);
    }

    [Fact]
    public void A_class_is_found_by_code_by_path_and_by_a_name_that_stands_once()
    {
        Assert.Equal("室温不达标", Day.FindClass("030101")!.Name);
        Assert.Equal("030101", Day.FindClass("供暖->集中供暖->室温不达标")!.Code);
        Assert.Equal("030101", Day.FindClass("室温不达标")!.Code);
        Assert.Equal(("宜居性", "030100"), (Day.FindClass("室温不达标")!.SevenFive, Day.FindClass("室温不达标")!.ParentCode));
        Assert.Null(Day.FindClass("停车管理"));
        Assert.NotNull(Day.FindClass("交通管理->停车管理"));
        Assert.Null(Day.FindClass(null));
    }

    [Fact]
    public void A_place_is_found_by_code_or_name_and_a_name_in_two_towns_needs_its_town()
    {
        var day = Of([], new PlaceRow { Code = "110106002999", Name = "翠林二里社区" });

        Assert.Equal(Youanmen, day.FindPlace("右安门街道")!.Code);
        Assert.Equal("110106001002", day.FindPlace("110106001002")!.Code);
        Assert.Null(day.FindPlace("翠林二里社区"));
        Assert.Equal("110106001002", day.FindPlace("翠林二里社区", "右安门街道")!.Code);
        Assert.Equal("110106002999", day.FindPlace("翠林二里社区", "110106002")!.Code);
        Assert.Null(day.FindPlace("不详"));
    }

    private static LoadedDay Of(IReadOnlyList<DirectoryRow> directory, params PlaceRow[] places) => new(
        new(2026, 3, 2),
        new([.. SeedRows.Classes()], directory, [.. SeedRows.TimeLimits()], [.. SeedRows.Reasons()], [.. SeedRows.Dictionaries()], [.. SeedRows.Places(), .. places]),
        "110106-ZX");
}
