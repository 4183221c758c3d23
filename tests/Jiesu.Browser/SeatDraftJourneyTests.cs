using Microsoft.Playwright;

namespace Jiesu.Browser;

/// <summary>What a seat types survives a session that ends, a sign-out and the browser.</summary>
public sealed class SeatDraftJourneyTests(District district) : Journey(district)
{
    private const string Said = "诉求人反映：马家堡西路夜间施工扰民";

    [Fact]
    public async Task What_a_seat_typed_is_there_again_after_signing_out_and_in_at_another_browser()
    {
        List<IPage> pages = [];
        await WalkAsync(
            async () =>
            {
                var seat = await OpenAsync(pages);
                await seat.Locator("#content").PressSequentiallyAsync(Said);
                await seat.FillAsync("#callerPhone", "10012345678");
                await Assertions.Expect(seat.Locator("#draft")).ToContainTextAsync("草稿已保存");
                await seat.Locator(".desk-user summary").ClickAsync();
                await seat.GetByRole(AriaRole.Button, new() { Name = "退出" }).ClickAsync();
                await seat.WaitForURLAsync(u => u.Contains("/login", StringComparison.Ordinal));

                var again = await OpenAsync(pages);
                await Assertions.Expect(again.Locator("#content")).ToHaveValueAsync(Said);
                await Assertions.Expect(again.Locator("#callerPhone")).ToHaveValueAsync("10012345678");
                await Assertions.Expect(again.Locator(".seat-restored")).ToContainTextAsync("已恢复");
                await ShouldBeAccessibleAsync(again);

                await again.Context.ClearCookiesAsync();
                await again.Locator("#title").FillAsync("夜间施工扰民");
                await Assertions.Expect(again.Locator("#session-over")).ToBeVisibleAsync();
                await Assertions.Expect(again.Locator("#content")).ToHaveValueAsync(Said);

                var last = await OpenAsync(pages);
                await Assertions.Expect(last.Locator("#content")).ToHaveValueAsync(Said);
                await last.Locator(".seat-restored button").ClickAsync();
                await Assertions.Expect(last.Locator(".seat-restored")).ToHaveCountAsync(0);
                await Assertions.Expect(last.Locator("#content")).ToHaveValueAsync("");
            },
            pages);
    }

    [Fact]
    public async Task The_second_call_of_the_same_caller_is_an_urge_on_the_order_in_hand()
    {
        List<IPage> pages = [];
        await WalkAsync(
            async () =>
            {
                var phone = "100" + Random.Shared.Next(10_000_000, 99_999_999);
                var seat = await OpenAsync(pages);
                await seat.FillAsync("#content", "诉求人反映：晨光家园电梯停运");
                await seat.FillAsync("#title", "晨光家园电梯停运");
                await seat.FillAsync("#callerPhone", phone);
                await seat.Locator("#seat button[data-kind=primary]").ClickAsync();
                await seat.WaitForURLAsync(u => !u.EndsWith("/new", StringComparison.Ordinal));
                var order = seat.Url;

                await seat.GotoAsync("/orders/new");
                await seat.FillAsync("#content", "电梯还没修好，请尽快");
                await seat.Locator("#callerPhone").PressSequentiallyAsync(phone);
                await Assertions.Expect(seat.Locator("#calls")).ToContainTextAsync("晨光家园电梯停运");
                await ShouldFitAsync(seat);
                await ShouldBeAccessibleAsync(seat);
                await seat.Locator("#calls button").ClickAsync();
                await seat.WaitForURLAsync(order);
                await Assertions.Expect(seat.Locator("main")).ToContainTextAsync("诉求人再次来电：电梯还没修好，请尽快");
            },
            pages);
    }

    /// <summary>REL-08: the first answer is the one that the house gives while its database is away.</summary>
    [Fact]
    public async Task What_the_house_cannot_take_now_stays_on_the_page_which_sends_it_again_by_itself()
    {
        List<IPage> pages = [];
        await WalkAsync(
            async () =>
            {
                var seat = await OpenAsync(pages);
                List<string> keys = [];
                await seat.RouteAsync("**/orders/new", async route =>
                {
                    if (route.Request.Method != "POST")
                    {
                        await route.ContinueAsync();
                        return;
                    }

                    keys.Add(route.Request.PostData!.Split('&').Single(f => f.StartsWith("key=", StringComparison.Ordinal)));
                    await (keys.Count > 2 ? route.ContinueAsync() : route.FulfillAsync(new()
                    {
                        Status = 503,
                        ContentType = "application/problem+json",
                        Headers = new Dictionary<string, string> { ["Retry-After"] = "1" },
                        Body = """{"title":"暂时不能办理","detail":"数据库暂时不可用。","code":"database.away"}""",
                    }));
                });
                await seat.Locator("#content").FillAsync(Said);
                await seat.Locator("#title").FillAsync("夜间施工扰民");
                await seat.Locator("#seat button[data-kind=primary]").ClickAsync();

                await Assertions.Expect(seat.Locator(".toast").First).ToContainTextAsync("秒后自动重新提交，请不要关闭本页");
                await Assertions.Expect(seat.Locator("#content")).ToHaveValueAsync(Said);
                await seat.WaitForURLAsync(u => Guid.TryParse(u.Split('/')[^1], out _));
                Assert.Equal(3, keys.Count);
                Assert.Single(keys.Distinct());
            },
            pages);
    }

    private async Task<IPage> OpenAsync(List<IPage> pages)
    {
        var page = await AsAsync("CT");
        pages.Add(page);
        await page.GotoAsync("/orders/new");
        return page;
    }
}
