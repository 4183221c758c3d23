using System.Security.Claims;
using Jiesu.Identity.Access;
using Jiesu.Identity.Domain;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Jiesu.Identity.Features.Me;

/// <summary>修改口令: needs the present one; ends every session of the person and begins a new one here.</summary>
public static class ChangePassword
{
    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        var page = pages.MapGroup("/me/password").RequireAuthorization();
        page.MapGet("", Show);
        page.MapPost("", SubmitAsync);
    }

    private static IResult Show(HttpContext http, IOptions<IdentitySettings> settings) => Page.Show<ChangePasswordPage, ChangePasswordForm>(http, ViewOf(http, settings.Value));

    private static async Task<IResult> SubmitAsync([FromForm] Form form, HttpContext http, Actor actor, Handler handler, Sessions sessions, JiesuDb db, IOptions<IdentitySettings> settings, CancellationToken ct)
    {
        var result = await handler.HandleAsync(form, actor, Source.GroupOf(http), ct);
        if (result.Error is { } refusal)
        {
            return Page.Show<ChangePasswordPage, ChangePasswordForm>(http, ViewOf(http, settings.Value), refusal);
        }

        await sessions.EndAsync(actor.PersonId, null, null, ct);
        var token = sessions.Begin(actor.PersonId, PostOf(http), Source.Of(http), http.Request.Headers.UserAgent.ToString());
        await db.SaveChangesAsync(ct);
        SessionCookie.Write(http, token);
        return Page.Next(http, "/", "口令已修改，其他设备已退出");
    }

    private static View ViewOf(HttpContext http, IdentitySettings settings) => new(http.User.HasClaim(ClaimNames.PasswordDue, "true"), settings.PasswordLength, settings.AdministratorPasswordLength);

    private static Guid? PostOf(HttpContext http) => Guid.TryParse(http.User.FindFirstValue(ClaimNames.Post), out var id) ? id : null;

    /// <param name="IsDue">The person must change it before anything else.</param>
    public sealed record View(bool IsDue, int Shortest, int ShortestForAdministrators);

    public sealed record Form
    {
        public string? Current { get; init; }
        public string? Password { get; init; }
        public string? Again { get; init; }
    }

    internal sealed class Handler(JiesuDb db, SignInGuards guards, Passwords passwords, AuditLog audit, IOptions<IdentitySettings> settings, TimeProvider clock)
    {
        public static Error CurrentWrong() => new(ErrorKind.Unprocessable, "password.current_wrong", "当前口令不正确；多次不正确后须等待一段时间。", "current");
        public static Error AgainDiffers() => new(ErrorKind.Invalid, "password.again_differs", "两次输入的新口令不一样。", "again");
        public static Error Weak(string why) => new(ErrorKind.Unprocessable, "password.weak", why, "password");
        public static Error UsedBefore(int history) => new(ErrorKind.Unprocessable, "password.used_before", $"新口令不能与最近 {history} 次用过的相同。", "password");

        public async Task<Result<Done>> HandleAsync(Form form, Actor actor, string source, CancellationToken ct)
        {
            var person = await db.Set<Person>().Include(p => p.Posts).SingleOrDefaultAsync(p => p.Id == actor.PersonId, ct);
            if (person is null || await IsWrongAsync(person, form.Current ?? "", source, ct))
            {
                return CurrentWrong();
            }

            var wish = form.Password ?? "";
            if (wish != form.Again)
            {
                return AgainDiffers();
            }

            if (PolicyOf(person).Refuses(wish, person.Login, person.Name) is { } why)
            {
                return Weak(why);
            }

            if (await WasUsedAsync(person, wish, ct))
            {
                return UsedBefore(settings.Value.PasswordHistory);
            }

            return await SetAsync(person, wish, actor, ct);
        }

        /// <summary>Guessing here counts like guessing at the door.</summary>
        private async Task<bool> IsWrongAsync(Person person, string current, string source, CancellationToken ct)
        {
            var door = await guards.EnterAsync(person.LoginKey, source, ct);
            var check = await passwords.CheckAsync(current, door == Door.Open ? person.PasswordHash : null, ct);
            if (check is not { IsRight: true })
            {
                return true;
            }

            await guards.LeaveAsync(person.LoginKey, source, ct);
            return false;
        }

        private PasswordPolicy PolicyOf(Person person) =>
            new(person.Posts.Any(p => DefaultRoles.IsAdministrator(p.Role)) ? settings.Value.AdministratorPasswordLength : settings.Value.PasswordLength, settings.Value.LocalWords);

        private async Task<bool> WasUsedAsync(Person person, string wish, CancellationToken ct)
        {
            var used = await db.Set<UsedPassword>().Where(u => u.PersonId == person.Id).OrderByDescending(u => u.At).ThenByDescending(u => u.Id)
                .Take(settings.Value.PasswordHistory).Select(u => u.Hash).ToListAsync(ct);
            foreach (var hash in used.Prepend(person.PasswordHash).Distinct())
            {
                if (await passwords.CheckAsync(wish, hash, ct) is { IsRight: true })
                {
                    return true;
                }
            }

            return false;
        }

        private async Task<Result<Done>> SetAsync(Person person, string wish, Actor actor, CancellationToken ct)
        {
            if (await passwords.HashAsync(wish, ct) is not { } hash)
            {
                return SignIn.SignIn.Handler.TooMany();
            }

            var now = clock.GetUtcNow();
            db.Add(new UsedPassword { PersonId = person.Id, Hash = person.PasswordHash, At = now });
            person.SetPassword(hash, settings.Value.PasswordDays == 0 ? null : now.AddDays(settings.Value.PasswordDays), null);
            audit.Record(actor, "password.change", $"person/{person.Id}");
            await db.SaveChangesAsync(ct);
            return default(Done);
        }
    }
}
