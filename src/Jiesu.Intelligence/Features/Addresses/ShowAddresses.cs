using Jiesu.Catalog.Contracts;
using Jiesu.Intelligence.Contracts;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Jiesu.Intelligence.Features.Addresses;

/// <summary>地址工坊: tries an address, and shows the aliases that were learned or given by hand.</summary>
public static class ShowAddresses
{
    internal const string Url = "/intelligence/addresses";
    internal const int LongestAddress = 200;
    private const int MostShown = 200;

    internal static void MapApi(IEndpointRouteBuilder api)
    {
        api.MapGet("/intelligence/aliases", GetAsync).RequireAuthorization(Permissions.View);
        api.MapPost(Url + "/parse", ParseAsync).RequireAuthorization(Permissions.View).Produces<Parsed>().ProducesProblem(StatusCodes.Status400BadRequest);
    }

    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Url, ShowAsync).RequireAuthorization(Permissions.View);
        pages.MapPost(Url + "/parse", TryAsync).RequireAuthorization(Permissions.View);
    }

    private static async Task<Ok<IReadOnlyList<Row>>> GetAsync(string? q, AliasReader aliases, ICatalogue catalogue, CancellationToken ct) =>
        TypedResults.Ok(await RowsAsync(q, aliases, catalogue, ct));

    private static async Task<IResult> ParseAsync(Request request, AddressReader reader, CancellationToken ct) =>
        Refusal(request.Text) is { } refusal ? refusal.ToProblem() : TypedResults.Ok(await reader.ReadAsync(request.Text!, ct));

    private static async Task<IResult> ShowAsync(string? q, HttpContext http, Actor actor, AliasReader aliases, ICatalogue catalogue, CancellationToken ct) =>
        Page.Show<AddressesPage, AddressesPart>(http, await ViewAsync(actor, q, aliases, catalogue, ct));

    /// <summary>An address is posted, so that it stands in no log of addresses visited.</summary>
    private static async Task<IResult> TryAsync(
        [FromForm] IFormCollection typed, HttpContext http, Actor actor, AliasReader aliases, AddressReader reader, ICatalogue catalogue, CancellationToken ct)
    {
        var text = typed["text"].ToString();
        var refusal = Refusal(text);
        var view = await ViewAsync(actor, null, aliases, catalogue, ct);
        return Page.Show<AddressesPage, AddressesPart>(http, view with { Text = text, Parsed = refusal is null ? await reader.ReadAsync(text, ct) : null }, refusal);
    }

    private static Error? Refusal(string? text) =>
        string.IsNullOrWhiteSpace(text) ? new(ErrorKind.Invalid, "intelligence.address_missing", "请填写要解析的地址。", "text")
        : text.Length > LongestAddress ? new(ErrorKind.Invalid, "intelligence.address_too_long", "地址最长 200 字，请缩短。", "text")
        : null;

    internal static async Task<View> ViewAsync(Actor actor, string? q, AliasReader aliases, ICatalogue catalogue, CancellationToken ct)
    {
        var rows = await RowsAsync(q, aliases, catalogue, ct);
        return new([.. rows.Take(MostShown)], rows.Count, q, actor.Can(Permissions.Edit));
    }

    private static async Task<IReadOnlyList<Row>> RowsAsync(string? q, AliasReader aliases, ICatalogue catalogue, CancellationToken ct)
    {
        var day = await catalogue.GetAsync(ct);
        var word = q?.Trim() ?? "";
        return
        [
            .. (await aliases.ReadAsync(ct)).Select(a => new Row(a.Id, a.Name, a.Code, day.FindPlace(a.Code)?.Name, a.Orders, a.People, a.IsByHand, a.IsOff))
                .Where(r => r.Name.Contains(word, StringComparison.Ordinal) || r.Code == word || r.CommunityName?.Contains(word, StringComparison.Ordinal) == true),
        ];
    }

    /// <summary>要解析的地址.</summary>
    public sealed record Request
    {
        public string? Text { get; init; }
    }

    /// <summary>解析结果.</summary>
    /// <param name="Text">The address in the spelling that was parsed; start and end count in it.</param>
    /// <param name="IsPreparing">The parser is being made: no elements yet, ask again in half a minute.</param>
    public sealed record Parsed(string Text, bool IsPreparing, IReadOnlyList<Element> Elements, IReadOnlyList<AddressAdvice> Candidates);

    /// <summary>地址要素: half-open from start to end.</summary>
    public sealed record Element(string Kind, string Text, int Start, int End)
    {
        internal string KindName => NameOf(Kind);
    }

    internal static string NameOf(string kind) => Names.GetValueOrDefault(kind, kind);

    private static readonly Dictionary<string, string> Names = new()
    {
        ["prov"] = "省", ["city"] = "市", ["district"] = "区县", ["devzone"] = "开发区", ["town"] = "街道乡镇", ["community"] = "社区村", ["village_group"] = "村组", ["road"] = "道路",
        ["roadno"] = "路号", ["poi"] = "地点", ["subpoi"] = "地点内", ["houseno"] = "楼号", ["cellno"] = "单元", ["floorno"] = "楼层", ["roomno"] = "房间", ["detail"] = "详情",
        ["assist"] = "方位", ["distance"] = "距离", ["intersection"] = "路口", ["redundant"] = "重复", ["otherinfo"] = "其他",
    };

    /// <summary>别名.</summary>
    /// <param name="Orders">确认数: orders with this name that went to the community.</param>
    /// <param name="People">People who decided so.</param>
    /// <param name="IsOff">停用: not used and never learned again.</param>
    public sealed record Row(Guid Id, string Name, string Code, string? CommunityName, int Orders, int People, bool IsByHand, bool IsOff);

    /// <summary>What the page shows.</summary>
    public sealed record View(IReadOnlyList<Row> Aliases, int Count, string? Q, bool MayEdit)
    {
        public string? Text { get; init; }
        public Parsed? Parsed { get; init; }
        public EditAliases.Request New { get; init; } = new();
    }
}
