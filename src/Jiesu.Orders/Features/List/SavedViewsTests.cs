using System.Net;
using Jiesu.Tests;
using Jiesu.Tests.Given;

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
