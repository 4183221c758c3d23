using Microsoft.Playwright;

namespace Jiesu.Browser;

/// <summary>The boards of the intelligence room, by those who use them: they fit and can be read by everybody, and a standard goes from the pen to its replay.</summary>
public sealed class IntelligenceJourneyTests(District district) : Journey(district)
{
    private static readonly string[] Boards = ["quality", "model", "rules", "events", "addresses", "language", "hot", "words", "words/new"];

    [Theory, InlineData("DP", 1366), InlineData("DR", 390)]
    public async Task Each_board_fits_and_is_accessible(string role, int width)
    {
        List<IPage> pages = [];
        await WalkAsync(
            async () =>
            {
                var page = await AsAsync(role, width: width);
                pages.Add(page);
                foreach (var board in Boards)
                {
                    await page.GotoAsync("/intelligence/" + board);
                    await ShouldFitAsync(page);
                    await ShouldBeAccessibleAsync(page);
                }
            },
            pages);
    }

    [Fact]
    public async Task A_standard_is_written_replayed_by_one_and_approved_and_suspended_by_another()
    {
        List<IPage> pages = [];
        await WalkAsync(
            async () =>
            {
                var (writer, head) = (await AsAsync("DP"), await AsAsync("DR", width: 390));
                pages.AddRange([writer, head]);
                await writer.GotoAsync("/intelligence/rules");
                await writer.Locator("#rules summary").ClickAsync();
                await writer.Locator("#classCode").FillAsync("电磁辐射");
                await writer.Locator("#word").FillAsync("基站");
                await writer.Locator("button:has-text('保存为候选')").ClickAsync();
                await writer.WaitForURLAsync(u => u.Contains("/intelligence/rules/", StringComparison.Ordinal));
                await writer.Locator("button:text-is('回放')").ClickAsync();
                await Assertions.Expect(writer.Locator("#rule")).ToContainTextAsync("会自动派单");
                await ShouldBeAccessibleAsync(writer);

                await head.GotoAsync(writer.Url);
                await ShouldFitAsync(head);
                await ShouldBeAccessibleAsync(head);
                await head.Locator("#validUntil").FillAsync(TimeProvider.System.GetUtcNow().AddDays(30).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
                await head.Locator("#note").FillAsync("新设标准，没有历史派单");
                await head.Locator("button:has-text('批准启用')").ClickAsync();
                await Assertions.Expect(head.Locator(".page-head .badge")).ToHaveTextAsync("已启用");
                await head.Locator("#reason").FillAsync("试验结束");
                await head.Locator("button:text-is('暂停')").ClickAsync();
                await Assertions.Expect(head.Locator(".page-head .badge")).ToHaveTextAsync("已暂停");
            },
            pages);
    }
}
