using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Jiesu.Orders.Features.AutoDispatch;

/// <summary>规则工坊: the standards by which orders are dispatched without a person, from candidate to suspension.</summary>
public static class ShowRules
{
    internal const string Url = "/intelligence/rules";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    internal static void MapApi(IEndpointRouteBuilder api)
    {
        api.MapGet(Url, async (string? state, RuleReader reader, CancellationToken ct) => TypedResults.Ok(new Response(await reader.ListAsync(state, ct)))).RequireAuthorization(Permissions.ViewRules);
        api.MapGet(Url + "/{id:guid}", async Task<IResult> (Guid id, RuleReader reader, Actor actor, CancellationToken ct) =>
            await reader.FindAsync(id, actor, ct) is { } rule ? TypedResults.Ok(rule) : RuleErrors.NotFound().ToProblem()).RequireAuthorization(Permissions.ViewRules).Produces<Whole>();
        api.MapPost(Url, async Task<IResult> (WriteRequest asked, RuleDesk desk, Actor actor, CancellationToken ct) =>
            await desk.WriteAsync(asked, actor, ct) is var done && done.Error is { } refusal ? refusal.ToProblem() : TypedResults.Created($"/api/v1{Url}/{done.Value}", new Made(done.Value))).RequireAuthorization(Permissions.EditRules);
        api.MapPost(Url + "/mine", async Task<IResult> (SpanRequest asked, RuleDesk desk, Actor actor, CancellationToken ct) =>
            await desk.MineAsync(asked.From, asked.To, actor, ct) is var done && done.Error is { } refusal ? refusal.ToProblem() : TypedResults.Ok(new Mined(done.Value))).RequireAuthorization(Permissions.EditRules);
        api.MapPost(Url + "/{id:guid}/replay", async (Guid id, SpanRequest asked, RuleDesk desk, Actor actor, CancellationToken ct) => Answer(await desk.ReplayAsync(id, asked.From, asked.To, actor, ct))).RequireAuthorization(Permissions.EditRules);
        api.MapPost(Url + "/{id:guid}/approve", async (Guid id, ApproveRequest asked, RuleDesk desk, Actor actor, CancellationToken ct) => Answer(await desk.ApproveAsync(id, asked, actor, ct))).RequireAuthorization(Permissions.ApproveRules);
        api.MapPost(Url + "/{id:guid}/suspend", async (Guid id, ReasonRequest asked, RuleDesk desk, Actor actor, CancellationToken ct) => Answer(await desk.SuspendAsync(id, asked, actor, ct))).RequireAuthorization(Permissions.ApproveRules);
        api.MapPost(Url + "/{id:guid}/reject", async (Guid id, ReasonRequest asked, RuleDesk desk, Actor actor, CancellationToken ct) => Answer(await desk.RejectAsync(id, asked, actor, ct))).RequireAuthorization(Permissions.ApproveRules);
    }

    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Url, async (HttpContext http, RuleReader reader, Actor actor, CancellationToken ct) => Page.Show<RulesPage, RulesPart>(http, await reader.ViewAsync(actor, new(), ct))).RequireAuthorization(Permissions.ViewRules);
        pages.MapPost(Url, WriteAsync).RequireAuthorization(Permissions.EditRules);
        pages.MapPost(Url + "/mine", MineAsync).RequireAuthorization(Permissions.EditRules);
        pages.MapGet(Url + "/{id:guid}", async (Guid id, HttpContext http, RuleReader reader, Actor actor, CancellationToken ct) => await ShowAsync(id, http, reader, actor, null, ct)).RequireAuthorization(Permissions.ViewRules);
        pages.MapPost(Url + "/{id:guid}/{deed}", DecideAsync).RequireAuthorization(Permissions.ViewRules);
    }

    private static IResult Answer(Result<Done> done) => done.Error is { } refusal ? refusal.ToProblem() : TypedResults.NoContent();

    private static async Task<IResult> WriteAsync(IFormCollection form, HttpContext http, RuleDesk desk, RuleReader reader, Actor actor, CancellationToken ct)
    {
        var asked = new WriteRequest { ClassCode = form["classCode"], Town = form["town"], Word = form["word"], Lead = form["lead"] };
        var made = await desk.WriteAsync(asked, actor, ct);
        return made.Error is { } refusal ? Page.Show<RulesPage, RulesPart>(http, await reader.ViewAsync(actor, asked, ct), refusal) : Page.Next(http, $"{Url}/{made.Value}", "已新增候选标准，请回放");
    }

    /// <param name="form">Holds the antiforgery token, which is checked because the form is asked for.</param>
    private static async Task<IResult> MineAsync(IFormCollection form, HttpContext http, RuleDesk desk, RuleReader reader, Actor actor, CancellationToken ct)
    {
        var mined = await desk.MineAsync(null, null, actor, ct);
        return mined.Error is { } refusal ? Page.Show<RulesPage, RulesPart>(http, await reader.ViewAsync(actor, new(), ct), refusal)
            : Page.Next(http, Url, mined.Value > 0 ? string.Create(null, $"新增候选标准 {mined.Value} 条") : "没有新的候选：历史派单还不够多，或已有相同的标准");
    }

    private static async Task<IResult> DecideAsync(Guid id, string deed, IFormCollection form, HttpContext http, RuleDesk desk, RuleReader reader, Actor actor, CancellationToken ct)
    {
        var needed = deed == "replay" ? Permissions.EditRules : Permissions.ApproveRules;
        if (!actor.Can(needed))
        {
            return TypedResults.Forbid();
        }

        var unread = form.Where(f => f.Key is "from" or "to" or "validFrom" or "validUntil" && f.Value.ToString().Length > 0 && Day(f.Key) is null).Select(f => f.Key).FirstOrDefault();
        Result<Done>? done = unread is not null ? RuleErrors.Unknown(unread, "日期须写成 2026-03-02 的样子。") : deed switch
        {
            "replay" => await desk.ReplayAsync(id, Day("from"), Day("to"), actor, ct),
            "approve" => await desk.ApproveAsync(id, new() { ValidFrom = Day("validFrom"), ValidUntil = Day("validUntil"), DailyLimit = int.TryParse(form["dailyLimit"], out var limit) ? limit : null, Note = form["note"].ToString() is { Length: > 0 } note ? note : null }, actor, ct),
            "suspend" => await desk.SuspendAsync(id, new() { Reason = form["reason"] }, actor, ct),
            "reject" => await desk.RejectAsync(id, new() { Reason = form["reason"] }, actor, ct),
            _ => RuleErrors.NotFound(),
        };
        return done is { Error: { } refusal } ? await ShowAsync(id, http, reader, actor, refusal, ct, form) : Page.Next(http, $"{Url}/{id}", deed switch { "replay" => "已回放", "approve" => "已启用", "suspend" => "已暂停", _ => "已否决" });

        DateOnly? Day(string name) => DateOnly.TryParseExact(form[name], "yyyy-MM-dd", out var day) ? day : null;
    }

    private static async Task<IResult> ShowAsync(Guid id, HttpContext http, RuleReader reader, Actor actor, Error? refusal, CancellationToken ct, IFormCollection? form = null) =>
        await reader.FindAsync(id, actor, ct) is not { } rule ? RuleErrors.NotFound().ToProblem()
            : Page.Show<RulePage, RulePart>(http, new RuleView(
                rule, actor.Can(Permissions.EditRules), actor.Can(Permissions.ApproveRules), form?.ToDictionary(f => f.Key, f => f.Value.ToString()) ?? []), refusal);

    internal static StoredReplay? ReadReplay(string? json) => json is null ? null : JsonSerializer.Deserialize<StoredReplay>(json, Json);

    /// <summary>编写标准.</summary>
    public sealed record WriteRequest : IRequest
    {
        /// <summary>分类代码或名称; an upper level means all below it.</summary>
        [Required(ErrorMessage = "请填写分类。")]
        public string? ClassCode { get; init; }

        /// <summary>街道或镇; empty for all.</summary>
        public string? Town { get; init; }

        /// <summary>关键词.</summary>
        [StringLength(20, ErrorMessage = "关键词最多 20 个字。")]
        public string? Word { get; init; }

        /// <summary>主办单位代码或名称; empty for 属地街乡镇.</summary>
        public string? Lead { get; init; }
    }

    /// <summary>起止日期, both included; the usual span where absent.</summary>
    public sealed record SpanRequest(DateOnly? From, DateOnly? To);

    /// <summary>批准.</summary>
    public sealed record ApproveRequest : IRequest
    {
        public DateOnly? ValidFrom { get; init; }

        [Required(ErrorMessage = "请填写有效期截止日期。")]
        public DateOnly? ValidUntil { get; init; }

        [Required(ErrorMessage = "请填写每日上限。"), Range(1, 10_000, ErrorMessage = "每日上限须在 1 到 10000 之间。")]
        public int? DailyLimit { get; init; }

        [StringLength(200, ErrorMessage = "说明最多 200 个字。")]
        public string? Note { get; init; }
    }

    /// <summary>暂停、否决.</summary>
    public sealed record ReasonRequest : IRequest
    {
        [Required(ErrorMessage = "请填写原因。"), StringLength(200, ErrorMessage = "原因最多 200 个字。")]
        public string? Reason { get; init; }
    }

    public sealed record Made(Guid Id);

    /// <param name="Candidates">新增候选.</param>
    public sealed record Mined(int Candidates);

    public sealed record Response(IReadOnlyList<Item> Items);

    /// <summary>派单标准.</summary>
    /// <param name="Condition">In words.</param>
    /// <param name="State">Candidate, Active, Suspended or Rejected.</param>
    /// <param name="Precision">Share right among past orders, 0–1; null where a person wrote it.</param>
    /// <param name="Today">Dispatched today.</param>
    /// <param name="Dispatched">Dispatched in 14 days.</param>
    /// <param name="Returned">Of them returned or sent to another unit.</param>
    /// <param name="IsExpired">已过有效期: dispatches nothing any more and may be approved again.</param>
    public sealed record Item(
        Guid Id, string Number, string Condition, string ClassCode, string? Town, string? Word, string? Lead, string LeadName, string State, string StateName, string StateKind, string? StateWhy, DateTimeOffset? StateAt,
        int Support, int Right, double? Precision, DateOnly? ValidFrom, DateOnly? ValidUntil, int DailyLimit, int Today, int Dispatched, int Returned, bool IsReplayed, bool IsExpired);

    /// <summary>标准全貌.</summary>
    /// <param name="HeldBack">Why orders were left to a person in 14 days, and how many.</param>
    public sealed record Whole(Item Rule, Replay? Replay, IReadOnlyDictionary<string, int> HeldBack);

    /// <summary>回放.</summary>
    /// <param name="Fitting">Orders that fit the conditions.</param>
    /// <param name="Dispatched">Of them, those that would have been dispatched.</param>
    /// <param name="Right">Went to the same unit and stayed.</param>
    /// <param name="OtherUnit">Had been given to another unit.</param>
    /// <param name="CameBack">Went to the same unit and came back.</param>
    /// <param name="HeldBack">Left to a person, by reason.</param>
    /// <param name="Conflicts">Active rules that say another unit for some of them.</param>
    /// <param name="Exceptions">As far as the reader may open them.</param>
    public sealed record Replay(
        DateOnly From, DateOnly To, int Fitting, int Dispatched, int Right, int OtherUnit, int CameBack, IReadOnlyDictionary<string, int> HeldBack, IReadOnlyList<string> Conflicts, IReadOnlyList<RuleException> Exceptions);

    /// <summary>例外.</summary>
    public sealed record RuleException(string OrderId, string CaseNo, string Title, string UnitName, string Why);

    internal sealed record StoredReplay(
        DateOnly From, DateOnly To, int Fitting, int Dispatched, int Right, int OtherUnit, int CameBack, Dictionary<string, int> HeldBack, IReadOnlyList<string> Conflicts, IReadOnlyList<StoredException> Exceptions);

    internal sealed record StoredException(Guid OrderId, string Lead, string Why);

    /// <summary>What the list shows.</summary>
    public sealed record RulesView(IReadOnlyList<Item> Items, bool MayEdit, WriteRequest Typed);

    /// <summary>What the page of a rule shows.</summary>
    /// <param name="Typed">What stood in the form that was refused.</param>
    public sealed record RuleView(Whole Whole, bool MayEdit, bool MayApprove, IReadOnlyDictionary<string, string> Typed);
}
