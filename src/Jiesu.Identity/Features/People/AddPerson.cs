using System.ComponentModel.DataAnnotations;
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

namespace Jiesu.Identity.Features.People;

/// <summary>新建人员: an account with a one-time password that is shown once and must be changed at the first sign-in (SEC-13).</summary>
public static class AddPerson
{
    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        var page = pages.MapGroup("/admin/people/new").RequireAuthorization(Permissions.EditPeople);
        page.MapGet("", (HttpContext http) => Page.Show<AddPersonPage, AddPersonForm>(http, new Request()));
        page.MapPost("", SubmitAsync);
    }

    private static async Task<IResult> SubmitAsync([FromForm] Request form, HttpContext http, Actor actor, Handler handler, CancellationToken ct)
    {
        var result = await handler.HandleAsync(form, actor, ct);
        return result.Error is { } refusal
            ? Page.Show<AddPersonPage, AddPersonForm>(http, form, refusal)
            : Page.Show<SecretPage, SecretPart>(http, result.Value);
    }

    public sealed record Request : IRequest
    {
        [Required(ErrorMessage = "请填写登录名。"), RegularExpression(@"[\p{L}\p{N}._-]{2,40}", ErrorMessage = "登录名须是 2 到 40 个字母、数字、点、横线或下划线。")]
        public string? Login { get; init; }

        [Required(ErrorMessage = "请填写姓名。"), StringLength(40, ErrorMessage = "姓名最多 40 字。")]
        public string? Name { get; init; }
    }

    internal sealed class Handler(JiesuDb db, Passwords passwords, AuditLog audit, IOptions<IdentitySettings> settings, TimeProvider clock)
    {
        public static Error LoginTaken() => new(ErrorKind.Unprocessable, "person.login_taken", "这个登录名已有人使用（大小写、全半角视为相同），请换一个。", "login");

        public async Task<Result<OneTimeSecret>> HandleAsync(Request request, Actor actor, CancellationToken ct)
        {
            if (Shape.Refuses(request) is { } refusal)
            {
                return refusal;
            }

            var (now, secret) = (clock.GetUtcNow(), Secrets.Password());
            var person = Person.Of(request.Login!, request.Name!.Trim(), now);
            if (await db.Set<Person>().AnyAsync(p => p.LoginKey == person.LoginKey, ct))
            {
                return LoginTaken();
            }

            if (await passwords.HashAsync(secret, ct) is not { } hash)
            {
                return SignIn.SignIn.Handler.TooMany();
            }

            var until = now.AddHours(settings.Value.InviteHours);
            person.SetPassword(hash, now, until);
            db.Add(person);
            audit.Record(actor, "person.create", $"person/{person.Id}");
            return await db.TrySaveAsync(ct) ? new OneTimeSecret(person.Id, person.Login, secret, until) : LoginTaken();
        }
    }

    /// <summary>一次性口令: shown once, stored only as its hash.</summary>
    public sealed record OneTimeSecret(Guid PersonId, string Login, string Secret, DateTimeOffset Until);
}
