using System.Globalization;
using Jiesu.Identity.Access;
using Jiesu.Identity.Contracts;
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

/// <summary>人员: name, state, password (system administrator) and posts (security administrator).</summary>
public static class EditPerson
{
    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        var person = pages.MapGroup("/admin/people/{id:guid}");
        person.MapGet("", ShowAsync).RequireAuthorization(Permissions.People);
        person.MapPost("", ChangeAsync).RequireAuthorization(Permissions.EditPeople);
        person.MapPost("/password", ResetAsync).RequireAuthorization(Permissions.EditPeople);
        person.MapPost("/posts", TakePostAsync).RequireAuthorization(Permissions.Grant);
        person.MapPost("/posts/end", EndPostAsync).RequireAuthorization(Permissions.Grant);
    }

    private static async Task<IResult> ShowAsync(Guid id, HttpContext http, Actor actor, Query query, CancellationToken ct) => await PageAsync(id, null, http, actor, query, ct);

    private static async Task<IResult> ChangeAsync(Guid id, [FromForm] Form form, HttpContext http, Actor actor, Handler handler, Query query, CancellationToken ct) =>
        await AnswerAsync(id, await handler.ChangeAsync(id, form, actor, ct), "已保存", http, actor, query, ct);

    private static async Task<IResult> ResetAsync(Guid id, HttpContext http, Actor actor, Handler handler, Query query, CancellationToken ct)
    {
        var result = await handler.ResetAsync(id, actor, ct);
        return result.Error is { } refusal ? await PageAsync(id, refusal, http, actor, query, ct) : Page.Show<SecretPage, SecretPart>(http, result.Value);
    }

    private static async Task<IResult> TakePostAsync(Guid id, [FromForm] string? unit, [FromForm] string? role, HttpContext http, Actor actor, Posts posts, Query query, CancellationToken ct) =>
        await AnswerAsync(id, await posts.TakeAsync(id, unit, role, actor, ct), "已增加任职", http, actor, query, ct);

    private static async Task<IResult> EndPostAsync(Guid id, [FromForm] Guid? post, HttpContext http, Actor actor, Posts posts, Query query, CancellationToken ct) =>
        await AnswerAsync(id, await posts.EndAsync(id, post ?? Guid.Empty, actor, ct), "已取消任职", http, actor, query, ct);

    private static async Task<IResult> AnswerAsync(Guid id, Result<Done> result, string toast, HttpContext http, Actor actor, Query query, CancellationToken ct) =>
        result.Error is { } refusal ? await PageAsync(id, refusal, http, actor, query, ct) : Page.Next(http, $"/admin/people/{id}", toast);

    private static async Task<IResult> PageAsync(Guid id, Error? refusal, HttpContext http, Actor actor, Query query, CancellationToken ct) =>
        await query.ViewAsync(id, actor, ct) is { } view ? Page.Show<PersonPage>(http, view, refusal) : PersonErrors.NotFound().ToProblem();

    public sealed record Form
    {
        public string? Version { get; init; }
        public string? Name { get; init; }

        /// <summary><c>active</c> or <c>disabled</c>.</summary>
        public string? State { get; init; }
    }

    public sealed record View(
        Guid Id, string Login, string Name, bool IsDisabled, int Version, IReadOnlyList<PostRow> Posts, IReadOnlyList<Choice> Roles, IReadOnlyList<Choice> Units, bool MayEdit, bool MayGrant);

    public sealed record PostRow(Guid Id, string Role, string Unit);

    internal sealed class Query(JiesuDb db, IUnitDirectory units)
    {
        public async Task<View?> ViewAsync(Guid id, Actor actor, CancellationToken ct)
        {
            if (await db.Set<Person>().AsNoTracking().Include(p => p.Posts).SingleOrDefaultAsync(p => p.Id == id, ct) is not { } person)
            {
                return null;
            }

            var tree = await units.GetAsync(ct);
            var roles = await db.Set<Role>().AsNoTracking().OrderBy(r => r.Code).Select(r => new Choice(r.Code, r.Name, null, null)).ToListAsync(ct);
            return new(
                person.Id, person.Login, person.Name, person.IsDisabled, person.Version,
                [.. person.Posts.OrderBy(p => p.Id).Select(p => new PostRow(p.Id, roles.Find(r => r.Value == p.Role)?.Text ?? p.Role, tree.Find(p.UnitId)?.Name ?? ""))],
                roles, [.. tree.All.Select(u => new Choice(u.Code.Value, u.Name))], actor.Can(Permissions.EditPeople), actor.Can(Permissions.Grant));
        }
    }

    internal sealed class Handler(JiesuDb db, Passwords passwords, Sessions sessions, Remembered remembered, AuditLog audit, IOptions<IdentitySettings> settings, TimeProvider clock)
    {
        public async Task<Result<Done>> ChangeAsync(Guid id, Form form, Actor actor, CancellationToken ct)
        {
            if (form.Name?.Trim() is not { Length: > 0 and <= 40 } name)
            {
                return PersonErrors.NameMissing();
            }

            if (await db.Set<Person>().SingleOrDefaultAsync(p => p.Id == id, ct) is not { } person)
            {
                return PersonErrors.NotFound();
            }

            if (person.Version.ToString(CultureInfo.InvariantCulture) != form.Version)
            {
                return PersonErrors.Changed();
            }

            var disabled = form.State == "disabled";
            if (disabled && id == actor.PersonId)
            {
                return PersonErrors.Self();
            }

            audit.Record(actor, "person.change", $"person/{id}", person.IsDisabled == disabled ? "姓名" : disabled ? "停用" : "启用");
            person.Rename(name);
            person.Disable(disabled);
            if (!await db.TrySaveAsync(ct))
            {
                return PersonErrors.Changed();
            }

            remembered.Forget();
            return default(Done);
        }

        /// <summary>The old password and all sessions are void at once.</summary>
        public async Task<Result<AddPerson.OneTimeSecret>> ResetAsync(Guid id, Actor actor, CancellationToken ct)
        {
            if (await db.Set<Person>().SingleOrDefaultAsync(p => p.Id == id, ct) is not { } person)
            {
                return PersonErrors.NotFound();
            }

            var (now, secret) = (clock.GetUtcNow(), Secrets.Password());
            if (await passwords.HashAsync(secret, ct) is not { } hash)
            {
                return SignIn.SignIn.Handler.TooMany();
            }

            var until = now.AddMinutes(settings.Value.ResetMinutes);
            person.SetPassword(hash, now, until);
            audit.Record(actor, "person.reset", $"person/{id}");
            if (!await db.TrySaveAsync(ct))
            {
                return PersonErrors.Changed();
            }

            await sessions.EndAsync(id, null, null, ct);
            return new AddPerson.OneTimeSecret(person.Id, person.Login, secret, until);
        }
    }

    /// <summary>任职: nobody changes their own; the three administrators exclude each other (SEC-15, SEC-26).</summary>
    internal sealed class Posts(JiesuDb db, IUnitDirectory units, Remembered remembered, AuditLog audit)
    {
        public async Task<Result<Done>> TakeAsync(Guid id, string? unitCode, string? role, Actor actor, CancellationToken ct)
        {
            if (id == actor.PersonId)
            {
                return PersonErrors.Self();
            }

            if ((await units.GetAsync(ct)).Find(unitCode) is not { } unit)
            {
                return PersonErrors.UnitUnknown();
            }

            if (!await db.Set<Role>().AnyAsync(r => r.Code == role, ct))
            {
                return PersonErrors.RoleUnknown();
            }

            if (await db.Set<Person>().Include(p => p.Posts).SingleOrDefaultAsync(p => p.Id == id, ct) is not { } person)
            {
                return PersonErrors.NotFound();
            }

            if (person.Posts.Any(p => Excludes(p.Role, role!)))
            {
                return PersonErrors.Exclusive();
            }

            db.Entry(person.Take(unit.Id, role!)).State = EntityState.Added;
            return await SaveAsync(person, $"任职 {role} {unit.Code}", actor, ct);
        }

        public async Task<Result<Done>> EndAsync(Guid id, Guid postId, Actor actor, CancellationToken ct)
        {
            if (id == actor.PersonId)
            {
                return PersonErrors.Self();
            }

            if (await db.Set<Person>().Include(p => p.Posts).SingleOrDefaultAsync(p => p.Id == id, ct) is not { } person || person.Posts.FirstOrDefault(p => p.Id == postId) is not { } post)
            {
                return PersonErrors.NotFound();
            }

            person.Leave(postId);
            return await SaveAsync(person, $"取消 {post.Role} {post.UnitId}", actor, ct);
        }

        private static bool Excludes(string held, string asked) => held != asked && DefaultRoles.IsAdministrator(held) && DefaultRoles.IsAdministrator(asked);

        private async Task<Result<Done>> SaveAsync(Person person, string what, Actor actor, CancellationToken ct)
        {
            audit.Record(actor, "post.change", $"person/{person.Id}", what);
            if (!await db.TrySaveAsync(ct))
            {
                return PersonErrors.Changed();
            }

            remembered.Forget();
            return default(Done);
        }
    }
}
