using Jiesu.Catalog.Contracts;
using Jiesu.Catalog.Domain.Tables;
using Jiesu.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Jiesu.Catalog.Features.Lists;

/// <summary>目录查询: the tables that hold today, for whoever is signed in.</summary>
internal static class ReadLists
{
    private static readonly string[] Kinds = [.. Choices.ReasonKinds.Select(k => k.Code)];
    private static readonly string[] Dictionaries = [.. Choices.Dictionaries.Select(d => d.Code)];

    public static void MapApi(IEndpointRouteBuilder api)
    {
        api.MapGet("/classes", ClassesAsync).RequireAuthorization(Permissions.Read);
        api.MapGet("/places", PlacesAsync).RequireAuthorization(Permissions.Read);
        api.MapGet("/reasons", ReasonsAsync).RequireAuthorization(Permissions.Read);
        api.MapGet("/dictionaries/{name}", DictionaryAsync).RequireAuthorization(Permissions.Read);
        api.MapGet("/forms", FormsAsync).RequireAuthorization(Permissions.Read);
    }

    private static async Task<Ok<Items<ClassNode>>> ClassesAsync(ICatalogue catalogue, CancellationToken ct) =>
        TypedResults.Ok(new Items<ClassNode>((await catalogue.GetAsync(ct)).Classes));

    private static async Task<Ok<Items<PlaceItem>>> PlacesAsync(ICatalogue catalogue, CancellationToken ct)
    {
        var day = await catalogue.GetAsync(ct);
        return TypedResults.Ok(new Items<PlaceItem>([.. day.Places.Select(p => new PlaceItem(p.Code, p.Name, p.ParentCode, day.FindPlace(p.ParentCode)?.Name))]));
    }

    private static async Task<Results<Ok<Items<ReasonCode>>, ProblemHttpResult>> ReasonsAsync(string? kind, ICatalogue catalogue, CancellationToken ct)
    {
        if (!string.IsNullOrEmpty(kind) && !Kinds.Contains(kind))
        {
            return new Error(ErrorKind.Invalid, "catalog.kind_unknown", $"原因类别须是 {string.Join('、', Kinds)} 之一。", "kind").ToProblem();
        }

        var day = await catalogue.GetAsync(ct);
        return TypedResults.Ok(new Items<ReasonCode>([.. day.Reasons.Where(r => string.IsNullOrEmpty(kind) || r.Kind == kind)]));
    }

    private static async Task<Results<Ok<Items<CodeItem>>, ProblemHttpResult>> DictionaryAsync(string name, ICatalogue catalogue, CancellationToken ct) =>
        Dictionaries.Contains(name)
            ? TypedResults.Ok(new Items<CodeItem>((await catalogue.GetAsync(ct)).Dictionary(name)))
            : new Error(ErrorKind.NotFound, "catalog.not_found", "没有这个字典，请检查名称。").ToProblem();

    private static async Task<Ok<Items<FormView>>> FormsAsync(ICatalogue catalogue, CancellationToken ct)
    {
        var day = await catalogue.GetAsync(ct);
        return TypedResults.Ok(new Items<FormView>(
            [.. day.Forms.OrderBy(f => f.Code, StringComparer.Ordinal).Select(f => FormView.Of(f, day))]));
    }

    /// <summary>What every list of this module is wrapped in.</summary>
    internal sealed record Items<T>(IReadOnlyList<T> Of)
    {
        [System.Text.Json.Serialization.JsonPropertyName("items")]
        public IReadOnlyList<T> Of { get; } = Of;
    }

    /// <param name="TownName">The town of a community; null for a town.</param>
    internal sealed record PlaceItem(string Code, string Name, string? ParentCode, string? TownName);
}
