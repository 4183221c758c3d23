using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Jiesu.Tests;

namespace Jiesu.Host.Pages;

public sealed partial class PagesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_page_has_a_script_or_a_style_of_its_own()
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite);
        using var person = app.As("callback.work");

        var response = await GetAsync(person, "/kit");

        var html = await response.Content.ReadAsStringAsync(Ct);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.DoesNotMatch(@"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", html);
        Assert.Contains("界面样例", html, StringComparison.Ordinal);    // Chinese goes out as itself
        Assert.Contains("href=\"/callbacks?kind=pre\"", html, StringComparison.Ordinal);
    }

    [Theory, InlineData("/kit", 200), InlineData("/nothing", 404), InlineData("/dist/kit.css", 200), InlineData("/api/v1/nothing", 404)]
    public async Task Every_answer_carries_the_headers_of_the_house(string url, int status)
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite);
        using var person = app.As("orders.dispatch");

        var response = await GetAsync(person, url);

        Assert.Equal(status, (int)response.StatusCode);
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("same-origin", response.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("same-origin", response.Headers.GetValues("Cross-Origin-Opener-Policy").Single());
    }

    [Theory, InlineData("https://localhost", "max-age=31536000", "__Host-jiesu-csrf", true), InlineData("http://localhost", null, "jiesu-csrf", false)]
    public async Task Over_TLS_a_browser_is_told_to_stay_there_and_the_form_cookie_is_bound_to_the_host(string address, string? transport, string cookie, bool isSecure)
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite);
        using var browser = app.CreateClient(new() { BaseAddress = new(address), AllowAutoRedirect = false });

        var page = await GetAsync(browser, "/login");
        var absent = await GetAsync(browser, "/nothing");
        var sent = await browser.SubmitAsync("/login", ("login", "niemand"), ("password", "falsch"));

        Assert.All([page, absent], r => Assert.Equal(transport, r.Headers.TryGetValues("Strict-Transport-Security", out var told) ? told.Single() : null));
        var form = Assert.Single(page.Headers.GetValues("Set-Cookie"), c => c.StartsWith(cookie + "=", StringComparison.Ordinal));
        Assert.Equal(isSecure, form.Contains("secure", StringComparison.OrdinalIgnoreCase));
        Assert.Contains("path=/", form, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, sent.StatusCode);    // the token was good: it is the password that was refused
    }

    [Fact]
    public async Task Each_file_that_a_page_names_is_there_and_of_its_kind()
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite);
        using var person = app.As("orders.dispatch");
        var html = await (await GetAsync(person, "/kit")).Content.ReadAsStringAsync(Ct);
        var urls = FileName().Matches(html).Select(m => m.Groups[1].Value).Distinct().ToArray();

        var kinds = await Task.WhenAll(urls.Select(async url =>
        {
            var response = await GetAsync(app.CreateClient(), url);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            return (Path.GetExtension(url), response.Content.Headers.ContentType!.MediaType);
        }));

        Assert.Equal([(".css", "text/css"), (".js", "text/javascript"), (".svg", "image/svg+xml")], kinds.Distinct().Order());
    }

    [Fact]
    public async Task A_chunk_with_a_hash_in_its_name_is_kept_for_good()
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite);
        using var browser = app.CreateClient();
        var script = await browser.GetStringAsync(new Uri("/dist/app.js", UriKind.Relative), Ct);
        var chunk = ChunkName().Match(script).Groups[1].Value;

        var response = await GetAsync(browser, "/dist/" + chunk);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("public, max-age=31536000, immutable", response.Headers.CacheControl!.ToString());
    }

    [Theory, InlineData("/nothing", 404, "找不到"), InlineData("/admin/people", 403, "没有权限")]
    public async Task A_person_reads_a_refusal_as_a_page_and_a_script_as_problem_details(string url, int status, string title)
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite);
        using var person = app.As("nothing");

        var page = await GetAsync(person, url);
        person.DefaultRequestHeaders.Add("HX-Request", "true");
        var part = await person.GetAsync(new Uri(url, UriKind.Relative), Ct);

        Assert.Equal((status, "text/html"), ((int)page.StatusCode, page.Content.Headers.ContentType!.MediaType));
        Assert.Contains($"<h1>{title}</h1>", await page.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal((status, "application/problem+json"), ((int)part.StatusCode, part.Content.Headers.ContentType!.MediaType));
        Assert.Equal(title, (await part.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("title").GetString());
    }

    [Fact]
    public async Task What_is_not_there_is_not_found_as_a_page_too()
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite);
        using var person = app.As("catalog.read");

        var page = await GetAsync(person, "/catalog/reasons/NIX");

        Assert.Equal((HttpStatusCode.NotFound, "text/html"), (page.StatusCode, page.Content.Headers.ContentType!.MediaType));
        Assert.True(page.Headers.CacheControl is { NoStore: true });
    }

    private static Task<HttpResponseMessage> GetAsync(HttpClient client, string url)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        return client.SendAsync(request, Ct);
    }

    [GeneratedRegex("(?:src|href)=\"(/dist/[^\"#]+)")]
    private static partial Regex FileName();

    [GeneratedRegex(@"""\./([\w.-]+-[A-Z0-9]{8}\.js)""")]
    private static partial Regex ChunkName();
}
