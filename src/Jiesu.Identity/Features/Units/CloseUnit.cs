using System.Text.Json.Serialization;
using Jiesu.Identity.Contracts;
using Jiesu.Identity.Domain;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Jiesu.Identity.Features.Units;

/// <summary>单位撤并: a unit is dissolved or merged into another. It keeps its past and gets nothing new; what it still holds goes to its heir within a minute.</summary>
public static class CloseUnit
{
    private const string Url = "/admin/units";

    internal static void MapApi(IEndpointRouteBuilder api) => api.MapPost("/units/{code}/close", PostAsync).RequireAuthorization(Permissions.EditPeople)
        .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Url, ShowAsync).RequireAuthorization(Permissions.EditPeople);
        pages.MapPost(Url, SubmitAsync).RequireAuthorization(Permissions.EditPeople);
    }

    private static async Task<IResult> PostAsync(string code, Request request, Actor actor, Handler handler, CancellationToken ct)
    {
        var result = await handler.HandleAsync(code, request.Successor, request.Reason, actor, ct);
        return result.Error is { } refusal ? refusal.ToProblem() : TypedResults.NoContent();
    }

    private static async Task<IResult> ShowAsync(HttpContext http, IUnitDirectory units, CancellationToken ct) => Page.Show<CloseUnitPage, CloseUnitForm>(http, ViewOf(await units.GetAsync(ct), new()));

    private static async Task<IResult> SubmitAsync([FromForm] Form form, HttpContext http, Actor actor, Handler handler, IUnitDirectory units, CancellationToken ct)
    {
        var result = await handler.HandleAsync(form.Unit, form.Successor, form.Reason, actor, ct);
        return result.Error is { } refusal ? Page.Show<CloseUnitPage, CloseUnitForm>(http, ViewOf(await units.GetAsync(ct), form), refusal) : Page.Next(http, Url, "单位已撤销，未办结的工单由承接单位继续办理。");
    }

    private static View ViewOf(UnitTree tree, Form typed) => new(
        [.. tree.All.Where(u => !u.IsClosed && u.Kind != UnitKind.Centre).Select(u => new Choice(u.Code.Value, u.Name, u.Code.Value))],
        [.. tree.All.Where(u => u.IsClosed).Select(u => new Closed(u.Name, tree.Find(tree.HeirOf(u.Id))!.Name))], typed);

    /// <param name="Successor">承接单位代码; null: the unit above, else the Centre.</param>
    /// <param name="Reason">依据: of the decision to dissolve it.</param>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    internal sealed record Request(string? Successor, string? Reason);

    /// <summary>What was typed.</summary>
    public sealed record Form
    {
        public string? Unit { get; init; }
        public string? Successor { get; init; }
        public string? Reason { get; init; }
    }

    /// <summary>What the page shows.</summary>
    public sealed record View(IReadOnlyList<Choice> Units, IReadOnlyList<Closed> Closed, Form Typed);

    /// <summary>已撤销单位.</summary>
    public sealed record Closed(string Name, string Heir);

    /// <summary>The use case.</summary>
    internal sealed class Handler(JiesuDb db, IUnitDirectory units, UnitCloser closer, IAuditLog audit)
    {
        public async Task<Result<Done>> HandleAsync(string? code, string? successor, string? reason, Actor actor, CancellationToken ct)
        {
            var tree = await units.GetAsync(ct);
            if (tree.Find(code) is not { } unit)
            {
                return new Error(ErrorKind.NotFound, "unit.not_found", "没有这个单位，请重新选择。", "unit");
            }

            var heir = successor is { Length: > 0 } ? tree.Find(successor) : null;
            if (unit.IsClosed || unit.Kind == UnitKind.Centre)
            {
                return new Error(ErrorKind.Conflict, "unit.not_now", unit.IsClosed ? "这个单位已经撤销。" : "区中心不能撤销。", "unit");
            }

            if ((successor is { Length: > 0 } && heir is not { IsClosed: false }) || heir?.Id == unit.Id)
            {
                return new Error(ErrorKind.Unprocessable, "unit.unknown", "没有这个承接单位，或它已撤销，请重新选择。", "successor");
            }

            if (string.IsNullOrWhiteSpace(reason))
            {
                return new Error(ErrorKind.Invalid, "request.invalid", "请填写撤并依据。", "reason");
            }

            audit.Record(actor, "unit.close", $"unit/{unit.Code}", $"{reason.Trim()}；承接单位 {heir?.Code.Value ?? "上级"}");
            await closer.CloseAsync(unit.Id, heir?.Id, ct);
            await db.SaveChangesAsync(ct);
            closer.Forget();
            return default(Done);
        }
    }
}
