using Jiesu.Catalog.Contracts;
using Jiesu.Identity.Contracts;
using Jiesu.Intelligence.Domain;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Intelligence.Features.Addresses;

/// <summary>维护别名: gives a community a name by hand, or switches a name off so that it is never learned again.</summary>
public static class EditAliases
{
    internal static void MapApi(IEndpointRouteBuilder api)
    {
        api.MapPost("/intelligence/aliases", PostAsync).RequireAuthorization(Permissions.Edit);
        api.MapPost("/intelligence/aliases/{id:guid}/remove", RemoveAsync).RequireAuthorization(Permissions.Edit);
    }

    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapPost(ShowAddresses.Url, SubmitAsync).RequireAuthorization(Permissions.Edit);
        pages.MapPost("/intelligence/aliases/{id:guid}/remove", SubmitRemovalAsync).RequireAuthorization(Permissions.Edit);
    }

    private static async Task<IResult> PostAsync(Request request, Actor actor, Handler handler, CancellationToken ct)
    {
        var result = await handler.AddAsync(request, actor, ct);
        return result.Error is { } refusal ? refusal.ToProblem() : TypedResults.NoContent();
    }

    private static async Task<IResult> RemoveAsync(Guid id, Actor actor, Handler handler, CancellationToken ct)
    {
        var result = await handler.RemoveAsync(id, actor, ct);
        return result.Error is { } refusal ? refusal.ToProblem() : TypedResults.NoContent();
    }

    private static async Task<IResult> SubmitAsync(
        [FromForm] IFormCollection typed, HttpContext http, Actor actor, Handler handler, AliasReader aliases, ICatalogue catalogue, CancellationToken ct)
    {
        var request = new Request { Name = typed["name"], Community = typed["community"] };
        var result = await handler.AddAsync(request, actor, ct);
        return result.Error is { } refusal
            ? Page.Show<AddressesPage, AddressesPart>(http, await ShowAddresses.ViewAsync(actor, null, aliases, catalogue, ct) with { New = request }, refusal)
            : Page.Next(http, ShowAddresses.Url, "已添加别名");
    }

    /// <param name="form">Holds the antiforgery token, which is checked because the form is asked for.</param>
    private static async Task<IResult> SubmitRemovalAsync(
        Guid id, [FromForm] IFormCollection form, HttpContext http, Actor actor, Handler handler, CancellationToken ct)
    {
        var result = await handler.RemoveAsync(id, actor, ct);
        return result.Error is { } refusal ? refusal.ToProblem() : Page.Next(http, ShowAddresses.Url, "已停用别名");
    }

    /// <summary>新别名.</summary>
    public sealed record Request
    {
        public string? Name { get; init; }

        /// <summary>区划代码, or the name where only one place bears it.</summary>
        public string? Community { get; init; }
    }

    internal sealed class Handler(JiesuDb db, AliasReader reader, Aliases aliases, ICatalogue catalogue, IAuditLog audit, TimeProvider clock)
    {
        private const int ShortestName = 3;

        public async Task<Result<Done>> AddAsync(Request request, Actor actor, CancellationToken ct)
        {
            var name = PlainText.Of(request.Name).Trim();
            if (name.Length is < ShortestName or > StoredAlias.LongestName || !name.Any(PlainText.IsHan))
            {
                return new Error(ErrorKind.Invalid, "intelligence.alias_name", "别名请填 3 到 60 个字的小区、道路等名称，须含汉字。", "name");
            }

            if (await FindAsync(request.Community?.Trim(), ct) is not { } place)
            {
                return new Error(ErrorKind.Invalid, "intelligence.alias_community", "请填写社区的区划代码；名称唯一时也可填写名称。", "community");
            }

            var alias = await db.Set<StoredAlias>().SingleOrDefaultAsync(a => a.Name == name, ct);
            if (alias is null)
            {
                db.Add(alias = new() { Name = name, PlaceCode = place.Code });
            }

            (alias.PlaceCode, alias.IsOff, alias.By, alias.At) = (place.Code, false, actor.PersonId, clock.GetUtcNow());
            audit.Record(actor, "intelligence.alias-add", $"alias/{alias.Id}", $"{name} → {place.Code}");
            return await SaveAsync(ct);
        }

        public async Task<Result<Done>> RemoveAsync(Guid id, Actor actor, CancellationToken ct)
        {
            if ((await reader.ReadAsync(ct)).FirstOrDefault(a => a.Id == id) is not { } known)
            {
                return new Error(ErrorKind.NotFound, "intelligence.alias_unknown", "没有这个别名，可能已变化，请刷新后再试。");
            }

            var alias = await db.Set<StoredAlias>().SingleOrDefaultAsync(a => a.Name == known.Name, ct);
            if (alias is null)
            {
                db.Add(alias = new() { Name = known.Name, PlaceCode = known.Code });
            }

            (alias.IsOff, alias.By, alias.At) = (true, actor.PersonId, clock.GetUtcNow());
            audit.Record(actor, "intelligence.alias-remove", $"alias/{alias.Id}", known.Name);
            return await SaveAsync(ct);
        }

        private async Task<Place?> FindAsync(string? word, CancellationToken ct)
        {
            var day = await catalogue.GetAsync(ct);
            var named = day.Places.Where(p => p.ParentCode is not null && (p.Code == word || p.Name == word)).Take(2).ToArray();
            return named.Length == 1 ? named[0] : null;
        }

        private async Task<Result<Done>> SaveAsync(CancellationToken ct)
        {
            if (!await db.TrySaveAsync(ct))
            {
                return new Error(ErrorKind.Conflict, "intelligence.alias_changed", "别名刚被他人修改，请刷新后再试。");
            }

            aliases.Forget();
            return new Done();
        }
    }
}
