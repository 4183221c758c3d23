using Jiesu.Running;
using Microsoft.Playwright;

namespace Jiesu.Bench;

/// <summary>What a person waits for, in Chromium: the list of 50 rows with an empty cache, the order page with a warm one; and what the process holds after its start.</summary>
internal static class PagesBench
{
    private const int Demo = 5000;

    /// <summary>From the beginning of the navigation until the script that makes the page usable has run.</summary>
    private const string Usable = "() => performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd";

    /// <summary>Everything that came over the wire for this page, headers with it.</summary>
    private const string Bytes = "() => performance.getEntriesByType('navigation').concat(performance.getEntriesByType('resource')).reduce((sum, e) => sum + e.transferSize, 0)";

    public static async Task<int> RunAsync(Options options)
    {
        var (orders, times) = (options.Number("orders", Demo), options.Number("times", 11));
        var folder = Directory.CreateTempSubdirectory("jbench-data-").FullName;
        await using (await RunningHost.StartAsync(main: null, orders, folder))
        {
            // the demo district is made, and the process that made it goes
        }

        await using (var host = await RunningHost.StartAsync(main: null, orders, folder))
        {
            Figures.Print("pages", "start.residentMegabytes", host.ResidentMegabytes(), 1);
            using var playwright = await Playwright.CreateAsync();
            await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox", "--disable-gpu"] });
            var session = await SignInAsync(browser, host, "DP");
            await ColdListAsync(browser, host, session, times);
            await WarmOrderAsync(browser, host, session, times);
        }

        Directory.Delete(folder, recursive: true);
        return 0;
    }

    private static async Task ColdListAsync(IBrowser browser, RunningHost host, string session, int times)
    {
        var (bytes, usable) = (new List<double>(), new List<double>());
        for (var i = 0; i < times; i++)
        {
            await using var context = await browser.NewContextAsync(new() { BaseURL = host.Address.ToString(), StorageState = session });
            var page = await context.NewPageAsync();
            await page.GotoAsync("/orders?pageSize=50", new() { WaitUntil = WaitUntilState.Load });
            bytes.Add(await page.EvaluateAsync<double>(Bytes));
            usable.Add(await page.EvaluateAsync<double>(Usable));
        }

        Print("list.cold.kilobytes", bytes.ConvertAll(b => b / 1024));
        Print("list.cold.usableMs", usable);
    }

    private static async Task WarmOrderAsync(IBrowser browser, RunningHost host, string session, int times)
    {
        await using var context = await browser.NewContextAsync(new() { BaseURL = host.Address.ToString(), StorageState = session });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/orders?pageSize=50");
        var orders = await page.Locator("table a[href^='/orders/']").EvaluateAllAsync<string[]>("links => [...new Set(links.map(a => a.getAttribute('href')))]");
        await page.GotoAsync(orders[0]);
        var usable = new List<double>();
        foreach (var order in orders.Take(times))
        {
            await page.GotoAsync(order, new() { WaitUntil = WaitUntilState.Load });
            usable.Add(await page.EvaluateAsync<double>(Usable));
        }

        Print("order.warm.usableMs", usable);
    }

    /// <summary>The cookies of someone of this role, as Playwright keeps them.</summary>
    internal static async Task<string> SignInAsync(IBrowser browser, RunningHost host, string role)
    {
        var account = await host.AccountAsync(role);
        await using var context = await browser.NewContextAsync(new() { BaseURL = host.Address.ToString() });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/");
        await page.FillAsync("input[type=text]", account.Login);
        await page.FillAsync("input[type=password]", account.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(u => !u.Contains("/login", StringComparison.Ordinal));
        return await context.StorageStateAsync();
    }

    private static void Print(string key, List<double> values)
    {
        Figures.Print("pages", key + ".median", Figures.Percentile(values, 0.5), values.Count);
        Figures.Print("pages", key + ".most", values.Max(), values.Count);
    }
}
