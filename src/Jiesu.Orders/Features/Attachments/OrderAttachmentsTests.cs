using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Jiesu.Identity.Domain;
using Jiesu.Platform.Files;
using Jiesu.Tests;
using Jiesu.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Orders.Features.Attachments;

public sealed class OrderAttachmentsTests
{
    private static readonly string[] Desk = [Permissions.Create, Permissions.Read, Permissions.Attach];
    private static readonly byte[] Recording = [.. "ID3\u0004"u8, .. Enumerable.Range(0, 5_000).Select(i => (byte)(i % 200))];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Every_copy_of_a_photo_that_is_served_is_without_the_place_and_the_order_tells_it(Database database)
    {
        await using var app = await DeskSteps.StartDeskAsync(database);
        using var desk = app.As(Desk);
        var order = await OrderAsync(desk);

        using var added = await UploadAsync(desk, order, "现场.jpg", Photo.Jpg(), "现场照片(处置前)");

        var item = await added.JsonAsync();
        var served = await desk.GetByteArrayAsync(new Uri($"/api/v1/orders/{order}/attachments/{item.GetProperty("id").GetString()}?inline=true", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        Assert.Equal(("现场照片(处置前)", "2026-03-01T08:30:00+08:00"), (item.GetProperty("tag").GetString(), item.GetProperty("takenAt").GetString()));
        Assert.Equal(116.28675, item.GetProperty("lonLat").GetProperty("lon").GetDouble(), 5);
        Assert.DoesNotContain("Exif", Encoding.Latin1.GetString(served), StringComparison.Ordinal);
        Assert.All(Directory.GetFiles(app.DataFolder, "*", SearchOption.AllDirectories), f => Assert.DoesNotContain(Photo.Marker, Encoding.Latin1.GetString(File.ReadAllBytes(f)), StringComparison.Ordinal));
        var page = WebUtility.HtmlDecode(await desk.GetStringAsync(new Uri($"/orders/{order}", UriKind.Relative), Ct));
        Assert.Contains("拍摄于", page, StringComparison.Ordinal);
        Assert.Contains("位置 116.28675, 39.85830", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_are_narrowed_by_their_tag_and_an_unknown_tag_is_refused()
    {
        await using var app = await DeskSteps.StartDeskAsync(Database.Sqlite);
        using var desk = app.As(Desk);
        var order = await OrderAsync(desk);

        using var proof = await UploadAsync(desk, order, "证明.txt", "证明"u8.ToArray(), "证明材料");
        using var other = await UploadAsync(desk, order, "说明.txt", "说明"u8.ToArray());
        using var unknown = await UploadAsync(desk, order, "甲.txt", "甲"u8.ToArray(), "甲");

        await unknown.ShouldNameAsync(HttpStatusCode.UnprocessableEntity, "file.tag_unknown", "tag");
        Assert.Equal("其他", (await other.JsonAsync()).GetProperty("tag").GetString());
        var narrowed = (await desk.ReadAsync($"orders/{order}/attachments?tag=证明材料")).GetProperty("items").EnumerateArray();
        Assert.Equal("证明.txt", Assert.Single(narrowed).GetProperty("name").GetString());
        var page = WebUtility.HtmlDecode(await desk.GetStringAsync(new Uri($"/orders/{order}?tag=证明材料", UriKind.Relative), Ct));
        Assert.Contains("证明.txt", page, StringComparison.Ordinal);
        Assert.DoesNotContain("说明.txt", page, StringComparison.Ordinal);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_recording_is_heard_from_any_second_and_its_marks_are_kept(Database database)
    {
        await using var app = await DeskSteps.StartDeskAsync(database, DeskRules.Street);
        using var desk = app.As(Desk);
        using var foreign = app.AsOf(await app.UnitIdAsync(DeskRules.Street), Desk);
        var order = await OrderAsync(desk);
        using var added = await UploadAsync(desk, order, "通话.mp3", Recording, "联系录音");
        var file = $"/api/v1/orders/{order}/attachments/{(await added.JsonAsync()).GetProperty("id").GetString()}";
        var marks = new Uri(file + "/marks", UriKind.Relative);

        using var request = new HttpRequestMessage(HttpMethod.Get, file + "?inline=true");
        request.Headers.Range = new RangeHeaderValue(100, 199);
        using var piece = await desk.SendAsync(request, Ct);
        using var late = await desk.PostAsJsonAsync(marks, new { second = 95, label = "答应三日内修好" }, Ct);
        using var early = await desk.PostAsJsonAsync(marks, new { second = 12, label = "核实地址" }, Ct);
        using var wordless = await desk.PostAsJsonAsync(marks, new { second = -1 }, Ct);
        using var unseen = await foreign.PostAsJsonAsync(marks, new { second = 1, label = "甲" }, Ct);
        using var unread = await foreign.GetAsync(marks, Ct);

        Assert.Equal(HttpStatusCode.PartialContent, piece.StatusCode);
        Assert.Equal(Recording[100..200], await piece.Content.ReadAsByteArrayAsync(Ct));
        Assert.Equal("inline", piece.Content.Headers.ContentDisposition!.DispositionType);
        await wordless.ShouldNameAsync(HttpStatusCode.BadRequest, "request.invalid", "second", "label");
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (unseen.StatusCode, unread.StatusCode));
        Assert.Equal([12, 95], (await desk.ReadAsync(file["/api/v1/".Length..] + "/marks")).GetProperty("items").EnumerateArray().Select(m => m.GetProperty("second").GetInt32()));
        var page = WebUtility.HtmlDecode(await desk.GetStringAsync(new Uri($"/orders/{order}", UriKind.Relative), Ct));
        Assert.Contains("0:01:35", page, StringComparison.Ordinal);
        Assert.Contains("<audio", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recording_is_marked_on_the_page_without_script()
    {
        await using var app = await DeskSteps.StartDeskAsync(Database.Sqlite);
        using var desk = app.As(Desk);
        var order = await OrderAsync(desk);
        using var added = await UploadAsync(desk, order, "通话.mp3", Recording);
        var id = (await added.JsonAsync()).GetProperty("id").GetString();

        using var marked = await desk.SubmitAsync($"/orders/{order}", $"/orders/{order}/files/{id}/marks", ("second", "12"), ("label", "核实地址"));

        Assert.Equal(HttpStatusCode.Redirect, marked.StatusCode);
        Assert.Equal("核实地址", (await desk.ReadAsync($"orders/{order}/attachments/{id}/marks")).GetProperty("items")[0].GetProperty("label").GetString());
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_mark_is_taken_away_by_whoever_set_it_or_by_a_reviewer_and_the_audit_keeps_what_it_was(Database database)
    {
        await using var app = await DeskSteps.StartDeskAsync(database, DeskRules.Street);
        using var desk = app.As(Desk);
        using var colleague = app.As(Desk);
        using var reviewer = app.As([.. Desk, Permissions.RemoveMark]);
        using var foreign = app.AsOf(await app.UnitIdAsync(DeskRules.Street), [.. Desk, Permissions.RemoveMark]);
        var order = await OrderAsync(desk);
        using var added = await UploadAsync(desk, order, "通话.mp3", Recording);
        var id = (await added.JsonAsync()).GetProperty("id").GetString();
        var marks = $"/api/v1/orders/{order}/attachments/{id}/marks";
        var (first, second, third) = (await MarkAsync(desk, marks, 12, "核实地址"), await MarkAsync(desk, marks, 95, "答应三日内修好"), await MarkAsync(desk, marks, 99, "再见"));

        using var notYours = await colleague.DeleteAsync(new Uri($"{marks}/{first}", UriKind.Relative), Ct);
        using var unseen = await foreign.DeleteAsync(new Uri($"{marks}/{first}", UriKind.Relative), Ct);
        var (own, others) = (await PageAsync(desk, order), await PageAsync(colleague, order));
        using var removed = await desk.DeleteAsync(new Uri($"{marks}/{first}", UriKind.Relative), Ct);
        using var again = await desk.DeleteAsync(new Uri($"{marks}/{first}", UriKind.Relative), Ct);
        using var byReviewer = await reviewer.DeleteAsync(new Uri($"{marks}/{second}", UriKind.Relative), Ct);
        using var onPage = await desk.SubmitAsync($"/orders/{order}", $"/orders/{order}/files/{id}/marks/{third}/remove");

        await notYours.ShouldBeRefusedAsync(HttpStatusCode.Forbidden, "file.mark_not_yours");
        Assert.Equal(HttpStatusCode.NotFound, unseen.StatusCode);
        Assert.Contains("删除标记 0:00:12 核实地址", own, StringComparison.Ordinal);
        Assert.DoesNotContain("删除标记", others, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent, HttpStatusCode.Redirect), (removed.StatusCode, byReviewer.StatusCode, onPage.StatusCode));
        await again.ShouldBeRefusedAsync(HttpStatusCode.NotFound, "file.mark_absent");
        Assert.Empty((await desk.ReadAsync(marks["/api/v1/".Length..])).GetProperty("items").EnumerateArray());
        var kept = await app.InDbAsync(db => db.Set<AuditRecord>().Where(a => a.Act == "orders.remove-mark").OrderBy(a => a.Id).ToListAsync(Ct));
        Assert.All(kept, a => Assert.Equal($"order/{order}", a.Subject));
        Assert.Contains("第 95 秒", kept[1].Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("答应三日内修好", kept[1].Detail, StringComparison.Ordinal);    // free words may name somebody, and the audit is for good
        Assert.Equal(3, kept.Count);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task While_the_antivirus_daemon_is_away_a_file_waits_and_then_it_is_looked_at(Database database)
    {
        await using var daemon = new FakeClamd();
        await using var app = await StartScanningAsync(database, daemon);
        using var desk = app.As(Desk);
        var order = await OrderAsync(desk);

        using var virus = await UploadAsync(desk, order, "甲.txt", Encoding.ASCII.GetBytes(FakeClamd.Eicar));
        using var clean = await UploadAsync(desk, order, "乙.txt", "乙"u8.ToArray());
        daemon.IsAway = true;
        using var waiting = await UploadAsync(desk, order, "丙.txt", "丙"u8.ToArray());
        using var hidden = await UploadAsync(desk, order, "丁.txt", Encoding.ASCII.GetBytes(FakeClamd.Eicar));
        await ScanAsync(app);
        var (late, bad) = (await AddressAsync(order, waiting), await AddressAsync(order, hidden));
        using var unserved = await desk.GetAsync(late, Ct);
        var page = WebUtility.HtmlDecode(await desk.GetStringAsync(new Uri($"/orders/{order}", UriKind.Relative), Ct));
        daemon.IsAway = false;
        await ScanAsync(app);
        using var served = await desk.GetAsync(late, Ct);
        using var infected = await desk.GetAsync(bad, Ct);

        await virus.ShouldBeRefusedAsync(HttpStatusCode.UnsupportedMediaType, "file.infected");
        Assert.Equal("Ready", (await clean.JsonAsync()).GetProperty("state").GetString());
        await unserved.ShouldBeRefusedAsync(HttpStatusCode.Conflict, "file.in_quarantine");
        Assert.Contains("待查毒", page, StringComparison.Ordinal);
        Assert.Equal("丙", await served.Content.ReadAsStringAsync(Ct));
        await infected.ShouldBeRefusedAsync(HttpStatusCode.Conflict, "file.is_infected");
    }

    [Fact]
    public async Task A_person_uploads_no_more_in_a_day_than_the_quota()
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite, s =>
        {
            DeskRules.AddTo(s);
            s.Configure<OrdersSettings>(o => typeof(OrdersSettings).GetProperty(nameof(OrdersSettings.MostUploadMegabytesADay))!.SetValue(o, 1));
        });
        await app.GivenDistrictAsync([new(Identity.Contracts.UnitCode.From("QZX"), "区中心", Identity.Contracts.UnitKind.Centre, null)]);
        using var desk = app.As(Desk);
        var order = await OrderAsync(desk);
        var big = Encoding.ASCII.GetBytes(new string('a', 700_000));

        using var first = await UploadAsync(desk, order, "甲.txt", big);
        using var second = await UploadAsync(desk, order, "乙.txt", big);
        app.Clock.Advance(TimeSpan.FromDays(1));
        using var tomorrow = await UploadAsync(desk, order, "乙.txt", big);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.StatusCode, tomorrow.StatusCode));
        await second.ShouldBeRefusedAsync(HttpStatusCode.TooManyRequests, "file.quota");
        Assert.True(second.Headers.RetryAfter!.Delta > TimeSpan.FromHours(1));
    }

    private static async Task<string?> MarkAsync(HttpClient desk, string marks, int second, string label)
    {
        using var made = await desk.PostAsJsonAsync(marks, new { second, label }, Ct);
        return (await made.JsonAsync()).GetProperty("id").GetString();
    }

    private static async Task<string> PageAsync(HttpClient desk, string order) => WebUtility.HtmlDecode(await desk.GetStringAsync(new Uri($"/orders/{order}", UriKind.Relative), Ct));

    private static async Task<TestApp> StartScanningAsync(Database database, FakeClamd daemon)
    {
        var app = await TestApp.StartAsync(database, s =>
        {
            DeskRules.AddTo(s);
            s.AddSingleton<IVirusScan>(new ClamAv("127.0.0.1", daemon.Port));
        });
        await app.GivenDistrictAsync([new(Identity.Contracts.UnitCode.From("QZX"), "区中心", Identity.Contracts.UnitKind.Centre, null)]);
        return app;
    }

    private static async Task ScanAsync(TestApp app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await ActivatorUtilities.CreateInstance<ScanQuarantined>(scope.ServiceProvider).RunAsync(Ct);
    }

    private static async Task<string> OrderAsync(HttpClient desk) =>
        (await (await desk.PostOrderAsync(Guid.CreateVersion7().ToString(), new { title = "甲", content = "内容", channel = "电话" })).JsonAsync()).GetProperty("id").GetString()!;

    private static async Task<Uri> AddressAsync(string order, HttpResponseMessage added) =>
        new($"/api/v1/orders/{order}/attachments/{(await added.JsonAsync()).GetProperty("id").GetString()}", UriKind.Relative);

    private static async Task<HttpResponseMessage> UploadAsync(HttpClient client, string order, string name, byte[] bytes, string? tag = null)
    {
        using var content = new ByteArrayContent(bytes);
        using var form = new MultipartFormDataContent { { content, "file", name } };
        if (tag is not null)
        {
            form.Add(new StringContent(tag), "tag");
        }

        return await client.PostAsync(new Uri($"/api/v1/orders/{order}/attachments", UriKind.Relative), form, Ct);
    }
}
