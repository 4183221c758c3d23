using System.Net;
using Jiesu.Platform.Spreadsheets;
using Jiesu.Tests;
using Jiesu.Tests.Given;

namespace Jiesu.Orders.Features.Export;

public sealed class ExportOrdersTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite, "xlsx"), InlineData(Database.Sqlite, "csv"), InlineData(Database.Postgres, "xlsx")]
    public async Task The_sheet_is_the_list_with_digits_as_text_and_no_formula(Database database, string format)
    {
        await using var app = await DeskSteps.StartDeskAsync(database);
        using var desk = app.As(Permissions.Create, Permissions.Read, Permissions.Export);
        await desk.PostOrderAsync("k1", new { title = "=1+1", content = "内容", channel = "电话", orderNo = "202603020012345678", callerName = "张小明", callerPhone = "13812345678" });
        await desk.PostOrderAsync("k2", new { title = "乙", content = "＝SUM(A1)", channel = "网络", classL3 = DeskRules.Class });
        await desk.PostOrderAsync("k3", new { title = "丙", content = "内容", channel = "电话" });

        using var answer = await desk.GetAsync(new Uri($"/api/v1/orders/export?channel=电话&format={format}", UriKind.Relative), Ct);

        var list = (await desk.ReadAsync("orders?channel=电话")).GetProperty("items").EnumerateArray().ToList();
        Assert.EndsWith("." + format, answer.Content.Headers.ContentDisposition!.FileNameStar, StringComparison.Ordinal);
        using var sheet = SpreadsheetReader.Open(new MemoryStream(await answer.Content.ReadAsByteArrayAsync(Ct))).Value;
        var rows = sheet.Rows().ToList();
        var (caseNo, orderNo, title, phone) = (Column("案件编号"), Column("工单编号"), Column("标题"), Column("联系电话"));
        Assert.Equal(list.Select(x => x.GetProperty("caseNo").GetString()), rows.Select(r => r.Cells[caseNo]));
        Assert.Equal(["丙", "=1+1"], rows.Select(r => r.Cells[title]));
        Assert.Equal(("202603020012345678", "138****5678"), (rows[1].Cells[orderNo], rows[1].Cells[phone]));

        int Column(string name) => sheet.Header.Index().Single(h => h.Item == name).Index;
    }

    [Fact]
    public async Task A_wrong_format_and_a_wrong_filter_are_refused_by_name()
    {
        await using var app = await DeskSteps.StartDeskAsync(Database.Sqlite);
        using var desk = app.As(Permissions.Export);

        using var format = await desk.GetAsync(new Uri("/api/v1/orders/export?format=pdf", UriKind.Relative), Ct);
        using var filter = await desk.GetAsync(new Uri("/api/v1/orders/export?state=X", UriKind.Relative), Ct);
        using var reader = app.As(Permissions.Read);
        using var barred = await reader.GetAsync(new Uri("/api/v1/orders/export", UriKind.Relative), Ct);

        Assert.True((await format.ShouldBeRefusedAsync(HttpStatusCode.BadRequest, "request.invalid")).GetProperty("errors").TryGetProperty("format", out _));
        Assert.True((await filter.ShouldBeRefusedAsync(HttpStatusCode.BadRequest, "request.invalid")).GetProperty("errors").TryGetProperty("state", out _));
        Assert.Equal(HttpStatusCode.Forbidden, barred.StatusCode);
    }
}
