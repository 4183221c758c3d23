using CsCheck;
using Jiesu.Platform;
using Jiesu.Platform.Text;
using Jiesu.Tests;
using Jiesu.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jiesu.Orders.Features.Search;

public sealed class OrderSearchTests
{
    private static readonly string[] Pieces = ["下水道", "堵塞", "翠林", "小区", "水", "道", "堵", "路灯", "不亮", "预付卡", "退款", "12345", "abc", "𠮷", "，", "\n", " ", "·"];
    private static readonly Gen<string> Texts = Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[1, 8].Select(string.Concat).Where(t => !string.IsNullOrWhiteSpace(t));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The law: whoever types a piece of a text, letters, digits or characters in a row, finds every order that holds it.</summary>
    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public Task Whatever_stands_in_a_text_finds_it_and_newest_comes_first(Database database) => Texts.Array[60].SampleAsync(async texts =>
    {
        await using var app = await DeskSteps.StartDeskAsync(database);
        using var desk = app.As(Permissions.Create, Permissions.Read);
        await ReceiveAsync(app, texts);
        await app.DeliverAsync();

        string[] queries = [.. Pieces.Where(p => p.Any(char.IsLetterOrDigit)), "下水", "水道堵", "林小", "道堵塞", "路灯不亮", "12345abc", "堵塞 小区", "卡 水"];
        foreach (var query in queries)
        {
            var wanted = texts.Index().Where(t => query.Split(' ').All(part => Holds(Segmenter.Normalise(t.Item), part))).Select(t => t.Index).Reverse().ToList();
            var found = await FindAsync(desk, query);
            Assert.True(wanted.TrueForAll(found.Contains), $"“{query}” misses {string.Join(' ', wanted.Except(found).Select(i => $"“{texts[i]}”"))}");
            Assert.Equal(found.OrderDescending(), found);
        }
    }, iter: 1);

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task What_is_typed_is_never_query_syntax_and_numbers_are_found_at_once(Database database)
    {
        await using var app = await DeskSteps.StartDeskAsync(database);
        using var desk = app.As(Permissions.Create, Permissions.Read);
        await desk.PostOrderAsync("k1", new { title = "路灯 100% 不亮", content = "O'Neil & <b>\"引号\"</b> C:\\temp 50%_x", channel = "电话", orderNo = "202603020012345678" });
        Assert.Equal(1, (await desk.ReadAsync("orders?q=202603020012345678")).GetProperty("total").GetInt32());
        Assert.Equal(1, (await desk.ReadAsync("orders?q=FT-20260302-000001")).GetProperty("total").GetInt32());
        await app.DeliverAsync();

        string[] hostile = ["\\", "%", "_", "'", "\"", "*", "(", ")", "a OR b", "NOT 路灯", "路灯 AND", "words:路灯", "^路灯", "路灯*", "{路灯}", "-路灯", "路灯 NEAR 不亮", "'; DROP TABLE orders_search; --", "&", "|", "!", "<->", ":*", "\u0000", "😀", "\ud800"];
        foreach (var query in hostile)
        {
            using var answer = await desk.GetAsync(new Uri("/api/v1/orders?q=" + Uri.EscapeDataString(query), UriKind.Relative), Ct);
            Assert.True(answer.IsSuccessStatusCode, query);
        }

        string[] nothing = ["%", "\\", "_", "*", "井盖"];
        Assert.All(await Task.WhenAll(nothing.Select(q => FindAsync(desk, q))), found => Assert.Empty(found));
        string[] there = ["路灯", "引号", "100%", "O'Neil", "temp", "2026030200", "灯", "亮"];
        Assert.All(await Task.WhenAll(there.Select(q => FindAsync(desk, q))), found => Assert.Single(found));
    }

    /// <summary>More than is looked at together: the API still counts all, pages and keys go on to the last, the page says that it counted no further, a filter beside the text still filters.</summary>
    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_search_that_finds_very_many_is_counted_whole_and_walked_to_its_end(Database database)
    {
        const int Many = 1250;
        await using var app = await DeskSteps.StartDeskAsync(database);
        using var desk = app.As(Permissions.Create, Permissions.Read);
        await ReceiveAsync(app, [.. Enumerable.Range(0, Many).Select(i => $"路灯不亮 {i % 3}")]);
        await app.DeliverAsync();

        var walked = new List<string>();
        for (var list = await desk.ReadAsync("orders?pageSize=200&q=路灯"); ; list = await desk.ReadAsync($"orders?pageSize=200&q=路灯&after={list.GetProperty("next").GetString()}"))
        {
            Assert.Equal(Many, list.GetProperty("total").GetInt32());
            walked.AddRange(list.GetProperty("items").EnumerateArray().Select(x => x.GetProperty("title").GetString()!));
            if (list.GetProperty("next").GetString() is null)
            {
                break;
            }
        }

        Assert.Equal(Enumerable.Range(0, Many).Reverse().Select(i => $"n{i}"), walked);
        var last = await desk.ReadAsync("orders?pageSize=200&q=路灯&page=7");
        Assert.Equal(walked[1200..], last.GetProperty("items").EnumerateArray().Select(x => x.GetProperty("title").GetString()));
        Assert.Equal(0, (await desk.ReadAsync("orders?q=路灯&state=Closed")).GetProperty("total").GetInt32());
        Assert.Contains("只计到 1,000 条", await desk.GetStringAsync(new Uri("/orders?q=路灯", UriKind.Relative), Ct), StringComparison.Ordinal);
    }

    /// <summary>Chinese anywhere; other letters and digits as a whole run, or from its beginning when long enough.</summary>
    private static bool Holds(string text, string part)
    {
        for (var at = text.IndexOf(part, StringComparison.Ordinal); at >= 0; at = text.IndexOf(part, at + 1, StringComparison.Ordinal))
        {
            var isCut = (IsRun(part[0]) && at > 0 && IsRun(text[at - 1])) || (IsRun(part[^1]) && part.Length < 4 && at + part.Length < text.Length && IsRun(text[at + part.Length]));
            if (!isCut)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsRun(char c) => char.IsAsciiLetterOrDigit(c);

    /// <summary>The title is the place of the text among the others.</summary>
    private static async Task ReceiveAsync(TestApp app, IReadOnlyList<string> texts)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var actor = new Actor(Guid.CreateVersion7(), OrderBuilder.Centre, "CT", new HashSet<string>());
        var received = await scope.ServiceProvider.GetRequiredService<Contracts.IIntake>().ReceiveManyAsync(
            [.. texts.Select((t, i) => new Contracts.IncomingOrder(new() { Title = $"n{i}", Content = t, Channel = "电话" }))], actor, Ct);
        Assert.All(received, r => Assert.Null(r.Error));
    }

    private static async Task<List<int>> FindAsync(HttpClient desk, string query)
    {
        var list = await desk.ReadAsync($"orders?pageSize=200&q={Uri.EscapeDataString(query)}");
        return [.. list.GetProperty("items").EnumerateArray().Select(x => x.GetProperty("title").GetString()!).Select(t => int.TryParse(t.AsSpan(1), out var i) ? i : 0)];
    }
}
