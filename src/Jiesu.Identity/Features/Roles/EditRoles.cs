using System.Globalization;
using Jiesu.Identity.Access;
using Jiesu.Identity.Domain;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Identity.Features.Roles;

/// <summary>角色权限: which permissions each role holds; each change is in the audit with before and after.</summary>
public static class EditRoles
{
    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/admin/roles", ListAsync).RequireAuthorization(Permissions.People);
        pages.MapGet("/admin/roles/{code}", ShowAsync).RequireAuthorization(Permissions.People);
        pages.MapPost("/admin/roles/{code}", SubmitAsync).RequireAuthorization(Permissions.Grant);
    }

    private static async Task<IResult> ListAsync(HttpContext http, JiesuDb db, CancellationToken ct) =>
        Page.Show<RolesPage>(http, new RolesView(await db.Set<Role>().AsNoTracking().OrderBy(r => r.Code)
            .Select(r => new RoleRow(r.Code, r.Name, r.Permissions.Count, db.Set<Post>().Count(p => p.Role == r.Code))).ToListAsync(ct)));

    private static async Task<IResult> ShowAsync(string code, HttpContext http, Actor actor, JiesuDb db, Modules modules, CancellationToken ct) =>
        await ViewAsync(code, actor, db, modules, ct) is { } view ? Page.Show<RolePage>(http, view) : NotFound().ToProblem();

    private static async Task<IResult> SubmitAsync(string code, [FromForm] Form form, HttpContext http, Actor actor, Handler handler, JiesuDb db, Modules modules, CancellationToken ct)
    {
        var result = await handler.HandleAsync(code, form, actor, ct);
        if (result.Error is not { } refusal)
        {
            return Page.Next(http, "/admin/roles", "已保存，几秒内对所有人生效");
        }

        return await ViewAsync(code, actor, db, modules, ct) is { } view ? Page.Show<RolePage>(http, view, refusal) : NotFound().ToProblem();
    }

    private static async Task<RoleView?> ViewAsync(string code, Actor actor, JiesuDb db, Modules modules, CancellationToken ct)
    {
        if (await db.Set<Role>().AsNoTracking().Include(r => r.Permissions).SingleOrDefaultAsync(r => r.Code == code, ct) is not { } role)
        {
            return null;
        }

        var held = role.Permissions.Select(p => p.Permission).ToHashSet();
        return new(
            role.Code, role.Name, role.Version,
            [.. modules.Permissions.DistinctBy(p => p.Code).Select(p => new PermissionRow(p.Code, p.Name, held.Contains(p.Code)))], actor.Can(Permissions.Grant));
    }

    private static Error NotFound() => new(ErrorKind.NotFound, "role.not_found", "找不到这个角色。");

    public sealed record RolesView(IReadOnlyList<RoleRow> Rows);

    public sealed record RoleRow(string Code, string Name, int Permissions, int Posts);

    public sealed record RoleView(string Code, string Name, int Version, IReadOnlyList<PermissionRow> Permissions, bool MayGrant);

    public sealed record PermissionRow(string Code, string Name, bool IsHeld);

    public sealed record Form
    {
        public string? Version { get; init; }
        public IReadOnlyList<string>? Permissions { get; init; }
    }

    internal sealed class Handler(JiesuDb db, Modules modules, Remembered remembered, AuditLog audit)
    {
        public static Error Changed() => new(ErrorKind.Stale, "role.changed", "角色已被他人修改，请刷新后再试。");
        public static Error Own() => new(ErrorKind.Conflict, "role.own", "不能调整自己所任角色的权限，请由另一位安全管理员办理。");
        public static Error PermissionUnknown() => new(ErrorKind.Unprocessable, "permission.unknown", "有不认识的权限点，请刷新后重新选择。", "permissions");

        public async Task<Result<Done>> HandleAsync(string code, Form form, Actor actor, CancellationToken ct)
        {
            if (await db.Set<Role>().Include(r => r.Permissions).SingleOrDefaultAsync(r => r.Code == code, ct) is not { } role)
            {
                return NotFound();
            }

            if (role.Version.ToString(CultureInfo.InvariantCulture) != form.Version)
            {
                return Changed();
            }

            if (code == actor.Role)
            {
                return Own();
            }

            var wish = form.Permissions ?? [];
            if (wish.Except(modules.Permissions.Select(p => p.Code)).Any())
            {
                return PermissionUnknown();
            }

            var (added, removed) = role.Hold([.. wish.Distinct()]);
            audit.Record(actor, "role.change", $"role/{code}", $"增加：{string.Join(' ', added)}；取消：{string.Join(' ', removed)}");
            if (!await db.TrySaveAsync(ct))
            {
                return Changed();
            }

            remembered.Forget();
            return default(Done);
        }
    }
}
