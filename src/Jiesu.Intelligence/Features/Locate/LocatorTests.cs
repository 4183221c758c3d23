using Jiesu.Intelligence.Domain;
using Jiesu.Tests.Given;

namespace Jiesu.Intelligence.Features.Locate;

public sealed class LocatorTests
{
    private static readonly SmallCatalogue Day = new();
    private static readonly Locator Locator = new(Day.Places);

    //          address               text                                  town known  best                       why
    [Theory]
    [InlineData("右安门街道翠林一里社区", "暖气不热",                        null,       "右安门街道翠林一里社区",      "both named in full")]
    [InlineData(null,                 "翠林一里居委会门口堆满垃圾",          null,       "右安门街道翠林一里社区",      "a community brings its town")]
    [InlineData(null,                 "家住翠林一里，电梯坏了",              null,       "右安门街道翠林一里社区",      "short name")]
    [InlineData(null,                 "方庄街道辖区路灯不亮",                null,       "方庄街道",                  "town alone")]
    [InlineData(null,                 "方庄地铁站旁边占道经营",              null,       "方庄街道",                  "short name of a town")]
    [InlineData(null,                 "北宫镇太子峪村委会东侧",              null,       "北宫镇太子峪村",             "village by its committee")]
    [InlineData(null,                 "方庄街道永乐社区有违建",              null,       "方庄街道永乐社区",           "the town decides between two of one name")]
    [InlineData(null,                 "永乐社区有违建",                      "110106001", "右安门街道永乐社区",         "the known town decides")]
    [InlineData("太平桥街道",          "精图社区对面夜间施工",                null,       "太平桥街道精图社区",         "address and text together")]
    [InlineData(null,                 "这里什么地方都没有说",                "110106014", "方庄街道",                  "the known town stays")]
    [InlineData(null,                 "翠林一里社区有违建",                  "110106014", "方庄街道",                  "a place elsewhere does not overrule the known town")]
    [InlineData(null,                 "家住翠林1里3号楼",                    null,       "右安门街道翠林一里社区",      "Arabic for Chinese numbers")]
    [InlineData(null,                 "芳古园一区一社区有违建",              null,       "方庄街道芳古园一区第一社区",  "第 left out")]
    [InlineData(null,                 "家住翠琳一里社区",                    null,       "右安门街道翠林一里社区",      "another character of the same sound")]
    [InlineData(null,                 "太子裕村委会东侧",                    null,       "北宫镇太子峪村",             "the sound again")]
    [InlineData(null,                 "三路民居社区停水",                    null,       "太平桥街道三路居社区",       "one character too many")]
    public void The_best_place_is_the_one_that_is_meant(string? address, string text, string? town, string best, string why)
    {
        var found = Locator.Locate(address, PlainText.Of(text), Day.FindPlace(town));

        Assert.True(found.Count > 0 && found[0].Text == best, $"{why}: {string.Join(" | ", found.Select(f => $"{f.Text} {f.Score}"))}");
    }

    [Fact]
    public void A_name_in_two_towns_is_shared_between_them()
    {
        var found = Locator.Locate(null, "永乐社区有违建", null);

        Assert.Equal([SmallCatalogue.Youanmen, SmallCatalogue.Fangzhuang], found.Select(f => f.Town).Order(StringComparer.Ordinal));
        Assert.All(found, f => Assert.InRange(f.Score, 0.3, 0.5));
    }

    [Theory]
    [InlineData("朝阳区永乐社区路灯不亮", "another district is named")]
    [InlineData("家住西关永乐社区", "the name may be the end of another")]
    [InlineData("家住翠琳一里社区", "only the sound is right")]
    [InlineData("玉林里3号楼", "a road or a compound may bear the bare name")]
    public void Only_what_is_named_in_full_is_called_sure(string text, string why) =>
        Assert.All(Locator.Locate(null, text, null), f => Assert.True(f.Score <= 0.9, $"{why}: {f.Text} {f.Score}"));

    [Fact]
    public void A_full_name_is_sure() => Assert.InRange(Locator.Locate(null, "翠林一里社区路灯不亮", null)[0].Score, 0.9, 1);

    [Fact]
    public void An_alias_leads_to_its_community()
    {
        var locator = new Locator(Day.Places, [new PlaceAlias("锦绣大院", "110106014002")]);

        Assert.Equal("110106014002", locator.Locate(null, "锦绣大院3号楼停水", null)[0].Community);
    }

    [Fact]
    public void A_point_leads_to_the_community_that_holds_it()
    {
        const string square = """{"features": [{"properties": {"code": "110106014002"}, "geometry": {"type": "Polygon", "coordinates": [[[116, 39], [117, 39], [117, 40], [116, 40], [116, 39]]]}}]}""";
        var locator = new Locator(Day.Places, areas: Areas.Read(Datum.Cgcs2000, new MemoryStream(System.Text.Encoding.UTF8.GetBytes(square))));

        var found = locator.Locate(null, "楼下有人施工", null, 116.5, 39.5);

        Assert.Equal(("110106014002", "坐标"), (found[0].Community, found[0].Evidence));
        Assert.Equal((116.5, 39.5), (found[0].Lon, found[0].Lat));
        Assert.Equal((116.5, 39.5), (Round(locator.Locate(null, "紫芳园社区", null)[0].Lon), Round(locator.Locate(null, "紫芳园社区", null)[0].Lat)));
    }

    [Fact]
    public void What_people_chose_three_times_becomes_an_alias()
    {
        NameTally[] confirmed =
        [
            new("锦绣小区", "110106014002", 3, 2), new("明光东路", "110106014002", 3, 2), new("明光东路", "110106014001", 1, 1), new("翠湖公寓", "110106014002", 3, 1),
        ];

        Assert.Equal("锦绣小区", Assert.Single(LearnedAliases.Of(confirmed)).Name);
    }

    [Theory]
    [InlineData("锦绣小区5号楼2单元", "锦绣小区")]
    [InlineData("方庄街道锦绣小区", "锦绣小区")]
    [InlineData("18号楼便民超市", "")]
    public void A_confirmation_keeps_names_and_no_house(string address, string names) => Assert.Equal(names, string.Join(' ', LearnedAliases.Names(address)));

    private static double? Round(double? degrees) => degrees is { } d ? Math.Round(d, 6) : null;

    [Fact]
    public void A_text_without_a_place_has_none() => Assert.Empty(Locator.Locate(null, "咨询医保报销比例", null));

    [Theory]
    [InlineData("我家住翠林小区3号楼2单元，楼下饭店油烟扰民", "翠林小区3号楼2单元 楼下饭店")]
    [InlineData("位于丰台东大街的育英小学门口拥堵", "丰台东大街 育英小学")]
    [InlineData("暖气不热", "")]
    public void Names_are_found_by_how_they_end(string text, string names) => Assert.Equal(names, string.Join(' ', Entities.In(PlainText.Of(text))));
}
