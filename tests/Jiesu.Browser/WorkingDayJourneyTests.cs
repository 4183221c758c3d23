using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Jiesu.Browser;

/// <summary>A working day of those whom the straight path does not meet: approver, supervisor, leaders, the community on its telephone, the dispatcher with many orders at once.</summary>
public sealed class WorkingDayJourneyTests(District district) : Journey(district)
{
    private string Street => District.Accounts.GetProperty("users").EnumerateArray().First(u => Text(u, "role") == "UC").GetProperty("unit").GetString()!;

    [Fact]
    public async Task A_unit_asks_for_time_and_the_reviewer_grants_it_from_the_approvals_desk()
    {
        List<IPage> pages = [];
        await WalkAsync(
            async () =>
            {
                var (url, clerk) = await InWorkAsync(pages, "延期申请用例：小区水泵更换");
                await ActAsync(clerk, url, "extend", async p =>
                {
                    await p.SelectOptionAsync("#reasonCode", "EXT-03");
                    await p.FillAsync("#reason", "须采购水泵并安排施工");
                    await p.FillAsync("#until", TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).AddDays(10).ToString("yyyy-MM-ddTHH:mm", System.Globalization.CultureInfo.InvariantCulture));
                });
                await Assertions.Expect(clerk.Locator(".page-head")).ToContainTextAsync("延期申请中");

                var reviewer = await OpenAsync(pages, "DR");
                await reviewer.GotoAsync("/orders/approvals");
                await ShouldFitAsync(reviewer);
                await ShouldBeAccessibleAsync(reviewer);
                await reviewer.Locator($"a[href='{url}/act/extend']").First.ClickAsync();
                await reviewer.SelectOptionAsync("#decision", "approve");
                await reviewer.Locator("form.panel button[data-kind=primary]").ClickAsync();
                await reviewer.WaitForURLAsync(u => new Uri(u).AbsolutePath == url);
                await reviewer.Locator("summary", new() { HasTextString = "期限是怎么算的" }).ClickAsync();
                await Assertions.Expect(reviewer.Locator("details[open]")).ToContainTextAsync("延期经批准");
            },
            pages);
    }

    [Fact]
    public async Task A_supervisor_a_leader_and_the_unit_meet_on_one_order()
    {
        List<IPage> pages = [];
        await WalkAsync(
            async () =>
            {
                var (url, clerk) = await InWorkAsync(pages, "督办用例：夜间施工噪声");
                var supervisor = await OpenAsync(pages, "SV");
                await ActAsync(supervisor, url, "supervise", async p =>
                {
                    await p.FillAsync("#note", "请三日内查清并反馈");
                    await p.FillAsync("#until", TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).AddDays(3).ToString("yyyy-MM-ddTHH:mm", System.Globalization.CultureInfo.InvariantCulture));
                });
                await ActAsync(await OpenAsync(pages, "DL"), url, "instruct", p => p.FillAsync("#note", "举一反三，排查同类工地"));
                await clerk.GotoAsync("/orders/supervisions");
                await Assertions.Expect(clerk.Locator("main")).ToContainTextAsync("督办用例");
                await ActAsync(clerk, url, "supervise-feedback", p => p.FillAsync("#result", "已责令停工整改"));
                await ActAsync(supervisor, url, "supervise-review", p => p.SelectOptionAsync("#decision", "approve"));
                await Assertions.Expect(supervisor.Locator(".page-head .badge", new() { HasTextString = "督办" })).ToHaveCountAsync(0);
                await supervisor.GotoAsync("/orders/supervisions");
                await ShouldFitAsync(supervisor);
                await ShouldBeAccessibleAsync(supervisor);

                if (District.Accounts.GetProperty("users").EnumerateArray().Any(u => Text(u, "role") == "UL" && Text(u, "unit") == Street))
                {
                    await ActAsync(await OpenAsync(pages, "UL", Street), url, "meet", p => p.FillAsync("#note", "在工地与诉求人见面"));
                }
            },
            pages);
    }

    [Fact]
    public async Task A_community_worker_signs_and_answers_on_a_telephone()
    {
        List<IPage> pages = [];
        await WalkAsync(
            async () =>
            {
                var (url, clerk) = await InWorkAsync(pages, "社区办理用例：楼道堆物");
                var office = District.Accounts.GetProperty("users").EnumerateArray().First(u => Text(u, "role") == "OF");
                var unit = Text(office, "unit");
                var worker = await AsAsync("OF", unit, width: 390, height: 844);
                pages.Add(worker);
                if (unit != Street)
                {
                    await ActAsync(clerk, url, "sub-dispatch", p => ChooseAsync(p, "lead", unit));
                    await ActAsync(worker, url, "sign");
                }

                await worker.GotoAsync(url);
                await ShouldFitAsync(worker);
                await ActAsync(worker, url, "contact", p => p.FillAsync("#note", "上门见到诉求人，堆物已清走"));
                await worker.GotoAsync($"{url}/act/submit-reply");
                await ShouldFitAsync(worker);
                await ShouldBeAccessibleAsync(worker);
            },
            pages);
    }

    [Fact]
    public async Task A_dispatcher_accepts_and_sends_several_orders_at_once_and_reads_each_result()
    {
        List<IPage> pages = [];
        await WalkAsync(
            async () =>
            {
                var seat = await OpenAsync(pages, "CT");
                foreach (var number in new[] { "一", "二", "三" })
                {
                    await RegisterAsync(seat, $"批量用例{number}：路灯不亮");
                }

                var dispatcher = await OpenAsync(pages, "DP");
                await InBulkAsync(dispatcher, "Received", "accept", _ => Task.CompletedTask);
                await InBulkAsync(dispatcher, "PendingDispatch", "dispatch", p => ChooseAsync(p, "lead", Street));
                await Assertions.Expect(dispatcher.Locator("h1")).ToContainTextAsync("批量派发：已办理 3 件");
                await ShouldFitAsync(dispatcher);
                await ShouldBeAccessibleAsync(dispatcher);
            },
            pages);
    }

    private static async Task InBulkAsync(IPage page, string state, string action, Func<IPage, Task> fill)
    {
        await SoonAsync(async () =>
        {
            await page.GotoAsync($"/orders?state={state}&q={Uri.EscapeDataString("批量用例")}");
            await Assertions.Expect(page.Locator("#list tbody tr")).ToHaveCountAsync(3, new() { Timeout = 1000 });
        });
        await page.CheckAsync("#bulk [data-all]");
        await page.SelectOptionAsync("#bulk select[name=action]", action);
        await page.Locator("#bulk button").ClickAsync();
        await fill(page);
        await page.Locator("form.panel button[data-kind=primary]").ClickAsync();
        await page.WaitForURLAsync(u => u.Contains("/orders/bulk/", StringComparison.Ordinal));
    }

    /// <summary>An order that the street has signed, by whoever does it; the page of the clerk.</summary>
    [Fact]
    public async Task A_clerk_asks_for_a_draft_takes_it_over_and_still_has_what_was_typed()
    {
        List<IPage> pages = [];
        await WalkAsync(
            async () =>
            {
                var (url, clerk) = await InWorkAsync(pages, "答复草稿用例：路灯不亮");
                await clerk.GotoAsync(url + "/act/submit-reply");
                await clerk.FillAsync("#result", "我已到现场。");
                await clerk.Locator("#draft button", new() { HasTextString = "拟答复草稿" }).ClickAsync();
                await Assertions.Expect(clerk.Locator("#draft .notice")).ToContainTextAsync("以下为本地建议");
                await Assertions.Expect(clerk.Locator("#result")).ToHaveValueAsync("我已到现场。");
                await ShouldFitAsync(clerk);
                await ShouldBeAccessibleAsync(clerk);
                await clerk.Locator("#draft button", new() { HasTextString = "采用" }).ClickAsync();
                await Assertions.Expect(clerk.Locator("#result")).ToHaveValueAsync(new Regex("^我已到现场。\n.{10,}", RegexOptions.Singleline));

                await clerk.Locator("#summary button").ClickAsync();
                await Assertions.Expect(clerk.Locator("#summary")).ToContainTextAsync("本地摘录");
                await Assertions.Expect(clerk.Locator("#result")).ToHaveValueAsync(new Regex("^我已到现场。\n"));
                await clerk.SetViewportSizeAsync(390, 844);
                await ShouldFitAsync(clerk);
            },
            pages);
    }

    private async Task<(string Url, IPage Clerk)> InWorkAsync(List<IPage> pages, string title)
    {
        var url = await RegisterAsync(await OpenAsync(pages, "CT"), title);
        var dispatcher = await OpenAsync(pages, "DP");
        await ActAsync(dispatcher, url, "accept");
        await ActAsync(dispatcher, url, "dispatch", p => ChooseAsync(p, "lead", Street));
        var clerk = await OpenAsync(pages, "UC", Street);
        await ActAsync(clerk, url, "sign");
        return (url, clerk);
    }

    private static async Task<string> RegisterAsync(IPage seat, string title)
    {
        await seat.GotoAsync("/orders/new");
        await seat.FillAsync("#content", $"诉求人反映：{title}，希望尽快处理。");
        await seat.FillAsync("#title", title);
        await seat.Locator("#title").PressAsync("Control+Enter");
        await seat.WaitForURLAsync(u => new Uri(u).AbsolutePath is ['/', 'o', 'r', 'd', 'e', 'r', 's', '/', _, _, _, _, ..]);
        return new Uri(seat.Url).AbsolutePath;
    }

    private static async Task ChooseAsync(IPage page, string field, string unit)
    {
        await page.WaitForFunctionAsync("id => document.getElementById(id).tomselect", field);
        await page.EvaluateAsync("([id, unit]) => document.getElementById(id).tomselect.setValue(unit)", new[] { field, unit });
    }
}
