using System.Globalization;
using Microsoft.Playwright;

namespace Jiesu.Browser;

/// <summary>三员: one makes the account, another gives the post, the third sees that both did; none of them can do the others' part.</summary>
public sealed class AdministratorJourneyTests(District district) : Journey(district)
{
    [Fact]
    public async Task Three_administrators_bring_a_new_clerk_to_work_and_each_sees_only_the_own_part()
    {
        List<IPage> pages = [];
        await WalkAsync(
            async () =>
            {
                var login = "clerk" + Guid.CreateVersion7().ToString("N", CultureInfo.InvariantCulture)[^8..];
                var system = await OpenAsync(pages, "ADMIN");
                await system.GotoAsync("/admin/people/new");
                await system.FillAsync("#login", login);
                await system.FillAsync("#name", "用例人员");
                await system.ClickAsync("main form button[data-kind=primary]");
                var secret = await system.Locator("main dd code").InnerTextAsync();
                await system.GetByRole(AriaRole.Link, new() { Name = "完成" }).ClickAsync();
                await Assertions.Expect(system.Locator("#role")).ToHaveCountAsync(0);
                await ShouldFitAsync(system);
                await ShouldBeAccessibleAsync(system);
                var person = new Uri(system.Url).AbsolutePath;

                var security = await OpenAsync(pages, "SECURITY");
                await security.GotoAsync(person);
                await Assertions.Expect(security.Locator("form[action$='/password']")).ToHaveCountAsync(0);
                await security.SelectOptionAsync("#role", "UC");
                await security.EvaluateAsync("() => { const unit = document.querySelector('#unit').tomselect; unit.setValue(Object.keys(unit.options)[0]); }");
                await security.ClickAsync("form[action$='/posts'] button");
                await Assertions.Expect(security.GetByText("还没有任职")).ToHaveCountAsync(0);
                await ShouldBeAccessibleAsync(security);
                await security.GotoAsync("/admin/roles");
                await ShouldFitAsync(security);

                await FirstSignInAsync(pages, login, secret);

                var auditor = await OpenAsync(pages, "AUDIT");
                await auditor.GotoAsync("/admin/audit?subject=" + Uri.EscapeDataString("person/" + person.Split('/')[^1]));
                await Assertions.Expect(auditor.Locator("#list")).ToContainTextAsync("修改口令");
                await ShouldFitAsync(auditor);
                await ShouldBeAccessibleAsync(auditor);
                Assert.Equal(403, (await auditor.GotoAsync(person))?.Status);
            },
            pages);
    }

    /// <summary>The one-time password opens the door once and must be changed.</summary>
    private async Task FirstSignInAsync(List<IPage> pages, string login, string secret)
    {
        var context = await District.Browser.NewContextAsync(new() { BaseURL = District.Address, Locale = "zh-CN", TimezoneId = "Asia/Shanghai" });
        var page = await context.NewPageAsync();
        pages.Add(page);
        await page.GotoAsync("/");
        await page.FillAsync("input[type=text]", login);
        await page.FillAsync("input[type=password]", secret);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(u => u.Contains("/me/password", StringComparison.Ordinal));
        await page.FillAsync("#current", secret);
        await page.FillAsync("#password", "Yongli-2026-xinmima");
        await page.FillAsync("#again", "Yongli-2026-xinmima");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(u => !u.Contains("/me/password", StringComparison.Ordinal));
        await page.GotoAsync("/orders");
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("工单");
        await ShouldBeAccessibleAsync(page);
    }
}
