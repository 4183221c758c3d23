using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.List;

/// <summary>常用视图: filters of the list that a person keeps under a name, for nobody but that person.</summary>
internal sealed class SavedViews(JiesuDb db, TimeProvider clock)
{
    public const string Url = "/orders/views";

    /// <summary>More links than this are no help any more.</summary>
    private const int Most = 20;

    public static void MapPages(IEndpointRouteBuilder pages)
    {
        var views = pages.MapGroup(Url).RequireAuthorization(Permissions.Read);
        views.MapPost("", SaveAsync);
        views.MapPost("/remove", RemoveAsync);
    }

    public async Task<IReadOnlyList<(string Name, string Query)>> FindAsync(Actor actor, CancellationToken ct) =>
        [.. (await Of(actor).AsNoTracking().OrderBy(v => v.At).ThenBy(v => v.Name).ToListAsync(ct)).Select(v => (v.Name, v.Query))];

    /// <summary>The conditions of an address alone, in one order: without the page one is on.</summary>
    public static string Normal(string? query) => new QueryBuilder(
        QueryHelpers.ParseQuery(query).Where(q => FilterReader.IsCondition(q.Key) && q.Key is not ("after" or "page" or "pageSize"))
            .OrderBy(q => q.Key, StringComparer.Ordinal).SelectMany(q => q.Value.OfType<string>().Where(v => v.Length > 0).Select(v => KeyValuePair.Create(q.Key, v)))).ToString().TrimStart('?');

    private static async Task<IResult> SaveAsync(HttpContext http, SavedViews views, Actor actor, CancellationToken ct)
    {
        var form = await http.Request.ReadFormAsync(ct);
        var query = Normal(form["query"]);
        return await views.KeepAsync(form["name"].ToString().Trim(), query, actor, ct) is { } refusal ? refusal.ToProblem() : Page.Next(http, "/orders?" + query, "视图已保存。");
    }

    private static async Task<IResult> RemoveAsync(HttpContext http, SavedViews views, Actor actor, CancellationToken ct)
    {
        var name = (await http.Request.ReadFormAsync(ct))["name"].ToString();
        await views.ForgetAsync(name, actor, ct);
        return Page.Next(http, "/orders", "视图已删除。");
    }

    /// <summary>A name that is there already stands for the new filters.</summary>
    private async Task<Error?> KeepAsync(string name, string query, Actor actor, CancellationToken ct)
    {
        if (name.Length is 0 or > SavedView.LongestName)
        {
            return new(ErrorKind.Invalid, "view.name", $"请填写视图名称，不超过 {SavedView.LongestName} 个字。", "name");
        }

        if (query.Length is 0 or > SavedView.LongestQuery)
        {
            return new(ErrorKind.Invalid, "view.query", "请先设置筛选条件（不要过长），再保存视图。", "query");
        }

        if (await Of(actor).SingleOrDefaultAsync(v => v.Name == name, ct) is { } known)
        {
            known.Query = query;
        }
        else if (await Of(actor).CountAsync(ct) >= Most)
        {
            return new(ErrorKind.Conflict, "view.too_many", $"最多保存 {Most} 个视图，请先删除不用的视图。");
        }
        else
        {
            db.Add(new SavedView { PersonId = actor.PersonId, Name = name, Query = query, At = clock.GetUtcNow() });
        }

        return await db.TrySaveAsync(ct) ? null : new(ErrorKind.Conflict, "view.changed", "视图刚在另一页面保存，请刷新后再试。");
    }

    private Task<int> ForgetAsync(string name, Actor actor, CancellationToken ct) => db.WriteAsync(() => Of(actor).Where(v => v.Name == name).ExecuteDeleteAsync(ct), ct);

    private IQueryable<SavedView> Of(Actor actor) => db.Set<SavedView>().Where(v => v.PersonId == actor.PersonId);
}
