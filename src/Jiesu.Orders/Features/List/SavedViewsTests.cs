using System.Net;
using Jiesu.Tests;

namespace Jiesu.Orders.Features.List;

public sealed class SavedViewsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_view_is_kept_for_its_owner_alone_and_is_gone_when_removed(Database database)
    {
        await using var app = await DeskSteps.StartDeskAsync(database);
        using var mine = app.As(Permissions.Read);
        using var other = app.As(Permissions.Read);

        await mine.SubmitAsync("/orders?state=PendingSign&page=2", SavedViews.Url, ("name", "我的待签收"));

        var page = await ListAsync(mine, "/orders");
        Assert.Contains("我的待签收", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/orders?state=PendingSign\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("我的待签收", await ListAsync(other, "/orders"), StringComparison.Ordinal);

        await other.SubmitAsync("/orders?state=PendingSign", SavedViews.Url, ("name", "他的"));
        await other.SubmitAsync("/orders?state=PendingSign", SavedViews.Url + "/remove", ("name", "我的待签收"));
        Assert.Contains("我的待签收", await ListAsync(mine, "/orders"), StringComparison.Ordinal);
        await mine.SubmitAsync("/orders?state=PendingSign", SavedViews.Url + "/remove");
        Assert.DoesNotContain("我的待签收", await ListAsync(mine, "/orders?lamp=red"), StringComparison.Ordinal);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Chosen_columns_stand_in_the_list_of_who_chose_them_and_in_the_sheet_exported_from_it(Database database)
    {
        await using var app = await DeskSteps.StartDeskAsync(database);
        using var mine = app.As(Permissions.Read, Permissions.Export, Permissions.Create);
        using var other = app.As(Permissions.Read);
        await mine.PostOrderAsync("k1", new { title = "甲", content = "内容", channel = "电话" });

        await mine.SubmitAsync("/orders", ListColumns.Url, ("column", "state"), ("column", "unit"));

        var page = await ListAsync(mine, "/orders");
        Assert.Contains("data-l=\"责任单位\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("data-l=\"问题分类\"", page, StringComparison.Ordinal);
        Assert.Contains("data-l=\"问题分类\"", await ListAsync(other, "/orders"), StringComparison.Ordinal);
        Assert.Matches("columns=state(,|%2C)unit", page);
        var sheet = await mine.GetStringAsync(new Uri("/api/v1/orders/export?format=csv&columns=state%2Cunit", UriKind.Relative), Ct);
        Assert.Equal("案件编号,状态,标题,责任单位", sheet.Split('\n')[0].Trim('\r', '\uFEFF'));
        using var unknown = await mine.GetAsync(new Uri("/api/v1/orders/export?columns=caller", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
    }

    [Fact]
    public async Task A_view_without_a_name_is_refused()
    {
        await using var app = await DeskSteps.StartDeskAsync(Database.Sqlite);
        using var mine = app.As(Permissions.Read);

        var answer = await mine.SubmitAsync("/orders?state=PendingSign", SavedViews.Url, ("name", " "));

        await answer.ShouldBeRefusedAsync(HttpStatusCode.BadRequest, "view.name");
    }

    private static async Task<string> ListAsync(HttpClient client, string url) => WebUtility.HtmlDecode(await client.GetStringAsync(new Uri(url, UriKind.Relative), Ct));
}
