using Jiesu.Tests;

namespace Jiesu.Catalog.Features.Browse;

public sealed class BrowseCatalogTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Each_list_shows_what_holds_and_filters_by_its_address(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        await app.GivenCatalogueAsync();
        using var reader = app.As(Permissions.Read);
        (string Url, string There, string Absent)[] pages =
        [
            ("/catalog/classes", "室温不达标", "新增分类"),
            ("/catalog/classes?q=暖气不热", "室温不达标", "游泳卡"),
            ("/catalog/directory?group=Company&q=供热", "PD030100-1", "PD050100-1"),
            ("/catalog/time-limits", "普通（7日）", "没有符合条件"),
            ("/catalog/reasons?group=RTN", "非本辖区", "恶意骚扰"),
            ("/catalog/dictionaries?group=channels", "12345热线", "幼有所育"),
            ("/catalog/places?group=110106001", "翠林二里社区", "莲花池社区"),
            ("/catalog/places?page=99", "上一页", "翠林二里社区"),
            ("/catalog/units?kind=Company", "市热力集团丰台分公司", "区教委"),
            ("/catalog/calendar", "国务院办公厅关于2026年部分节假日安排的通知", "尚未录入"),
            ("/catalog/calendar?year=2027", "2027 年尚未录入放假通知", "修改放假安排"),
        ];

        foreach (var (url, there, absent) in pages)
        {
            var html = await reader.GetStringAsync(new Uri(url, UriKind.Relative), Ct);
            Assert.True(html.Contains(there, StringComparison.Ordinal), $"{url}: {there}");
            Assert.False(html.Contains(absent, StringComparison.Ordinal), $"{url}: {absent}");
        }
    }
}
