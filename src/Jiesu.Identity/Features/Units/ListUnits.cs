using Jiesu.Identity.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Jiesu.Identity.Features.Units;

/// <summary>单位目录 for programs.</summary>
public static class ListUnits
{
    internal static void MapApi(IEndpointRouteBuilder api) => api.MapGet("/units", GetAsync).RequireAuthorization(Permissions.Units);

    private static async Task<Ok<Response>> GetAsync(IUnitDirectory units, CancellationToken ct)
    {
        var tree = await units.GetAsync(ct);
        return TypedResults.Ok(new Response(
            tree.All.Count,
            [.. tree.All.Select(u => new Item(u.Code.Value, u.Name, u.Kind, u.ParentId is { } parent ? tree.Find(parent)?.Code.Value : null))]));
    }

    /// <param name="Items">Ordered by code.</param>
    internal sealed record Response(int Total, IReadOnlyList<Item> Items);

    /// <param name="Unit">单位代码.</param>
    /// <param name="Parent">上级单位代码; null at the top.</param>
    internal sealed record Item(string Unit, string UnitName, UnitKind Kind, string? Parent);
}
