using System.Net;
using Jiesu.Identity.Domain;
using Jiesu.Tests;
using Jiesu.Tests.Given;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Identity.Features.SignIn;

public sealed class SignInTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Whoever_signs_in_is_led_on_may_what_the_post_may_and_after_sign_out_the_old_cookie_is_dead(Database database)
    {
        await using var app = await PeopleSteps.StartDistrictAsync(database);
        await app.GivenPersonAsync("wang", ("DP", "C"));

        var (browser, answer) = await app.SignInAsync("ＷＡＮＧ", url: "/login?returnUrl=/orders?q=1");

        Assert.Equal("/orders?q=1", answer.Headers.Location!.OriginalString);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), c => c.StartsWith("jiesu=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.OK, (await browser.AskAsync("/api/v1/units")).StatusCode);

        using var thief = app.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false });
        var stolen = ("Cookie", cookie.Split(';')[0]);
        Assert.Equal(HttpStatusCode.OK, (await thief.AskAsync("/api/v1/units", stolen)).StatusCode);
        await browser.SubmitAsync("/me", "/logout");
        await (await thief.AskAsync("/api/v1/units", stolen)).ShouldBeRefusedAsync(HttpStatusCode.Unauthorized, "http.401");
        Assert.Equal(["session.begin", "session.end"], await ActsAsync(app));
    }

    [Fact]
    public async Task Over_TLS_the_cookie_is_bound_to_the_host()
    {
        await using var app = await PeopleSteps.StartDistrictAsync(Database.Sqlite);
        await app.GivenPersonAsync("wang", ("DP", "C"));
        using var browser = app.CreateClient(new() { AllowAutoRedirect = false, BaseAddress = new("https://localhost") });

        var answer = await browser.SubmitAsync("/login", ("login", "wang"), ("password", PeopleSteps.Password));

        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), c => c.StartsWith("__Host-jiesu=", StringComparison.Ordinal));
        Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=/", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Five_wrong_passwords_lock_the_account_whoever_asks_and_time_opens_it(Database database)
    {
        await using var app = await PeopleSteps.StartDistrictAsync(database);
        await app.GivenPersonAsync("wang", ("DP", "C"));

        var wrong = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => app.SignInAsync("wang", "wrong")));
        var locked = await app.SignInAsync("WANG");
        app.Clock.Advance(TimeSpan.FromMinutes(16));
        var later = await app.SignInAsync("wang");

        Assert.All(wrong, w => Assert.Equal(HttpStatusCode.UnprocessableEntity, w.Answer.StatusCode));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, locked.Answer.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, later.Answer.StatusCode);
    }

    [Fact]
    public async Task Unknown_disabled_and_wrong_look_the_same()
    {
        await using var app = await PeopleSteps.StartDistrictAsync(Database.Sqlite);
        await app.GivenPersonAsync("wang", ("DP", "C"));
        var gone = await app.GivenPersonAsync("gone", ("DP", "C"));
        await app.InDbAsync(async db => { (await db.Set<Person>().SingleAsync(p => p.Id == gone.Id, Ct)).Disable(true); return await db.SaveChangesAsync(Ct); });

        var answers = new List<string>();
        foreach (var (login, password) in new[] { ("wang", "wrong"), ("nobody", PeopleSteps.Password), ("gone", PeopleSteps.Password), ("", ""), (new string('x', 9000), "x") })
        {
            var (_, answer) = await app.SignInAsync(login, password);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            Assert.DoesNotContain(answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [], c => c.StartsWith("jiesu=", StringComparison.Ordinal));
            answers.Add(System.Text.RegularExpressions.Regex.Match(await answer.Content.ReadAsStringAsync(Ct), "data-code=\"[^<]*<").Value);
        }

        Assert.NotEmpty(answers[0]);
        Assert.Single(answers.Distinct());
    }

    [Fact]
    public async Task A_session_ends_when_nobody_uses_it_and_at_last_in_any_case()
    {
        await using var app = await PeopleSteps.StartDistrictAsync(Database.Sqlite);
        await app.GivenPersonAsync("wang", ("DP", "C"));
        var (idle, _) = await app.SignInAsync("wang");
        var (busy, _) = await app.SignInAsync("wang");

        for (var i = 0; i < 35; i++)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(20));
            Assert.Equal(HttpStatusCode.OK, (await busy.AskAsync("/api/v1/units")).StatusCode);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await idle.AskAsync("/api/v1/units")).StatusCode);
        app.Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(HttpStatusCode.Unauthorized, (await busy.AskAsync("/api/v1/units")).StatusCode);
    }

    [Theory]
    [InlineData("/me", null, HttpStatusCode.Redirect, "/login?returnUrl=%2Fme")]
    [InlineData("/", null, HttpStatusCode.Redirect, "/login")]
    [InlineData("/api/v1/units", null, HttpStatusCode.Unauthorized, null)]
    [InlineData("/me", "HX-Request: true", HttpStatusCode.Unauthorized, null)]
    [InlineData("/me", "Accept: text/event-stream", HttpStatusCode.Unauthorized, null)]
    public async Task A_stranger_is_led_to_the_sign_in_where_a_person_looks(string url, string? header, HttpStatusCode status, string? led)
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite);
        using var stranger = app.CreateClient(new() { AllowAutoRedirect = false });

        var answer = await stranger.AskAsync(url, header is null ? [] : [(header.Split(": ")[0], header.Split(": ")[1])]);

        Assert.Equal((status, led), (answer.StatusCode, answer.Headers.Location?.OriginalString));
    }

    [Fact]
    public async Task The_form_has_one_text_field_and_one_password_field_and_refuses_a_foreign_site()
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite);
        using var browser = app.CreateClient();

        var html = await browser.GetStringAsync(new Uri("/login", UriKind.Relative), Ct);
        using var foreign = new FormUrlEncodedContent([new("login", "wang"), new("password", "x")]);
        var answer = await browser.PostAsync(new Uri("/login", UriKind.Relative), foreign, Ct);

        var inputs = System.Text.RegularExpressions.Regex.Matches(html, "<input[^>]*>").Select(m => m.Value).Where(i => !i.Contains("hidden", StringComparison.Ordinal)).ToArray();
        Assert.Single(inputs, i => i.Contains("type=\"text\"", StringComparison.Ordinal));
        Assert.Single(inputs, i => i.Contains("type=\"password\"", StringComparison.Ordinal));
        Assert.Equal(2, inputs.Length);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_post_taken_away_and_a_person_disabled_are_felt_within_five_seconds(Database database)
    {
        await using var app = await PeopleSteps.StartDistrictAsync(database);
        var person = await app.GivenPersonAsync("wang", ("DP", "C"));
        var (browser, _) = await app.SignInAsync("wang");
        Assert.Equal(HttpStatusCode.OK, (await browser.AskAsync("/api/v1/units")).StatusCode);

        await app.InDbAsync(db => db.WriteAsync(() => db.Set<Post>().ExecuteDeleteAsync(Ct), Ct));    // as another node does it
        app.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.AskAsync("/api/v1/units")).StatusCode);

        await app.InDbAsync(db => db.WriteAsync(() => db.Set<Person>().Where(p => p.Id == person.Id).ExecuteUpdateAsync(s => s.SetProperty(p => p.IsDisabled, true), Ct), Ct));
        app.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.AskAsync("/api/v1/units")).StatusCode);
    }

    private static Task<List<string>> ActsAsync(TestApp app) =>
        app.InDbAsync(db => db.Set<AuditRecord>().OrderBy(a => a.At).ThenBy(a => a.Id).Select(a => a.Act).ToListAsync(Ct));
}
