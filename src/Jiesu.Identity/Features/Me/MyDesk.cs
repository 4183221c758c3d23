using System.Security.Claims;
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

namespace Jiesu.Identity.Features.Me;

/// <summary>我的账号: the posts that one holds, the sessions that are open; change the one, end the other.</summary>
public static class MyDesk
{
    public static Error UnknownPost() => new(ErrorKind.Unprocessable, "post.unknown", "您没有这个任职，请重新选择。", "post");

    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/me", ShowAsync).RequireAuthorization();
        pages.MapPost("/post", ChangePostAsync).RequireAuthorization();
        pages.MapPost("/me/sessions/end", EndAsync).RequireAuthorization();
    }

    private static async Task<IResult> ShowAsync(HttpContext http, Actor actor, Query query, CancellationToken ct) =>
        Page.Show<MyDeskPage>(http, await query.ViewAsync(http.User, actor, ct));

    private static async Task<IResult> ChangePostAsync([FromForm] Guid? post, [FromForm] string? returnUrl, HttpContext http, Actor actor, Query query, Sessions sessions, CancellationToken ct)
    {
        if (SessionOf(http) is not { } session || await sessions.ChangePostAsync(session, actor.PersonId, post ?? Guid.Empty, ct) is not { } token)
        {
            return Page.Show<MyDeskPage>(http, await query.ViewAsync(http.User, actor, ct), UnknownPost());
        }

        SessionCookie.Write(http, token);
        return Page.Next(http, LocalUrl.Of(returnUrl), "已切换任职");
    }

    /// <summary>Without an id: all but this one.</summary>
    private static async Task<IResult> EndAsync([FromForm] Guid? session, HttpContext http, Actor actor, Sessions sessions, AuditLog audit, JiesuDb db, CancellationToken ct)
    {
        audit.Record(actor, "session.end", $"person/{actor.PersonId}", session is null ? "其他会话" : $"session/{session}");
        await db.SaveChangesAsync(ct);
        await sessions.EndAsync(actor.PersonId, session, session is null ? SessionOf(http) : null, ct);
        return Page.Next(http, "/me", "已结束");
    }

    private static Guid? SessionOf(HttpContext http) => Guid.TryParse(http.User.FindFirstValue(ClaimNames.Session), out var id) ? id : null;

    public sealed record View(string Name, IReadOnlyList<PostRow> Posts, IReadOnlyList<SessionRow> Sessions);

    public sealed record PostRow(Guid Id, string Role, string Unit, bool IsCurrent);

    public sealed record SessionRow(Guid Id, DateTimeOffset StartedAt, DateTimeOffset SeenAt, string Source, string Agent, bool IsCurrent);

    internal sealed class Query(JiesuDb db, IUnitDirectory units)
    {
        private const int Most = 50;

        public async Task<View> ViewAsync(ClaimsPrincipal user, Actor actor, CancellationToken ct)
        {
            var (post, session) = (user.FindFirstValue(ClaimNames.Post), user.FindFirstValue(ClaimNames.Session));
            var tree = await units.GetAsync(ct);
            var posts = await db.Set<Post>().Where(p => p.PersonId == actor.PersonId).OrderBy(p => p.Id)
                .Join(db.Set<Role>(), p => p.Role, r => r.Code, (p, r) => new { p.Id, p.UnitId, r.Name }).ToListAsync(ct);
            var sessions = await db.Set<Session>().AsNoTracking().Where(s => s.PersonId == actor.PersonId && s.EndedAt == null).OrderByDescending(s => s.SeenAt).ThenBy(s => s.Id).Take(Most).ToListAsync(ct);
            return new(
                user.FindFirstValue(ClaimNames.Name) ?? "",
                [.. posts.Select(p => new PostRow(p.Id, p.Name, tree.Find(p.UnitId)?.Name ?? "", p.Id.ToString() == post))],
                [.. sessions.Select(s => new SessionRow(s.Id, s.StartedAt, s.SeenAt, s.Source, s.Agent, s.Id.ToString() == session))]);
        }
    }
}
