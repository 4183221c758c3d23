using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Jiesu.Orders.Domain;
using Jiesu.Platform.Spreadsheets;
using Jiesu.Tests;
using Jiesu.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Orders.Features.Import;

public sealed class ImportTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Good_rows_become_orders_and_each_other_row_says_why_not(Database database)
    {
        await using var app = await DeskSteps.StartDeskAsync(database);
        using var desk = app.As(Permissions.Import, Permissions.Read);
        const string file = "\uFEFFmessage_id,user_code,title,time,content,诉求人\r\n"
            + "188007,A00074795,道路命名,2019/2/14 20:00:00,何时公示,\r\n"                   // row 2
            + "188031,A00040066,自来水,2019/7/19 18:19:54,\"两\n行\",李某\r\n"               // row 3
            + "188032,A1,,2019/7/19 18:19:54,没有标题,\r\n"                                  // row 4
            + "188033,A1,时间不明,昨天,内容,\r\n"                                             // row 5
            + "188007,A1,同一编号,2019/2/14,内容,\r\n"                                        // row 6
            + "188034,A1,将来的,2031/2/14,内容,\r\n";                                         // row 7

        using var begun = await PostAsync(desk, file);
        var queued = await begun.JsonAsync();
        await app.RunImportsAsync();
        var done = await desk.ReadAsync("imports/" + Id(queued));

        Assert.Equal(HttpStatusCode.Accepted, begun.StatusCode);
        Assert.Equal($"/api/v1/imports/{Id(queued)}", begun.Headers.Location!.ToString());
        Assert.Equal(("Queued", "Completed"), (State(queued), State(done)));
        Assert.Equal("6 2 1 3", Counts(done));
        Assert.Equal(["4 标题", "5 来电时间", "7 来电时间"], done.GetProperty("errors").EnumerateArray().Select(e => $"{e.GetProperty("row")} {e.GetProperty("message").GetString()!.Split('：')[0]}"));
        var order = await app.InDbAsync(db => db.Set<WorkOrder>().AsNoTracking().SingleAsync(x => x.OrderNo == "188007", Ct));
        Assert.Equal((OrderState.Received, "批量导入", new DateTimeOffset(2019, 2, 14, 12, 0, 0, TimeSpan.Zero)), (order.State, order.Channel, order.CallTime));
        Assert.Equal("""{"user_code":"A00074795"}""", order.ExtraText);
        var errors = await desk.GetStringAsync(done.GetProperty("errorsUrl").GetString()!, Ct);
        Assert.Equal(4, errors.Trim().Split("\r\n").Length);
        Assert.Contains("188032,A1,", errors, StringComparison.Ordinal);

        using var again = await PostAsync(desk, file);
        await app.RunImportsAsync();
        Assert.Equal("6 0 3 3", Counts(await desk.ReadAsync("imports/" + Id(await again.JsonAsync()))));
        Assert.Equal(2, await app.InDbAsync(db => db.Set<WorkOrder>().CountAsync(Ct)));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_run_that_dies_between_two_batches_is_continued_by_another_without_doubling(Database database)
    {
        await using var app = await DeskSteps.StartDeskAsync(database);
        using var desk = app.As(Permissions.Import, Permissions.Read);
        using var begun = await PostAsync(desk, Rows(1_100));
        var id = Guid.Parse(Id(await begun.JsonAsync()));

        using var killed = new Killer(after: 500);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Runner(app).RunAsync(id, killed, killed.Token));
        var left = await desk.ReadAsync($"imports/{id}");
        var heir = new ImportRunner(app.Services.GetRequiredService<IServiceScopeFactory>(), app.Clock);
        await heir.RunAsync(id, null, Ct);
        var leased = await desk.ReadAsync($"imports/{id}");
        app.Clock.Advance(RunImports.Lease * 2);
        await heir.RunAsync(id, null, Ct);
        await Runner(app).RunAsync(id, null, Ct);
        var done = await desk.ReadAsync($"imports/{id}");

        Assert.Equal(("Running", "1100 500 0 0"), (State(left), Counts(left)));
        Assert.Equal(("Running", "1100 500 0 0"), (State(leased), Counts(leased)));
        Assert.Equal(("Completed", "1100 1100 0 0"), (State(done), Counts(done)));
        Assert.Equal((1_100, 1_100), await app.InDbAsync(async db => (await db.Set<WorkOrder>().CountAsync(Ct), await db.Set<WorkOrder>().Select(x => x.Title).Distinct().CountAsync(Ct))));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_run_that_lost_its_lease_in_the_middle_of_a_batch_saves_nothing_more(Database database)
    {
        await using var app = await DeskSteps.StartDeskAsync(database);
        using var desk = app.As(Permissions.Import, Permissions.Read);
        using var begun = await PostAsync(desk, Rows(600));
        var id = Guid.Parse(Id(await begun.JsonAsync()));
        var other = new ImportRunner(app.Services.GetRequiredService<IServiceScopeFactory>(), app.Clock);

        await Runner(app).RunAsync(id, new Interruption(() =>
        {
            app.Clock.Advance(RunImports.Lease * 2);
            return other.RunAsync(id, null, Ct);
        }), Ct);

        Assert.Equal("600 600 0 0", Counts(await desk.ReadAsync($"imports/{id}")));
        Assert.Equal(600, await app.InDbAsync(db => db.Set<WorkOrder>().CountAsync(Ct)));
    }

    [Fact]
    public async Task Hostile_files_and_wrong_mappings_are_refused_at_once_and_leave_nothing()
    {
        await using var app = await DeskSteps.StartDeskAsync(Database.Sqlite);
        using var desk = app.As(Permissions.Import);
        using var stranger = app.As(Permissions.Create);
        var good = Encoding.UTF8.GetBytes("标题,内容\n甲,乙\n");
        (byte[] File, string? Mapping, string? Template, int Status, string Code)[] cases =
        [
            ([], null, null, 400, "sheet.empty"),
            (Encoding.UTF8.GetBytes("标题,内容\n"), null, null, 400, "import.no_rows"),
            ([1, 0, 2, 0], null, null, 415, "sheet.not_text"),
            (Encoding.UTF8.GetBytes("<html><table><tr><td>标题"), null, null, 415, "sheet.markup"),
            (Bomb(), null, null, 413, "sheet.bomb"),
            (Encoding.UTF8.GetBytes("甲,乙\n1,2\n"), null, null, 400, "import.mapping"),
            (good, "{", null, 400, "import.mapping"),
            (good, """["标题"]""", null, 400, "import.mapping"),
            (good, """{"标题":"title","内容":"score"}""", null, 400, "import.mapping"),
            (good, """{"标题":"title","没有":"content"}""", null, 400, "import.mapping"),
            (good, """{"标题":"title","内容":"title"}""", null, 400, "import.mapping"),
            (good, null, "没有", 422, "import.template_unknown"),
        ];

        foreach (var (file, mapping, template, status, code) in cases)
        {
            using var refused = await PostAsync(desk, file, mapping, template);
            var problem = await refused.ShouldBeRefusedAsync((HttpStatusCode)status, code);
            Assert.NotEmpty(problem.GetProperty("errors").EnumerateObject());
        }

        using var forbidden = await PostAsync(stranger, good);
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
        Assert.Equal(0, await app.InDbAsync(db => db.Set<OrderImport>().CountAsync(Ct)));
    }

    [Fact]
    public async Task Digits_that_a_workbook_has_lost_refuse_their_row_and_digits_kept_as_text_survive()
    {
        await using var app = await DeskSteps.StartDeskAsync(Database.Sqlite);
        using var desk = app.As(Permissions.Import, Permissions.Read, Permissions.Export);
        using var book = new MemoryStream();
        SpreadsheetColumn<(string No, decimal? Big)>[] columns = [new("编号", r => r.No), new("标题", _ => "路灯不亮"), new("内容", _ => "路灯不亮"), new("流水", r => r.Big)];
        await SpreadsheetWriter.WriteAsync(SpreadsheetFormat.Xlsx, book, columns, new[] { ("110101199001011234", (decimal?)null), ("2", 110101199001011234m) }.ToAsyncEnumerable(), Ct);

        using var begun = await PostAsync(desk, book.ToArray());
        await app.RunImportsAsync();
        var done = await desk.ReadAsync("imports/" + Id(await begun.JsonAsync()));

        Assert.Equal("2 1 0 1", Counts(done));
        Assert.Contains("“流水”", done.GetProperty("errors")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains("110101199001011234", await desk.GetStringAsync("/api/v1/orders/export?format=csv", Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_seen_by_its_bringer_and_the_Centre_and_a_template_by_its_owner_alone()
    {
        await using var app = await DeskSteps.StartDeskAsync(Database.Sqlite, DeskRules.Street, "110106001");
        using var street = app.AsOf(await app.UnitIdAsync(DeskRules.Street), Permissions.Import);
        using var foreign = app.AsOf(await app.UnitIdAsync("110106001"), Permissions.Import);
        using var centre = app.As(Permissions.Import);
        var file = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes("主题,详情\n紫藤暗号,内容\n,内容\n");

        using var begun = await PostAsync(street, file, """{"主题":"title","详情":"content"}""", "热线");
        await app.RunImportsAsync();
        var path = "/api/v1/imports/" + Id(await begun.JsonAsync());
        using var byName = await PostAsync(street, file, null, "热线");
        using var byOther = await PostAsync(foreign, file, null, "热线");

        Assert.Equal(HttpStatusCode.Accepted, byName.StatusCode);
        await byOther.ShouldBeRefusedAsync(HttpStatusCode.UnprocessableEntity, "import.template_unknown");
        foreach (var url in new[] { path, path + "/errors", path.Replace("/api/v1/imports", "/orders/import", StringComparison.Ordinal) })
        {
            using var own = await street.GetAsync(new Uri(url, UriKind.Relative), Ct);
            using var above = await centre.GetAsync(new Uri(url, UriKind.Relative), Ct);
            using var unseen = await foreign.GetAsync(new Uri(url, UriKind.Relative), Ct);
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.NotFound), (own.StatusCode, above.StatusCode, unseen.StatusCode));
        }
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Through_the_pages_a_file_is_mapped_previewed_run_and_its_errors_fetched(Database database)
    {
        await using var app = await DeskSteps.StartDeskAsync(database);
        using var desk = app.As(Permissions.Import, Permissions.Read);

        using var refused = await UploadAsync(desk, "<html>");
        using var uploaded = await UploadAsync(desk, "编号,主题,详情\n1,路灯不亮,请修\n2,,没有标题\n");
        var page = uploaded.Headers.Location!.ToString();
        var unmapped = await desk.GetStringAsync(page, Ct);
        using var early = await SubmitAsync(desk, page, "start", "orderNo", "title", "");
        using var preview = await SubmitAsync(desk, page, "preview", "orderNo", "title", "content", template: "街道表");
        using var started = await SubmitAsync(desk, page, "start", "orderNo", "title", "content");
        var waiting = await PartAsync(desk, page);
        await app.RunImportsAsync();
        var result = await PartAsync(desk, page);
        using var twice = await desk.SendAsync(page, [.. await desk.FillInAsync(ImportOrders.Url, ImportOrders.Url, ("field", "orderNo"), ("then", "start"))]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("另存为 .xlsx", await refused.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Contains("value=\"title\" selected", unmapped, StringComparison.Ordinal);
        Assert.Contains("请指定哪一列是“主要内容”", unmapped, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, early.StatusCode);
        Assert.Contains("标题：请填写标题。", await preview.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, started.StatusCode);
        Assert.Contains("hx-trigger=\"every 1s\"", waiting, StringComparison.Ordinal);
        Assert.Contains("排队中", waiting, StringComparison.Ordinal);
        Assert.DoesNotContain("hx-trigger", result, StringComparison.Ordinal);
        Assert.Contains("errors?format=xlsx", result, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Redirect, page), (twice.StatusCode, twice.Headers.Location!.ToString()));
        Assert.Contains("街道表", await desk.GetStringAsync(ImportOrders.Url, Ct), StringComparison.Ordinal);
        Assert.Equal(1, await app.InDbAsync(db => db.Set<WorkOrder>().CountAsync(Ct)));
    }

    private static string Rows(int count) =>
        "标题,内容\n" + string.Concat(Enumerable.Range(1, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"路灯{i}不亮,请尽快修复\n")));

    private static ImportRunner Runner(TestApp app) => app.Services.GetRequiredService<ImportRunner>();

    /// <summary>As the job does.</summary>
    private static string Id(JsonElement import) => import.GetProperty("id").GetString()!;

    private static string State(JsonElement import) => import.GetProperty("state").GetString()!;

    private static string Counts(JsonElement import) => string.Join(' ', new[] { "total", "imported", "duplicates", "failed" }.Select(n => import.GetProperty(n).GetInt32()));

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string file) => PostAsync(client, Encoding.UTF8.GetBytes(file));

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, byte[] file, string? mapping = null, string? template = null)
    {
        using var form = FormOf(file);
        foreach (var (name, value) in new[] { ("mapping", mapping), ("template", template) }.Where(x => x.Item2 is not null))
        {
            form.Add(new StringContent(value!), name);
        }

        return await client.PostAsync(new Uri("/api/v1/imports", UriKind.Relative), form, Ct);
    }

    private static MultipartFormDataContent FormOf(byte[] file)
    {
        var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return new() { { content, "file", "诉求.csv" } };
    }

    private static async Task<HttpResponseMessage> UploadAsync(HttpClient client, string file)
    {
        using var form = FormOf(Encoding.UTF8.GetBytes(file));
        foreach (var (name, value) in await client.FillInAsync(ImportOrders.Url, ImportOrders.Url))
        {
            form.Add(new StringContent(value), name);
        }

        return await client.PostAsync(new Uri(ImportOrders.Url, UriKind.Relative), form, Ct);
    }

    private static async Task<HttpResponseMessage> SubmitAsync(HttpClient client, string page, string then, string first, string second, string third, string? template = null) =>
        await client.SendAsync(page, await client.FillInAsync(page, page, ("field", first), ("field", second), ("field", third), ("template", template ?? ""), ("then", then)));

    private static async Task<string> PartAsync(HttpClient client, string page)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, page);
        request.Headers.Add("HX-Request", "true");
        using var response = await client.SendAsync(request, Ct);
        return await response.Content.ReadAsStringAsync(Ct);
    }

    /// <summary>A workbook of a few kilobytes with a sheet of sixty megabytes.</summary>
    private static byte[] Bomb()
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var sheet = zip.CreateEntry("xl/worksheets/sheet1.xml").Open();
            for (var i = 0; i < 60; i++)
            {
                sheet.Write(new byte[1 << 20]);
            }
        }

        return file.ToArray();
    }

    /// <summary>Kills the run when so many rows are done, as a power cut would between two transactions.</summary>
    private sealed class Killer(int after) : IProgress<int>, IDisposable
    {
        private readonly CancellationTokenSource _source = new();

        public CancellationToken Token => _source.Token;

        public void Report(int value)
        {
            if (value >= after)
            {
                _source.Cancel();
            }
        }

        public void Dispose() => _source.Dispose();
    }

    /// <summary>Once, after the first batch.</summary>
    private sealed class Interruption(Func<Task> act) : IProgress<int>
    {
        private bool _isOver;

        public void Report(int value)
        {
            if (!_isOver)
            {
                _isOver = true;
                act().GetAwaiter().GetResult();
            }
        }
    }
}
