using System.Net;
using Jiesu.Catalog.Domain;
using Jiesu.Catalog.Domain.Tables;
using Jiesu.Platform;
using Jiesu.Tests;
using Jiesu.Tests.Given;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Orders.Features.Phrases;

public sealed class PhraseFormTests
{
    private const string Street = "110106001";
    private static readonly string[] Everything = [.. Permissions.All.Select(p => p.Code)];
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("请{承办单位}到{地址}", "请和平街道到{承办单位}路")]
    [InlineData("{不认识}、{{地址}}、{}、{地址", "{不认识}、{{承办单位}路}、{}、{地址")]
    [InlineData("{点位}", "{点位}")]
    public void Known_braces_are_filled_once_and_all_others_stay(string text, string filled) =>
        Assert.Equal(filled, PhraseText.Fill(text, new Dictionary<string, string> { ["承办单位"] = "和平街道", ["地址"] = "{承办单位}路" }));

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task The_form_of_an_action_offers_the_phrases_of_its_field_filled_with_the_order(Database database)
    {
        await using var app = await StartAsync(database);
        using var centre = app.As(Everything);
        using var street = app.AsOf(await app.UnitIdAsync(Street), Everything);
        await GivenPhraseAsync(app, "SW-1", "本街常用", unit: Street);
        await GivenPhraseAsync(app, "SW-2", "别街常用", unit: "110106002");
        await GivenPhraseAsync(app, "SW-3", "健身卡常用", classCode: "010000");
        var id = (await (await centre.PostOrderAsync("k", new
        {
            title = "甲", content = "内容", channel = "电话", town = Street, address = "玉林里 <5> 号", callerName = "张小明", callerPhone = "13812345678", classL3 = "020101",
        })).JsonAsync()).GetProperty("id").GetString()!;
        await ActAsync(centre, id, "accept", new { });
        var dispatch = await PageAsync(centre, $"/orders/{id}/act/dispatch");
        await ActAsync(centre, id, "dispatch", new { lead = Street });
        await ActAsync(street, id, "sign", new { });

        var reply = await PageAsync(street, $"/orders/{id}/act/submit-reply");
        var contact = await PageAsync(street, $"/orders/{id}/act/contact");

        Assert.Contains("请{承办单位}核实玉林里 <5> 号反映的问题", WebUtility.HtmlDecode(dispatch), StringComparison.Ordinal);
        Assert.Contains("data-phrase-field=\"承办单位\"", WebUtility.HtmlDecode(dispatch), StringComparison.Ordinal);
        Assert.DoesNotContain("<5>", dispatch, StringComparison.Ordinal);
        Assert.All(["接单后，我单位于2026-03-02联系张先生/女士，并到玉林里 <5> 号现场核实", "data-for=\"result\"", "本街常用", "data-for=\"opinion\""], words => Assert.Contains(words, WebUtility.HtmlDecode(reply), StringComparison.Ordinal));
        Assert.All(["张小明", "别街常用", "健身卡常用", "请{承办单位}"], words => Assert.DoesNotContain(words, WebUtility.HtmlDecode(reply), StringComparison.Ordinal));
        Assert.Contains("data-for=\"note\"", contact, StringComparison.Ordinal);
        Assert.Contains("2026-03-02致电张先生/女士", WebUtility.HtmlDecode(contact), StringComparison.Ordinal);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task The_dispatch_desk_offers_the_phrases_of_its_note_by_class_and_unit(Database database)
    {
        await using var app = await StartAsync(database);
        using var centre = app.As(Everything);
        centre.DefaultRequestHeaders.Remove("X-Unit");
        centre.DefaultRequestHeaders.Add("X-Unit", (await app.UnitIdAsync("110106-ZX")).ToString());
        await GivenPhraseAsync(app, "PD-1", "中心派单用", unit: "110106-ZX", use: "派单说明");
        await GivenPhraseAsync(app, "PD-2", "别处派单用", unit: Street, use: "派单说明");
        await GivenPhraseAsync(app, "PD-3", "健身卡派单用", classCode: "010000", use: "派单说明");
        await GivenPhraseAsync(app, "PD-4", "供暖派单用", classCode: "020000", use: "派单说明");
        var id = (await (await centre.PostOrderAsync("k", new { title = "甲", content = "内容", channel = "电话", town = Street, address = "玉林里 5 号", classL3 = "020101" })).JsonAsync()).GetProperty("id").GetString()!;
        await ActAsync(centre, id, "accept", new { });

        var desk = WebUtility.HtmlDecode(await PageAsync(centre, $"/orders/desk?order={id}"));

        Assert.All(["中心派单用", "供暖派单用", "请{承办单位}核实玉林里 5 号反映的问题", $"id=\"phrases-note{id}\"", "data-phrase-field=\"承办单位\""], words => Assert.Contains(words, desk, StringComparison.Ordinal));
        Assert.All(["别处派单用", "健身卡派单用"], words => Assert.DoesNotContain(words, desk, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_seat_has_its_script_beside_the_form_with_what_is_answered_ticked()
    {
        await using var app = await StartAsync(Database.Sqlite);
        using var seat = app.As(Everything);

        var empty = WebUtility.HtmlDecode(await PageAsync(seat, "/orders/new"));
        await seat.SendAsync("/orders/new/draft", await seat.FillInAsync("/orders/new", "/orders/new", ("content", "楼下着火了，请快来"), ("title", "着火")));
        var page = WebUtility.HtmlDecode(await PageAsync(seat, "/orders/new"));

        Assert.All(["诉求人反映：【时间】{地址}发生【事项】", "是否保密", "紧急转接 110、119、120"], words => Assert.Contains(words, empty, StringComparison.Ordinal));
        Assert.Matches("<li data-ticks=\"content\" aria-current=\"step\">", empty);
        Assert.Matches("<li data-ticks=\"content title\">\\s*<label class=\"check\"><input type=\"checkbox\" checked", page);
        Assert.Matches("<li data-ticks=\"address town\" aria-current=\"step\">", page);
        Assert.Matches("data-title=\"火情、燃气或被困\" data-kind=\"late\"", page);
        Assert.Matches("<details class=\"script-urgent\" open", page);
    }

    private static async Task<TestApp> StartAsync(Database database)
    {
        var app = await TestApp.StartAsync(database);
        await app.GivenCatalogueAsync();
        return app;
    }

    private static async Task GivenPhraseAsync(TestApp app, string code, string title, string unit = "", string classCode = "", string use = "回复")
    {
        await app.InDbAsync(async db =>
        {
            db.Add(Revision.Replace([], new PhraseRow { Code = code, Use = use, Title = title, Text = title, Unit = unit, ClassCode = classCode }, app.Clock.Today(), new(null, "试验", app.Clock.GetUtcNow())));
            db.Add(new CatalogChange { Subject = $"phrases/{code}", At = app.Clock.GetUtcNow() });
            return await db.SaveChangesAsync(Ct);
        });
        app.Services.GetRequiredService<CatalogueCache>().Forget();
    }

    private static async Task ActAsync(HttpClient who, string id, string action, object body)
    {
        var version = (await who.ReadAsync($"orders/{id}")).GetProperty("version").GetInt32();
        var done = await who.ActAsync($"orders/{id}/actions/{action}", version, body);
        Assert.True(done.IsSuccessStatusCode, await done.Content.ReadAsStringAsync(Ct));
    }

    private static Task<string> PageAsync(HttpClient who, string url) => who.GetStringAsync(new Uri(url, UriKind.Relative), Ct);
}
