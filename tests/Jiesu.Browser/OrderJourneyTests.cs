using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Jiesu.Browser;

/// <summary>One order through the pages, from the seat to the three rates, by the people who do it.</summary>
public sealed partial class OrderJourneyTests(District district) : Journey(district)
{
    private const string Title = "芳城园小区楼道卫生无人打扫";

    [Fact]
    public async Task An_order_goes_from_the_seat_to_the_three_rates_through_the_pages()
    {
        var street = District.Accounts.GetProperty("users").EnumerateArray().First(u => Text(u, "role") == "UC").GetProperty("unit").GetString()!;
        List<IPage> pages = [];
        await WalkAsync(
            async () =>
            {
                var seat = await OpenAsync(pages, "CT");
                var url = await RegisterAsync(seat);

                var dispatcher = await OpenAsync(pages, "DP");
                await ActAsync(dispatcher, url, "accept");
                await ActAsync(dispatcher, url, "dispatch", async p =>
                {
                    await p.WaitForFunctionAsync("() => document.getElementById('lead').tomselect");
                    await p.EvaluateAsync("unit => document.getElementById('lead').tomselect.setValue(unit)", street);
                });

                var clerk = await OpenAsync(pages, "UC", street);
                await ActAsync(clerk, url, "sign");
                await ActAsync(clerk, url, "contact", p => p.FillAsync("#note", "已电话联系诉求人。"));
                await ActAsync(clerk, url, "submit-reply", async p =>
                {
                    await p.CheckAsync("[name=contacted][value=true]");
                    await p.CheckAsync("[name=solved][value=true]");
                    await p.CheckAsync("[name='form.isTrue'][value=true]");
                    await p.SelectOptionAsync("#satisfied", "满意");
                    await p.FillAsync("#result", "已督促物业完成保洁。");
                });
                await ActAsync(await OpenAsync(pages, "UR", street), url, "unit-review", p => p.SelectOptionAsync("#decision", "approve"));

                var caller = await OpenAsync(pages, "CB");
                await ActAsync(caller, url, "pre-callback", AnswerAsync);
                await ActAsync(await OpenAsync(pages, "DR"), url, "final-review", p => p.SelectOptionAsync("#decision", "approve"));
                await CallBackAsync(caller);

                await caller.GotoAsync(url);
                await Assertions.Expect(caller.Locator(".page-head .badge").First).ToHaveTextAsync("已办结");
                var evaluator = await OpenAsync(pages, "EV");
                await RatesShowTheStreetAsync(evaluator, street);
            },
            pages);
    }

    [Theory, InlineData(1366), InlineData(390)]
    public async Task The_desk_fits_the_screen_and_can_be_read_by_everyone(int width)
    {
        List<IPage> pages = [];
        await WalkAsync(
            async () =>
            {
                var page = await AsAsync("DP", width: width);
                pages.Add(page);
                foreach (var url in new[] { "/orders", "/orders/new", "/evaluation/three-rates", "/catalog/classes", "/catalog/calendar", "/about" })
                {
                    await page.GotoAsync(url);
                    await ShouldFitAsync(page);
                    await ShouldBeAccessibleAsync(page);
                }

                await page.GotoAsync("/orders");
                await page.Locator("#list tbody a").First.ClickAsync();
                await ShouldFitAsync(page);
                await ShouldBeAccessibleAsync(page);
            },
            pages);
    }

    /// <summary>Advice appears while the clerk types, before there is a title; then the form is sent from the keyboard.</summary>
    private static async Task<string> RegisterAsync(IPage seat)
    {
        await seat.GotoAsync("/orders/new");
        await seat.Locator("#content").PressSequentiallyAsync("诉求人反映：芳城园小区3号楼楼道卫生无人打扫，地面油污，希望督促物业落实保洁。");
        await Assertions.Expect(seat.Locator("#advice [data-fills=classL3]").First).ToBeVisibleAsync();
        await seat.Locator("#advice [data-fills=classL3]").First.ClickAsync();
        await seat.FillAsync("#title", Title);
        await seat.FillAsync("#callerName", "王女士");
        await seat.Locator("#callerPhone").FillAsync("10012345678");
        await seat.Locator("#callerPhone").PressAsync("Control+Enter");
        await seat.WaitForURLAsync(OrderAddress());
        await Assertions.Expect(seat.Locator("#caller")).ToContainTextAsync("100****5678");
        return new Uri(seat.Url).AbsolutePath;
    }

    private static async Task AnswerAsync(IPage page)
    {
        await page.CheckAsync("input[name=contacted][value=true]");
        await page.CheckAsync("input[name=solved][value=true]");
        await page.SelectOptionAsync("#satisfied", "满意");
    }

    private static async Task CallBackAsync(IPage page)
    {
        var task = page.Locator("#list tbody a", new() { HasTextString = Title });
        await SoonAsync(async () =>
        {
            await page.GotoAsync("/callbacks?kind=final");
            await Assertions.Expect(task.First).ToBeVisibleAsync(new() { Timeout = 500 });
        });
        await task.First.ClickAsync();
        await page.CheckAsync("input[name=reached][value=yes]");
        await page.CheckAsync("input[name=contacted][value=true]");
        await page.CheckAsync("input[name=solved][value=true]");
        await page.CheckAsync("input[name=satisfied][value=满意]");
        await page.Locator("form#answer button[data-kind=primary]").ClickAsync();
        await page.WaitForURLAsync(u => u.Contains("/callbacks?", StringComparison.Ordinal));
    }

    private static Task RatesShowTheStreetAsync(IPage page, string street) => SoonAsync(async () =>
    {
        await page.GotoAsync("/evaluation/three-rates");
        await page.Locator($"a[href*='unit={street}'][href*='validCallback']").First.ClickAsync(new() { Timeout = 1000 });
        await Assertions.Expect(page.Locator("#list tbody a", new() { HasTextString = Title }).First).ToBeVisibleAsync(new() { Timeout = 1000 });
    });

    [GeneratedRegex("/orders/[0-9a-f-]{36}$")]
    private static partial Regex OrderAddress();
}
