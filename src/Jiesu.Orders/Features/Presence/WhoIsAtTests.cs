using System.Net;
using Jiesu.Identity.Domain;
using Jiesu.Tests;
using Jiesu.Tests.Given;
using static Jiesu.Tests.Given.GivenRules;
using static Jiesu.Tests.Given.OrderBuilder;

namespace Jiesu.Orders.Features.Presence;

public sealed class WhoIsAtTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Others_see_who_has_a_form_open_until_it_is_silent_for_a_minute(Database database)
    {
        await using var app = await TestApp.StartAsync(database, GivenRules.AddTo);
        var order = await app.GivenAsync(AnOrder().Accepted());
        var zhang = await app.GivenAsync(Person.Of("zhang", "张三", Morning));
        using var first = app.As(Permissions.Read, Permissions.Dispatch);
        first.DefaultRequestHeaders.Remove("X-Person");
        first.DefaultRequestHeaders.Add("X-Person", zhang.Id.ToString());
        using var second = app.As(Permissions.Read, Permissions.Dispatch);
        var (form, presence) = ($"/orders/{order.Id}/act/dispatch", $"/orders/{order.Id}/presence");

        Assert.Equal(HttpStatusCode.OK, (await first.SubmitAsync(form, presence)).StatusCode);
        app.Clock.Advance(TimeSpan.FromSeconds(30));
        await first.SubmitAsync(form, presence);
        app.Clock.Advance(TimeSpan.FromSeconds(59));

        Assert.Contains("张三 正在办理", WebUtility.HtmlDecode(await GetAsync(second, presence)), StringComparison.Ordinal);
        Assert.DoesNotContain("张三", WebUtility.HtmlDecode(await GetAsync(first, presence)), StringComparison.Ordinal);
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.DoesNotContain("张三", WebUtility.HtmlDecode(await GetAsync(second, presence)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_an_order_out_of_scope_nobody_learns_who_is_at_it()
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite, GivenRules.AddTo);
        var order = await app.GivenAsync(AnOrder().Accepted().Dispatched());
        using var foreign = app.AsOf(Parks, Permissions.Read);

        using var answer = await foreign.GetAsync(new Uri($"/orders/{order.Id}/presence", UriKind.Relative), Ct);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static Task<string> GetAsync(HttpClient client, string url) => client.GetStringAsync(new Uri(url, UriKind.Relative), Ct);
}
