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

    [Fact]
    public void A_text_without_a_place_has_none() => Assert.Empty(Locator.Locate(null, "咨询医保报销比例", null));

    [Theory]
    [InlineData("我家住翠林小区3号楼2单元，楼下饭店油烟扰民", "翠林小区3号楼2单元 楼下饭店")]
    [InlineData("位于丰台东大街的育英小学门口拥堵", "丰台东大街 育英小学")]
    [InlineData("暖气不热", "")]
    public void Names_are_found_by_how_they_end(string text, string names) => Assert.Equal(names, string.Join(' ', Entities.In(PlainText.Of(text))));
}
