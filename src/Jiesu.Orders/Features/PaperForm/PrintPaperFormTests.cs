using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Jiesu.Orders.Domain;
using Jiesu.Platform.Spreadsheets;
using Jiesu.Tests;
using Jiesu.Tests.Given;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.PaperForm;

/// <summary>REL-08: what was written by hand while the system was down comes in by the usual import.</summary>
public sealed partial class PrintPaperFormTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task What_was_written_on_printed_forms_is_typed_in_and_imported_once_however_often(Database database)
    {
        await using var app = await DeskSteps.StartDeskAsync(database, DeskRules.Street);
        using var seat = app.As(Permissions.Create);
        using var clerk = app.As(Permissions.Import);
        var page = await seat.GetStringAsync(new Uri("/orders/paper-form?copies=3", UriKind.Relative), Ct);
        var numbers = Number().Matches(page).Select(m => m.Value).Distinct().ToArray();
        var titles = Title().Matches(page.Split("<section class=\"panel paper-form\"")[1]).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value)).SkipLast(2).ToArray();
        await using var sheet = new MemoryStream(await seat.GetByteArrayAsync(new Uri("/orders/paper-form/sheet", UriKind.Relative), Ct));

        Assert.Equal(3, numbers.Length);
        using var read = SpreadsheetReader.Open(sheet).Value;
        Assert.Equal(titles, read.Header);

        var csv = new StringBuilder(string.Join(',', titles)).Append("\r\n");
        foreach (var number in numbers)
        {
            csv.Append(string.Join(',', titles.Select(t => t switch { "工单编号" => number, "标题" => "路灯不亮", "主要内容" => "门前路灯不亮", "来电时间" => "2026-03-01 22:10:00", "受理渠道" => "电话", "联系电话" => "13812345678", "是否保密" => "否", _ => "" }))).Append("\r\n");
        }

        await ImportAsync(app, clerk, csv.ToString());
        await ImportAsync(app, clerk, csv.ToString());

        var orders = await app.InDbAsync(db => db.Set<WorkOrder>().Select(x => new { x.OrderNo, x.CallTime }).ToListAsync(Ct));
        Assert.Equal(numbers.Order(), orders.Select(o => o.OrderNo).Order());
        Assert.All(orders, o => Assert.Equal(new DateTimeOffset(2026, 3, 1, 14, 10, 0, TimeSpan.Zero), o.CallTime));
    }

    [Fact]
    public async Task Each_stack_has_numbers_of_its_own_and_whoever_takes_no_calls_gets_none()
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite);
        using var seat = app.As(Permissions.Create);
        using var other = app.As(Permissions.Read);

        var first = Number().Matches(await seat.GetStringAsync(new Uri("/orders/paper-form", UriKind.Relative), Ct)).Select(m => m.Value).Distinct().ToArray();
        var second = Number().Matches(await seat.GetStringAsync(new Uri("/orders/paper-form?copies=999", UriKind.Relative), Ct)).Select(m => m.Value).Distinct().ToArray();

        Assert.Equal((10, 50, 0), (first.Length, second.Length, first.Intersect(second).Count()));
        Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync(new Uri("/orders/paper-form", UriKind.Relative), Ct)).StatusCode);
    }

    private static async Task ImportAsync(TestApp app, HttpClient clerk, string csv)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(csv));
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        using var form = new MultipartFormDataContent { { content, "file", "a.csv" } };
        using var answer = await clerk.PostAsync(new Uri("/api/v1/imports", UriKind.Relative), form, Ct);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
        await app.RunImportsAsync();
    }

    [GeneratedRegex(@"ZD20260302[0-9A-F]{6}-\d\d")]
    private static partial Regex Number();

    [GeneratedRegex("<dt>([^<]+)</dt>")]
    private static partial Regex Title();
}
