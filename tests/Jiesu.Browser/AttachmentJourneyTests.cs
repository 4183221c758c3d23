using Microsoft.Playwright;

namespace Jiesu.Browser;

/// <summary>A recording on its way into an order: sent in pieces by the script, heard and marked.</summary>
public sealed class AttachmentJourneyTests(District district) : Journey(district)
{
    [Fact]
    public async Task A_recording_is_sent_in_pieces_and_marked_on_the_page()
    {
        List<IPage> pages = [];
        await WalkAsync(
            async () =>
            {
                var page = await AsAsync("DP");
                pages.Add(page);
                await page.GotoAsync("/orders");
                await page.Locator("#list tbody a").First.ClickAsync();
                var pieces = 0;
                page.Request += (_, request) => pieces += request.Method == "PATCH" ? 1 : 0;

                await page.SelectOptionAsync("#files select[name=tag]", "联系录音");
                await page.SetInputFilesAsync("#file", new FilePayload { Name = "通话.mp3", MimeType = "audio/mpeg", Buffer = [.. "ID3\u0004"u8, .. new byte[6 << 20]] });
                await page.Locator("#files").GetByRole(AriaRole.Button, new() { Name = "上传", Exact = true }).ClickAsync();

                var file = page.Locator("#files li", new() { HasText = "通话.mp3" });
                await Assertions.Expect(file.Locator("audio")).ToBeVisibleAsync();
                await Assertions.Expect(file.Locator(".badge").First).ToHaveTextAsync("联系录音");
                Assert.Equal(2, pieces);
                await file.GetByText("取当前秒").ClickAsync();
                await file.Locator("[name=label]").FillAsync("核实地址");
                await file.GetByRole(AriaRole.Button, new() { Name = "标记", Exact = true }).ClickAsync();
                await Assertions.Expect(page.Locator("#files [data-second='0']")).ToHaveTextAsync("0:00:00");
                await ShouldFitAsync(page);
                await ShouldBeAccessibleAsync(page);
            },
            pages);
    }
}
