using System.Net;
using System.Text;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Jiesu.Identity.Domain;
using Jiesu.Tests;
using Jiesu.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Orders.Features.Document;

public sealed class PrintOrderTests
{
    private static readonly string[] Desk = [Permissions.Create, Permissions.Read, Permissions.Export];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task The_whole_order_as_Word_is_valid_masked_marked_and_written_down(Database database)
    {
        await using var app = await DeskSteps.StartDeskAsync(database);
        using var desk = app.As(Desk);
        var order = await OrderAsync(desk);

        using var answer = await desk.GetAsync(new Uri($"/api/v1/orders/{order}/document?format=docx", UriKind.Relative), Ct);

        Assert.EndsWith(".docx", answer.Content.Headers.ContentDisposition!.FileNameStar, StringComparison.Ordinal);
        using var word = WordprocessingDocument.Open(new MemoryStream(await answer.Content.ReadAsByteArrayAsync(Ct)), false);
        Assert.Empty(new OpenXmlValidator().Validate(word, Ct).Select(e => $"{e.Path?.XPath} {e.Description}"));
        var text = word.MainDocumentPart!.Document!.InnerText;
        Assert.All(["单元楼道灯不亮", "三楼感应灯", "138****5678", "办理过程", "附件"], words => Assert.Contains(words, text, StringComparison.Ordinal));
        Assert.DoesNotContain("13812345678", text, StringComparison.Ordinal);
        Assert.Contains("2026-03-02", Assert.Single(word.MainDocumentPart.HeaderParts).Header!.InnerText, StringComparison.Ordinal);
        var record = await app.InDbAsync(db => db.Set<AuditRecord>().SingleAsync(a => a.Act == "orders.print", Ct));
        Assert.Equal(($"order/{order}", "docx"), (record.Subject, record.Detail));
    }

    [Fact]
    public async Task The_whole_order_as_PDF_carries_its_pages_and_its_font()
    {
        Assert.SkipUnless(CjkFont.Find(null) is not null, "No Chinese font on this machine: apt-get install fonts-wqy-zenhei.");
        await using var app = await DeskSteps.StartDeskAsync(Database.Sqlite);
        using var desk = app.As(Desk);
        var order = await OrderAsync(desk, string.Concat(Enumerable.Repeat("三楼感应灯坏了两周，老人上下楼不便。", 200)));

        using var answer = await desk.GetAsync(new Uri($"/orders/{order}/document", UriKind.Relative), Ct);

        var pdf = await answer.Content.ReadAsByteArrayAsync(Ct);
        Assert.Equal("application/pdf", answer.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("%PDF-", Encoding.Latin1.GetString(pdf), StringComparison.Ordinal);
        Assert.InRange(pdf.Length, 10_000, 500_000);
        using var read = PdfSharp.Pdf.IO.PdfReader.Open(new MemoryStream(pdf), PdfSharp.Pdf.IO.PdfDocumentOpenMode.Import);
        Assert.InRange(read.PageCount, 3, 6);
    }

    [Fact]
    public async Task Without_a_font_one_is_told_what_to_install_and_nothing_is_written_down()
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite, s =>
        {
            DeskRules.AddTo(s);
            s.Configure<OrdersSettings>(o => typeof(OrdersSettings).GetProperty(nameof(OrdersSettings.DocumentFont))!.SetValue(o, "/absent.ttf"));
        });
        await app.GivenDistrictAsync([new(Identity.Contracts.UnitCode.From("QZX"), "区中心", Identity.Contracts.UnitKind.Centre, null)]);
        using var desk = app.As(Desk);
        var order = await OrderAsync(desk);

        using var refused = await desk.GetAsync(new Uri($"/api/v1/orders/{order}/document?format=pdf", UriKind.Relative), Ct);

        var problem = await refused.ShouldBeRefusedAsync(HttpStatusCode.Conflict, "document.no_font");
        Assert.Contains("fonts-wqy-zenhei", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, await app.InDbAsync(db => db.Set<AuditRecord>().CountAsync(a => a.Act == "orders.print", Ct)));
    }

    [Fact]
    public async Task The_document_is_for_whoever_may_export_and_sees_the_order()
    {
        await using var app = await DeskSteps.StartDeskAsync(Database.Sqlite, DeskRules.Street);
        using var desk = app.As(Desk);
        using var reader = app.As(Permissions.Read);
        using var foreign = app.AsOf(await app.UnitIdAsync(DeskRules.Street), Desk);
        var url = new Uri($"/api/v1/orders/{await OrderAsync(desk)}/document?format=docx", UriKind.Relative);

        using var barred = await reader.GetAsync(url, Ct);
        using var unseen = await foreign.GetAsync(url, Ct);
        using var format = await desk.GetAsync(new Uri(url.ToString().Replace("docx", "exe", StringComparison.Ordinal), UriKind.Relative), Ct);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.NotFound), (barred.StatusCode, unseen.StatusCode));
        await format.ShouldNameAsync(HttpStatusCode.BadRequest, "request.invalid", "format");
    }

    private static async Task<string> OrderAsync(HttpClient desk, string content = "三楼感应灯坏了两周。\n请尽快维修。") =>
        (await (await desk.PostOrderAsync("k1", new { title = "单元楼道灯不亮", content, channel = "电话", callerName = "张小明", callerPhone = "13812345678" })).JsonAsync()).GetProperty("id").GetString()!;
}
