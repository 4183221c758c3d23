using System.IO.Compression;
using System.Net;
using System.Text;
using Jiesu.Platform.Files;
using Jiesu.Tests;
using Jiesu.Tests.Given;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Orders.Features.Attachments;

public sealed class PreviewFileTests
{
    private static readonly string[] Desk = [Permissions.Create, Permissions.Read, Permissions.Attach];
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task What_an_office_file_says_is_read_in_the_page_as_text_that_does_nothing(Database database)
    {
        await using var app = await DeskSteps.StartDeskAsync(database);
        using var desk = app.As(Desk);
        var order = await OrderAsync(desk);
        var text = await UploadAsync(desk, order, "情况说明.docx", OfficeFile.Docx("核查情况", ["已到<script>alert(1)</script>现场"], ["单位", "结果"], ["和平街道", "已疏通"]));
        string[] wide = [.. Enumerable.Range(1, 60).Select(n => $"列{n}")];
        var sheet = await UploadAsync(desk, order, "台账.xlsx", OfficeFile.Xlsx(
            ("第一页", [wide, .. Enumerable.Range(2, 400).Select(n => new[] { $"行{n}", "=1+1" })]), ("第二页", [["井盖"]]), ("隐藏页", [["看不到"]])));

        var order1 = await ReadAsync(desk, $"/orders/{order}");
        var word = await desk.GetStringAsync(new Uri(text, UriKind.Relative), Ct);
        var excel = await ReadAsync(desk, sheet);

        Assert.Contains($"href=\"{text}\"", order1, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)", word, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", word, StringComparison.Ordinal);
        Assert.All(["<p data-level=\"1\">核查情况</p>", "<td>和平街道</td>", "<td>已疏通</td>"], words => Assert.Contains(words, WebUtility.HtmlDecode(word), StringComparison.Ordinal));
        Assert.DoesNotContain("删去的字", WebUtility.HtmlDecode(word), StringComparison.Ordinal);
        Assert.All(["工作表 第一页", "工作表 第二页", "<td>行200</td>", "<td>=1+1</td>", "<td>列40</td>", "井盖", "只显示前面的部分"], words => Assert.Contains(words, excel, StringComparison.Ordinal));
        Assert.All(["行201", "列41", "看不到"], words => Assert.DoesNotContain(words, excel, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pdf_is_left_to_the_browser_and_what_cannot_be_shown_says_so_with_the_download()
    {
        await using var app = await DeskSteps.StartDeskAsync(Database.Sqlite);
        using var desk = app.As(Desk);
        var order = await OrderAsync(desk);
        var pdf = await UploadAsync(desk, order, "通知.pdf", "%PDF-1.7 甲"u8.ToArray());
        var old = await UploadAsync(desk, order, "旧表.xls", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600]]);
        var broken = await UploadAsync(desk, order, "坏表.xlsx", Zip(("xl/workbook.xml", "<workbook/>")));

        var page = await ReadAsync(desk, $"/orders/{order}");
        var shown = await ReadAsync(desk, pdf);

        Assert.Contains("data-island=\"pdf\"", shown, StringComparison.Ordinal);
        Assert.Contains($"data-source=\"/api/v1{pdf.Replace("/files/", "/attachments/", StringComparison.Ordinal)[..^"/preview".Length]}\"", shown, StringComparison.Ordinal);
        Assert.Contains("不能预览，请下载", page, StringComparison.Ordinal);
        Assert.DoesNotContain(old, page, StringComparison.Ordinal);
        Assert.Contains("xls 格式不能在页面中显示，请下载后打开。", await ReadAsync(desk, old), StringComparison.Ordinal);
        Assert.Contains("这个文件不能在页面中显示", await ReadAsync(desk, broken), StringComparison.Ordinal);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Nobody_looks_at_a_file_of_an_order_out_of_scope_or_at_one_that_is_not_known_to_be_clean(Database database)
    {
        await using var daemon = new FakeClamd();
        await using var app = await TestApp.StartAsync(database, s =>
        {
            DeskRules.AddTo(s);
            s.AddSingleton<IVirusScan>(new ClamAv("127.0.0.1", daemon.Port));
        });
        await app.GivenDistrictAsync([new(Identity.Contracts.UnitCode.From("QZX"), "区中心", Identity.Contracts.UnitKind.Centre, null), new(Identity.Contracts.UnitCode.From(DeskRules.Street), "街道", Identity.Contracts.UnitKind.Street, null)]);
        using var desk = app.As(Desk);
        using var foreign = app.AsOf(await app.UnitIdAsync(DeskRules.Street), Desk);
        using var unable = app.As(Permissions.Create);
        var (order, other) = (await OrderAsync(desk), await OrderAsync(desk));
        var clean = await UploadAsync(desk, order, "说明.docx", OfficeFile.Docx("甲", ["乙"]));
        daemon.IsAway = true;
        var waiting = await UploadAsync(desk, order, "待查.docx", OfficeFile.Docx("甲", ["丙"]));

        using var quarantined = await desk.GetAsync(new Uri(waiting, UriKind.Relative), Ct);
        using var unseen = await foreign.GetAsync(new Uri(clean, UriKind.Relative), Ct);
        using var astray = await desk.GetAsync(new Uri(clean.Replace(order, other, StringComparison.Ordinal), UriKind.Relative), Ct);
        using var forbidden = await unable.GetAsync(new Uri(clean, UriKind.Relative), Ct);

        Assert.Contains("乙", await ReadAsync(desk, clean), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.Forbidden), (quarantined.StatusCode, unseen.StatusCode, astray.StatusCode, forbidden.StatusCode));
        Assert.DoesNotContain("丙", await quarantined.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.DoesNotContain(waiting, await ReadAsync(desk, $"/orders/{order}"), StringComparison.Ordinal);
    }

    public static TheoryData<string> Traps =>
    [
        "<!DOCTYPE x [<!ENTITY a \"a\">]><document><body><p><t>&a;</t></p></body></document>",
        string.Concat(Enumerable.Repeat("<p>", 100)) + string.Concat(Enumerable.Repeat("</p>", 100)),
        "<document><body><p><t>半截",
        $"<document><body><p><t>{new string('字', 40_000)}</t></p></body></document>",
    ];

    [Theory, MemberData(nameof(Traps))]
    public void A_text_that_is_a_trap_is_not_shown(string document) =>
        Assert.Equal("file.not_shown", OfficePreview.Read(FileKind.Of("docx")!, new MemoryStream(Zip(("word/document.xml", document)))).Error?.Code);

    [Fact]
    public void A_text_without_end_is_cut()
    {
        var preview = OfficePreview.Read(FileKind.Of("docx")!, new MemoryStream(OfficeFile.Docx("甲", [.. Enumerable.Repeat("很长的一段话", 5_000)], [.. Enumerable.Repeat(new[] { "格" }, 300)]))).Value;

        Assert.Equal((2_000, true), (preview.Blocks.Count, preview.IsCut));
    }

    private static byte[] Zip(params IEnumerable<(string Path, string Text)> parts)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, text) in parts)
            {
                using var part = zip.CreateEntry(path).Open();
                part.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return file.ToArray();
    }

    private static async Task<string> ReadAsync(HttpClient desk, string url) => WebUtility.HtmlDecode(await desk.GetStringAsync(new Uri(url, UriKind.Relative), Ct));

    private static async Task<string> OrderAsync(HttpClient desk) =>
        (await (await desk.PostOrderAsync(Guid.CreateVersion7().ToString(), new { title = "甲", content = "内容", channel = "电话" })).JsonAsync()).GetProperty("id").GetString()!;

    /// <summary>Address of its preview.</summary>
    private static async Task<string> UploadAsync(HttpClient client, string order, string name, byte[] bytes)
    {
        using var content = new ByteArrayContent(bytes);
        using var form = new MultipartFormDataContent { { content, "file", name } };
        using var added = await client.PostAsync(new Uri($"/api/v1/orders/{order}/attachments", UriKind.Relative), form, Ct);
        Assert.True(added.IsSuccessStatusCode, await added.Content.ReadAsStringAsync(Ct));
        return $"/orders/{order}/files/{(await added.JsonAsync()).GetProperty("id").GetString()}/preview";
    }
}
