using Jiesu.Identity.Contracts;
using Jiesu.Intelligence.Contracts;
using Jiesu.Orders.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Actions;
using Jiesu.Orders.Features.Advice;
using Jiesu.Orders.Features.Read;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Jiesu.Orders.Features.Language;

/// <summary>答复草稿: beside the form of the reply. It gets into the field when the person says so, and leaves with the form, like all that was typed.</summary>
public static class DraftReply
{
    /// <summary>Of the buttons that are pressed in the form, and what they carry.</summary>
    internal const string Press = "draft";
    internal const string Ask = "ask";
    internal const string Adopt = "adopt";
    internal const string Text = "draftText";
    private const int LongestResult = 4_000;

    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapPost("/orders/{id:guid}/draft", PostAsync).RequireAuthorization(Permissions.SubmitReply);

    /// <summary>The form of the reply again, with all that was typed, and the draft under it or in its field.</summary>
    private static async Task<IResult> PostAsync(Guid id, IFormCollection form, HttpContext http, TakeAction.Viewer viewer, Handler handler, Actor actor, CancellationToken ct)
    {
        var view = await viewer.FindAsync(id, OrderAction.SubmitReply.Wire(), actor, ct);
        if (view.Error is { } refusal)
        {
            return refusal.ToProblem();
        }

        var typed = TakeAction.Typed.Of(form);
        return typed.One(Press) == Adopt
            ? Page.Show<ActionPage, ActionForm>(http, view.Value with { Typed = Adopted(typed) })
            : Page.Show<ActionPage, ActionForm>(http, view.Value with { Typed = typed, Draft = await handler.WriteAsync(id, actor, ct) });
    }

    /// <summary>Behind what was typed already: a press on a button takes nobody's words away.</summary>
    private static TakeAction.Typed Adopted(TakeAction.Typed typed)
    {
        var words = string.Join('\n', new[] { typed.One(Carry.Result), typed.One(Text) }.Where(t => !string.IsNullOrWhiteSpace(t)));
        return new(new Dictionary<string, IReadOnlyList<string>>(typed.Values) { [Carry.Result] = [Platform.Text.UnicodeText.Head(words, LongestResult)] });
    }

    /// <summary>草稿: plain text for a person to read; nothing of it is sent or kept by itself.</summary>
    /// <param name="Source">Who wrote it: the model by its name, or where the house found it.</param>
    /// <param name="Words">Why it is not the model's; null when it is.</param>
    public sealed record Draft(string Text, string Source, string? Words);

    internal sealed class Handler(JiesuDb db, OrderCase cases, SimilarOrders.Handler similar, LanguageOrders orders, ILanguageModel model, IAuditLog audit)
    {
        private const int MostExamples = 3;

        /// <summary>Null when there is no such order for this actor.</summary>
        public async Task<Draft?> WriteAsync(Guid id, Actor actor, CancellationToken ct)
        {
            if (await cases.FindAsync(id, actor, ct) is not { } order)
            {
                return null;
            }

            var examples = await ExamplesAsync(order, actor, ct);
            var answer = await model.DraftReplyAsync(await orders.OfAsync(order, ct), [.. examples.Select(e => e.Reply)], ct);
            audit.Record(actor, "orders.draft-reply", $"order/{id}", answer.Outcome.ToString());
            await db.SaveChangesAsync(ct);
            return answer.Value is { } text ? new(text, $"大模型 {answer.Model}", null) : Local(order, examples, answer.Words);
        }

        /// <summary>How it was solved before: replies to similar orders that ended well, as far as the asker may open them; the nearest first.</summary>
        private async Task<IReadOnlyList<Example>> ExamplesAsync(WorkOrder order, Actor actor, CancellationToken ct)
        {
            var near = (await similar.NearestAsync(order, ct)).Select(s => OrderId.From(s.Id)).ToList();
            var solved = await db.Set<WorkOrder>().AsNoTracking().Where(DataScope.Of(actor).Sees())
                .Where(x => near.Contains(x.Id) && !x.IsSecret && x.ReplyText != null && (x.State == OrderState.Closed || x.State == OrderState.Archived) && x.Solved != false)
                .Select(x => new Example(x.Id, x.CaseNo, x.ReplyText!)).ToListAsync(ct);
            return [.. solved.OrderBy(e => near.IndexOf(e.Id)).Take(MostExamples)];
        }

        private Draft Local(WorkOrder order, IReadOnlyList<Example> examples, string? words) => examples is [var best, ..]
            ? new(model.Strike(best.Reply), $"示例：相似工单 {best.CaseNo} 的答复，请按本单实际改写", words)
            : new($"您好，您反映的“{order.Title}”已收悉。经核实：（请填写）。处理情况：（请填写）。", "没有可参考的相似工单，以下为通用格式", words);

        private sealed record Example(OrderId Id, string CaseNo, string Reply);
    }
}
