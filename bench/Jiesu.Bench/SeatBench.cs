using Jiesu.Bench.Lists;
using Microsoft.Playwright;

namespace Jiesu.Bench;

/// <summary>The seat's form in Chromium over many stored orders: from the pause in typing (when the form asks) until the advice stands beside it.</summary>
internal static class SeatBench
{
    private const int WarmUp = 5;

    /// <summary>Keeps what the last question for advice took, seen from the page.</summary>
    private const string Watch = """
        () => {
          let begun = 0;
          document.body.addEventListener('htmx:beforeRequest', e => { if (e.detail.pathInfo.requestPath.endsWith('/advice')) { begun = performance.now(); } });
          document.body.addEventListener('htmx:afterSettle', e => { if (e.detail.pathInfo?.requestPath.endsWith('/advice')) { window.advised = performance.now() - begun; } });
        }
        """;

    private static readonly string[] Matters = ["夜间施工噪声扰民", "垃圾好几天没有清运", "暖气不热只有十五度", "从昨天早上起停水", "门口路灯不亮", "井盖破损有危险", "占道经营堵住出口", "楼下餐馆油烟直排", "电梯又停运了", "屋顶漏水没有人修"];
    private static readonly string[] Places = ["芳古园二区3号楼", "西罗园小区12号楼", "马家堡西路36号院", "角门东里甲5号", "丰台北路98号", "大红门西马场小区"];

    public static async Task<int> RunAsync(Options options)
    {
        foreach (var database in options.Databases)
        {
            await using var place = await StoredPlace.OpenAsync(database, options.Text("folder", ""));
            await MeasureAsync(place, options.Number("stored", 1_000_000), options.Number("times", 60));
        }

        return 0;
    }

    private static async Task MeasureAsync(StoredPlace place, int wanted, int times)
    {
        Figures.Print("seat", $"{place.Database}.stored", await place.FillAsync(ListBench.Demo, wanted), 1);
        Figures.Print("seat", $"{place.Database}.texts", await place.FillTextsAsync(), 1);
        await using var host = await place.StartAsync(ListBench.Demo);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox", "--disable-gpu"] });
        var page = await browser.NewPageAsync(new() { BaseURL = host.Address.ToString(), StorageState = await PagesBench.SignInAsync(browser, host, "CT") });
        await page.GotoAsync("/orders/new");
        await page.EvaluateAsync(Watch);
        await AdvisedAsync(page, 0);    // the first question reads all texts into memory
        for (var i = 1; i < WarmUp; i++)
        {
            await AdvisedAsync(page, i);
        }

        var millis = new List<double>();
        for (var i = 0; i < times; i++)
        {
            millis.Add(await AdvisedAsync(page, i + WarmUp));
        }

        Figures.Print("seat", $"{place.Database}.advice.p50Ms", Figures.Percentile([.. millis], 0.5), times);
        Figures.Print("seat", $"{place.Database}.advice.p95Ms", Figures.Percentile([.. millis], 0.95), times);
        Figures.Print("seat", $"{place.Database}.residentMegabytes", host.ResidentMegabytes(), 1);
    }

    /// <summary>Types one more request in the place of the last one, pauses, and waits for the advice.</summary>
    private static async Task<double> AdvisedAsync(IPage page, int i)
    {
        await page.EvaluateAsync("() => { window.advised = undefined; }");
        await page.FillAsync("#content", $"市民反映{Places[i % Places.Length]}{Matters[i % Matters.Length]}，已经第{i + 1}次反映");
        await page.PressAsync("#content", "End");
        await page.Keyboard.TypeAsync("，请尽快处理。");
        await page.WaitForFunctionAsync("() => window.advised !== undefined", null, new() { Timeout = 120_000 });
        return await page.EvaluateAsync<double>("() => window.advised");
    }
}
