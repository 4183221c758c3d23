using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.List;

/// <summary>显示列: which columns a person sees in the list; who chose none sees all.</summary>
internal sealed class ChosenColumns
{
    public required Guid PersonId { get; init; }

    /// <summary>Keys of <see cref="ListColumns.All"/>, by commas.</summary>
    public required string Keys { get; set; }
}

/// <summary>列: what of the list may be left out; number and title always stand.</summary>
/// <param name="Sheet">Columns of the export that say the same.</param>
internal sealed record ListColumn(string Key, string Title, params IReadOnlyList<string> Sheet);

/// <summary>选择列, for the list and for the sheet that is exported from it.</summary>
internal sealed class ListColumns(JiesuDb db)
{
    public const string Url = "/orders/columns";

    /// <summary>Name in the address of an export.</summary>
    public const string Parameter = "columns";

    public static readonly IReadOnlyList<ListColumn> All =
    [
        new("state", "状态", "状态"), new("class", "问题分类", "问题分类"), new("place", "地点", "街道（镇）", "社区（村）"), new("unit", "责任单位", "责任单位"), new("received", "登记时间", "登记时间"),
        new("deadline", "时限", "截止时间"),
    ];

    private static readonly string[] Always = ["案件编号", "标题"];

    public static void MapPages(IEndpointRouteBuilder pages) => pages.MapPost(Url, ChooseAsync).RequireAuthorization(Permissions.Read);

    /// <summary>列名 of a sheet with these columns alone; null when one of them does not exist.</summary>
    public static IReadOnlyCollection<string>? SheetOf(string keys)
    {
        var asked = Split(keys);
        return asked.All(k => All.Any(c => c.Key == k)) ? [.. Always, .. All.Where(c => asked.Contains(c.Key)).SelectMany(c => c.Sheet)] : null;
    }

    public async Task<IReadOnlyList<string>> FindAsync(Actor actor, CancellationToken ct) =>
        await db.Set<ChosenColumns>().Where(c => c.PersonId == actor.PersonId).Select(c => c.Keys).SingleOrDefaultAsync(ct) is { Length: > 0 } keys ? Split(keys) : [.. All.Select(c => c.Key)];

    private static async Task<IResult> ChooseAsync(HttpContext http, ListColumns columns, Actor actor, CancellationToken ct)
    {
        var form = await http.Request.ReadFormAsync(ct);
        await columns.KeepAsync(form["column"].OfType<string>().ToHashSet(), actor, ct);
        return Page.Next(http, SavedViews.Normal(form["query"]) is { Length: > 0 } query ? "/orders?" + query : "/orders", "显示列已保存。");
    }

    private async Task KeepAsync(HashSet<string> keys, Actor actor, CancellationToken ct)
    {
        var chosen = string.Join(',', All.Select(c => c.Key).Where(keys.Contains));
        if (await db.Set<ChosenColumns>().SingleOrDefaultAsync(c => c.PersonId == actor.PersonId, ct) is { } known)
        {
            known.Keys = chosen;
        }
        else
        {
            db.Add(new ChosenColumns { PersonId = actor.PersonId, Keys = chosen });
        }

        await db.TrySaveAsync(ct);    // of two pages at once one is kept
    }

    private static string[] Split(string keys) => keys.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
