using System.Text;
using Microsoft.Playwright;

namespace Jiesu.Browser;

/// <summary>Files of an order in the browser: a recording sent in pieces, heard and marked; a PDF and office files looked at without saving them.</summary>
public sealed class AttachmentJourneyTests(District district) : Journey(district)
{
    [Fact]
    public async Task A_recording_is_sent_in_pieces_and_marked_on_the_page()
    {
        List<IPage> pages = [];
        await WalkAsync(
            async () =>
            {
                var page = await OpenOrderAsync(pages, 1366);
                var pieces = 0;
                page.Request += (_, request) => pieces += request.Method == "PATCH" ? 1 : 0;

                await page.SelectOptionAsync("#files select[name=tag]", "联系录音");
                await SendAsync(page, new() { Name = "通话.mp3", MimeType = "audio/mpeg", Buffer = [.. "ID3\u0004"u8, .. new byte[6 << 20]] });

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
                await page.GetByRole(AriaRole.Button, new() { Name = "删除标记 0:00:00 核实地址" }).ClickAsync();
                await Assertions.Expect(page.Locator("#files [data-second='0']")).ToHaveCountAsync(0);
            },
            pages);
    }

    [Theory, InlineData(1366), InlineData(390)]
    public async Task A_pdf_is_read_page_by_page_from_the_keyboard_and_with_nothing_from_elsewhere(int width)
    {
        List<IPage> pages = [];
        await WalkAsync(
            async () =>
            {
                var page = await OpenOrderAsync(pages, width);
                var (asked, barred) = (new List<string>(), new List<string>());
                page.Request += (_, request) => asked.Add(request.Url);
                page.Console += (_, message) => barred.AddRange(message.Type == "error" ? [message.Text] : Array.Empty<string>());
                var name = $"核查报告{width}.pdf";
                await SendAsync(page, new() { Name = name, MimeType = "application/pdf", Buffer = Pdf("核查结果属实", "已疏通并复查") });
                var file = page.Locator("#files li", new() { HasText = name });
                Assert.DoesNotContain(asked, url => url.Contains("pdf", StringComparison.Ordinal) && url.Contains("/dist/", StringComparison.Ordinal));

                await file.GetByRole(AriaRole.Link, new() { Name = $"预览 {name}" }).ClickAsync();
                await ShowsAsync(file, 1, "核查结果属实");
                await file.Locator(".pdf-page").FocusAsync();
                await page.Keyboard.PressAsync("ArrowRight");
                await ShowsAsync(file, 2, "已疏通并复查");
                await Assertions.Expect(file.GetByRole(AriaRole.Button, new() { Name = "下一页" })).ToBeDisabledAsync();
                var fitting = await ZoomAsync(file);
                await page.Keyboard.PressAsync("+");
                await Assertions.Expect(file.Locator("[data-pdf=zoom]")).Not.ToHaveTextAsync(fitting);
                await ShouldFitAsync(page);
                await page.Keyboard.PressAsync("0");
                await Assertions.Expect(file.Locator("[data-pdf=zoom]")).ToHaveTextAsync(fitting);
                await page.Keyboard.PressAsync("Home");
                await ShowsAsync(file, 1, "核查结果属实");
                await file.GetByLabel("页码").FillAsync("2");
                await page.Keyboard.PressAsync("Enter");
                await ShowsAsync(file, 2, "已疏通并复查");

                Assert.True(await file.Locator("canvas").EvaluateAsync<bool>("c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some((v, i) => i % 4 === 0 && v < 128)"), "the page is blank");
                Assert.Contains(asked, url => url.EndsWith("UniGB-UCS2-H.bcmap", StringComparison.Ordinal));
                Assert.All(asked, url => Assert.True(url.StartsWith(District.Address, StringComparison.Ordinal) || url.StartsWith("blob:", StringComparison.Ordinal), url));
                Assert.Empty(barred);
                await ShouldBeAccessibleAsync(page);
            },
            pages);
    }

    [Theory, InlineData(1366), InlineData(390)]
    public async Task Office_files_are_read_as_text_and_tables(int width)
    {
        List<IPage> pages = [];
        await WalkAsync(
            async () =>
            {
                var page = await OpenOrderAsync(pages, width);
                var word = await (await page.APIRequest.GetAsync(new Uri(page.Url).AbsolutePath + "/document?format=docx")).BodyAsync();
                var sheet = await (await page.APIRequest.GetAsync("/api/v1/orders/export?format=xlsx")).BodyAsync();
                await SendAsync(page, new() { Name = $"全文{width}.docx", MimeType = "application/octet-stream", Buffer = word });
                await SendAsync(page, new() { Name = $"台账{width}.xlsx", MimeType = "application/octet-stream", Buffer = sheet });

                await page.GetByRole(AriaRole.Link, new() { Name = $"预览 全文{width}.docx" }).ClickAsync();
                await Assertions.Expect(page.Locator("#files li", new() { HasText = $"全文{width}.docx" }).Locator(".preview-text")).ToContainTextAsync("诉求内容");
                await page.GetByRole(AriaRole.Link, new() { Name = $"预览 台账{width}.xlsx" }).ClickAsync();
                await Assertions.Expect(page.Locator("#files li", new() { HasText = $"台账{width}.xlsx" }).Locator("caption")).ToContainTextAsync("工作表");
                await ShouldFitAsync(page);
                await ShouldBeAccessibleAsync(page);
            },
            pages);
    }

    private async Task<IPage> OpenOrderAsync(List<IPage> pages, int width)
    {
        var page = await AsAsync("DP", width: width);
        pages.Add(page);
        await page.GotoAsync("/orders");
        await page.GotoAsync((await page.Locator("#list tbody a").First.GetAttributeAsync("href"))!);
        return page;
    }

    private static async Task SendAsync(IPage page, FilePayload file)
    {
        await page.SetInputFilesAsync("#file", file);
        await page.Locator("#files").GetByRole(AriaRole.Button, new() { Name = "上传", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("#files li", new() { HasText = file.Name })).ToBeVisibleAsync();
    }

    private static async Task ShowsAsync(ILocator file, int number, string words)
    {
        await Assertions.Expect(file.Locator(".pdf-page")).ToHaveAttributeAsync("data-page", $"{number}");
        await Assertions.Expect(file.Locator("[data-pdf=text]")).ToContainTextAsync(words);
    }

    private static async Task<string> ZoomAsync(ILocator file) => await file.Locator("[data-pdf=zoom]").TextContentAsync() ?? "";

    /// <summary>A page for each line, in a Chinese face that the file does not bring: its characters are found by a map from our own origin.</summary>
    private static byte[] Pdf(params IReadOnlyList<string> lines)
    {
        var pages = lines.Select((line, i) => (Number: 6 + (2 * i), Content: $"BT /F1 40 Tf 60 700 Td <{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(line))}> Tj ET")).ToArray();
        string[] objects =
        [
            "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
            $"2 0 obj<</Type/Pages/Count {pages.Length}/Kids[{string.Join(' ', pages.Select(p => $"{p.Number} 0 R"))}]>>endobj",
            "3 0 obj<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>endobj",
            "4 0 obj<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000/FontDescriptor 5 0 R>>endobj",
            "5 0 obj<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>endobj",
            .. pages.Select(p => $"{p.Number} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {p.Number + 1} 0 R/Resources<</Font<</F1 3 0 R>>>>>>endobj"),
            .. pages.Select(p => $"{p.Number + 1} 0 obj<</Length {p.Content.Length}>>stream\n{p.Content}\nendstream endobj"),
        ];
        return Encoding.ASCII.GetBytes($"%PDF-1.7\n{string.Join('\n', objects)}\ntrailer<</Root 1 0 R>>\n%%EOF");
    }
}
