using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Jiesu.Platform.Kit;

public sealed class KitTests
{
    private static readonly string[] Fruit = ["苹果", "梨"];

    [Theory]
    [InlineData("green", "●", "正常")]
    [InlineData("YELLOW", "◆", "临期")]
    [InlineData("orange", "▲", "紧急")]
    [InlineData("red", "■", "超期")]
    [InlineData(null, "○", "未计时")]
    public async Task A_lamp_says_its_colour_by_shape_and_word_too(string? value, string shape, string word)
    {
        var html = await RenderAsync<Lamp>(("Value", value), ("Text", "剩余 3 小时 12 分"));

        Assert.Contains($"data-lamp=\"{value?.ToLowerInvariant() ?? "none"}\"", html, StringComparison.Ordinal);
        Assert.Contains(shape, html, StringComparison.Ordinal);
        Assert.Contains($">{word}<", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lamp_does_not_say_the_same_word_twice()
    {
        var html = await RenderAsync<Lamp>(("Value", "red"), ("Text", "超期 1 天 3 小时"));

        Assert.Equal(1, Occurrences(html, "超期"));
    }

    [Fact]
    public async Task A_colour_that_is_no_lamp_is_not_shown_as_one() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => RenderAsync<Lamp>(("Value", "blue")));

    [Fact]
    public async Task Each_cell_of_a_table_says_its_column()
    {
        var html = await RenderAsync<DataTable<string>>(
            ("Rows", Fruit),
            ("Caption", "水果"),
            ("Key", (Func<string, string>)(r => "row-" + r)),
            ("ChildContent", Columns(("名称", "main"), ("字数", "number"))));

        Assert.Equal(2, Occurrences(html, "<td data-l=\"名称\" data-kind=\"main\">"));
        Assert.Equal(2, Occurrences(html, "<td data-l=\"字数\" data-kind=\"number\">"));
        Assert.Contains("<tr id=\"row-梨\">", html, StringComparison.Ordinal);
        Assert.Equal(2, Occurrences(html, "<th scope=\"col\""));
    }

    [Fact]
    public async Task A_table_without_rows_says_so()
    {
        var html = await RenderAsync<DataTable<string>>(
            ("Rows", Array.Empty<string>()), ("Caption", "水果"), ("EmptyText", "没有水果"), ("ChildContent", Columns(("名称", "main"))));

        Assert.Contains("没有水果", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<table", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, 2, 0)]
    [InlineData(null, "/orders?after=x", 1, 1)]
    [InlineData("/orders", "/orders?after=x", 0, 2)]
    public async Task The_pager_offers_only_steps_that_lead_somewhere(string? prev, string? next, int dead, int links)
    {
        var html = await RenderAsync<Pager>(("Total", 12345L), ("Count", 50), ("PrevUrl", prev), ("NextUrl", next));

        Assert.Equal(dead, Occurrences(html, "aria-disabled=\"true\""));
        Assert.Equal(links, Occurrences(html, "href=\"/orders"));
        Assert.Contains("12,345", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Usual_spans_of_days_keep_the_other_filters()
    {
        var html = await RenderAsync<DateRange>(("Label", "日期"), ("From", new DateOnly(2026, 3, 1)), ("To", null), ("Url", "/orders?unit=heping&from=2026-01-01"));

        Assert.Contains("href=\"/orders?unit=heping&amp;from=2026-03-02&amp;to=2026-03-04\"", html, StringComparison.Ordinal);    // Monday to the Wednesday of the clock
        Assert.Contains("href=\"/orders?unit=heping&amp;from=2026-03-01&amp;to=2026-03-04\"", html, StringComparison.Ordinal);
        Assert.Contains("value=\"2026-03-01\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_problem_stands_at_its_field_and_at_no_other()
    {
        var refusal = new Error(ErrorKind.Invalid, "request.invalid", "请选择主办单位。", "lead");
        RenderFragment control = b => b.AddMarkupContent(0, "<input>");

        var atFault = await RenderAsync<Field>(("Name", "lead"), ("Label", "主办单位"), ("Refusal", refusal), ("ChildContent", control));
        var other = await RenderAsync<Field>(("Name", "note"), ("Label", "说明"), ("Refusal", refusal), ("ChildContent", control));

        Assert.Contains("id=\"lead-problem\" role=\"alert\">请选择主办单位。", atFault, StringComparison.Ordinal);
        Assert.DoesNotContain("请选择主办单位。", other, StringComparison.Ordinal);
    }

    private static RenderFragment Columns(params (string Title, string Kind)[] columns) => b =>
    {
        foreach (var (title, kind) in columns)
        {
            b.OpenComponent<Column<string>>(0);
            b.AddComponentParameter(1, "Title", title);
            b.AddComponentParameter(2, "Kind", kind);
            b.AddComponentParameter(3, "ChildContent", (RenderFragment<string>)(row => cell => cell.AddContent(0, kind == "number" ? row.Length : row)));
            b.CloseComponent();
        }
    };

    private static int Occurrences(string html, string part) => html.Split(part).Length - 1;

    private static async Task<string> RenderAsync<T>(params (string Name, object? Value)[] parameters)
        where T : IComponent
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 3, 16, 0, 0, TimeSpan.Zero));
        await using var services = new ServiceCollection().AddLogging().AddSingleton<AssetUrls>().AddSingleton<TimeProvider>(clock).BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<T>(ParameterView.FromDictionary(parameters.ToDictionary(p => p.Name, p => p.Value)))).ToHtmlString());
        return System.Net.WebUtility.HtmlDecode(html.Replace("&amp;", "&amp;amp;", StringComparison.Ordinal));
    }
}
