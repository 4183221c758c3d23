using Jiesu.Identity.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.Presence;

/// <summary>谁在办: an open form says so twice a minute, others see the name; nobody is held up. Neither is a use of the session.</summary>
public static class WhoIsAt
{
    /// <summary>A form that was not heard of for so long is closed.</summary>
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(60);

    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        var presence = pages.MapGroup("/orders/{id:guid}/presence").RequireAuthorization(Permissions.Read).WithMetadata(new Unattended());
        presence.MapGet("", ShowAsync);
        presence.MapPost("", AnnounceAsync);
    }

    private static async Task<IResult> ShowAsync(Guid id, HttpContext http, Handler handler, Actor actor, CancellationToken ct) =>
        await handler.FindAsync(id, actor, ct) is { } view ? Page.Show<OthersPart>(http, view) : OrderErrors.NotFound().ToProblem();

    private static async Task<IResult> AnnounceAsync(Guid id, HttpContext http, Handler handler, Actor actor, CancellationToken ct) =>
        await handler.AnnounceAsync(id, actor, ct) ? await ShowAsync(id, http, handler, actor, ct) : OrderErrors.NotFound().ToProblem();

    /// <summary>正在办理的其他人.</summary>
    public sealed record View(IReadOnlyList<string> Names);

    /// <summary>The use case.</summary>
    internal sealed class Handler(JiesuDb db, IPeople people, TimeProvider clock)
    {
        /// <summary>The others; null when there is no such order for this actor.</summary>
        public async Task<View?> FindAsync(Guid id, Actor actor, CancellationToken ct)
        {
            if (!await SeesAsync(id, actor, ct))
            {
                return null;
            }

            var now = clock.GetUtcNow();
            var others = await db.Set<AtForm>().Where(p => p.OrderId == OrderId.From(id) && p.PersonId != actor.PersonId && p.Until > now).Select(p => p.PersonId).ToListAsync(ct);
            var names = others.Count == 0 ? null : await people.NamesAsync(others, ct);
            return new([.. others.Select(p => names!.GetValueOrDefault(p, "其他人员")).Order(StringComparer.Ordinal)]);
        }

        /// <summary>False when there is no such order for this actor.</summary>
        public async Task<bool> AnnounceAsync(Guid id, Actor actor, CancellationToken ct)
        {
            if (!await SeesAsync(id, actor, ct))
            {
                return false;
            }

            var until = clock.GetUtcNow() + Lasts;
            if (await db.Set<AtForm>().SingleOrDefaultAsync(p => p.OrderId == OrderId.From(id) && p.PersonId == actor.PersonId, ct) is { } known)
            {
                known.Until = until;
            }
            else
            {
                db.Add(new AtForm { OrderId = OrderId.From(id), PersonId = actor.PersonId, Until = until });
            }

            await db.TrySaveAsync(ct);    // refused when another tab of the same person came first: then it stands already
            return true;
        }

        private async Task<bool> SeesAsync(Guid id, Actor actor, CancellationToken ct) =>
            id != Guid.Empty && await db.Set<WorkOrder>().Where(DataScope.Of(actor).Sees()).AnyAsync(x => x.Id == OrderId.From(id), ct);
    }
}
