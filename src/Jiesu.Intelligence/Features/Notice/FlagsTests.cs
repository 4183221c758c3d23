using Jiesu.Intelligence.Domain;

namespace Jiesu.Intelligence.Features.Notice;

public sealed class FlagsTests
{
    [Theory]
    [InlineData("家中暖气不热，室温只有十四度", "供暖")]
    [InlineData("小区停水三天，物业不管", "供水")]
    [InlineData("楼下自来水管爆裂，跑水", "紧急 供水")]
    [InlineData("楼道堆放杂物，堵塞消防通道", "消防安全")]
    [InlineData("电动车在楼道着火了", "紧急 消防安全")]
    [InlineData("再不发工资我就跳楼", "扬言")]
    [InlineData("三百多户业主要到市里反映", "群诉")]
    [InlineData("20人聚集在售楼处门口拉横幅", "群诉")]
    [InlineData("工地拖欠9人工资", "")]
    [InlineData("十分感谢工作人员", "")]
    [InlineData("村集体土地流转款未发放", "")]
    [InlineData("窗口工作人员态度不热情", "")]
    [InlineData("担心被打击报复", "")]
    [InlineData("希望增设路灯", "")]
    [InlineData("", "")]
    public void Words_and_headcounts_raise_flags(string text, string flags) => Assert.Equal(flags, string.Join(' ', Flags.Of(PlainText.Of(text)).Select(f => f.Flag)));

    [Fact]
    public void Each_flag_names_the_words_that_raised_it()
    {
        var flags = Flags.Of(PlainText.Of("三百多户业主聚集，再不解决就跳楼，跳楼！"));

        Assert.Equal(["扬言：跳楼", "群诉：聚集 三百多户"], flags.Select(f => $"{f.Flag}：{string.Join(' ', f.Words)}"));
    }
}
