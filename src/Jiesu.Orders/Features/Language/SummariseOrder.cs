using Jiesu.Identity.Contracts;
using Jiesu.Intelligence.Contracts;
using Jiesu.Orders.Domain;
using Jiesu.Orders.Features.Read;
using Jiesu.Platform;
using Jiesu.Platform.Kit;
using Jiesu.Platform.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Jiesu.Orders.Features.Language;

/// <summary>摘要 of an order, for whoever reads it; kept nowhere.</summary>
public static class SummariseOrder
{
    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapPost("/orders/{id:guid}/summary", PostAsync).RequireAuthorization(Permissions.Read);

    /// <param name="form">Holds the antiforgery token, which is checked because the form is asked for.</param>
    private static async Task<IResult> PostAsync(Guid id, IFormCollection form, HttpContext http, ShowOrder.Handler page, Handler handler, Actor actor, CancellationToken ct)
    {
        if (await handler.WriteAsync(id, actor, ct) is not { } draft)
        {
            return OrderErrors.NotFound().ToProblem();
        }

        return Page.WantsPart(http.Request)
            ? Page.Show<SummaryPart>(http, new View(id.ToString(), draft))
            : Page.Show<OrderPage>(http, (await page.FindAsync(id, null, actor, ct))! with { Summary = draft });
    }

    /// <summary>What the part shows.</summary>
    /// <param name="Summary">Null before it was asked for.</param>
    public sealed record View(string Id, DraftReply.Draft? Summary)
    {
        public string Url => $"/orders/{Id}/summary";
    }

    internal sealed class Handler(JiesuDb db, OrderCase cases, LanguageOrders orders, ILanguageModel model, IAuditLog audit)
    {
        private const int MostLocal = 120;

        /// <summary>Null when there is no such order for this actor.</summary>
        public async Task<DraftReply.Draft?> WriteAsync(Guid id, Actor actor, CancellationToken ct)
        {
            if (await cases.FindAsync(id, actor, ct) is not { } order)
            {
                return null;
            }

            var answer = await model.SummariseAsync(await orders.OfAsync(order, ct), order.ReplyText, ct);
            audit.Record(actor, "orders.summarise", $"order/{id}", answer.Outcome.ToString());
            await db.SaveChangesAsync(ct);
            return answer.Value is { } text ? new DraftReply.Draft(text, $"大模型 {answer.Model}", null) : new(Local(order), "本地摘录", answer.Words);
        }

        /// <summary>How each begins: whoever writes an order says first what it is about.</summary>
        private static string Local(WorkOrder order) =>
            $"{order.Title}。{Short(order.Content)}（{order.State.Name()}）" + (order.ReplyText is { } reply ? $"办理结果：{Short(reply)}" : "");

        private static string Short(string text) => text.Length <= MostLocal ? text : UnicodeText.Head(text, MostLocal) + "……";
    }
}
