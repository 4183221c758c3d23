using Jiesu.Identity.Access;
using Jiesu.Identity.Domain;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Identity.Features.SignIn;

/// <summary>登录: an unknown, a disabled, a locked account and a wrong password look the same and cost the same (SEC-05).</summary>
public static class SignIn
{
    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        var page = pages.MapGroup("/login").AllowAnonymous();
        page.MapGet("", Show);
        page.MapPost("", SubmitAsync);
    }

    private static IResult Show(HttpContext http, string? returnUrl) =>
        http.User.Identity?.IsAuthenticated == true
            ? TypedResults.Redirect(LocalUrl.Of(returnUrl))
            : Page.Show<SignInPage, SignInForm>(http, new View(new Form { ReturnUrl = LocalUrl.Of(returnUrl) }));

    private static async Task<IResult> SubmitAsync([FromForm] Form form, HttpContext http, Handler handler, CancellationToken ct)
    {
        var from = new Origin(Source.Of(http), Source.GroupOf(http), http.Request.Headers.UserAgent.ToString());
        var result = await handler.HandleAsync(form.Login ?? "", form.Password ?? "", from, ct);
        if (result.Error is { } refusal)
        {
            return Page.Show<SignInPage, SignInForm>(http, new View(form with { Password = null }), refusal);
        }

        SessionCookie.Write(http, result.Value);
        return Page.Next(http, LocalUrl.Of(form.ReturnUrl));
    }

    public sealed record View(Form Form);

    public sealed record Form
    {
        public string? Login { get; init; }
        public string? Password { get; init; }
        public string? ReturnUrl { get; init; }
    }

    /// <summary>From where: the address, what counts as one address, the browser.</summary>
    internal sealed record Origin(string Source, string Group, string Agent);

    internal sealed class Handler(JiesuDb db, SignInGuards guards, Passwords passwords, Sessions sessions, AuditLog audit, TimeProvider clock)
    {
        /// <summary>One sentence for all reasons.</summary>
        public static Error Refused() => new(ErrorKind.Unprocessable, "login.refused", "登录名或口令不正确，或账号暂时不能登录。请核对后再试；多次失败后须等待一段时间。");
        public static Error TooMany() => new(ErrorKind.TooMany, "login.too_many", "登录尝试过于频繁，请几分钟后再试。") { RetryAfter = TimeSpan.FromMinutes(5) };

        public async Task<Result<string>> HandleAsync(string login, string password, Origin from, CancellationToken ct)
        {
            var key = Person.KeyOf(login.Length > 200 ? login[..200] : login);
            var door = await guards.EnterAsync(key, from.Group, ct);
            if (door == Door.SourceClosed)
            {
                return TooMany();
            }

            var person = await db.Set<Person>().Include(p => p.Posts).SingleOrDefaultAsync(p => p.LoginKey == key, ct);
            var mayEnter = door == Door.Open && person is { IsDisabled: false } && !(person.PasswordUntil <= clock.GetUtcNow());
            var check = await passwords.CheckAsync(password, mayEnter ? person!.PasswordHash : null, ct);
            if (check is null)
            {
                return TooMany();
            }

            if (!check.IsRight)
            {
                audit.Add("session.refused", person is null ? "person/?" : $"person/{person.Id}", door.ToString(), AuditResult.Refused);
                await db.SaveChangesAsync(ct);
                return Refused();
            }

            return await BeginAsync(person!, key, check.IsOld ? password : null, from, ct);
        }

        private async Task<string> BeginAsync(Person person, string key, string? renew, Origin from, CancellationToken ct)
        {
            if (renew is not null && await passwords.HashAsync(renew, ct) is { } hash)
            {
                person.RefreshHash(hash);
            }

            var post = person.Posts.OrderBy(p => p.Id).FirstOrDefault();
            var token = sessions.Begin(person.Id, post?.Id, from.Source, from.Agent);
            audit.Add("session.begin", $"person/{person.Id}", null, AuditResult.Done, new Actor(person.Id, post?.UnitId ?? Guid.Empty, post?.Role ?? "", new HashSet<string>()));
            await db.SaveChangesAsync(ct);
            await guards.LeaveAsync(key, from.Group, ct);
            return token;
        }
    }
}
