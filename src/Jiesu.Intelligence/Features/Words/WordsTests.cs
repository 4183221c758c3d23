using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Jiesu.Intelligence.Contracts;
using Jiesu.Tests;
using Jiesu.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Jiesu.Tests.Given.ManyOrders;

namespace Jiesu.Intelligence.Features.Words;

public sealed class WordsTests
{
    private static readonly Uri Api = new("/api/v1/intelligence/words", UriKind.Relative);

    private static readonly string[] Usual =
    [
        "路灯不亮走夜路害怕", "井盖松动车一过就响", "小区垃圾桶满了没人清运", "快递员乱放快递", "幼儿园报名政策咨询", "公交站牌被撞歪", "楼上装修半夜敲墙", "楼道里堆满纸箱", "健身卡退费商家拖着不办", "社保卡丢失怎样补办",
        "公园长椅断了一条腿", "河道里有死鱼漂浮", "出租房中介扣押金", "电动车在楼道里充电", "饭馆油烟直排窗口", "工资拖了三个月没发", "路口红绿灯时间太短", "树枝挡住了路牌", "狗不拴绳吓到孩子", "水表读数和账单对不上",
    ];

    private static readonly string[] Places = ["广场上", "商场外面", "地铁站旁边", "学校门口", "公园里"];
    private static readonly string[] Faults = ["随意停放", "押金不退", "挡住盲道", "轮子损坏", "无人管理"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_made_up_word_in_15_of_200_orders_is_found_whole_and_no_name_with_it(Database database)
    {
        await using var app = await StartAsync(database);
        await app.GivenCallsAsync(TwoHundred(app));
        using var editor = app.As(Permissions.ViewWords, Permissions.EditWords);
        using var elsewhere = app.AsOf(Guid.CreateVersion7(), Permissions.ViewWords);

        using var asked = await editor.PostAsync(At("/new/search"), null, Ct);
        using var again = await editor.PostAsync(At("/new/search"), null, Ct);
        await app.RunAsync<SearchWords>();

        Assert.Equal(HttpStatusCode.NoContent, asked.StatusCode);
        await again.ShouldBeRefusedAsync(HttpStatusCode.Conflict, "intelligence.search_waits");
        var found = await editor.ReadAsync("intelligence/words/new");
        var items = found.GetProperty("items").EnumerateArray().ToArray();
        var words = items.Select(i => Text(i, "term")).ToArray();
        Assert.Equal("共享童车", words[0]);
        Assert.DoesNotContain(words, w => w is "享童车" or "共享童" or "童车" || w.Contains("欧阳", StringComparison.Ordinal) || w.Contains("明慧", StringComparison.Ordinal) || w.Contains("文杰", StringComparison.Ordinal));
        Assert.Equal((15, 0, 3), (items[0].GetProperty("orders").GetInt32(), items[0].GetProperty("previous").GetInt32(), items[0].GetProperty("examples").GetArrayLength()));
        Assert.All(items[0].GetProperty("examples").EnumerateArray(), e => Assert.Contains("共享童车", e.GetString(), StringComparison.Ordinal));
        Assert.DoesNotContain("欧阳明慧", found.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("13900000", found.ToString(), StringComparison.Ordinal);
        Assert.Equal(200, found.GetProperty("last").GetProperty("orders").GetInt32());
        Assert.Equal(0, (await elsewhere.ReadAsync("intelligence/words/new")).GetProperty("items")[0].GetProperty("examples").GetArrayLength());
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task What_is_taken_is_in_the_dictionary_and_what_is_rejected_never_comes_again(Database database)
    {
        await using var app = await StartAsync(database);
        await app.GivenCallsAsync(TwoHundred(app));
        using var editor = app.As(Permissions.ViewWords, Permissions.EditWords);
        await app.GivenAsync(new WordCandidate { Term = "泡泡车", Examples = "", Orders = 9 });
        await app.GivenAsync(new WordCandidate { Term = "共享童车", Examples = "", Orders = 9 });
        var (kept, gone) = (await IdOfAsync("共享童车"), await IdOfAsync("泡泡车"));

        using var chained = await editor.PostAsJsonAsync(At($"/new/{kept}/take"), new { canonical = new string('长', 21) }, Ct);
        using var taken = await editor.PostAsJsonAsync(At($"/new/{kept}/take"), new { canonical = "" }, Ct);
        using var twice = await editor.PostAsJsonAsync(At($"/new/{kept}/take"), new { canonical = "" }, Ct);
        using var rejected = await editor.PostAsync(At($"/new/{gone}/reject"), null, Ct);
        using var late = await editor.PostAsync(At($"/new/{gone}/reject"), null, Ct);
        await editor.PostAsync(At("/new/search"), null, Ct);
        await app.RunAsync<SearchWords>();

        await chained.ShouldNameAsync(HttpStatusCode.BadRequest, "intelligence.word_canonical", "canonical");
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (taken.StatusCode, rejected.StatusCode));
        await twice.ShouldBeRefusedAsync(HttpStatusCode.Conflict, "intelligence.candidate_decided");
        await late.ShouldBeRefusedAsync(HttpStatusCode.Conflict, "intelligence.candidate_decided");
        Assert.Equal("共享童车", Text(Assert.Single((await editor.ReadAsync("intelligence/words")).GetProperty("items").EnumerateArray()), "term"));
        Assert.DoesNotContain((await editor.ReadAsync("intelligence/words/new")).GetProperty("items").EnumerateArray(), i => Text(i, "term") is "共享童车" or "泡泡车");

        async Task<string> IdOfAsync(string term) => Text((await editor.ReadAsync("intelligence/words/new")).GetProperty("items").EnumerateArray().Single(i => Text(i, "term") == term), "id");
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task The_next_advice_names_words_of_the_dictionary_first_on_every_node(Database database)
    {
        await using var app = await StartAsync(database);
        await using var other = app.Twin();
        using var editor = app.As(Permissions.ViewWords, Permissions.EditWords);
        const string Complaint = "星河苑供暖不热，门口共享童车和娃娃车挡住路";
        var before = await KeywordsAsync(app, Complaint);
        Assert.Equal(before, await KeywordsAsync(other, Complaint));
        Assert.DoesNotContain("共享童车", before);
        Assert.Contains("供暖", before);

        await AddAsync(editor, "共享童车", null, null, HttpStatusCode.Created);
        await AddAsync(editor, "娃娃车", "共享童车", null, HttpStatusCode.Created);
        await AddAsync(editor, "供暖", null, "stop", HttpStatusCode.Created);
        other.Clock.Advance(WordBook.Often);

        foreach (var node in new[] { app, other })
        {
            var after = await KeywordsAsync(node, Complaint);
            Assert.Equal("共享童车", after[0]);
            Assert.Single(after, w => w == "共享童车");
            Assert.DoesNotContain("娃娃车", after);
            Assert.DoesNotContain("供暖", after);
            Assert.Equal("共享童车", (await KeywordsAsync(node, "娃娃车挡路"))[0]);
        }

        var id = Text((await editor.ReadAsync("intelligence/words?q=娃娃")).GetProperty("items")[0], "id");
        using var retired = await editor.DeleteAsync(At("/" + id), Ct);
        using var twice = await editor.DeleteAsync(At("/" + id), Ct);
        Assert.Equal(HttpStatusCode.NoContent, retired.StatusCode);
        await twice.ShouldBeRefusedAsync(HttpStatusCode.NotFound, "intelligence.word_unknown");
        Assert.DoesNotContain("共享童车", await KeywordsAsync(app, "娃娃车挡路"));
        await AddAsync(editor, "娃娃车", null, null, HttpStatusCode.Created);
        Assert.Equal("娃娃车", (await KeywordsAsync(app, "娃娃车挡路"))[0]);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task What_no_dictionary_could_hold_is_refused_by_the_name_of_the_field(Database database)
    {
        await using var app = await StartAsync(database);
        using var editor = app.As(Permissions.ViewWords, Permissions.EditWords);
        using var viewer = app.As(Permissions.ViewWords);
        await AddAsync(editor, "电动自行车", null, null, HttpStatusCode.Created);
        await AddAsync(editor, "电 瓶 车", "电动自行车", "term", HttpStatusCode.Created);
        await AddAsync(editor, "情况", null, "stop", HttpStatusCode.Created);

        foreach (var (term, canonical, kind, field) in new[]
        {
            ("", null, null, "term"), (" ", null, null, "term"), ("车", null, null, "term"), (new string('车', 21), null, null, "term"), ("车，马", null, null, "term"), ("<b>车</b>", null, null, "term"),
            ("电驴", new string('车', 21), null, "canonical"), ("电驴", "电瓶车", null, "canonical"), ("电驴", "情况", null, "canonical"), ("电驴", "电动车", "stop", "canonical"), ("电驴", null, "noun", "kind"),
        })
        {
            using var refused = await editor.PostAsJsonAsync(Api, new { term, canonical, kind }, Ct);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.Equal(field, Assert.Single((await refused.JsonAsync()).GetProperty("errors").EnumerateObject()).Name);
        }

        using var known = await editor.PostAsJsonAsync(Api, new { term = "电瓶车" }, Ct);
        await known.ShouldNameAsync(HttpStatusCode.Conflict, "intelligence.word_known", "term");
        var standard = Text((await editor.ReadAsync("intelligence/words?q=电动自行车&kind=term")).GetProperty("items").EnumerateArray().Single(w => Text(w, "term") == "电动自行车"), "id");
        using var chain = await editor.PostAsJsonAsync(At("/" + standard), new { canonical = "电动车" }, Ct);
        await chain.ShouldNameAsync(HttpStatusCode.BadRequest, "intelligence.word_canonical", "canonical");
        using var forbidden = await viewer.PostAsJsonAsync(Api, new { term = "电驴" }, Ct);
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_double_click_makes_one_word(Database database)
    {
        await using var app = await StartAsync(database);
        using var editor = app.As(Permissions.ViewWords, Permissions.EditWords);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => editor.PostAsJsonAsync(Api, new { term = "共享童车" }, Ct)));

        Assert.Equal(1, answers.Count(a => a.StatusCode == HttpStatusCode.Created));
        Assert.Equal(3, answers.Count(a => a.StatusCode == HttpStatusCode.Conflict));
        Assert.Equal(1, await app.InDbAsync(db => db.Set<StoredWord>().CountAsync(Ct)));
    }

    [Fact]
    public async Task The_pages_work_without_script_and_keep_what_was_typed()
    {
        await using var app = await StartAsync(Database.Sqlite);
        await app.GivenCallsAsync(TwoHundred(app));
        using var editor = app.As(Permissions.ViewWords, Permissions.EditWords);

        using var added = await editor.SubmitAsync(ShowWords.Url, ("term", "网约车"), ("canonical", ""), ("kind", "term"));
        using var refused = await editor.SubmitAsync(ShowWords.Url, ("term", "，，"), ("canonical", "标准的"), ("kind", "term"));
        var page = WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync(Ct));
        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.UnprocessableEntity), (added.StatusCode, refused.StatusCode));
        Assert.Contains("value=\"标准的\"", page, StringComparison.Ordinal);
        Assert.Contains("网约车", page, StringComparison.Ordinal);

        using var asked = await editor.SubmitAsync(ShowNewWords.Url, ShowNewWords.Url + "/search");
        await app.RunAsync<SearchWords>();
        var id = Text((await editor.ReadAsync("intelligence/words/new")).GetProperty("items")[0], "id");
        using var taken = await editor.SubmitAsync(ShowNewWords.Url, $"{ShowNewWords.Url}/{id}/take", ("canonical", ""));
        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (asked.StatusCode, taken.StatusCode));
        Assert.Contains("共享童车", WebUtility.HtmlDecode(await editor.GetStringAsync(new Uri(ShowWords.Url, UriKind.Relative), Ct)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_night_looks_for_new_words_once()
    {
        await using var app = await StartAsync(Database.Sqlite);
        await app.RunAsync<SearchWords>();
        Assert.Equal(0, await SearchesAsync());

        app.Clock.Advance(TimeSpan.FromHours(18.5));    // half past three in the night
        await app.RunAsync<SearchWords>();
        await app.RunAsync<SearchWords>();

        Assert.Equal(1, await SearchesAsync());

        Task<int> SearchesAsync() => app.InDbAsync(db => db.Set<WordSearch>().CountAsync(s => s.State == WordSearchState.Completed && s.RequestedBy == null, Ct));
    }

    private static async Task<TestApp> StartAsync(Database database)
    {
        var app = await TestApp.StartAsync(database);
        await app.SeedAsync();
        return app;
    }

    /// <summary>Of the last thirty days: 15 with the new word, 14 about one person by others, 6 by one caller who names himself; and a hundred of the month before.</summary>
    private static IEnumerable<Call> TwoHundred(TestApp app)
    {
        var now = app.Clock.GetUtcNow();
        for (var i = 0; i < 200; i++)
        {
            var text = i switch
            {
                < 15 => $"{Places[i % 5]}共享童车{Faults[i / 3]}",
                < 22 => $"{Places[i % 5]}的欧阳明慧女士{Faults[i % 3]}",
                < 29 => $"{Places[i % 5]}欧阳明慧{Faults[i % 5]}",
                < 35 => $"{Places[i % 5]}司徒文杰{Faults[i % 5]}",
                _ => Usual[i % 20],
            };
            yield return new(now.AddHours((-3 * i) - 1), text, $"市民反映：{text}，电话1390000{i:D4}。", Phone: i is >= 29 and < 35 ? "13700000000" : $"1390000{i:D4}", Name: i is >= 29 and < 35 ? "司徒文杰" : null);
        }

        for (var i = 0; i < 100; i++)
        {
            yield return new(now.AddDays(-40).AddHours(-i), Usual[i % 20], $"市民反映：{Usual[i % 20]}。", Phone: $"1380000{i:D4}");
        }
    }

    private static Uri At(string more) => new(Api + more, UriKind.Relative);

    private static async Task AddAsync(HttpClient editor, string term, string? canonical, string? kind, HttpStatusCode expected)
    {
        using var answer = await editor.PostAsJsonAsync(Api, new { term, canonical, kind }, Ct);
        Assert.Equal(expected, answer.StatusCode);
    }

    private static async Task<IReadOnlyList<string>> KeywordsAsync(TestApp app, string text)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<IOrderAdvisor>().AdviseAsync([new AdviceQuestion(text)], Ct))[0].Keywords;
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
