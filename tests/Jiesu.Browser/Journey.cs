using System.Runtime.CompilerServices;
using System.Text.Json;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Jiesu.Browser;

/// <summary>One person at one browser. A journey that fails leaves a picture of what was on the screen.</summary>
public abstract class Journey(District district)
{
    private static readonly string Pictures = Path.Combine(AppContext.BaseDirectory, "pictures");

    protected District District => district;

    /// <summary>A page signed in as the first account of this role (and unit, where given).</summary>
    protected async Task<IPage> AsAsync(string role, string? unit = null, int width = 1366, int height = 768)
    {
        var account = district.Accounts.GetProperty("users").EnumerateArray()
            .First(u => u.GetProperty("role").GetString() == role && (unit is null || u.GetProperty("unit").GetString() == unit));
        var context = await district.Browser.NewContextAsync(new() { BaseURL = district.Address, ViewportSize = new() { Width = width, Height = height }, Locale = "zh-CN", TimezoneId = "Asia/Shanghai" });
        context.SetDefaultTimeout(15_000);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/");
        await page.FillAsync("input[type=text]", account.GetProperty("login").GetString()!);
        await page.FillAsync("input[type=password]", account.GetProperty("password").GetString()!);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(u => !u.Contains("/login", StringComparison.Ordinal));
        return page;
    }

    /// <summary>The same, among the pages of which a failure keeps a picture.</summary>
    protected async Task<IPage> OpenAsync(List<IPage> pages, string role, string? unit = null)
    {
        var page = await AsAsync(role, unit);
        pages.Add(page);
        return page;
    }

    /// <summary>Opens the form of an action from the page of the order, fills it in and sends it.</summary>
    protected static async Task ActAsync(IPage page, string url, string action, Func<IPage, Task>? fill = null)
    {
        await page.GotoAsync(url);
        await page.Locator($".page-head a[href$='/act/{action}']").ClickAsync();
        if (fill is not null)
        {
            await fill(page);
        }

        await page.Locator("form.panel button[data-kind=primary]").ClickAsync();
        await page.WaitForURLAsync(u => new Uri(u).AbsolutePath == url);
    }

    /// <summary>Runs the journey; on failure keeps a picture of each page.</summary>
    protected static async Task WalkAsync(Func<Task> journey, IEnumerable<IPage> pages, [CallerMemberName] string name = "")
    {
        try
        {
            await journey();
        }
        catch
        {
            Directory.CreateDirectory(Pictures);
            foreach (var (i, page) in pages.Index())
            {
                await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"{name}-{i}.png"), FullPage = true });
            }

            throw;
        }
    }

    /// <summary>Looks again until it is so: what events bring arrives a moment after the deed.</summary>
    protected static async Task SoonAsync(Func<Task> look)
    {
        for (var left = 20; ; left--)
        {
            try
            {
                await look();
                return;
            }
            catch (Exception e) when (left > 0 && e is PlaywrightException or TimeoutException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(250));
            }
        }
    }

    /// <summary>No violation of WCAG 2.1 A and AA in what is on the screen now.</summary>
    protected static async Task ShouldBeAccessibleAsync(IPage page)
    {
        var found = await page.RunAxe(new AxeRunOptions { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] } });
        Assert.True(found.Violations.Length == 0, string.Join('\n', found.Violations.Select(v => $"{v.Id}: {v.Help}: {string.Join(" | ", v.Nodes.Select(n => n.Html))}")));
    }

    /// <summary>Nothing sticks out to the right.</summary>
    protected static async Task ShouldFitAsync(IPage page)
    {
        var overflow = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(overflow <= 0, $"{page.Url} is {overflow} px too wide");
    }

    protected static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
