using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Jiesu.Orders.Domain;
using Jiesu.Tests;

namespace Jiesu.Orders.Features.Actions;

public sealed class LifeCyclePageTests
{
    [Fact]
    public async Task The_page_under_docs_says_what_the_table_says()
    {
        var file = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../../../docs/life-cycle.md"));
        if (Environment.GetEnvironmentVariable("JIESU_WRITE_DOCS") == "1")
        {
            await File.WriteAllTextAsync(file, LifeCyclePage.Write(), TestContext.Current.CancellationToken);
        }

        Assert.Equal(LifeCyclePage.Write(), await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void The_table_has_every_transition_of_the_guide()
    {
        var guide = Enumerable.Range(1, 38).Select(n => $"T{n:00}").Append("T24b").Append("T39").Order(StringComparer.Ordinal);

        Assert.Equal(guide, OrderLifeCycle.Steps.All.Select(s => s.Id).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(Enum.GetValues<OrderAction>(), OrderLifeCycle.Steps.All.Select(s => s.Action).Distinct().Order());
    }

    [Fact]
    public void Whatever_is_applied_for_can_be_granted_and_refused_where_it_stands()
    {
        foreach (var applying in OrderLifeCycle.Steps.All.Where(s => s.Opens is not (null or OrderOverlay.Paused or OrderOverlay.Merged)))
        {
            Assert.All(applying.From, from => Assert.Equal(
                [false, true], OrderLifeCycle.Steps.AllowedFrom(from, applying.Opens!.Value).Where(s => s.Closes == applying.Opens).Select(s => s.Verdict()).OfType<bool>().Distinct().Order()));
        }
    }

    [Fact]
    public async Task The_api_tells_the_table()
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite);
        using var reader = app.As(Permissions.Read);

        var answer = await reader.GetFromJsonAsync<JsonElement>("/api/v1/lifecycle", TestContext.Current.CancellationToken);

        var rows = answer.GetProperty("transitions").EnumerateArray().ToArray();
        Assert.Equal(OrderLifeCycle.Steps.All.Count, rows.Length);
        var whistle = rows.Single(r => r.GetProperty("id").GetString() == "T15");
        Assert.Equal("whistle", whistle.GetProperty("action").GetString());
        var dispatch = rows.First(r => r.GetProperty("id").GetString() == "T06");
        Assert.Equal(("PendingSign", "PendingDispatch", "DP", "lead"), (
            dispatch.GetProperty("to").GetString(), dispatch.GetProperty("from")[0].GetString(), dispatch.GetProperty("roles")[0].GetString(), dispatch.GetProperty("required")[0].GetString()));
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
