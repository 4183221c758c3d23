using System.Globalization;
using Jiesu.Callback.Domain;
using Jiesu.Catalog.Contracts;
using Jiesu.Identity.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Jiesu.Callback.Features.Answer;

/// <summary>回访登记 (T23, T26): the script, the facts of the order, and the three answers or why there are none.</summary>
public static class AnswerCallback
{
    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        var task = pages.MapGroup("/callbacks/{id:guid}").RequireAuthorization(Permissions.Work);
        task.MapGet("", ShowAsync);
        task.MapPost("", SubmitAsync);
        task.MapPost("/take", TakeAsync);
    }

    private static async Task<IResult> ShowAsync(Guid id, HttpContext http, Actor actor, Viewer viewer, CancellationToken ct) =>
        await viewer.ViewAsync(id, actor, ct) is { } view ? Page.Show<AnswerPage, AnswerForm>(http, view) : CallbackErrors.NotFound().ToProblem();

    private static async Task<IResult> SubmitAsync(Guid id, [FromForm] Form form, HttpContext http, Actor actor, Handler handler, Viewer viewer, CancellationToken ct)
    {
        if (await viewer.ViewAsync(id, actor, ct) is not { } view)
        {
            return CallbackErrors.NotFound().ToProblem();
        }

        var result = await handler.HandleAsync(id, form, actor, ct);
        return result.Error is { } refusal
            ? Page.Show<AnswerPage, AnswerForm>(http, view with { Form = form }, refusal)
            : Page.Next(http, $"/callbacks?kind={(view.IsPre ? "pre" : "final")}", result.Value);
    }

    private static async Task<IResult> TakeAsync(Guid id, HttpContext http, Actor actor, JiesuDb db, Viewer viewer, CancellationToken ct)
    {
        if (await viewer.ViewAsync(id, actor, ct) is null)
        {
            return CallbackErrors.NotFound().ToProblem();
        }

        var task = await db.Set<CallbackTask>().SingleAsync(t => t.Id == id, ct);
        task.Take(actor.PersonId);
        await db.SaveChangesAsync(ct);
        return Page.Next(http, $"/callbacks/{id}", "已领取。");
    }

    /// <summary>What was typed, letter by letter. Answers and reason bear the names of the wire.</summary>
    public sealed record Form
    {
        public string? Version { get; init; }

        /// <summary>One key a page: the second of two equal submissions changes nothing.</summary>
        public string? Key { get; init; }

        /// <summary>yes or no.</summary>
        public string? Reached { get; init; }
        public string? Contacted { get; init; }
        public string? Solved { get; init; }
        public string? Satisfied { get; init; }

        /// <summary>未解决或不满意原因 (UNS).</summary>
        public string? ReasonCode { get; init; }

        /// <summary>不满意原因 in the caller's words.</summary>
        public string? Reason { get; init; }

        /// <summary>未联系上原因 (CBF).</summary>
        public string? NotReached { get; init; }

        /// <summary>Pre-callback only: pass on although nobody was reached.</summary>
        public string? PassOn { get; init; }
        public string? Note { get; init; }

        internal bool IsAttemptOnly(CallbackKind kind) => kind == CallbackKind.Pre && Reached == "no" && PassOn != "true";

        internal Error? Refuses() => Reached is not ("yes" or "no") ? CallbackErrors.ReachedMissing()
            : Reached == "no" && string.IsNullOrEmpty(NotReached) ? CallbackErrors.ReasonMissing()
            : null;

        internal ActionRequest ToRequest(CallbackKind kind)
        {
            var note = Text(string.IsNullOrWhiteSpace(Reason) ? Note : $"不满意原因：{Reason.Trim()}\n{Note}".Trim());
            return Reached == "no"
                ? new() { ReasonCode = NotReached, Note = note, Decision = kind == CallbackKind.Pre ? "approve" : null }
                : new() { Contacted = Flag(Contacted), Solved = Flag(Solved), Satisfied = Text(Satisfied), ReasonCode = Text(ReasonCode), Note = note };
        }

        private static bool? Flag(string? text) => bool.TryParse(text, out var flag) ? flag : null;

        private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
    }

    /// <summary>What the page shows.</summary>
    public sealed record View
    {
        public required Guid Id { get; init; }
        public required bool IsPre { get; init; }
        public required bool IsOpen { get; init; }
        public required DateTimeOffset DueAt { get; init; }
        public required string? Agent { get; init; }
        public required bool IsMine { get; init; }
        public required OrderSummary Order { get; init; }
        public required string UnitName { get; init; }
        public required IReadOnlyList<string> Warnings { get; init; }
        public required IReadOnlyList<TimelineEntry> Attempts { get; init; }
        public required IReadOnlyList<Choice> Unsolved { get; init; }
        public required IReadOnlyList<Choice> NotReached { get; init; }

        /// <summary>Enough attempts were made to pass a pre-callback on without an answer.</summary>
        public required bool MayPassOn { get; init; }
        public required Form Form { get; init; }
        public string Url => $"/callbacks/{Id}";
        public string Heading => IsPre ? "预回访" : "回访";

        /// <summary>The day of the request as it is said on the phone.</summary>
        public string SpokenDay => Order.ReceivedAt.ToBeijing().ToString("M月d日", CultureInfo.InvariantCulture);
    }

    /// <summary>Reads what an agent needs for one call; null when the task or its order is out of scope.</summary>
    internal sealed class Viewer(
        JiesuDb db, IOrderQueries orders, IUnitDirectory units, IPeople people, ICatalogue catalogue, IOptions<CallbackSettings> settings, TimeProvider clock)
    {
        public async Task<View?> ViewAsync(Guid id, Actor actor, CancellationToken ct)
        {
            var task = await db.Set<CallbackTask>().AsNoTracking().Include(t => t.Attempts).SingleOrDefaultAsync(t => t.Id == id, ct);
            if (task is null || (await orders.FindAsync([task.OrderId], actor, ct)).SingleOrDefault() is not { } order)
            {
                return null;
            }

            var names = await people.NamesAsync([.. task.Attempts.Select(a => (Guid?)a.AgentId).Append(task.AgentId).OfType<Guid>().Distinct()], ct);
            var reasons = (await catalogue.GetAsync(ct)).Reasons;
            return new()
            {
                Id = id,
                IsPre = task.Kind == CallbackKind.Pre,
                IsOpen = task.State == CallbackTaskState.Open && order.State == task.OrderState,
                DueAt = task.DueAt,
                Agent = task.AgentId is { } agent ? names.GetValueOrDefault(agent) : null,
                IsMine = task.AgentId == actor.PersonId,
                Order = order,
                UnitName = (await units.GetAsync(ct)).Find(order.UnitId)?.Name ?? "",
                Warnings = CallAdvice.At(clock.GetUtcNow(), [.. task.Attempts.Select(a => a.At)], settings.Value),
                Attempts = [.. task.Attempts.OrderByDescending(a => a.Seq).Select(a => new TimelineEntry(
                    a.At, a.ResultCode is null ? "已联系上" : reasons.FirstOrDefault(r => r.Code == a.ResultCode)?.Name ?? a.ResultCode, names.GetValueOrDefault(a.AgentId)))],
                Unsolved = Choices("UNS"),
                NotReached = Choices("CBF"),
                MayPassOn = task.Kind == CallbackKind.Pre && task.Attempts.Count + 1 >= settings.Value.Attempts,
                Form = new() { Version = order.Version.ToString(CultureInfo.InvariantCulture), Key = Guid.CreateVersion7().ToString("N") },
            };

            IReadOnlyList<Choice> Choices(string kind) => [.. reasons.Where(r => r.Kind == kind).Select(r => new Choice(r.Code, r.Name))];
        }
    }

    /// <summary>The use case: the order's own guard decides; a pre-callback that reached nobody is an attempt of ours and moves nothing. Gives the words for the agent.</summary>
    internal sealed class Handler(JiesuDb db, IOrderActions actions, Idempotency keys, TimeProvider clock)
    {
        public async Task<Result<string>> HandleAsync(Guid id, Form form, Actor actor, CancellationToken ct)
        {
            if (form.Refuses() is { } refusal)
            {
                return refusal;
            }

            var owner = $"callback/{actor.PersonId:N}";
            var claim = await keys.ClaimAsync(owner, form.Key, form, ct);
            if (claim.Error is { } used)
            {
                return used;
            }

            if (claim.Value.Earlier is { } earlier)
            {
                return earlier;
            }

            var task = await db.Set<CallbackTask>().Include(t => t.Attempts).SingleAsync(t => t.Id == id, ct);
            var words = form.IsAttemptOnly(task.Kind) ? "已记下这次拨打。" : "回访已登记。";
            claim.Value.Fresh!.Answer = words;
            if ((form.IsAttemptOnly(task.Kind) ? await TryAgainLaterAsync(task, form, actor, ct) : await ActAsync(task, form, actor, ct)) is not { } refused)
            {
                return words;
            }

            // The same key may have come twice at once: then the other one did it.
            db.ChangeTracker.Clear();
            return (await keys.ClaimAsync(owner, form.Key, form, ct)) is { Error: null, Value.Earlier: { } done } ? done : refused;
        }

        private async Task<Error?> ActAsync(CallbackTask task, Form form, Actor actor, CancellationToken ct)
        {
            var seen = int.TryParse(form.Version, CultureInfo.InvariantCulture, out var version) ? version : (int?)null;
            var action = task.Kind == CallbackKind.Pre ? "pre-callback" : "callback-result";
            return (await actions.ActAsync(task.OrderId, action, form.ToRequest(task.Kind), seen, actor, ct)).Error;
        }

        private async Task<Error?> TryAgainLaterAsync(CallbackTask task, Form form, Actor actor, CancellationToken ct)
        {
            if (task.State != CallbackTaskState.Open)
            {
                return CallbackErrors.Ended();
            }

            task.Call(clock.GetUtcNow(), actor.PersonId, form.NotReached);
            return await db.TrySaveAsync(ct) ? null : CallbackErrors.Ended();
        }
    }
}
