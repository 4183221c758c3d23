using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Jiesu.Catalog.Domain;
using Jiesu.Catalog.Domain.Forms;
using Jiesu.Catalog.Domain.Tables;
using Jiesu.Orders.Domain;
using Jiesu.Platform;
using Jiesu.Platform.Spreadsheets;
using Jiesu.Tests;
using Jiesu.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Orders.Features.Forms;

public sealed class OrderFormTests
{
    private const string Street = "110106001";
    private static readonly string[] Everything = [.. Permissions.All.Select(p => p.Code)];
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task What_one_answer_makes_necessary_is_asked_for_and_then_the_reply_is_found_by_it(Database database)
    {
        await using var app = await StartAsync(database);
        using var centre = app.As(Everything);
        using var street = await StreetAsync(app);
        var id = await SignedAsync(centre, street, "甲");

        var lacking = await ActAsync(street, id, "submit-reply", new { form = new { contacted = true, isTrue = true, solved = false, result = "已勘查", met = true } });
        await lacking.ShouldNameAsync(HttpStatusCode.BadRequest, "request.invalid", "reasonCode", "satisfied", "form.metAt", "form.metPlace");
        var done = await ActAsync(street, id, "submit-reply", new
        {
            form = new
            {
                contacted = true, isTrue = true, solved = false, reasonCode = "UNS-02", satisfied = "不满意", result = "已勘查", contactedAt = "02:35",
                met = true, metAt = "2026-03-02T09:30:00+08:00", metPlace = "居委会", attachmentKind = new[] { "现场照片", "见面记录" },
            },
        });

        Assert.True(done.IsSuccessStatusCode, await done.Content.ReadAsStringAsync(Ct));
        var step = await app.InDbAsync(db => db.Set<OrderEvent>().Where(e => e.Action == OrderAction.SubmitReply).SingleAsync(Ct));
        var details = StepDetails.Read(step.Details);
        Assert.Equal((true, false, "不满意", "已勘查", "UNS-02"), (details.Contacted, details.Solved, details.Satisfied, details.Result, step.ReasonCode));
        Assert.Equal(("reply", 1, "02:35"), (details.Form!.Code, details.Form.Version, details.Form.Values["contactedAt"].GetString()));
        Assert.Equal(["甲"], await TitlesAsync(centre, "form.metPlace=居委会&form.met=是&form.attachmentKind=见面记录"));
        Assert.Empty(await TitlesAsync(centre, "form.metPlace=居委会&form.met=否"));
        await (await centre.GetAsync(new Uri("/api/v1/orders?form.Met Place=x", UriKind.Relative), Ct)).ShouldNameAsync(HttpStatusCode.BadRequest, "request.invalid", "form.Met Place");
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task What_may_be_done_brings_the_form_of_the_reply_whole_so_that_it_can_be_drawn_and_sent(Database database)
    {
        await using var app = await StartAsync(database);
        await GivenFormAsync(app, "reply:咨询", """[{"name":"answered","label":"是否答复","type":"yesNo","required":true}]""");
        using var centre = app.As(Everything);
        using var street = await StreetAsync(app);
        var id = await SignedAsync(centre, street, "甲");

        var offers = (await street.ReadAsync($"orders/{id}/actions")).GetProperty("items").EnumerateArray().ToDictionary(i => i.GetProperty("action").GetString()!);
        var form = offers["submit-reply"].GetProperty("form");
        var fields = form.GetProperty("fields").EnumerateArray().ToDictionary(f => f.GetProperty("name").GetString()!);
        using var anybody = app.As(Catalog.Permissions.Read);
        var listed = (await anybody.ReadAsync("forms")).GetProperty("items").EnumerateArray().Single(f => f.GetProperty("code").GetString() == "reply");

        Assert.Equal(("reply", 1), (form.GetProperty("code").GetString(), form.GetProperty("version").GetInt32()));
        Assert.True(JsonElement.DeepEquals(listed, form));
        Assert.Equal(("met", "true"), (fields["metPlace"].GetProperty("requiredIf").GetProperty("field").GetString(), fields["metPlace"].GetProperty("requiredIf").GetProperty("value").GetString()));
        Assert.Contains("UNS-02", fields["reasonCode"].GetProperty("options").EnumerateArray().Select(o => o.GetProperty("code").GetString()));
        Assert.Equal(JsonValueKind.Null, offers["contact"].GetProperty("form").ValueKind);
        var answers = new Dictionary<string, object?>();
        foreach (var field in form.GetProperty("fields").EnumerateArray().Where(f => IsAskedFor(f, answers)))
        {
            answers[field.GetProperty("name").GetString()!] = Answer(field);
        }

        var sent = await ActAsync(street, id, "submit-reply", new { form = answers });
        Assert.True(sent.IsSuccessStatusCode, await sent.Content.ReadAsStringAsync(Ct));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Nought_and_no_are_answers_and_are_found_and_exported(Database database)
    {
        await using var app = await StartAsync(database);
        using var centre = app.As(Everything);
        await CreateAsync(centre, "甲", new { peopleCount = 0, isReturningCaller = false, companyName = "  " });
        await CreateAsync(centre, "乙", new { peopleCount = 12, callerSubject = "企业", companyName = "某公司" });
        await CreateAsync(centre, "丙", null);

        Assert.Equal(["甲"], await TitlesAsync(centre, "form.peopleCount=0"));
        Assert.Equal(["甲"], await TitlesAsync(centre, "form.isReturningCaller=false"));
        using var answer = await centre.GetAsync(new Uri("/api/v1/orders/export?format=csv", UriKind.Relative), Ct);
        using var sheet = SpreadsheetReader.Open(new MemoryStream(await answer.Content.ReadAsByteArrayAsync(Ct))).Value;
        var rows = sheet.Rows().ToDictionary(r => r.Cells[Column(sheet, "标题")]);
        var (people, again, company) = (Column(sheet, "登记·涉及人数"), Column(sheet, "登记·是否老户"), Column(sheet, "登记·企业名称"));
        Assert.Equal(("0", "否", ""), (rows["甲"].Cells[people], rows["甲"].Cells[again], rows["甲"].Cells[company]));
        Assert.Equal(("12", "", "某公司"), (rows["乙"].Cells[people], rows["乙"].Cells[again], rows["乙"].Cells[company]));
        Assert.Equal(("", ""), (rows["丙"].Cells[people], rows["丙"].Cells[again]));
        Assert.Equal(2, await app.InDbAsync(db => db.Set<FormValue>().CountAsync(v => v.Field == "peopleCount", Ct)));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task An_order_keeps_the_form_that_it_was_answered_with(Database database)
    {
        await using var app = await StartAsync(database);
        using var centre = app.As(Everything);
        var old = await CreateAsync(centre, "甲", new { subjectName = "某商户" });

        await GivenFormAsync(app, "intake", """[{"name":"subjectName","label":"投诉对象","type":"text"},{"name":"floor","label":"楼层","type":"number"}]""");
        var young = await CreateAsync(centre, "乙", new { subjectName = "某工地", floor = 3 });

        var (oldPage, youngPage) = (await PageAsync(centre, $"/orders/{old}"), await PageAsync(centre, $"/orders/{young}"));
        Assert.Contains("<dt>被反映人</dt><dd class=\"prose\">某商户</dd>", oldPage, StringComparison.Ordinal);
        Assert.Contains("表单第 1 版", oldPage, StringComparison.Ordinal);
        Assert.DoesNotContain("投诉对象", oldPage, StringComparison.Ordinal);
        Assert.Contains("<dt>投诉对象</dt><dd class=\"prose\">某工地</dd>", youngPage, StringComparison.Ordinal);
        var form = (await centre.ReadAsync($"orders/{old}/forms")).GetProperty("items")[0];
        Assert.Equal(("intake", 1, "被反映人"), (form.GetProperty("form").GetString(), form.GetProperty("version").GetInt32(), form.GetProperty("answers")[0].GetProperty("label").GetString()));
    }

    [Theory]
    [InlineData("""{"nonsense":1}""", "request.invalid", "form.nonsense")]
    [InlineData("""{"peopleCount":"0"}""", "request.invalid", "form.peopleCount")]
    [InlineData("""{"peopleCount":-1}""", "request.invalid", "form.peopleCount")]
    [InlineData("""{"isReturningCaller":"是"}""", "request.invalid", "form.isReturningCaller")]
    [InlineData("""{"callerSubject":"政府"}""", "request.invalid", "form.callerSubject")]
    [InlineData("""{"callerSubject":"企业","companyName":" "}""", "request.invalid", "form.companyName")]
    [InlineData("""{"subjectName":"\u0000"}""", "request.invalid", "form.subjectName")]
    [InlineData("""{"subjectName":{"a":1}}""", "request.unreadable", "form")]
    [InlineData("""{"subjectName":"\ud800"}""", "request.unreadable", "form")]
    public async Task What_the_form_does_not_ask_for_is_refused_with_its_name(string form, string code, string field)
    {
        await using var app = await StartAsync(Database.Sqlite);
        using var centre = app.As(Everything);

        var response = await centre.PostJsonAsync("k1", $$"""{"title":"甲","content":"内容","channel":"电话","form":{{form}}}""");

        var problem = await response.ShouldBeRefusedAsync(HttpStatusCode.BadRequest, code);
        Assert.StartsWith(field, problem.GetProperty("errors").EnumerateObject().Single().Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_belongs_to_the_reply_alone_and_says_nothing_else_than_the_reply()
    {
        await using var app = await StartAsync(Database.Sqlite);
        using var centre = app.As(Everything);
        using var street = await StreetAsync(app);
        var id = await SignedAsync(centre, street, "甲");

        await (await ActAsync(street, id, "contact", new { note = "已通话", form = new { } })).ShouldNameAsync(HttpStatusCode.BadRequest, "request.invalid", "form");
        await (await ActAsync(street, id, "submit-reply", new { result = "一", form = new { contacted = false, isTrue = true, solved = true, result = "二" } }))
            .ShouldNameAsync(HttpStatusCode.BadRequest, "request.invalid", "result");
        var plain = await ActAsync(street, id, "submit-reply", new { result = "已疏通" });

        Assert.True(plain.IsSuccessStatusCode, await plain.Content.ReadAsStringAsync(Ct));
        Assert.Empty(await app.InDbAsync(db => db.Set<FormValue>().ToListAsync(Ct)));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task The_page_asks_the_questions_keeps_what_was_typed_and_a_second_reply_takes_the_place_of_the_first(Database database)
    {
        await using var app = await StartAsync(database);
        using var centre = app.As(Everything);
        using var street = await StreetAsync(app);
        var id = await SignedAsync(centre, street, "甲");
        var url = $"/orders/{id}/act/submit-reply";

        var page = await PageAsync(street, url);
        var refused = await street.SubmitAsync(url, ("result", "已疏通"), ("contacted", "false"), ("form.metPlace", "居委会门口"), ("form.contactedAt", "two"));
        var html = WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync(Ct));
        var sent = await street.SubmitAsync(url, ("result", "已疏通"), ("contacted", "false"), ("solved", "true"), ("form.isTrue", "true"), ("form.metPlace", "居委会门口"));
        await ActAsync(street, id, "unit-review", new { decision = "reject", opinion = "请补充" });
        await street.SubmitAsync(url, ("result", "已疏通并复查"), ("contacted", "false"), ("solved", "true"), ("form.isTrue", "true"), ("form.metPlace", "物业办公室"));
        var order = await PageAsync(centre, $"/orders/{id}");

        Assert.All(["<legend>承办人员</legend>", "name=\"form.worksKind\"", "“是否见面”为“是”时必填"], words => Assert.Contains(words, page, StringComparison.Ordinal));
        Assert.Single(Regex.Matches(page, "name=\"result\""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.All(["请填写是否解决。", "请填写是否属实。", "录音中的位置", "联系时间须按 分:秒 填写", "居委会门口", "已疏通"], words => Assert.Contains(words, html, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        Assert.Empty(await TitlesAsync(centre, "form.metPlace=居委会门口"));
        Assert.Equal(["甲"], await TitlesAsync(centre, "form.metPlace=物业办公室"));
        Assert.All(["居委会门口", "物业办公室"], words => Assert.Contains(words, order, StringComparison.Ordinal));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task The_seat_is_asked_the_questions_of_the_request_type_and_finds_its_answers_in_the_draft(Database database)
    {
        await using var app = await StartAsync(database);
        await GivenFormAsync(app, "intake:咨询", """[{"name":"topic","label":"咨询事项","type":"text","required":true}]""");
        using var seat = app.As(Everything);
        var typed = await seat.FillInAsync("/orders/new", "/orders/new", ("title", "甲"), ("content", "内容"), ("channel", "12345热线"), ("form.peopleCount", "x"), ("form.convenientTime", "18:00以后"));

        var general = await PageAsync(seat, "/orders/new");
        await seat.SendAsync("/orders/new/draft", typed);
        var restored = await PageAsync(seat, "/orders/new");
        var refused = WebUtility.HtmlDecode(await (await seat.SendAsync("/orders/new", typed)).Content.ReadAsStringAsync(Ct));
        var special = await (await seat.SendAsync("/orders/new/questions", [.. typed, KeyValuePair.Create("requestType", "咨询")])).Content.ReadAsStringAsync(Ct);
        var made = await seat.SendAsync("/orders/new", [.. typed.Where(t => !t.Key.StartsWith("form.", StringComparison.Ordinal)), KeyValuePair.Create("form.peopleCount", "0")]);

        Assert.Contains("方便接听时间", general, StringComparison.Ordinal);
        Assert.Contains("18:00以后", restored, StringComparison.Ordinal);
        Assert.All(["涉及人数须是数字。", "18:00以后"], words => Assert.Contains(words, refused, StringComparison.Ordinal));
        Assert.Contains("咨询事项", WebUtility.HtmlDecode(special), StringComparison.Ordinal);
        Assert.DoesNotContain("涉及人数", WebUtility.HtmlDecode(special), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        Assert.Equal(["甲"], await TitlesAsync(seat, "form.peopleCount=0.0"));
    }

    private static bool IsAskedFor(JsonElement field, Dictionary<string, object?> answers) => field.GetProperty("required").GetBoolean()
        || (field.GetProperty("requiredIf") is { ValueKind: JsonValueKind.Object } condition
            && JsonSerializer.Serialize(answers.GetValueOrDefault(condition.GetProperty("field").GetString()!)).Trim('"') == condition.GetProperty("value").GetString());

    /// <summary>What a client that knows nothing but the description would say.</summary>
    private static object? Answer(JsonElement field) => field.GetProperty("type").GetString() switch
    {
        "yesNo" => false,
        "choice" => field.GetProperty("options")[0].GetProperty("code").GetString(),
        "choices" => new[] { field.GetProperty("options")[0].GetProperty("code").GetString() },
        _ => "已办理",
    };

    private static async Task<TestApp> StartAsync(Database database)
    {
        var app = await TestApp.StartAsync(database);
        await app.GivenCatalogueAsync();
        return app;
    }

    private static async Task<HttpClient> StreetAsync(TestApp app) => app.AsOf(await app.UnitIdAsync(Street), Everything);

    /// <summary>A definition that takes the place of the present one from today on.</summary>
    private static async Task GivenFormAsync(TestApp app, string code, string questions)
    {
        await app.InDbAsync(async db =>
        {
            var history = await CatalogTables.Forms.HistoryAsync(db, code, Ct);
            var row = new FormRow { Code = code, Title = "登记补充", Questions = FormText.Stored(FormText.Questions(questions)) };
            db.Add(Revision.Replace(history, row, app.Clock.Today(), new(null, "试验", app.Clock.GetUtcNow())));
            db.Add(new CatalogChange { Subject = $"forms/{code}", At = app.Clock.GetUtcNow() });
            return await db.SaveChangesAsync(Ct);
        });
        app.Services.GetRequiredService<CatalogueCache>().Forget();
    }

    private static async Task<string> CreateAsync(HttpClient centre, string title, object? form)
    {
        var response = await centre.PostOrderAsync(title, new { title, content = "门前下水道堵塞", channel = "电话", town = Street, form });
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Ct));
        return (await response.JsonAsync()).GetProperty("id").GetString()!;
    }

    private static async Task<string> SignedAsync(HttpClient centre, HttpClient street, string title)
    {
        var id = await CreateAsync(centre, title, null);
        foreach (var (who, action, body) in new (HttpClient, string, object)[] { (centre, "accept", new { }), (centre, "dispatch", new { lead = Street }), (street, "sign", new { }) })
        {
            Assert.Equal(HttpStatusCode.OK, (await ActAsync(who, id, action, body)).StatusCode);
        }

        return id;
    }

    private static async Task<HttpResponseMessage> ActAsync(HttpClient who, string id, string action, object body) =>
        await who.ActAsync($"orders/{id}/actions/{action}", (await who.ReadAsync($"orders/{id}")).GetProperty("version").GetInt32(), body);

    private static async Task<IEnumerable<string?>> TitlesAsync(HttpClient who, string query) =>
        (await who.ReadAsync($"orders?{query}")).GetProperty("items").EnumerateArray().Select(x => x.GetProperty("title").GetString());

    private static async Task<string> PageAsync(HttpClient who, string url) => WebUtility.HtmlDecode(await who.GetStringAsync(new Uri(url, UriKind.Relative), Ct));

    private static int Column(Spreadsheet sheet, string name) => sheet.Header.Index().Single(h => h.Item == name).Index;
}
