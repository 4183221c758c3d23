using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Jiesu.Identity.Domain;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Notices;
using Jiesu.Platform.Messages;
using Jiesu.Tests;
using Jiesu.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Jiesu.Tests.Given.GivenRules;
using static Jiesu.Tests.Given.OrderBuilder;

namespace Jiesu.Orders.Features.Channels;

public sealed class ChannelTests
{
    private const string Mobile = "13900001234";
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_notice_reaches_the_browser_sealed_for_it_alone_once_and_with_the_number_only(Database database)
    {
        var (service, gateway) = (new PushService(), new Gateway());
        await using var app = await StartAsync(database, service, gateway);
        var clerk = await GivenClerkAsync(app);
        using var mine = Signed(app, clerk);
        await mine.ShouldAllowAsync(service.Device);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var order = await DispatchAsync(app);

        await app.RunAsync<SendNotices>();
        await app.RunAsync<SendNotices>();

        var request = Assert.Single(service.Requests);
        Assert.Equal("https://fcm.googleapis.com/push/1", request.Url);
        Assert.StartsWith("vapid ", request.Authorization, StringComparison.OrdinalIgnoreCase);
        var text = service.Device.Open(request.Body);
        Assert.Equal($"接诉·待签收|工单 {order.CaseNo}|/orders/{order.Id}", $"{Text(text, "title")}|{Text(text, "body")}|{Text(text, "url")}");
        Assert.DoesNotContain(order.Title, text.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(order.CaseNo, Encoding.UTF8.GetString(request.Body), StringComparison.Ordinal);
        var view = await mine.ReadAsync("notices/settings");
        Assert.Equal("Sent", Text(view.GetProperty("recently")[0], "state"));
        Assert.NotEqual(JsonValueKind.Null, view.GetProperty("devices")[0].GetProperty("lastSentAt").ValueKind);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task In_quiet_hours_only_the_urgent_is_heard_and_the_rest_comes_in_one_message_at_their_end(Database database)
    {
        var (service, gateway) = (new PushService(), new Gateway());
        await using var app = await StartAsync(database, service, gateway);
        var clerk = await GivenClerkAsync(app);
        using var mine = Signed(app, clerk);
        await mine.ShouldAllowAsync(service.Device);
        app.Clock.Advance(TimeSpan.FromHours(14));    // 23:00 in Beijing
        for (var i = 0; i < 4; i++)
        {
            await TellAsync(app, clerk, NoticeKind.Urge);
        }

        await app.RunAsync<SendNotices>();
        Assert.Empty(service.Requests);
        var urgent = await TellAsync(app, clerk, NoticeKind.Sign, Urgent());
        await app.RunAsync<SendNotices>();
        Assert.Equal($"{urgent.Id:N}", Text(service.Device.Open(Assert.Single(service.Requests).Body), "tag"));

        app.Clock.Advance(TimeSpan.FromHours(8));
        await app.RunAsync<SendNotices>();

        Assert.Equal("接诉·4 条新通知|催办 4 条|/notices", service.Device.Open(service.Requests[^1].Body) is var told ? $"{Text(told, "title")}|{Text(told, "body")}|{Text(told, "url")}" : "");
        Assert.Equal(2, service.Requests.Count);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_mass_event_is_heard_in_quiet_hours(Database database)
    {
        var (service, gateway) = (new PushService(), new Gateway());
        await using var app = await StartAsync(database, service, gateway);
        var clerk = await GivenClerkAsync(app);
        using var mine = Signed(app, clerk);
        await mine.ShouldAllowAsync(service.Device);
        app.Clock.Advance(TimeSpan.FromHours(14));    // 23:00 in Beijing

        var told = await TellAsync(app, clerk, NoticeKind.MassEvent);
        await app.RunAsync<SendNotices>();

        Assert.Equal($"{told.Id:N}", Text(service.Device.Open(Assert.Single(service.Requests).Body), "tag"));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_browser_that_is_gone_is_forgotten_and_a_service_that_is_busy_is_asked_five_times_at_most(Database database)
    {
        var (service, gateway) = (new PushService(), new Gateway());
        await using var app = await StartAsync(database, service, gateway);
        var clerk = await GivenClerkAsync(app);
        using var mine = Signed(app, clerk);
        await mine.ShouldAllowAsync(service.Device);
        service.Answer = HttpStatusCode.ServiceUnavailable;
        await TellAsync(app, clerk, NoticeKind.Urge);
        for (var i = 0; i < 10; i++)
        {
            await app.RunAsync<SendNotices>();
            app.Clock.Advance(TimeSpan.FromMinutes(30));
        }

        Assert.Equal((5, SendState.Failed), (service.Requests.Count, Assert.Single(await SendsAsync(app)).State));
        service.Answer = HttpStatusCode.Gone;
        await TellAsync(app, clerk, NoticeKind.Urge);
        await app.RunAsync<SendNotices>();

        Assert.Equal(0, (await mine.ReadAsync("notices/settings")).GetProperty("devices").GetArrayLength());
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task An_SMS_leaves_once_an_event_within_the_cap_of_the_day_and_never_again_when_its_fate_is_unknown(Database database)
    {
        var (service, gateway) = (new PushService(), new Gateway());
        await using var app = await StartAsync(database, service, gateway);
        var clerk = await GivenClerkAsync(app);
        using var mine = Signed(app, clerk);
        await mine.ShouldKeepAsync(new() { QuietFrom = "22:00", QuietTo = "07:00", SmsKinds = ["Urge"], Mobile = Mobile });
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await TellAsync(app, clerk, NoticeKind.Sign);
        await TellAsync(app, clerk, NoticeKind.Urge);
        gateway.Fault = new IOException("no answer");
        await app.RunAsync<SendNotices>();
        gateway.Fault = null;
        await app.RunAsync<SendNotices>();

        var sms = Assert.Single(gateway.Sent);
        Assert.Equal(Mobile, sms.Mobile);
        Assert.Matches("^催办：工单 .+，请登录接诉平台处理。$", sms.Text);
        Assert.Equal([SendState.Dropped, SendState.Unknown], (await SendsAsync(app)).Select(s => s.State).Order());
        for (var i = 0; i < 25; i++)
        {
            app.Clock.Advance(TimeSpan.FromSeconds(10));
            await TellAsync(app, clerk, NoticeKind.Urge);
            await app.RunAsync<SendNotices>();
        }

        Assert.Equal(20, gateway.Sent.Count);
        Assert.Equal(6, (await SendsAsync(app)).Count(s => s.State == SendState.Capped));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task After_a_kill_between_claim_and_answer_a_push_goes_again_and_an_SMS_does_not(Database database)
    {
        var (service, gateway) = (new PushService(), new Gateway());
        await using var app = await StartAsync(database, service, gateway);
        var clerk = await GivenClerkAsync(app);
        using var mine = Signed(app, clerk);
        await mine.ShouldAllowAsync(service.Device);
        await mine.ShouldKeepAsync(new() { QuietFrom = "22:00", QuietTo = "07:00", SmsKinds = ["Urge"], Mobile = Mobile });
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await TellAsync(app, clerk, NoticeKind.Urge);
        (service.Fault, gateway.Fault) = (new InvalidOperationException("killed"), new InvalidOperationException("killed"));
        await Assert.ThrowsAsync<InvalidOperationException>(app.RunAsync<SendNotices>);
        await app.InDbAsync(db => db.Set<NoticeSend>().Where(s => s.State == SendState.Waiting).ExecuteUpdateAsync(s => s.SetProperty(x => x.State, SendState.Sending), Ct));
        (service.Fault, gateway.Fault) = (null, null);
        var before = (service.Requests.Count, gateway.Sent.Count);

        await app.RunAsync<SendNotices>();

        Assert.Equal([SendState.Sent, SendState.Unknown], (await SendsAsync(app)).Select(s => s.State).Order());
        Assert.Equal((before.Item1 + 1, before.Item2), (service.Requests.Count, gateway.Sent.Count));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Without_a_gateway_nothing_leaves_and_the_page_says_so_and_the_number_is_sealed_and_masked(Database database)
    {
        await using var app = await TestApp.StartAsync(database, AddTo);
        await app.SeedRolesAsync();
        var clerk = await GivenClerkAsync(app);
        using var mine = Signed(app, clerk);
        await mine.ShouldKeepAsync(new() { QuietFrom = "12:00", QuietTo = "12:00", SmsKinds = ["Urge"], Mobile = Mobile });
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await TellAsync(app, clerk, NoticeKind.Urge);
        await app.RunAsync<SendNotices>();

        var view = await mine.ReadAsync("notices/settings");
        Assert.Equal(("139****1234", false, "NoChannel"), (Text(view, "mobile"), view.GetProperty("smsInstalled").GetBoolean(), Text(view.GetProperty("recently")[0], "state")));
        var page = await mine.GetStringAsync(new Uri(MyChannels.Url, UriKind.Relative), Ct);
        Assert.DoesNotContain(Mobile, page, StringComparison.Ordinal);
        Assert.Contains("尚未接入短信通道", page, StringComparison.Ordinal);
        var sealedNumber = await app.InDbAsync(db => db.Set<NoticeSetting>().Select(s => s.Mobile).SingleAsync(Ct));
        Assert.DoesNotContain(Mobile, Encoding.UTF8.GetString(sealedNumber!), StringComparison.Ordinal);

        await mine.SubmitAsync(MyChannels.Url, ("quietFrom", "22:00"), ("quietTo", "06:30"), ("removeMobile", "true"), ("push", "Urge"));
        var after = await mine.ReadAsync("notices/settings");
        Assert.Equal((JsonValueKind.Null, "06:30", false), (after.GetProperty("mobile").ValueKind, Text(after, "quietTo"), after.GetProperty("urgentHeard").GetBoolean()));
        Assert.DoesNotContain("Urge", after.GetProperty("muted").EnumerateArray().Select(k => k.GetString()));
        Assert.Contains("Sign", after.GetProperty("muted").EnumerateArray().Select(k => k.GetString()));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_read_notice_a_muted_kind_and_a_person_who_is_disabled_get_nothing(Database database)
    {
        var (service, gateway) = (new PushService(), new Gateway());
        await using var app = await StartAsync(database, service, gateway);
        var clerk = await GivenClerkAsync(app);
        using var mine = Signed(app, clerk);
        await mine.ShouldAllowAsync(service.Device);
        await mine.ShouldKeepAsync(new() { QuietFrom = "22:00", QuietTo = "07:00", Muted = ["Urge"] });
        await TellAsync(app, clerk, NoticeKind.Urge);
        await TellAsync(app, clerk, NoticeKind.Sign);
        (await mine.PostAsync(new Uri("/api/v1/notices/read-all", UriKind.Relative), null, Ct)).EnsureSuccessStatusCode();
        await TellAsync(app, clerk, NoticeKind.Urge);
        await app.RunAsync<SendNotices>();
        Assert.Empty(service.Requests);

        await app.InDbAsync(async db =>
        {
            (await db.Set<Person>().SingleAsync(p => p.Id == clerk.Id, Ct)).Disable(true);
            return await db.SaveChangesAsync(Ct);
        });
        await TellAsync(app, clerk, NoticeKind.Sign);
        await app.RunAsync<SendNotices>();

        Assert.Empty(service.Requests);
        Assert.Equal(["人员已停用", "此类提醒未开启"], (await SendsAsync(app)).Select(s => s.Reason).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Only_a_push_service_that_the_house_knows_is_called_and_a_device_is_its_persons_alone()
    {
        var (service, gateway) = (new PushService(), new Gateway());
        await using var app = await StartAsync(Database.Sqlite, service, gateway);
        using var mine = Signed(app, await GivenClerkAsync(app));
        using var other = Signed(app, await GivenClerkAsync(app, "other"));
        foreach (var url in (string[])["http://fcm.googleapis.com/push/1", "https://fcm.googleapis.com.evil.example/1", "https://127.0.0.1/1", "https://fcm.googleapis.com:8443/1", "https://a@fcm.googleapis.com/1", "x", ""])
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await mine.PostAsJsonAsync("/api/v1/notices/devices", service.Device.Subscription with { Endpoint = url }, Ct)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await mine.PostAsJsonAsync("/api/v1/notices/devices", service.Device.Subscription with { P256dh = "AAAA" }, Ct)).StatusCode);
        await mine.ShouldAllowAsync(service.Device);
        var id = Text((await mine.ReadAsync("notices/settings")).GetProperty("devices")[0], "id");
        await (await other.DeleteAsync(new Uri($"/api/v1/notices/devices/{id}", UriKind.Relative), Ct)).ShouldBeRefusedAsync(HttpStatusCode.NotFound, "device.not_found");
        await mine.SubmitAsync(MyChannels.Url, MyChannels.TestUrl);
        Assert.Equal("接诉·测试通知", Text(service.Device.Open(Assert.Single(service.Requests).Body), "title"));

        await other.ShouldAllowAsync(service.Device);    // the same browser, another person signed in

        Assert.Equal((0, 1), ((await mine.ReadAsync("notices/settings")).GetProperty("devices").GetArrayLength(), (await other.ReadAsync("notices/settings")).GetProperty("devices").GetArrayLength()));
    }

    [Fact]
    public async Task What_is_typed_wrong_is_named_and_nothing_is_kept()
    {
        await using var app = await StartAsync(Database.Sqlite, new PushService(), new Gateway());
        using var mine = Signed(app, await GivenClerkAsync(app));

        var refused = await mine.PutAsJsonAsync("/api/v1/notices/settings", new MyChannels.Wish { QuietFrom = "25:00", QuietTo = null, Muted = ["Nothing"], SmsKinds = ["Sign"], Mobile = "12345" }, Ct);
        await refused.ShouldNameAsync(HttpStatusCode.BadRequest, "notice.setting", "quietFrom", "quietTo", "muted", "smsKinds", "mobile");
        var page = await mine.SubmitAsync(MyChannels.Url, ("quietFrom", "21:30"), ("quietTo", "07:00"), ("mobile", "12345"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.StatusCode);
        Assert.Contains("value=\"21:30\"", await page.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal("22:00", Text(await mine.ReadAsync("notices/settings"), "quietFrom"));
    }

    [Theory]
    [InlineData("22:00", "07:00", "23:00", true), InlineData("22:00", "07:00", "06:59", true), InlineData("22:00", "07:00", "07:00", false), InlineData("22:00", "07:00", "21:59", false)]
    [InlineData("12:00", "14:00", "12:00", true), InlineData("12:00", "14:00", "14:00", false), InlineData("08:00", "08:00", "08:00", false)]
    public void Quiet_hours_go_over_midnight_and_end_before_their_end(string from, string to, string time, bool isQuiet) =>
        Assert.Equal(isQuiet, new QuietHours(At(from), At(to)).Holds(At(time)));

    private static TimeOnly At(string text) => TimeOnly.Parse(text, CultureInfo.InvariantCulture);

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static async Task<TestApp> StartAsync(Database database, PushService service, Gateway gateway)
    {
        var app = await TestApp.StartAsync(database, s =>
        {
            AddTo(s);
            s.AddSingleton<ISmsGateway>(gateway).AddHttpClient(PushSender.Client).ConfigurePrimaryHttpMessageHandler(() => service);
        });
        await app.SeedRolesAsync();
        return app;
    }

    private static Task<Person> GivenClerkAsync(TestApp app, string login = "clerk")
    {
        var person = Person.Of(login, login, Morning);
        person.Take(Heping, "UC");
        return app.GivenAsync(person);
    }

    private static HttpClient Signed(TestApp app, Person person)
    {
        var client = app.AsOf(Heping, Permissions.Read);
        client.DefaultRequestHeaders.Remove("X-Person");
        client.DefaultRequestHeaders.Add("X-Person", person.Id.ToString());
        return client;
    }

    private static async Task<WorkOrder> DispatchAsync(TestApp app)
    {
        var at = app.Clock.GetUtcNow();
        var order = await app.GivenAsync(AnOrder().Accepted().Dispatched(at: at));
        await app.DeliverAsync();
        return order;
    }

    private static WorkOrder Urgent() => AnOrder(urgency: "2小时").Accepted().Dispatched();

    private static async Task<Notice> TellAsync(TestApp app, Person person, NoticeKind kind, WorkOrder? about = null)
    {
        var order = await app.GivenAsync(about ?? AnOrder().Accepted().Dispatched());
        return await app.GivenAsync(new Notice { PersonId = person.Id, OrderId = order.Id, Kind = kind, Text = order.CaseNo, At = app.Clock.GetUtcNow() });
    }

    private static Task<List<NoticeSend>> SendsAsync(TestApp app) => app.InDbAsync(db => db.Set<NoticeSend>().AsNoTracking().ToListAsync(Ct));
}
