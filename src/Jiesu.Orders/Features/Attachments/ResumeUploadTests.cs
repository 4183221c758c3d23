using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Jiesu.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Orders.Features.Attachments;

public sealed class ResumeUploadTests
{
    private static readonly string[] Desk = [Permissions.Create, Permissions.Read, Permissions.Attach];
    private static readonly byte[] Text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 2_000).Select(i => $"{i:0000} ")));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_file_in_pieces_becomes_the_attachment_that_one_request_would_have_made(Database database)
    {
        await using var app = await DeskSteps.StartDeskAsync(database);
        using var desk = app.As(Desk);
        var order = await OrderAsync(desk);

        using var begun = await BeginAsync(desk, order, "情况.txt", Text.Length, "证明材料");
        var session = begun.Headers.Location!.ToString();
        using var first = await PatchAsync(desk, session, 0, Text[..4_000]);
        using var wrong = await PatchAsync(desk, session, 3_000, Text[3_000..]);
        using var look = await HeadAsync(desk, session);
        using var last = await PatchAsync(desk, session, 4_000, Text[4_000..]);
        using var again = await HeadAsync(desk, session);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.NoContent, HttpStatusCode.NoContent), (begun.StatusCode, first.StatusCode, last.StatusCode));
        await wrong.ShouldBeRefusedAsync(HttpStatusCode.Conflict, "upload.offset_wrong");
        Assert.Equal(("4000", Text.Length.ToString(CultureInfo.InvariantCulture)), (Offset(look), Offset(again)));
        var item = Assert.Single((await desk.ReadAsync($"orders/{order}/attachments")).GetProperty("items").EnumerateArray());
        Assert.Equal(("情况.txt", "证明材料"), (item.GetProperty("name").GetString(), item.GetProperty("tag").GetString()));
        Assert.Equal(item.GetProperty("id").GetString(), last.Headers.GetValues("Upload-Attachment").Single());
        Assert.Equal(Text, await desk.GetByteArrayAsync(new Uri($"/api/v1/orders/{order}/attachments/{item.GetProperty("id").GetString()}", UriKind.Relative), Ct));
        Assert.Empty(Directory.GetFiles(Path.Combine(app.DataFolder, "files", "uploads")));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Guessing_a_session_or_using_anothers_leads_nowhere(Database database)
    {
        await using var app = await DeskSteps.StartDeskAsync(database);
        using var owner = app.As(Desk);
        using var colleague = app.As(Desk);
        var (order, other) = (await OrderAsync(owner), await OrderAsync(owner));
        using var begun = await BeginAsync(owner, order, "情况.txt", Text.Length);
        var session = begun.Headers.Location!.ToString();

        using var borrowed = await PatchAsync(colleague, session, 0, Text);
        using var looked = await HeadAsync(colleague, session);
        using var moved = await PatchAsync(owner, session.Replace(order, other, StringComparison.Ordinal), 0, Text);
        using var guessed = await PatchAsync(owner, session[..^32] + new string('0', 32), 0, Text);

        await borrowed.ShouldBeRefusedAsync(HttpStatusCode.NotFound, "upload.absent");
        await moved.ShouldBeRefusedAsync(HttpStatusCode.NotFound, "upload.absent");
        await guessed.ShouldBeRefusedAsync(HttpStatusCode.NotFound, "upload.absent");
        Assert.Equal(HttpStatusCode.NotFound, looked.StatusCode);
        Assert.NotEqual(session, (await BeginAsync(owner, order, "情况.txt", Text.Length)).Headers.Location!.ToString());
    }

    [Fact]
    public async Task What_came_in_pieces_is_checked_like_any_other_file()
    {
        await using var app = await DeskSteps.StartDeskAsync(Database.Sqlite);
        using var desk = app.As(Desk);
        var order = await OrderAsync(desk);

        using var begun = await BeginAsync(desk, order, "现场.jpg", Text.Length);
        using var disguised = await PatchAsync(desk, begun.Headers.Location!.ToString(), 0, Text);
        using var gone = await HeadAsync(desk, begun.Headers.Location!.ToString());
        using var small = await BeginAsync(desk, order, "情况.txt", 10);
        using var more = await PatchAsync(desk, small.Headers.Location!.ToString(), 0, Text);
        using var large = await BeginAsync(desk, order, "情况.txt", 51L << 20);
        using var empty = await BeginAsync(desk, order, "情况.txt", 0);

        await disguised.ShouldBeRefusedAsync(HttpStatusCode.UnsupportedMediaType, "file.kind_mismatch");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        await more.ShouldBeRefusedAsync(HttpStatusCode.RequestEntityTooLarge, "file.too_large");
        await large.ShouldBeRefusedAsync(HttpStatusCode.RequestEntityTooLarge, "file.too_large");
        await empty.ShouldBeRefusedAsync(HttpStatusCode.BadRequest, "file.empty");
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task What_is_on_its_way_counts_for_the_quota_until_it_expires(Database database)
    {
        await using var app = await DeskSteps.StartDeskAsync(database);
        using var desk = app.As(Desk);
        var order = await OrderAsync(desk);

        var begun = new List<HttpResponseMessage>();
        for (var i = 0; i < 11; i++)
        {
            begun.Add(await BeginAsync(desk, order, "录音.mp3", 50L << 20));
        }

        using var piece = await PatchAsync(desk, begun[0].Headers.Location!.ToString(), 0, Text);
        app.Clock.Advance(TimeSpan.FromHours(25));
        await using (var scope = app.Services.CreateAsyncScope())
        {
            await ActivatorUtilities.CreateInstance<ClearUploads>(scope.ServiceProvider).RunAsync(Ct);
        }

        using var late = await HeadAsync(desk, begun[0].Headers.Location!.ToString());
        using var anew = await BeginAsync(desk, order, "录音.mp3", 50L << 20);

        Assert.All(begun[..10], r => Assert.Equal(HttpStatusCode.Created, r.StatusCode));
        await begun[10].ShouldBeRefusedAsync(HttpStatusCode.TooManyRequests, "file.quota");
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Created), (late.StatusCode, anew.StatusCode));
        Assert.Empty(Directory.GetFiles(Path.Combine(app.DataFolder, "files", "uploads")));
    }

    [Fact]
    public async Task One_piece_is_taken_at_a_time_and_what_a_kill_left_whole_is_taken_when_one_looks()
    {
        await using var app = await DeskSteps.StartDeskAsync(Database.Sqlite);
        using var desk = app.As(Desk);
        var order = await OrderAsync(desk);
        using var begun = await BeginAsync(desk, order, "情况.txt", Text.Length);
        var session = begun.Headers.Location!.ToString();

        await using var other = new FileStream(Path.Combine(app.DataFolder, "files", "uploads", session[^32..]), FileMode.Create, FileAccess.Write, FileShare.None);
        await other.WriteAsync(Text, Ct);
        using var busy = await PatchAsync(desk, session, 0, Text);
        await other.DisposeAsync();
        using var looked = await HeadAsync(desk, session);

        await busy.ShouldBeRefusedAsync(HttpStatusCode.Conflict, "upload.busy");
        Assert.Equal(Text.Length.ToString(CultureInfo.InvariantCulture), Offset(looked));
        Assert.Single((await desk.ReadAsync($"orders/{order}/attachments")).GetProperty("items").EnumerateArray());
    }

    private static async Task<string> OrderAsync(HttpClient desk) =>
        (await (await desk.PostOrderAsync(Guid.CreateVersion7().ToString(), new { title = "甲", content = "内容", channel = "电话" })).JsonAsync()).GetProperty("id").GetString()!;

    private static async Task<HttpResponseMessage> BeginAsync(HttpClient client, string order, string name, long length, string tag = "其他")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/orders/{order}/uploads");
        request.Headers.Add("Tus-Resumable", "1.0.0");
        request.Headers.Add("Upload-Length", length.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("Upload-Metadata", $"filename {Base64(name)},tag {Base64(tag)}");
        return await client.SendAsync(request, Ct);
    }

    private static async Task<HttpResponseMessage> PatchAsync(HttpClient client, string session, long offset, byte[] piece)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, session) { Content = new ByteArrayContent(piece) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
        request.Headers.Add("Tus-Resumable", "1.0.0");
        request.Headers.Add("Upload-Offset", offset.ToString(CultureInfo.InvariantCulture));
        return await client.SendAsync(request, Ct);
    }

    private static async Task<HttpResponseMessage> HeadAsync(HttpClient client, string session)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, session);
        return await client.SendAsync(request, Ct);
    }

    private static string Offset(HttpResponseMessage answer) => answer.Headers.GetValues("Upload-Offset").Single();

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
