using System.Net;
using System.Text.RegularExpressions;
using Jiesu.Identity.Domain;
using Jiesu.Tests;
using Jiesu.Tests.Given;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Identity.Features.People;

public sealed class PeopleTests
{
    private const string NewPassword = "Ganzhou-Yulin-58x";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_new_person_gets_a_password_for_one_use_a_post_and_then_works(Database database)
    {
        await using var app = await PeopleSteps.StartDistrictAsync(database);
        using var administrator = app.As(Permissions.People, Permissions.EditPeople);
        using var security = app.As(Permissions.People, Permissions.Grant);

        var made = await (await administrator.SubmitAsync("/admin/people/new", ("login", "li.na"), ("name", "李某"))).Content.ReadAsStringAsync(Ct);
        var secret = Regex.Match(made, "<code>([^<]+)</code>").Groups[1].Value;
        var id = await app.InDbAsync(db => db.Set<Person>().Select(p => p.Id).SingleAsync(Ct));
        var granted = await security.SubmitAsync($"/admin/people/{id}", $"/admin/people/{id}/posts", ("role", "UC"), ("unit", "S1"));
        var (person, entered) = await app.SignInAsync("LI.NA", secret);
        var held = await person.AskAsync("/api/v1/units");
        var changed = await person.SubmitAsync("/me/password", ("current", secret), ("password", NewPassword), ("again", NewPassword));

        Assert.Equal(HttpStatusCode.Redirect, granted.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, entered.StatusCode);
        await held.ShouldBeRefusedAsync(HttpStatusCode.Forbidden, "password.change_due");
        Assert.Equal("/", changed.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.OK, (await person.AskAsync("/api/v1/units")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await app.SignInAsync("li.na", secret)).Answer.StatusCode);
        var acts = await app.InDbAsync(db => db.Set<AuditRecord>().OrderBy(a => a.Id).Select(a => a.Act).ToListAsync(Ct));
        Assert.Equal(["person.create", "post.change", "session.begin", "password.change", "session.refused"], acts);
    }

    [Fact]
    public async Task A_password_change_says_what_is_wrong_and_ends_all_other_sessions()
    {
        await using var app = await PeopleSteps.StartDistrictAsync(Database.Sqlite);
        await app.GivenPersonAsync("wang", ("DP", "C"));
        var (here, _) = await app.SignInAsync("wang");
        var (there, _) = await app.SignInAsync("wang");

        Assert.Contains("password.current_wrong", await ChangeAsync(here, "wrong", NewPassword, NewPassword), StringComparison.Ordinal);
        Assert.Contains("password.again_differs", await ChangeAsync(here, PeopleSteps.Password, NewPassword, "x"), StringComparison.Ordinal);
        Assert.Contains("password.weak", await ChangeAsync(here, PeopleSteps.Password, "Fengtai12345!", "Fengtai12345!"), StringComparison.Ordinal);
        Assert.Contains("password.used_before", await ChangeAsync(here, PeopleSteps.Password, PeopleSteps.Password, PeopleSteps.Password), StringComparison.Ordinal);
        await ChangeAsync(here, PeopleSteps.Password, NewPassword, NewPassword);

        Assert.Equal(HttpStatusCode.OK, (await here.AskAsync("/api/v1/units")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await there.AskAsync("/api/v1/units")).StatusCode);
    }

    [Fact]
    public async Task Nobody_raises_himself_and_the_three_administrators_exclude_each_other()
    {
        await using var app = await PeopleSteps.StartDistrictAsync(Database.Sqlite);
        var security = await app.GivenPersonAsync("sec", ("SECURITY", "C"));
        var administrator = await app.GivenPersonAsync("adm", ("ADMIN", "C"));
        var (browser, _) = await app.SignInAsync("sec");

        var self = await browser.SubmitAsync($"/admin/people/{security.Id}", $"/admin/people/{security.Id}/posts", ("role", "DP"), ("unit", "C"));
        var both = await browser.SubmitAsync($"/admin/people/{administrator.Id}", $"/admin/people/{administrator.Id}/posts", ("role", "AUDIT"), ("unit", "C"));
        var own = await browser.SubmitAsync("/admin/roles/SECURITY", ("permissions", Permissions.Audit));

        Assert.Contains("person.self", await self.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Contains("post.exclusive", await both.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Contains("role.own", await own.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_permission_taken_from_a_role_is_gone_at_once_and_written_down(Database database)
    {
        await using var app = await PeopleSteps.StartDistrictAsync(database);
        await app.GivenPersonAsync("wang", ("DP", "C"));
        var (person, _) = await app.SignInAsync("wang");
        Assert.Equal(HttpStatusCode.OK, (await person.AskAsync("/api/v1/units")).StatusCode);
        using var security = app.As(Permissions.People, Permissions.Grant);

        await security.SubmitAsync("/admin/roles/DP", ("permissions", Permissions.Audit));

        Assert.Equal(HttpStatusCode.Forbidden, (await person.AskAsync("/api/v1/units")).StatusCode);
        var change = await app.InDbAsync(db => db.Set<AuditRecord>().SingleAsync(a => a.Act == "role.change", Ct));
        Assert.Contains(Permissions.Units, change.Detail, StringComparison.Ordinal);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task The_list_is_narrowed_by_the_address(Database database)
    {
        await using var app = await PeopleSteps.StartDistrictAsync(database);
        await app.GivenPersonAsync("wang", ("DP", "C"));
        await app.GivenPersonAsync("zhao", ("UC", "S1"));
        using var administrator = app.As(Permissions.People, Permissions.EditPeople);

        foreach (var query in new[] { "unit=S1", "role=UC", "q=ZHA", "unit=S1&role=UC&state=active" })
        {
            var html = await administrator.GetStringAsync(new Uri("/admin/people?" + query, UriKind.Relative), Ct);
            Assert.Contains(">zhao<", html, StringComparison.Ordinal);
            Assert.DoesNotContain(">wang<", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task With_two_posts_one_chooses_and_the_old_cookie_number_is_void()
    {
        await using var app = await PeopleSteps.StartDistrictAsync(Database.Sqlite);
        await app.GivenPersonAsync("wang", ("DP", "C"), ("AUDIT", "C"));
        var (browser, answer) = await app.SignInAsync("wang");
        var old = answer.Headers.GetValues("Set-Cookie").First(c => c.StartsWith("jiesu=", StringComparison.Ordinal)).Split(';')[0];
        var first = await app.InDbAsync(db => db.Set<Session>().Select(s => s.PostId).SingleAsync(Ct));

        await browser.SubmitAsync("/me", "/post");    // the only form there is for the other post

        Assert.NotEqual(first, await app.InDbAsync(db => db.Set<Session>().Select(s => s.PostId).SingleAsync(Ct)));
        using var thief = app.CreateClient(new() { HandleCookies = false });
        Assert.Equal(HttpStatusCode.Unauthorized, (await thief.AskAsync("/api/v1/units", ("Cookie", old))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.AskAsync("/api/v1/units")).StatusCode);
    }

    private static async Task<string> ChangeAsync(HttpClient browser, string current, string password, string again) =>
        await (await browser.SubmitAsync("/me/password", ("current", current), ("password", password), ("again", again))).Content.ReadAsStringAsync(Ct);
}
