namespace Jiesu.Platform.Kit;

public sealed class DeskMenuTests
{
    private static readonly MenuEntry[] Entries =
    [
        new("全部工单", "/orders", "see"),
        new("待派发", "/orders?state=PendingDispatch", "dispatch"),
        new("回访", "/callbacks", "call"),
        new("单位", "/admin/units", "see", "管理"),
        new("分类", "/admin/classes", "see", "管理"),
    ];

    [Theory]
    [InlineData("/orders", "", "全部工单")]
    [InlineData("/orders", "?state=PendingDispatch&after=x", "待派发")]
    [InlineData("/orders/42/dispatch", "", "全部工单")]
    [InlineData("/ordersheet", "", null)]
    [InlineData("/admin/units/7", "", "单位")]
    public void The_entry_that_fits_the_address_most_closely_is_current(string path, string query, string? expected)
    {
        var items = DeskMenu.For(Entries, _ => true, path, query).SelectMany(g => g.Items);

        Assert.Equal(expected, items.SingleOrDefault(i => i.IsCurrent)?.Title);
    }

    [Fact]
    public void Only_what_one_may_do_is_shown_and_groups_stay_together()
    {
        var groups = DeskMenu.For(Entries, p => p == "see", "/", "");

        Assert.Equal([null, "管理"], groups.Select(g => g.Title));
        Assert.Equal(["全部工单", "单位", "分类"], groups.SelectMany(g => g.Items).Select(i => i.Title));
    }
}
