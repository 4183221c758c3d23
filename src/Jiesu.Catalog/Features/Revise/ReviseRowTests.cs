using System.Net;
using System.Text.RegularExpressions;
using Jiesu.Catalog.Contracts;
using Jiesu.Catalog.Domain;
using Jiesu.Identity.Contracts;
using Jiesu.Identity.Domain;
using Jiesu.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Catalog.Features.Revise;

public sealed partial class ReviseRowTests
{
    private const string Url = "/catalog/reasons/RTN-01";
    private const string Today = "2026-03-02";
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_change_is_compared_first_then_saved_and_the_old_row_stays(Database database)
    {
        await using var app = await StartAsync(database);
        using var editor = app.As(Permissions.Read, Permissions.Edit);

        var compared = await editor.SubmitAsync(Url, Renamed("非丰台区", Today));
        var html = await compared.Content.ReadAsStringAsync(Ct);
        Assert.Equal(HttpStatusCode.OK, compared.StatusCode);
        Assert.Contains("非本辖区", html, StringComparison.Ordinal);
        Assert.Contains("非丰台区", html, StringComparison.Ordinal);
        Assert.Equal("非本辖区", (await DayAsync(app)).FindReason("RTN-01")!.Name);
        var saved = await editor.SubmitAsync(Url, [.. Renamed("非丰台区", Today), ("confirm", DigestIn(html))]);

        Assert.Equal(Url, saved.Headers.Location!.OriginalString);
        Assert.Equal("非丰台区", (await DayAsync(app)).FindReason("RTN-01")!.Name);
        var rows = await RowsAsync(app);
        Assert.Equal([("非本辖区", 1), ("非丰台区", 2)], rows.Select(r => (r.Name, r.Revision)));
        Assert.Equal((new DateOnly(2021, 9, 24), new DateOnly(2026, 3, 2), new DateOnly(2026, 3, 2), null), (rows[0].ValidFrom, rows[0].ValidUntil, rows[1].ValidFrom, rows[1].ValidUntil));
        Assert.Equal("更名", rows[1].Reason);
        var page = await editor.GetStringAsync(new Uri(Url, UriKind.Relative), Ct);
        Assert.Contains("名称：非本辖区 → 非丰台区", page, StringComparison.Ordinal);
        var audit = await app.InDbAsync(db => db.Set<AuditRecord>().SingleAsync(a => a.Act == "catalog.change", Ct));
        Assert.Equal("catalog/reasons/RTN-01", audit.Subject);
        Assert.Contains("非本辖区 → 非丰台区", audit.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_of_next_week_waits_for_its_day()
    {
        await using var app = await StartAsync(Database.Sqlite);
        using var editor = app.As(Permissions.Read, Permissions.Edit);

        await SaveAsync(editor, Url, Renamed("下周的名称", "2026-03-09"));
        await SaveAsync(editor, Url, Renamed("今天的名称", Today));

        Assert.Equal("今天的名称", (await DayAsync(app)).FindReason("RTN-01")!.Name);
        app.Clock.Advance(TimeSpan.FromDays(6));
        Assert.Equal("今天的名称", (await DayAsync(app)).FindReason("RTN-01")!.Name);
        app.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal("下周的名称", (await DayAsync(app)).FindReason("RTN-01")!.Name);
    }

    [Fact]
    public async Task What_is_retired_is_gone_from_its_day_on_and_keeps_its_history()
    {
        await using var app = await StartAsync(Database.Sqlite);
        using var editor = app.As(Permissions.Read, Permissions.Edit);

        await SaveAsync(editor, Url, [.. Renamed("非本辖区", Today), ("retire", "yes")]);

        Assert.Null((await DayAsync(app)).FindReason("RTN-01"));
        Assert.Contains("自 2026-03-02 起停用", await editor.GetStringAsync(new Uri(Url, UriKind.Relative), Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_says_what_is_wrong_and_keeps_what_was_typed()
    {
        await using var app = await StartAsync(Database.Sqlite);
        using var editor = app.As(Permissions.Read, Permissions.Edit);

        var past = await editor.SubmitAsync(Url, ("kind", "EXT"), ("name", "新的名称"), ("validFrom", "2026-03-01"), ("reason", ""));

        var html = await past.Content.ReadAsStringAsync(Ct);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, past.StatusCode);
        Assert.All(new[] { "生效日期不能早于今天", "请填写修改原因。", "类别须与编码的前三位一致。", "value=\"新的名称\"" }, t => Assert.Contains(t, html, StringComparison.Ordinal));
        Assert.Single(await RowsAsync(app));
    }

    [Fact]
    public async Task The_second_of_two_editors_is_told_and_an_unseen_change_is_shown_again()
    {
        await using var app = await StartAsync(Database.Sqlite);
        using var editor = app.As(Permissions.Read, Permissions.Edit);
        var digest = DigestIn(await (await editor.SubmitAsync(Url, Renamed("甲", Today))).Content.ReadAsStringAsync(Ct));

        var other = await editor.SubmitAsync(Url, [.. Renamed("乙", Today), ("confirm", digest)]);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.Single(await RowsAsync(app));
        await SaveAsync(editor, Url, Renamed("甲", Today));

        Assert.Contains("已被他人修改", await (await PostAsync(editor, [.. Renamed("丙", Today), ("seen", "1")])).Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal(2, (await RowsAsync(app)).Count);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_new_community_can_receive_orders_at_once(Database database)
    {
        await using var app = await StartAsync(database);
        using var editor = app.As(Permissions.Read, Permissions.Edit);

        await SaveAsync(editor, "/catalog/places/new", [("code", "110106001019"), ("name", "翠林四里社区"), ("validFrom", Today), ("reason", "新设社区")]);

        Assert.Equal("110106001", (await DayAsync(app)).FindPlace("翠林四里社区")!.ParentCode);
        await using var scope = app.Services.CreateAsyncScope();
        var units = await scope.ServiceProvider.GetRequiredService<IUnitDirectory>().GetAsync(Ct);
        Assert.Equal(UnitKind.Community, units.Find("110106001019")!.Kind);
    }

    [Theory]
    [InlineData("/catalog/places/new", "code", "110106999001", "编码须是")]
    [InlineData("/catalog/places/new", "code", "110106001", "这个编码已经用过")]
    [InlineData("/catalog/classes/030000", "retire", "yes", "还有下级分类")]
    [InlineData("/catalog/directory/PD030100-1", "class", "999999", "没有编码为 999999 的问题分类")]
    [InlineData("/catalog/time-limits/D7", "handle.value", "0", "办理时限须是 1 到 720 的整数")]
    [InlineData("/catalog/calendar-years/2026", "holidays", "2027-01-01", "不在 2026 年内")]
    [InlineData("/catalog/working-hours/standard", "mon", "09:00-12:00 11:00-18:00", "周一的工作时段有重叠")]
    public async Task The_rules_of_each_table_are_told_at_their_field(string url, string field, string value, string problem)
    {
        await using var app = await StartAsync(Database.Sqlite);
        using var editor = app.As(Permissions.Read, Permissions.Edit);
        var typed = Typed(await editor.GetStringAsync(new Uri(url, UriKind.Relative), Ct));
        typed["name"] = typed.GetValueOrDefault("name") is { Length: > 0 } name ? name : "名称";
        (typed["reason"], typed[field]) = ("试一试", value);

        var response = await PostAsync(editor, [.. typed.Select(t => (t.Key, t.Value))], url);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Contains(problem, await response.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_only_read_sees_the_row_without_a_form_and_cannot_post()
    {
        await using var app = await StartAsync(Database.Sqlite);
        using var reader = app.As(Permissions.Read);

        Assert.DoesNotContain("name=\"reason\"", await reader.GetStringAsync(new Uri(Url, UriKind.Relative), Ct), StringComparison.Ordinal);
        await (await PostAsync(reader, Renamed("甲", Today))).ShouldBeRefusedAsync(HttpStatusCode.Forbidden, "http.403");
        await (await reader.GetAsync(new Uri("/catalog/reasons/NIX", UriKind.Relative), Ct)).ShouldBeRefusedAsync(HttpStatusCode.NotFound, "catalog.not_found");
        await (await reader.GetAsync(new Uri("/catalog/nothing/NIX", UriKind.Relative), Ct)).ShouldBeRefusedAsync(HttpStatusCode.NotFound, "catalog.not_found");
    }

    private static async Task<TestApp> StartAsync(Database database)
    {
        var app = await TestApp.StartAsync(database);
        await app.GivenCatalogueAsync();
        return app;
    }

    private static (string, string)[] Renamed(string name, string validFrom) => [("kind", "RTN"), ("name", name), ("validFrom", validFrom), ("reason", "更名")];

    private static async Task SaveAsync(HttpClient editor, string url, (string, string)[] typed)
    {
        var compared = await (await editor.SubmitAsync(url, typed)).Content.ReadAsStringAsync(Ct);
        var saved = await editor.SubmitAsync(url, [.. typed, ("confirm", DigestIn(compared))]);
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, (string Name, string Value)[] typed, string url = Url)
    {
        var html = await client.GetStringAsync(new Uri(url, UriKind.Relative), Ct);
        var token = Regex.Match(html, "name=\"__RequestVerificationToken\" value=\"([^\"]+)").Groups[1].Value;
        using var form = new FormUrlEncodedContent(typed.Where(t => t.Name != "__RequestVerificationToken").Append(("__RequestVerificationToken", token)).Select(t => KeyValuePair.Create(t.Item1, t.Item2)));
        return await client.PostAsync(new Uri(url, UriKind.Relative), form, Ct);
    }

    private static string DigestIn(string html) => Regex.Match(html, "name=\"confirm\" value=\"([0-9a-f]+)\"").Groups[1].Value;

    /// <summary>What the form would send as it stands.</summary>
    private static Dictionary<string, string> Typed(string html)
    {
        var typed = Inputs().Matches(html).GroupBy(m => m.Groups[1].Value).ToDictionary(g => g.Key, g => g.Last().Groups[2].Value);    // the layout has a token of its own
        foreach (Match area in Areas().Matches(html))
        {
            typed[area.Groups[1].Value] = area.Groups[2].Value;
        }

        foreach (Match select in Selects().Matches(html))
        {
            typed[select.Groups[1].Value] = Chosen().Match(select.Groups[2].Value) is { Success: true } chosen ? chosen.Groups[1].Value : "";
        }

        return typed;
    }

    private static async Task<IReadOnlyList<ReasonRow>> RowsAsync(TestApp app) =>
        await app.InDbAsync(db => db.Set<ReasonRow>().AsNoTracking().Where(r => r.Code == "RTN-01").OrderBy(r => r.Revision).ToListAsync(Ct));

    private static async Task<CatalogueDay> DayAsync(TestApp app) => await app.Services.GetRequiredService<ICatalogue>().GetAsync(Ct);

    [GeneratedRegex("<input (?!type=\"checkbox\")[^>]*name=\"([^\"]+)\"[^>]*value=\"([^\"]*)\"")]
    private static partial Regex Inputs();

    [GeneratedRegex("<textarea[^>]*name=\"([^\"]+)\"[^>]*>([^<]*)</textarea>")]
    private static partial Regex Areas();

    [GeneratedRegex("<select[^>]*name=\"([^\"]+)\"[^>]*>(.*?)</select>", RegexOptions.Singleline)]
    private static partial Regex Selects();

    [GeneratedRegex("<option value=\"([^\"]*)\"[^>]* selected")]
    private static partial Regex Chosen();
}
