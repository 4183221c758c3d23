using System.Net;
using System.Text.RegularExpressions;
using Jiesu.Catalog.Contracts;
using Jiesu.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Catalog.Features.EditForm;

public sealed partial class EditFormTests
{
    private const string Url = "/catalog/forms/intake";
    private const string Today = "2026-03-02";
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_form_is_changed_row_by_row_and_holds_from_its_day_on(Database database)
    {
        await using var app = await StartAsync(database);
        using var editor = app.As(Permissions.Read, Permissions.Edit);
        var typed = await TypedAsync(editor, Url);

        typed = TypedIn(await SendAsync(editor, Url, [.. typed, ("edit", "add")]));
        var last = typed.Count(t => t.Name.EndsWith(".type", StringComparison.Ordinal)) - 1;
        typed = [.. typed.Where(t => t.Name != $"q.{last}.name" && t.Name != $"q.{last}.label" && t.Name != $"q.{last}.type"), ($"q.{last}.name", "floor"), ($"q.{last}.label", "楼层"), ($"q.{last}.type", "number")];
        typed = TypedIn(await SendAsync(editor, Url, [.. typed, ("edit", $"up:{last}")]));
        typed = TypedIn(await SendAsync(editor, Url, [.. typed, ("edit", "remove:0")]));
        (string, string)[] whole = [.. typed.Where(t => t.Name is not ("validFrom" or "reason")), ("validFrom", Today), ("reason", "增加楼层")];
        var compared = await SendAsync(editor, Url, whole);
        var saved = await PostAsync(editor, Url, [.. whole, ("confirm", DigestIn(compared))]);

        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        var form = (await app.Services.GetRequiredService<ICatalogue>().GetAsync(Ct)).FindForm("intake", null)!;
        Assert.Equal(2, form.Version);
        Assert.Equal(["isReturningCaller", "callerSubject", "companyName", "subjectName", "floor", "peopleCount"], form.Questions.Select(q => q.Name));
        Assert.Equal(new("callerSubject", "企业"), form.Questions[2].RequiredIf);
        var page = WebUtility.HtmlDecode(await editor.GetStringAsync(new Uri(Url, UriKind.Relative), Ct));
        Assert.Contains("＋ 楼层（floor，数字", page, StringComparison.Ordinal);
        Assert.Contains("－ 方便接听时间", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_preview_is_the_form_as_the_clerk_sees_it_while_it_is_typed()
    {
        await using var app = await StartAsync(Database.Sqlite);
        using var editor = app.As(Permissions.Read, Permissions.Edit);
        var page = WebUtility.HtmlDecode(await editor.GetStringAsync(new Uri("/catalog/forms/reply", UriKind.Relative), Ct));
        var token = Token(page);

        var preview = WebUtility.HtmlDecode(await (await editor.SendAsync(
            "/catalog/forms/reply/preview",
            [new("__RequestVerificationToken", token), new("q.0.name", "colour"), new("q.0.label", "颜色"), new("q.0.type", "choice"), new("q.0.options", "红、蓝"), new("q.0.group", "外观")])).Content.ReadAsStringAsync(Ct));

        Assert.All(["id=\"form-preview\"", "name=\"preview.worksKind\"", "“是否见面”为“是”时必填", "<fieldset disabled"], words => Assert.Contains(words, page, StringComparison.Ordinal));
        Assert.All(["<legend>外观</legend>", "颜色", "<option value=\"蓝\">蓝</option>"], words => Assert.Contains(words, preview, StringComparison.Ordinal));
        Assert.DoesNotContain("<html", preview, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("q.1.name", "convenientTime", "第 2 行（是否老户）：名称“convenientTime”与第 1 行重复")]
    [InlineData("q.1.type", "colour", "第 2 行（是否老户）：没有“colour”这种类型")]
    [InlineData("q.3.ifField", "nothing", "第 4 行（企业名称）：必填条件指向的字段“nothing”不存在")]
    [InlineData("q.3.ifValue", "政府", "第 4 行（企业名称）：必填条件的值“政府”不在“诉求主体”的选项中")]
    [InlineData("q.2.options", " ", "第 3 行（诉求主体）：请填写选项，或选择选项来源")]
    [InlineData("q.5.least", "many", "第 6 行（涉及人数）：最小和最大只用于数字")]
    [InlineData("q.0.longest", "0", "第 1 行（方便接听时间）：最多字数只用于文字，须是 1 到 4000 的整数")]
    [InlineData("q.0.name", "方便", "第 1 行（方便接听时间）：名称须以小写字母开头")]
    public async Task A_bad_definition_is_refused_with_its_row_and_the_reason(string field, string value, string problem)
    {
        await using var app = await StartAsync(Database.Sqlite);
        using var editor = app.As(Permissions.Read, Permissions.Edit);
        var typed = await TypedAsync(editor, Url);

        var response = await PostAsync(editor, Url, [.. typed.Where(t => t.Name != field && t.Name != "reason"), (field, value), ("reason", "试一试")]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Contains(problem, WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(Ct)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_the_reply_bears_itself_keeps_its_type()
    {
        await using var app = await StartAsync(Database.Sqlite);
        using var editor = app.As(Permissions.Read, Permissions.Edit);
        var typed = await TypedAsync(editor, "/catalog/forms/reply");

        var response = await PostAsync(editor, "/catalog/forms/reply", [.. typed.Where(t => t.Name != "q.0.type"), ("q.0.type", "text"), ("reason", "试一试")]);

        Assert.Contains("第 1 行（是否联系）：名称“contacted”在操作中已有规定，类型须是“是否”。", WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(Ct)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("reply:咨询", null)]
    [InlineData("reply:闲聊", "编码须是")]
    [InlineData("chat", "编码须是")]
    public async Task A_form_may_be_for_one_request_type(string code, string? problem)
    {
        await using var app = await StartAsync(Database.Sqlite);
        using var editor = app.As(Permissions.Read, Permissions.Edit);
        (string, string)[] typed =
        [
            ("code", code), ("title", "咨询答复"), ("q.0.name", "result"), ("q.0.label", "答复内容"), ("q.0.type", "longText"), ("q.0.required", "yes"), ("validFrom", Today), ("reason", "新增"),
        ];

        var first = await PostAsync(editor, "/catalog/forms/new", typed);
        var html = WebUtility.HtmlDecode(await first.Content.ReadAsStringAsync(Ct));
        var saved = await PostAsync(editor, "/catalog/forms/new", [.. typed, ("confirm", DigestIn(html))]);

        var day = await app.Services.GetRequiredService<ICatalogue>().GetAsync(Ct);
        if (problem is null)
        {
            Assert.Equal("/catalog/forms/reply%3A%E5%92%A8%E8%AF%A2", saved.Headers.Location!.OriginalString);
            Assert.Equal(("咨询答复", "办理回复"), (day.FindForm("reply", "consult")!.Title, day.FindForm("reply", "投诉")!.Title));
            Assert.Contains("答复内容", WebUtility.HtmlDecode(await editor.GetStringAsync(saved.Headers.Location, Ct)), StringComparison.Ordinal);
        }
        else
        {
            Assert.Contains(problem, html, StringComparison.Ordinal);
        }
    }

    private static async Task<TestApp> StartAsync(Database database)
    {
        var app = await TestApp.StartAsync(database);
        await app.GivenCatalogueAsync();
        return app;
    }

    private static async Task<(string Name, string Value)[]> TypedAsync(HttpClient editor, string url) => TypedIn(await editor.GetStringAsync(new Uri(url, UriKind.Relative), Ct));

    /// <summary>What the editor would send as it stands.</summary>
    private static (string Name, string Value)[] TypedIn(string html)
    {
        var form = WebUtility.HtmlDecode(html.Split("id=\"form-preview\"")[0]);
        return
        [
            .. Inputs().Matches(form).Select(m => (m.Groups[1].Value, m.Groups[2].Value)).Where(t => t.Item1.StartsWith("q.", StringComparison.Ordinal) || t.Item1 is "seen" or "title"),
            .. Selects().Matches(form).Select(m => (m.Groups[1].Value, Chosen().Match(m.Groups[2].Value).Groups[1].Value)).Where(t => t.Item1.StartsWith("q.", StringComparison.Ordinal)),
            ("validFrom", Today),
        ];
    }

    private static async Task<string> SendAsync(HttpClient editor, string url, (string, string)[] typed)
    {
        var response = await PostAsync(editor, url, typed);
        var html = await response.Content.ReadAsStringAsync(Ct);
        Assert.True(response.IsSuccessStatusCode, string.Join('\n', Regex.Matches(WebUtility.HtmlDecode(html), "role=\"alert\"[^<]*").Select(m => m.Value)));
        return html;
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient editor, string url, (string Name, string Value)[] typed)
    {
        var token = Token(await editor.GetStringAsync(new Uri(url, UriKind.Relative), Ct));
        return await editor.SendAsync(url, [.. typed.Append(("__RequestVerificationToken", token)).Select(t => KeyValuePair.Create(t.Item1, t.Item2))]);
    }

    private static string Token(string html) => Regex.Match(html, "name=\"__RequestVerificationToken\" value=\"([^\"]+)").Groups[1].Value;

    private static string DigestIn(string html) => Regex.Match(html, "name=\"confirm\" value=\"([0-9a-f]+)\"").Groups[1].Value;

    [GeneratedRegex("<input (?!type=\"checkbox\")[^>]*name=\"([^\"]+)\"[^>]*value=\"([^\"]*)\"")]
    private static partial Regex Inputs();

    [GeneratedRegex("<select[^>]*name=\"([^\"]+)\"[^>]*>(.*?)</select>", RegexOptions.Singleline)]
    private static partial Regex Selects();

    [GeneratedRegex("<option value=\"([^\"]*)\"[^>]* selected")]
    private static partial Regex Chosen();
}
