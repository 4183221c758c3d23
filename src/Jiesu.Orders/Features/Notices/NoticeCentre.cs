using Jiesu.Orders.Domain;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.Notices;

/// <summary>通知中心: what a person was told, unread first; only of orders that are still within the person's scope.</summary>
public static class NoticeCentre
{
    public const string Url = "/notices";
    public const string BellUrl = "/notices/bell";
    private const int Most = 200;

    internal static void MapApi(IEndpointRouteBuilder api)
    {
        var notices = api.MapGroup(Url).RequireAuthorization(Permissions.Read);
        notices.MapGet("", GetAsync);
        notices.MapPost("/{id:guid}/read", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, Actor actor, Handler handler, CancellationToken ct) =>
            await handler.ReadAsync(id, actor, ct) ? TypedResults.NoContent() : NotFound().ToProblem());
        notices.MapPost("/read-all", async Task<NoContent> (Actor actor, Handler handler, CancellationToken ct) =>
        {
            await handler.ReadAllAsync(actor, ct);
            return TypedResults.NoContent();
        });
    }

    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        var notices = pages.MapGroup(Url).RequireAuthorization(Permissions.Read);
        notices.MapGet("", ShowAsync);
        notices.MapGet("/bell", async (HttpContext http, Actor actor, Handler handler, CancellationToken ct) =>
            Page.Show<NoticeBell>(http, new Bell(await handler.CountAsync(actor, ct)))).WithMetadata(new Unattended());
        notices.MapPost("/{id:guid}/read", async (Guid id, HttpContext http, Actor actor, Handler handler, CancellationToken ct) =>
            await handler.ReadAsync(id, actor, ct) ? Page.Next(http, Url) : NotFound().ToProblem());
        notices.MapPost("/read-all", async (HttpContext http, Actor actor, Handler handler, CancellationToken ct) =>
        {
            await handler.ReadAllAsync(actor, ct);
            return Page.Next(http, Url, "已全部标为已读。");
        });
    }

    private static async Task<Ok<View>> GetAsync(bool? unread, Actor actor, Handler handler, CancellationToken ct) =>
        TypedResults.Ok(await handler.FindAsync(unread ?? false, actor, ct));

    private static async Task<IResult> ShowAsync(HttpContext http, Actor actor, Handler handler, CancellationToken ct) =>
        Page.Show<NoticesPage>(http, await handler.FindAsync(isUnread: false, actor, ct));

    private static Error NotFound() => new(ErrorKind.NotFound, "notice.not_found", "没有这条通知，请刷新通知中心。");

    /// <summary>通知中心.</summary>
    /// <param name="Unread">未读数.</param>
    public sealed record View(IReadOnlyList<Item> Items, int Unread);

    /// <summary>通知.</summary>
    /// <param name="Kind">Sign, Review, Application, Decision, Urge, Supervision, Instruction, Whistle, Merged, Returned or Reminder.</param>
    /// <param name="Text">Case number and title; of a secret order the number alone.</param>
    public sealed record Item(string Id, string Kind, string KindName, string OrderId, string Text, DateTimeOffset At, DateTimeOffset? ReadAt);

    /// <summary>未读数.</summary>
    public sealed record Bell(int Unread);

    /// <summary>The use case.</summary>
    internal sealed class Handler(JiesuDb db, TimeProvider clock)
    {
        public async Task<View> FindAsync(bool isUnread, Actor actor, CancellationToken ct)
        {
            var found = await Of(actor).AsNoTracking().Where(n => !isUnread || n.ReadAt == null)
                .OrderBy(n => n.ReadAt != null).ThenByDescending(n => n.At).ThenBy(n => n.Id).Take(Most).ToListAsync(ct);
            return new([.. found.Select(n => new Item(n.Id.ToString(), n.Kind.ToString(), n.Kind.Name(), n.OrderId.ToString(), n.Text, n.At, n.ReadAt))], await CountAsync(actor, ct));
        }

        public Task<int> CountAsync(Actor actor, CancellationToken ct) => Of(actor).CountAsync(n => n.ReadAt == null, ct);

        /// <summary>False when the person has no such notice; one that was read stays as it is.</summary>
        public async Task<bool> ReadAsync(Guid id, Actor actor, CancellationToken ct)
        {
            if (!await Of(actor).AnyAsync(n => n.Id == id, ct))
            {
                return false;
            }

            await MarkAsync(db.Set<Notice>().Where(n => n.Id == id), ct);
            return true;
        }

        public Task<int> ReadAllAsync(Actor actor, CancellationToken ct) => MarkAsync(db.Set<Notice>().Where(n => n.PersonId == actor.PersonId), ct);

        private Task<int> MarkAsync(IQueryable<Notice> notices, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            return db.WriteAsync(() => notices.Where(n => n.ReadAt == null).ExecuteUpdateAsync(s => s.SetProperty(n => n.ReadAt, now), ct), ct);
        }

        private IQueryable<Notice> Of(Actor actor)
        {
            var seen = db.Set<WorkOrder>().Where(DataScope.Of(actor).Sees());
            return db.Set<Notice>().Where(n => n.PersonId == actor.PersonId && seen.Any(o => o.Id == n.OrderId));
        }
    }
}
